// SPDX-License-Identifier: GPL-2.0-or-later
// Killed at each named step of a build, an update, a merge, a removal, a rebuild, a repair and
// their clean-up: the old or the new generation answers and is sound, the same run again gives what
// an undisturbed one gives, and nothing stays behind.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <map>
#include <optional>
#include <sstream>

#include "fault/faults.h"
#include "store/step.h"
#include "support/long.h"
#include "support/shelf.h"
#include "tome/check.h"

namespace tome {
namespace {

// Of a process that is to be killed, or to write down its steps. It works in one thread.
int steps_left = -1;
int steps_to = -1;  // descriptor

}  // namespace

// In place of the library's own, which does nothing.
void step(const char* name) {
  if (steps_to >= 0) {
    const std::string line = std::string(name) + "\n";
    if (::write(steps_to, line.data(), line.size()) < 0) ::_exit(9);
  }
  if (steps_left > 0 && --steps_left == 0) ::kill(::getpid(), SIGKILL);
}

namespace test {
namespace {

namespace fs = std::filesystem;

const std::set<std::string> kSteps = {
    "lock taken",       "folder of chunks made", "chunk begun",
    "passage added",    "chunk written",         "chunks done",
    "segment merged",   "segment synced",        "records of the segment written",
    "segment copied",   "source taken out",      "edit written",
    "edit synced",      "publication begun",     "folder of chunks removed",
    "manifest written", "new file opened",       "folder of segments synced",
    "new file written", "new file synced",       "new file renamed",
    "clean-up begun",   "segment removed",       "manifest removed",
    "clean-up done",    "repair published",
};

const std::vector<std::string> kQuestions = {"note", "item3 item9", "version1", "version0"};

struct Scenario {
  const char* name;
  std::function<void()> prepare;  // makes the index as it is before; by the test's process
  std::function<bool()> run;      // what is killed, and run again
};

class Crash : public testing::Test {
 protected:
  // Nine segments, so that the next update merges them.
  void prepare_update() {
    write_notes(0, 10, 0);
    expect_update(index_, {root_});
    for (int i = 10; i < 18; ++i) {
      write_notes(i, i + 1, 0);
      expect_update(index_);
    }
    write_notes(3, 5, 1);
    fs::remove(root_ / "n7.md");
    write_notes(18, 20, 0);
  }

  void write_notes(int begin, int end, int version) {
    for (int i = begin; i < end; ++i) {
      write_bytes(root_ / fmt::format("n{}.md", i),
                  fmt::format("# Note {}\n\nVersion{} of the note about item{}.\n", i, version, i));
      shift_time(root_ / fmt::format("n{}.md", i), version);
    }
  }

  // A process that runs it, writing down its steps, or killed at the `kill_at`th; its wait status.
  static int run_apart(const Scenario& scenario, int kill_at, std::vector<std::string>* steps) {
    int ends[2];
    if (::pipe(ends) != 0) return -1;
    const pid_t child = ::fork();
    if (child == 0) {
      steps_left = kill_at;
      steps_to = steps == nullptr ? -1 : ends[1];
      ::_exit(scenario.run() ? 0 : 1);
    }
    ::close(ends[1]);
    std::string said;
    char piece[4096];
    for (ssize_t n = 0; (n = ::read(ends[0], piece, sizeof piece)) > 0;) {
      said.append(piece, static_cast<std::size_t>(n));
    }
    ::close(ends[0]);
    int status = -1;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    std::istringstream lines(said);
    for (std::string line; std::getline(lines, line);) steps->push_back(line);
    return status;
  }

  std::optional<std::set<std::string>> passages() const {
    const Result<Reader> reader = Reader::open(index_);
    if (!reader) return std::nullopt;
    return passages_in(*reader);
  }

  void expect_sound(bool strays) const {
    const Result<CheckReport> report = check_index(index_, {});
    ASSERT_TRUE(report.ok()) << report.error().message;
    for (const Error& problem : report->problems) {
      ADD_FAILURE() << problem.message << ": " << problem.path;
    }
    for (const Error& notice : report->notices) {
      if (!strays) ADD_FAILURE() << notice.message << ": " << notice.path;
    }
    EXPECT_TRUE(!fs::exists(index_ / "tmp") || strays);
  }

  void save(const char* name) {
    fs::remove_all(place_ / name);
    std::error_code code;
    fs::copy(index_, place_ / name, fs::copy_options::recursive, code);
  }
  void restore(const char* name) {
    fs::remove_all(index_);
    std::error_code code;  // before the first build there is none
    fs::copy(place_ / name, index_, fs::copy_options::recursive, code);
  }

  void kill_at_each_step(const Scenario& scenario);

  TestFolder place_;
  fs::path root_ = place_ / "root";
  fs::path index_ = place_ / "index";
  std::set<std::string> seen_;
  int killed_ = 0, old_ = 0, new_ = 0;
};

void Crash::kill_at_each_step(const Scenario& scenario) {
  SCOPED_TRACE(scenario.name);
  fs::remove_all(root_);
  fs::remove_all(index_);
  scenario.prepare();
  save("before");
  const auto before = passages();
  std::vector<std::string> steps;
  ASSERT_EQ(run_apart(scenario, 0, &steps), 0);
  ASSERT_FALSE(steps.empty());
  const auto after = passages();
  ASSERT_TRUE(after.has_value());
  const Snapshot undisturbed = snapshot(index_, kQuestions);
  expect_sound(false);
  std::map<std::string, int> left;
  for (const std::string& name : steps) ++left[name];
  std::set<std::string> met;
  int killed = 0, old = 0, fresh = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    // Of each name the first and the last.
    const bool first = met.insert(steps[i]).second;
    if (--left[steps[i]] > 0 && !first && in_long(0, 1) == 0) continue;
    SCOPED_TRACE(fmt::format("killed at step {}: {}", i + 1, steps[i]));
    restore("before");
    const int status = run_apart(scenario, static_cast<int>(i + 1), nullptr);
    ASSERT_TRUE(WIFSIGNALED(status));
    ++killed;
    const auto now = passages();
    EXPECT_TRUE(now == before || now == after);
    (now == after ? fresh : old) += 1;
    if (now) expect_sound(true);
    EXPECT_TRUE(scenario.run());
    expect_same(snapshot(index_, kQuestions), undisturbed);
    expect_sound(false);
    if (HasFatalFailure()) return;
  }
  seen_.insert(met.begin(), met.end());
  std::printf("%-12s %3d killed, %3d left as before, %3d as after\n", scenario.name, killed, old,
              fresh);
  killed_ += killed;
  old_ += old;
  new_ += fresh;
}

TEST_F(Crash, AtEachStepLeavesTheOldOrTheNew) {
  const auto update = [&] { return update_index(index_, {root_}, forced()).ok(); };
  const std::vector<Scenario> scenarios = {
      {"first build", [&] { write_notes(0, 8, 0); }, update},
      {"update", [&] { prepare_update(); }, update},
      {"removal",
       [&] {
         write_notes(0, 6, 0);
         expect_update(index_, {root_});
         write_notes(6, 8, 0);
         expect_update(index_);
       },
       [&] {
         // Run again it may be done already.
         const Result<IndexReport> report = remove_from_index(index_, root_ / "n2.md", forced());
         return report.ok() || report.error().code == Code::kNotFound;
       }},
      {"rebuild", [&] { prepare_update(); }, [&] { return rebuild_index(index_, forced()).ok(); }},
      {"repair",
       [&] {
         prepare_update();
         expect_update(index_);
         const Manifest manifest = *read_manifest(index_);
         fs::remove(segment_path(index_, manifest.segments.back().id) / "postlist.glass");
       },
       [&] { return repair_index(index_, {}).ok(); }},
  };
  for (const Scenario& scenario : scenarios) {
    kill_at_each_step(scenario);
    if (HasFatalFailure()) return;
  }
  std::printf("%-12s %3d killed, %3d left as before, %3d as after\n", "all", killed_, old_, new_);
  EXPECT_EQ(seen_, kSteps);
  EXPECT_GT(old_, 0);
  EXPECT_GT(new_, 0);
}

}  // namespace
}  // namespace test
}  // namespace tome
