// SPDX-License-Identifier: GPL-2.0-or-later
// The real program on a disk that fails: what it may say, and what it must leave.
#pragma once

#include <fmt/format.h>

#include <cstring>
#include <set>

#include "cli/program.h"
#include "fault/failing_io.h"
#include "store/generation.h"
#include "support/in_memory.h"
#include "support/shelf.h"
#include "tome/check.h"

namespace tome::test {

// Which calls fail, as failing_io.cc takes it.
struct Failure {
  const char* what = "write";
  std::uint64_t at = 0;  // 0: none
  int error = ENOSPC;
  bool on = false;  // all later ones too
  const char* below = "ix";
  const char* only = "";  // what "call path" must hold to count
};

// What one run said, and what failed in it.
struct Starved {
  Ran ran;
  std::uint64_t calls = 0;
  std::string failed;  // empty: nothing did
};

class StarvedTest : private InMemory, public ProgramTest {
 protected:
  std::filesystem::path index() const { return at("ix"); }

  Starved run_with(const Words& arguments, const Failure& failure) {
    const std::string record = at("record").string();
    write("record", std::string(sizeof(FailingIo), '\0'));
    const Environment before = environment_;
    environment_["LD_PRELOAD"] = TOME_FAILING_IO;
    environment_["TOME_FAIL_BELOW"] = at(failure.below).string();
    environment_["TOME_FAIL_ONLY"] = failure.only;
    environment_["TOME_FAIL_WHAT"] = failure.what;
    environment_["TOME_FAIL_AT"] = std::to_string(failure.at);
    environment_["TOME_FAIL_WITH"] = std::to_string(failure.error);
    environment_["TOME_FAIL_RECORD"] = record;
    if (failure.on) environment_["TOME_FAIL_ON"] = "1";
    Starved starved;
    starved.ran = tome(arguments);
    environment_ = before;
    const std::string bytes = read("record");
    std::memcpy(&starved.calls, bytes.data(), sizeof starved.calls);
    starved.failed = bytes.c_str() + offsetof(FailingIo, failed);
    return starved;
  }

  // All that the index says; "nothing" when nothing is indexed.
  std::optional<std::set<std::string>> passages() const {
    const Result<Reader> reader = Reader::open(index());
    if (!reader) return std::nullopt;
    return passages_in(*reader);
  }

  // One sentence that names a path, and what to do. An index that cannot be read may be called
  // damaged.
  static void expect_helpful(const Ran& ran, bool unread) {
    EXPECT_EQ(ran.code, 3) << ran.out;
    EXPECT_TRUE(ran.err.starts_with("tome: ")) << ran.err;
    EXPECT_TRUE(has(ran.err, "TMP/ix")) << ran.err;
    EXPECT_TRUE(has(ran.err, "\ntry: ")) << ran.err;
    EXPECT_FALSE(has(ran.err, "crashed")) << ran.err;
    EXPECT_TRUE(unread || !has(ran.err, "damaged")) << ran.err;
    EXPECT_EQ(ran.out, "");
  }

  // What is in force is whole, and nothing lies there besides, unless it may.
  void expect_sound(bool strays = false) const {
    static const std::set<std::string> kKnown = {"shelf.toml", "current", "generations",
                                                 "segments",   "works",   "lock"};
    for (const auto& entry : std::filesystem::directory_iterator(index())) {
      EXPECT_TRUE(strays || kKnown.contains(entry.path().filename().string())) << entry.path();
    }
    const Result<std::uint64_t> current = current_generation(index());
    ASSERT_TRUE(current.ok()) << current.error().message;
    if (*current == 0) {
      for (const char* folder : {"segments", "generations"}) {
        const bool made = std::filesystem::exists(index() / folder);
        EXPECT_TRUE(strays || !made || std::filesystem::is_empty(index() / folder)) << folder;
      }
      return;
    }
    const Result<CheckReport> report = check_index(index(), {});
    ASSERT_TRUE(report.ok()) << report.error().message;
    std::vector<Error> found = report->problems;
    if (!strays) found.insert(found.end(), report->notices.begin(), report->notices.end());
    for (const Error& error : found) ADD_FAILURE() << error.message << ": " << error.path;
  }

  void save(const char* name) { copy("ix", name); }
  void restore(const char* name) { copy(name, "ix"); }

  void write_note(int i, int version = 0) {
    const std::string name = fmt::format("shelf/n{}.md", i);
    write(name, fmt::format("# Note {}\n\nVersion{} of the note about item{}.\n", i, version, i));
    shift_time(at(name), version);
  }

 private:
  void copy(const std::string& from, const std::string& to) {
    remove(to);
    std::error_code code;  // before the first build there is none
    std::filesystem::copy(at(from), at(to), std::filesystem::copy_options::recursive, code);
  }
};

}  // namespace tome::test
