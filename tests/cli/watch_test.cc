// SPDX-License-Identifier: GPL-2.0-or-later
// tome watch: what it prints, how it ends.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <regex>
#include <thread>

#include "cli/program.h"
#include "cli/shelf.h"

namespace tome::test {
namespace {

class Watch : public ProgramTest {
 protected:
  void SetUp() override {
    write("shelf/books/loaf.md", kLoaf);
    write("shelf/review.txt", kReview);
    write("shelf/knots.html", kKnots);
  }
  ~Watch() override {
    if (process_ > 0) ::kill(process_, SIGKILL);
  }

  void watch(const Words& more = {}) {
    Words words{"watch", "shelf", "--debounce", "20"};
    words.insert(words.end(), more.begin(), more.end());
    process_ = start(words);
  }
  Ran end(int signal) {
    ::kill(process_, signal);
    const Ran ran = finish(process_);
    process_ = -1;
    return ran;
  }
  void wait_for(const std::string& what, const std::function<bool()>& there) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!there() && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_TRUE(there()) << what << "\n" << read("output/out") << read("output/err");
  }
  void wait_for_line(const std::string& part) {
    wait_for(part, [&] { return has(read("output/out"), part); });
  }

  pid_t process_ = -1;
};

// The time of day, seconds of a run written TIME.
std::string without_clock(const std::string& text) {
  static const std::regex clock("(^|\n)[0-2][0-9]:[0-5][0-9]:[0-6][0-9]  ");
  return without_time(std::regex_replace(text, clock, "$1CLOCK  "));
}

TEST_F(Watch, PrintsOneLineABatch) {
  watch();
  wait_for_line("Watching 2 folders");
  write("shelf/books/clock.md", kClock);
  wait_for_line("(generation 2)");
  std::filesystem::rename(at("shelf/review.txt"), at("shelf/books/review.txt"));
  wait_for_line("(generation 3)");
  const Ran ran = end(SIGTERM);
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(without_clock(ran.out),
            "Indexed into TMP/ix (generation 1, TIME)\n"
            "  3 sources: 3 new, 0 changed, 0 removed, 0 unchanged\n"
            "  5 works, 3 of them books; 9 passages\n"
            "Watching 2 folders; Ctrl-C ends it\n"
            "CLOCK  1 new; 11 passages (generation 2)\n"
            "CLOCK  1 moved; 11 passages (generation 3)\n");
  EXPECT_TRUE(has(tome({"search", "pendulum"}).out, "Clockwork at Home"));
  EXPECT_TRUE(has(tome({"index"}).out, "Nothing has changed"));
}

TEST_F(Watch, QuietPrintsErrorsAlone) {
  watch({"--quiet"});
  wait_for("the first index", [&] { return exists("ix/current"); });
  std::string deep = "<!doctype html><title>Deep</title>";
  for (int i = 0; i < 30000; ++i) deep += "<div>";
  write("shelf/deep.html", deep);
  wait_for("the failure", [&] { return has(read("output/err"), "deep.html"); });
  const Ran ran = end(SIGINT);
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "tome: the page nests its elements too deeply: shelf/deep.html\n");
}

TEST_F(Watch, IsStoppedWhileItWaitsForAnotherWriter) {
  ASSERT_EQ(tome({"index", "shelf"}).code, 0);
  watch();
  wait_for_line("Watching");
  // This process holds the lock as another tome would.
  const int fd = ::open(at("ix/lock").c_str(), O_RDWR);
  ASSERT_GE(fd, 0);
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  wait_for("the lock", [&] { return ::fcntl(fd, F_OFD_SETLK, &lock) == 0; });
  write("shelf/books/clock.md", kClock);
  wait_for("the complaint", [&] { return has(read("output/err"), "another tome is writing"); });
  EXPECT_EQ(end(SIGTERM).code, 0);
  ::close(fd);
  EXPECT_TRUE(has(tome({"index"}).out, "1 new"));  // nothing was lost
}

TEST_F(Watch, WithoutAShelfOrAPathItSaysSo) {
  Ran ran = tome({"watch"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_TRUE(has(ran.err, "tome: there is no index yet")) << ran.err;
  ran = tome({"watch", "nowhere"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.err,
            "tome: there is no such file or folder: nowhere\n"
            "try: check the spelling\n");
  EXPECT_FALSE(exists("ix"));
}

}  // namespace
}  // namespace tome::test
