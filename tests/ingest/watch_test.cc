// SPDX-License-Identifier: GPL-2.0-or-later
// The watcher, run for real on folders in memory. Each test changes files and waits until the index
// says what it should; how long that takes decides nothing but the length of the test.
#include "ingest/watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

#include "ingest/pending.h"
#include "store/files.h"
#include "store/shelf_config.h"
#include "update_fixture.h"

namespace tome {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

// The kernel, with what can go wrong with it.
class Seam : public Notifier {
 public:
  Seam() : real_(std::move(make_notifier()).value()) {}
  int descriptor() const override { return real_->descriptor(); }
  int add(const fs::path& folder) override {
    if (left_ == 0) return -ENOSPC;
    --left_;
    return real_->add(folder);
  }
  void remove(int watch) override { real_->remove(watch); }
  std::vector<FolderEvent> read() override {
    std::vector<FolderEvent> events = real_->read();
    if (deaf) events.clear();
    if (overflow.exchange(false)) events.push_back({-1, IN_Q_OVERFLOW, ""});
    return events;
  }
  void allow(int watches) { left_ = watches; }

  std::atomic<bool> deaf{false};      // events are lost
  std::atomic<bool> overflow{false};  // ... and the kernel says so

 private:
  std::unique_ptr<Notifier> real_;
  std::atomic<int> left_{1'000'000};
};

class Watch : public Update {
 protected:
  Watch() {
    stop_ = ::eventfd(0, EFD_CLOEXEC);
    options_.index = serial();
    options_.quiet = milliseconds(20);
    options_.longest = milliseconds(200);
    options_.look = milliseconds(50);
    options_.look_away = milliseconds(50);
    options_.retry = milliseconds(20);
    options_.stop = stop_;
    options_.news = [this](const WatchNews& news) {
      const std::lock_guard<std::mutex> guard(mutex_);
      news_.push_back(news);
    };
  }
  ~Watch() override {
    stop();
    ::close(stop_);
  }

  void start(std::vector<fs::path> paths) {
    thread_ = std::thread([this, paths] { status_ = watch_index(index_, paths, options_); });
    wait_for("the start", [&] { return heard(WatchNews::What::kStarted) > 0; });
  }
  void start() { start({root_.path()}); }

  void stop() {
    if (!thread_.joinable()) return;
    ask_to_stop();
    thread_.join();
    EXPECT_TRUE(status_.ok()) << status_.error().message;
  }
  void ask_to_stop() const { ASSERT_EQ(::eventfd_write(stop_, 1), 0); }

  void wait_for(const std::string& what, const std::function<bool()>& there) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!there()) {
      if (std::chrono::steady_clock::now() > deadline) {
        ADD_FAILURE() << "did not come: " << what << "\n" << troubles();
        return;
      }
      std::this_thread::sleep_for(milliseconds(5));
    }
  }
  // Waits until `word` is found in these files, and in no other.
  void expect_found(const std::string& word, const std::string& files) {
    std::string now;
    wait_for(word + " in " + files, [&] { return (now = files_with(index_, word)) == files; });
    EXPECT_EQ(now, files);
  }

  std::size_t heard(WatchNews::What what) {
    const std::lock_guard<std::mutex> guard(mutex_);
    return static_cast<std::size_t>(std::count_if(
        news_.begin(), news_.end(), [&](const WatchNews& news) { return news.what == what; }));
  }
  std::string troubles() {
    const std::lock_guard<std::mutex> guard(mutex_);
    std::string out;
    for (const WatchNews& news : news_) {
      if (news.what == WatchNews::What::kTrouble) {
        out += news.error.message + " (" + news.error.hint + ")\n";
      }
    }
    return out;
  }
  void wait_for_trouble(const std::string& part) {
    wait_for(part, [&] { return troubles().find(part) != std::string::npos; });
  }

  int stop_ = -1;
  WatchOptions options_;
  Status status_ = Ok{};

 private:
  std::thread thread_;
  std::mutex mutex_;
  std::vector<WatchNews> news_;
};

TEST_F(Watch, FollowsWhatHappensToFiles) {
  start();
  EXPECT_EQ(files_with(index_, "harbour"), "one.md sub/four.md");
  write("new.md", article("New", "Otters swim."));
  expect_found("otters", "new.md");
  write("one.md", article("First", "Lanterns fade, otters too."));
  expect_found("otters", "new.md one.md");
  write("sub/.new.tmp", article("New", "Magpies gather."));  // as an editor saves
  fs::rename(root_ / "sub/.new.tmp", root_ / "new.md");
  expect_found("magpies", "new.md");
  expect_found("otters", "one.md");
  fs::remove(root_ / "new.md");
  expect_found("magpies", "");
  fs::rename(root_ / "one.md", root_ / "uno.md");
  expect_found("lanterns", "uno.md");
  stop();
  EXPECT_EQ(troubles(), "");
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 4 kept 0");
}

TEST_F(Watch, NewFoldersWithFilesAtOnce) {
  start();
  for (int i = 0; i < 40; ++i) {
    write("a" + std::to_string(i) + "/b/c/d.md", article("D", "Curlews call."));
  }
  wait_for("forty files", [&] { return Reader::open(index_)->sources()->size() == 44; });
  write("a7/b/c/e.md", article("E", "Plovers answer."));  // it is watched now
  expect_found("plovers", "a7/b/c/e.md");
}

TEST_F(Watch, FoldersThatGoAndComeBack) {
  const TestFolder other;
  for (int i = 0; i < 6; ++i) write("rest/" + std::to_string(i) + ".md", article("R", "Meadows."));
  start();
  fs::rename(root_ / "sub", other / "sub");
  expect_found("granite", "");
  write_bytes(other / "sub/away.md", article("Away", "Plovers answer."));
  fs::rename(other / "sub", root_ / "back");
  expect_found("granite", "back/four.md");
  expect_found("plovers", "back/away.md");
  fs::rename(root_ / "back", root_ / "moved");
  expect_found("granite", "moved/four.md");
  write("moved/x.md", article("X", "Walnuts fall."));
  expect_found("walnuts", "moved/x.md");
  fs::remove_all(root_ / "moved");
  expect_found("granite", "");
  write("moved/y.md", article("Y", "Copper shines."));
  expect_found("copper", "moved/y.md");
}

TEST_F(Watch, ARootThatIsTakenAwayIsWaitedFor) {
  const fs::path root = place_ / "shelf";
  fs::copy(root_.path(), root, fs::copy_options::recursive);
  start({root});
  fs::rename(root, place_ / "unmounted");
  wait_for_trouble("waiting until it is back");
  EXPECT_EQ(files_with(index_, "harbour"), "one.md sub/four.md");
  write_bytes(place_ / "unmounted/sub/while.md", article("While", "Violins rest."));
  fs::rename(place_ / "unmounted", root);
  expect_found("violins", "sub/while.md");
  write_bytes(root / "sub/after.md", article("After", "Ladders lean."));
  expect_found("ladders", "sub/after.md");
  // Another folder in its place, and one around it that is moved.
  fs::remove_all(root);
  fs::copy(root_.path(), root, fs::copy_options::recursive);
  expect_found("violins", "");
  write_bytes(root / "sub/last.md", article("Last", "Thistles sting."));
  expect_found("thistles", "sub/last.md");
}

TEST_F(Watch, ARootThatIsAFile) {
  start({root_ / "one.md"});
  EXPECT_EQ(Reader::open(index_)->sources()->size(), 1u);
  write("tmp", article("First", "Lanterns, saved anew."));
  write("two.md", article("Second", "Lanterns of another file."));
  fs::rename(root_ / "tmp", root_ / "one.md");
  expect_found("anew", "one.md");
  fs::remove(root_ / "one.md");
  wait_for_trouble("waiting until it is back");
  write("one.md", article("First", "Ferries leave."));
  expect_found("ferries", "one.md");
  EXPECT_EQ(Reader::open(index_)->sources()->size(), 1u);
}

TEST_F(Watch, APartOfARoot) {
  update();
  start({root_ / "sub"});
  write("one.md", article("First", "Pebbles are not watched."));
  write("sub/three.txt", "Third\n\nPebbles are.\n");
  expect_found("pebbles", "sub/three.txt");
  fs::remove_all(root_ / "sub");
  expect_found("pebbles", "");
  write("sub/five.md", article("Five", "Pebbles again."));
  expect_found("pebbles", "sub/five.md");
}

TEST_F(Watch, ExcludesAndLinksAreLeftAlone) {
  const TestFolder elsewhere;
  elsewhere.write("linked/x.md", article("X", "Anchors rust."));
  options_.index.excludes = {"/drafts/", "*.bak"};
  start();
  write("drafts/a.md", article("A", "Anchors hold."));
  write("b.bak", article("B", "Anchors hold."));
  write(".git/c.md", article("C", "Anchors hold."));
  fs::create_directory_symlink(elsewhere / "linked", root_ / "link");
  ASSERT_EQ(::mkfifo((root_ / "pipe").c_str(), 0600), 0);
  write("d.md", article("D", "Anchors hold."));
  expect_found("anchors", "d.md");
  EXPECT_EQ(troubles(), "");
}

// An index in the folder that it watches updated itself without end.
TEST_F(Watch, AnIndexInAWatchedFolder) {
  index_ = root_ / "ix";
  start();
  write("new.md", article("New", "Otters swim."));
  expect_found("otters", "new.md");
  const std::uint64_t generation = Reader::open(index_)->manifest().generation;
  write("last.md", article("Last", "Plovers stand."));
  expect_found("plovers", "last.md");
  EXPECT_LE(Reader::open(index_)->manifest().generation, generation + 2);  // a file in two batches
}

TEST_F(Watch, LostEventsAreMadeUpForByAScan) {
  const auto seam = std::make_shared<Seam>();
  options_.notifier = seam;
  start();
  write("first.md", article("First", "Ferries leave."));
  expect_found("ferries", "first.md");
  seam->deaf = true;
  write("lost/new.md", article("New", "Otters swim."));
  fs::remove(root_ / "one.md");
  wait_for("the reader", [&] {  // it has seen and lost these events
    pollfd fd{seam->descriptor(), POLLIN, 0};
    return ::poll(&fd, 1, 0) == 0;
  });
  EXPECT_EQ(files_with(index_, "otters"), "");
  seam->deaf = false;
  seam->overflow = true;
  expect_found("otters", "lost/new.md");
  expect_found("lanterns", "");
  write("lost/more.md", article("More", "Otters sleep."));  // it is watched now
  expect_found("otters", "lost/more.md lost/new.md");
}

TEST_F(Watch, WithTooFewWatchesItScans) {
  const auto seam = std::make_shared<Seam>();
  options_.notifier = seam;
  options_.scan = milliseconds(50);
  seam->allow(2);  // the index, the root
  start();
  wait_for_trouble("the system lets tome watch only 1 folders");
  EXPECT_NE(troubles().find("sysctl fs.inotify.max_user_watches="), std::string::npos);
  write("sub/new.md", article("New", "Otters swim."));
  expect_found("otters", "sub/new.md");
}

TEST_F(Watch, ALockedIndexIsWaitedFor) {
  start();
  {
    Result<WriterLock> lock = WriterLock::acquire(index_ / "lock", milliseconds(10'000));
    ASSERT_TRUE(lock.ok());
    write("new.md", article("New", "Otters swim."));
    wait_for_trouble("another tome is writing this index");
    write("sub/more.md", article("More", "Otters sleep."));
  }
  expect_found("otters", "new.md sub/more.md");
}

TEST_F(Watch, AFailedUpdateIsTriedAgain) {
  start();
  // So that nothing of the start is under way any more.
  write("new.md", article("New", "Otters swim."));
  expect_found("otters", "new.md");
  std::string pointer;
  {
    Result<WriterLock> lock = WriterLock::acquire(index_ / "lock", milliseconds(10'000));
    ASSERT_TRUE(lock.ok());
    pointer = bytes_of(index_ / "current");
    write_bytes(index_ / "current", "rubbish");
  }
  write("more.md", article("More", "Otters sleep."));
  wait_for_trouble("the index is damaged");
  write_bytes(index_ / "current", pointer);
  expect_found("otters", "more.md new.md");
}

// A loss that was refused kept everything else off the shelf, too.
TEST_F(Watch, ALossIsRefusedAndSaidOnce) {
  for (const char* name : {"a.md", "b.md", "c.md", "d.md"}) {
    write(std::string("sub/") + name, article("More", "Badgers dig."));
  }
  start();
  expect_found("badgers", "sub/a.md sub/b.md sub/c.md sub/d.md");
  const TestFolder elsewhere;  // all go at one instant, however slow the machine is
  fs::rename(root_ / "sub", elsewhere / "sub");
  wait_for_trouble("nothing was changed");
  write("new.md", article("New", "Otters swim."));
  expect_found("otters", "new.md");
  EXPECT_EQ(files_with(index_, "badgers"), "sub/a.md sub/b.md sub/c.md sub/d.md");
  const std::string said = troubles();
  EXPECT_EQ(said.find("nothing was changed"), said.rfind("nothing was changed")) << said;
  fs::rename(elsewhere / "sub", root_ / "sub");
  fs::remove(root_ / "sub/a.md");
  expect_found("badgers", "sub/b.md sub/c.md sub/d.md");  // one is no loss
}

TEST_F(Watch, FollowsTheShelfFile) {
  update();
  const TestFolder other;
  other.write("docs/x.md", article("X", "Magpies gather."));
  start({});
  ASSERT_TRUE(update_index(index_, {other / "docs"}, serial()).ok());
  other.write("docs/y.md", article("Y", "Magpies scatter."));
  expect_found("magpies", "x.md y.md");
  // What is taken off the shelf stays away, whatever happens to its files.
  ASSERT_TRUE(remove_from_index(index_, root_ / "sub", serial()).ok());
  ASSERT_TRUE(remove_from_index(index_, other / "docs", serial()).ok());
  other.write("docs/y.md", article("Y", "Walnuts fall."));
  write("sub/four.md", article("Fourth", "Walnuts fall."));
  write("one.md", article("First", "Walnuts fall."));
  expect_found("walnuts", "one.md");
  expect_found("magpies", "");
  stop();
  EXPECT_EQ(read_shelf_config(index_)->roots.size(), 1u);
  EXPECT_EQ(read_shelf_config(index_)->roots[0].excludes, std::vector<std::string>{"/sub"});
}

TEST_F(Watch, ChaptersFollowTheirWorkFile) {
  start();
  const auto titles = [&] {
    const Result<Reader> reader = Reader::open(index_);
    std::string out;
    for (const Work& work : (*reader->catalogue())->works()) out += work.info.title + ";";
    return out;
  };
  write("sub/work.yaml", "title: The Manual\n");
  wait_for("the manual", [&] { return titles() == "First;Second;The Manual;"; });
  fs::remove(root_ / "sub/work.yaml");
  wait_for("chapters of none", [&] { return titles() == "First;Fourth;Second;Third;"; });
}

TEST_F(Watch, StoppedInTheFirstUpdateItPublishesNothing) {
  options_.index.progress = [this](const IndexProgress&) {
    ask_to_stop();
    return true;
  };
  EXPECT_TRUE(watch_index(index_, {root_.path()}, options_).ok());
  EXPECT_EQ(heard(WatchNews::What::kStarted), 0u);
  EXPECT_EQ(Reader::open(index_).error().message, "nothing is indexed yet");
}

TEST_F(Watch, WhatCannotPassByItselfEndsIt) {
  EXPECT_EQ(watch_index(index_, {root_ / "none"}, options_).error().code, Code::kNotFound);
  EXPECT_EQ(watch_index(index_, {}, options_).error().code, Code::kNotFound);
}

TEST(Pending, IsDueAfterRestAndAtTheLatestAfterSoLong) {
  using Time = Pending::Time;
  const auto at = [](int ms) { return Time(std::chrono::hours(1)) + milliseconds(ms); };
  Pending pending(milliseconds(500), milliseconds(5000));
  EXPECT_FALSE(pending.due(at(0)));
  pending.add("root", "a", at(0));
  EXPECT_FALSE(pending.due(at(499)));
  EXPECT_TRUE(pending.due(at(500)));
  for (int ms = 0; ms < 5000; ms += 400) pending.add("root", "b", at(ms));
  EXPECT_FALSE(pending.due(at(4999)));
  EXPECT_TRUE(pending.due(at(5000)));
  EXPECT_EQ(pending.parts(), (Parts{{"root", {"a", "b"}}}));
  pending.clear();
  pending.add("root", "c", at(9000));
  EXPECT_FALSE(pending.due(at(9400)));
  pending.hurry();
  EXPECT_TRUE(pending.due(at(9001)));
}

}  // namespace
}  // namespace tome
