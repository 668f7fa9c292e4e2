// SPDX-License-Identifier: GPL-2.0-or-later
// A disk that is full or fails, at every call that the program makes on its index: it ends with an
// error that says where and what to do, the old or the new generation answers and is whole, nothing
// stays behind, and the same run on a sound disk gives what an undisturbed one gives.
#include <fmt/format.h>

#include <functional>

#include "fault/starved.h"
#include "support/long.h"

namespace tome::test {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kQuestions = {"note", "item3 item9", "version1", "version0"};

struct Scenario {
  const char* name;
  std::function<void()> prepare;
  Words command;
  int again = 0;  // its code when all was done already
};

struct Counts {
  std::uint64_t calls = 0, tried = 0, refused = 0, harmless = 0, old = 0, fresh = 0, lost = 0;

  void add(const Counts& other) {
    calls += other.calls;
    tried += other.tried;
    refused += other.refused;
    harmless += other.harmless;
    old += other.old;
    fresh += other.fresh;
    lost += other.lost;
  }
  void print(const char* name) const {
    std::printf(
        "%-12s %5lu calls, %5lu made to fail: %5lu refused, %4lu of no matter; index as before "
        "%5lu, as after %4lu, lost %lu\n",
        name, calls, tried, refused, harmless, old, fresh, lost);
  }
};

class Disk : public StarvedTest {
 protected:
  void SetUp() override {
#ifdef TOME_SANITIZED
    GTEST_SKIP() << "a sanitizer's runtime must be loaded first";
#endif
  }

  void indexed(int begin, int end) {
    for (int i = begin; i < end; ++i) write_note(i);
    ASSERT_EQ(tome({"index", "shelf"}).code, 0);
  }

  void updated() {
    indexed(0, 6);
    write_note(2, 1);
    write_note(6);
    fs::remove(at("shelf/n4.md"));
  }

  // Nine segments, so that the next update merges them.
  void many_segments() {
    for (int i = 0; i < 8; ++i) indexed(i, i + 1);
    write_note(8);
    write_note(3, 1);
  }

  std::vector<Scenario> scenarios() {
    return {
        {"first build", [&] { write_note(0), write_note(1); }, {"index", "shelf"}},
        {"update", [&] { updated(); }, {"index"}},
        {"merge", [&] { many_segments(); }, {"index"}},
        {"remove", [&] { indexed(0, 4); }, {"remove", "shelf/n2.md"}},
        {"remove root", [&] { indexed(0, 4); }, {"remove", "shelf"}, 2},
        {"rebuild", [&] { updated(); }, {"rebuild"}},
        {"repair",
         [&] {
           updated();
           ASSERT_EQ(tome({"index"}).code, 0);
           const Manifest manifest = *read_manifest(index());
           fs::remove(segment_path(index(), manifest.segments.back().id) / "postlist.glass");
         },
         {"repair"}},
    };
  }

  // Of the calls that change (`what` "write") or read the index and hold `only`, each `stride`th.
  void fail_each_call(const Scenario& scenario, const char* what, int stride,
                      const char* only = "");

  std::map<std::string, Counts> table_;
};

void Disk::fail_each_call(const Scenario& scenario, const char* what, int stride,
                          const char* only) {
  SCOPED_TRACE(scenario.name);
  remove("shelf");
  remove("ix");
  scenario.prepare();
  save("before");
  const auto before = passages();
  Words command = scenario.command;
  if (command[0] != "repair") command.insert(command.end(), {"--workers", "1"});
  const bool damaged = command[0] == "repair";  // until it is repaired
  const Starved undisturbed = run_with(command, {what, 0, 0, false, "ix", only});
  ASSERT_EQ(undisturbed.ran.code, 0) << undisturbed.ran.err;
  ASSERT_EQ(undisturbed.failed, "");
  ASSERT_GT(undisturbed.calls, 0u);
  const auto after = passages();
  ASSERT_TRUE(after.has_value());
  const Snapshot wanted = snapshot(index(), kQuestions);
  expect_sound();

  Counts counts;
  counts.calls = undisturbed.calls;
  const bool reads = std::string_view(what) == "read";
  const std::vector<Failure> kinds =
      reads ? std::vector<Failure>{{what, 0, EIO, false}}
            : std::vector<Failure>{
                  {what, 0, ENOSPC, true}, {what, 0, EIO, false}, {what, 0, ENOSPC, false}};
  std::size_t turn = 0;
  for (std::uint64_t n = 1; n <= undisturbed.calls; n += static_cast<std::uint64_t>(stride)) {
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
      // In the usual form each call fails in one way.
      if (in_long(0, 1) == 0 && kind != turn % kinds.size()) continue;
      Failure failure = kinds[kind];
      failure.at = n;
      failure.only = only;
      restore("before");
      const Starved starved = run_with(command, failure);
      SCOPED_TRACE(fmt::format("call {}{}: {}: {}\n{}", n, failure.on ? " and all later" : "",
                               starved.failed, std::strerror(failure.error), starved.ran.err));
      EXPECT_NE(starved.failed, "");
      ++counts.tried;
      const auto now = passages();
      if (starved.ran.code == 0) {
        ++counts.harmless;
        EXPECT_TRUE(now == after);
      } else {
        ++counts.refused;
        expect_helpful(starved.ran, damaged || reads);
        EXPECT_TRUE(now == before || now == after);
      }
      (now == after ? counts.fresh : now == before ? counts.old : counts.lost) += 1;
      // A clean-up that cannot read what is in use removes nothing.
      if (fs::exists(index()) && (now || !damaged)) expect_sound(reads || damaged);
      const int code = tome(command).code;
      EXPECT_TRUE(code == 0 || (code == scenario.again && now == after)) << code;
      expect_same(snapshot(index(), kQuestions), wanted);
      expect_sound();
      if (HasFatalFailure()) return;
    }
    ++turn;
  }
  counts.print(scenario.name);
  table_["all"].add(counts);
}

TEST_F(Disk, WritesThatFailLeaveTheOldOrTheNew) {
  for (const Scenario& scenario : scenarios()) {
    fail_each_call(scenario, "write", in_long(7, 1));
    if (HasFatalFailure()) return;
  }
  table_["all"].print("all writes");
  EXPECT_GT(table_["all"].old, 0u);
  EXPECT_GT(table_["all"].fresh, 0u);
}

TEST_F(Disk, ReadsThatFailLeaveTheOldOrTheNew) {
  for (const Scenario& scenario : scenarios()) {
    fail_each_call(scenario, "read", in_long(23, 1));
    if (HasFatalFailure()) return;
  }
  table_["all"].print("all reads");
}

// The clean-up once took all segments for garbage.
TEST_F(Disk, AListOfGenerationsThatCannotBeReadIsNotEmpty) {
  for (const Scenario& scenario : scenarios()) {
    if (in_long(0, 1) == 0 && std::string_view(scenario.name) != "update") continue;
    fail_each_call(scenario, "read", 1, "ix/generations");
    if (HasFatalFailure()) return;
  }
}

// Xapian takes it for one that was never written: a merge was once published without its texts.
TEST_F(Disk, ATableThatCannotBeOpenedIsNotEmpty) {
  for (const Scenario& scenario : scenarios()) {
    if (in_long(0, 1) == 0 && std::string_view(scenario.name) != "update") continue;
    for (const char* table : {"docdata.glass", "termlist.glass", "records"}) {
      // A repair takes nothing out, which is all that a table of terms is lent for.
      if (std::string_view(scenario.name) == "repair" &&
          std::string_view(table) == "termlist.glass")
        continue;
      fail_each_call(scenario, "read", in_long(2, 1), table);
      if (HasFatalFailure()) return;
    }
  }
}

// The right answer or an error, never an empty one.
TEST_F(Disk, AnAnswerIsRightOrRefused) {
  updated();
  ASSERT_EQ(tome({"index"}).code, 0);
  int right = 0;
  int refused = 0;
  for (const Words& question :
       {Words{"search", "note", "--explain"}, Words{"books", "item3", "--articles"},
        Words{"list", "--sources"}, Words{"search", "item3", "--json"}, Words{"status"},
        Words{"list", "--failed"}, Words{"check"}}) {
    const Starved wanted = run_with(question, {"read"});
    ASSERT_EQ(wanted.ran.code, 0) << wanted.ran.err;
    for (std::uint64_t n = 1; n <= wanted.calls; n += static_cast<std::uint64_t>(in_long(7, 1))) {
      const Starved starved = run_with(question, {"read", n, EIO, false});
      SCOPED_TRACE(fmt::format("{} call {}: {}", question[0], n, starved.failed));
      EXPECT_NE(starved.failed, "");
      if (starved.ran.code == 0) {
        ++right;
        // Without shelf.toml it is not known where the roots are; a spare is no part of the answer.
        if (!starved.failed.ends_with("shelf.toml") && question[0] != "check") {
          EXPECT_EQ(starved.ran.out, wanted.ran.out);
        }
        EXPECT_EQ(has(starved.ran.out, "is sound"), has(wanted.ran.out, "is sound"));
        EXPECT_EQ(count(starved.ran.out, "\"id\": "), count(wanted.ran.out, "\"id\": "));
        EXPECT_EQ(count(starved.ran.out, "Note "), count(wanted.ran.out, "Note "));
        continue;
      }
      ++refused;
      EXPECT_EQ(starved.ran.code, 3);
      const std::string said = starved.ran.err + starved.ran.out;
      EXPECT_TRUE(has(said, "TMP/ix")) << said;
      EXPECT_FALSE(has(said, "crashed")) << said;
      EXPECT_FALSE(has(said, "there is no index")) << said;
    }
  }
  std::printf("reads when asked: %d made to fail: %d right answers, %d refused, 0 wrong\n",
              right + refused, right, refused);
  EXPECT_GT(refused, 0);
}

// It once looked like files that are gone.
TEST_F(Disk, AFolderThatCannotBeListedLosesNothing) {
  indexed(0, 8);
  for (int i = 0; i < 6; ++i) write(fmt::format("shelf/below/m{}.md", i), "# Below\n\nA note.\n");
  ASSERT_EQ(tome({"index"}).code, 0);
  const auto before = passages();
  save("before");
  const Starved wanted = run_with({"index"}, {"read", 0, EIO, false, "shelf"});
  ASSERT_GT(wanted.calls, 15u);
  int told = 0;
  for (std::uint64_t n = 1; n <= wanted.calls; ++n) {
    const Starved starved = run_with({"index"}, {"read", n, EIO, false, "shelf"});
    SCOPED_TRACE(fmt::format("call {}: {}\n{}", n, starved.failed, starved.ran.err));
    EXPECT_TRUE(passages() == before);
    told += has(starved.ran.err, "cannot list: Input/output error: TMP/shelf") ? 1 : 0;
    restore("before");
  }
  std::printf("listing the shelf: %lu calls made to fail, %d times told, lost 0\n", wanted.calls,
              told);
  EXPECT_GT(told, 5);
}

}  // namespace
}  // namespace tome::test
