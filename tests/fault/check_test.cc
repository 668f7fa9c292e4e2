// SPDX-License-Identifier: GPL-2.0-or-later
// tome check and tome repair beside damage to files: what they say of the rest.
#include "tome/check.h"

#include <signal.h>

#include <thread>

#include "cli/program.h"
#include "cli/shelf.h"
#include "store/files.h"
#include "store/generation.h"
#include "support/folder.h"

namespace tome::test {
namespace {

namespace fs = std::filesystem;

class Check : public ProgramTest {
 protected:
  void SetUp() override { index_shelf(); }
};

TEST_F(Check, SaysWhatItRead) {
  const std::string bytes = std::to_string(read_manifest(at("ix"))->segments[0].bytes);
  EXPECT_EQ(tome({"check"}).out,
            "TMP/ix: generation 1 is sound\n"
            "  read 4 files of 1 segment, " +
                bytes.substr(0, bytes.size() - 3) + "," + bytes.substr(bytes.size() - 3) +
                " bytes: 11 passages, 4 sources, 7 work records, 233 words\n");
  EXPECT_EQ(tome({"repair"}).out, "Nothing to repair: generation 1 of TMP/ix is sound\n");
}

TEST_F(Check, NeedsAnIndex) {
  for (const char* command : {"check", "repair"}) {
    const Ran ran = tome({command, "--index", "nowhere"});
    EXPECT_EQ(ran.code, 3);
    EXPECT_EQ(ran.err, "tome: there is no index yet: nowhere\ntry: make one: tome index FOLDER\n");
  }
  EXPECT_FALSE(exists("nowhere"));
}

TEST_F(Check, AMissingRootIsNoDamage) {
  fs::rename(at("shelf"), at("unmounted"));
  const Ran ran = tome({"check"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_TRUE(
      ran.out.starts_with("TMP/shelf\n"
                          "  the root shelf is not there\n"
                          "try: is the disk mounted? What was indexed of it still "
                          "answers\n"))
      << ran.out;
}

TEST_F(Check, ShelfTomlIsPartOfTheIndex) {
  write("ix/shelf.toml", "[[root]\n");
  Ran ran = tome({"check"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_TRUE(has(ran.out, "TMP/ix/shelf.toml\n  shelf.toml is not understood, line 1: "))
      << ran.out;
  EXPECT_TRUE(has(ran.out, "try: mend that file")) << ran.out;
  EXPECT_EQ(tome({"search", "bowline"}).code, 0);
  remove("ix/shelf.toml");
  ran = tome({"check"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_TRUE(has(ran.out, "shelf.toml is missing\ntry: name the folders again")) << ran.out;
}

TEST_F(Check, WhatNothingNamesIsToldAndTakenAway) {
  write("ix/segments/stray/postlist.glass", "x");
  write("ix/generations/000009.json.new", "x");
  const Ran ran = tome({"check"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_TRUE(has(ran.out, "files that no generation names: 2")) << ran.out;
  EXPECT_EQ(tome({"index"}).code, 0);
  EXPECT_FALSE(has(tome({"check"}).out, "no generation names"));
}

TEST_F(Check, ADamagedSpareIsANotice) {
  write("shelf/later.txt", kLater);
  ASSERT_EQ(tome({"index"}).code, 0);
  ASSERT_TRUE(has(tome({"check"}).out, "generation 1 is whole too"));
  write("ix/generations/000001.json", "{}");
  const Ran ran = tome({"check"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_TRUE(has(ran.out, "generation 1 is damaged too")) << ran.out;
  EXPECT_FALSE(has(ran.out, "is whole too")) << ran.out;
  EXPECT_EQ(tome({"repair"}).out,
            "Nothing to repair: generation 2 of TMP/ix is sound\n"
            "  1 generation not in force and damaged: dropped\n");
  EXPECT_FALSE(has(tome({"check"}).out, "damaged"));
}

TEST_F(Check, WaitsForNoWriterButRepairDoes) {
  const Result<WriterLock> lock =
      WriterLock::acquire(at("ix/lock"), std::chrono::milliseconds(1000));
  ASSERT_TRUE(lock.ok());
  EXPECT_EQ(tome({"check"}).code, 0);
  const Ran ran = tome({"repair", "--wait", "0"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_TRUE(has(ran.err, "another tome is writing this index")) << ran.err;
}

// What becomes of the process that reads the contents is damage, and does not harm this one.
TEST_F(Check, ACheckerThatFails) {
  const std::vector<std::pair<Words, std::string>> table = {
      {{"/bin/sh", "-c", "kill -SEGV $$"}, "Xapian crashes on it (signal 11)"},
      {{"/bin/sh", "-c", "sleep 60"}, "reading it takes longer than 0 s"},
      {{"/bin/sh", "-c", "echo nothing wrong; exit 7"}, "its check ended with status 7"},
      {{"/nowhere/tome"}, "cannot run /nowhere/tome: No such file or directory"},
  };
  for (const auto& [command, message] : table) {
    CheckOptions options;
    options.checker = command;
    options.patience = std::chrono::milliseconds(300);
    const Result<CheckReport> report = check_index(at("ix"), options);
    ASSERT_TRUE(report.ok());
    ASSERT_EQ(report->problems.size(), 1u) << message;
    EXPECT_EQ(report->problems[0].message, message);
    EXPECT_EQ(report->problems[0].code, Code::kDamaged);
  }
  const Result<CheckReport> report = check_index(at("ix"), {});
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->problems.empty());
  EXPECT_EQ(report->passages, 11u);
}

#ifndef TOME_SANITIZED
TEST_F(Check, AFatalSignalIsAnswered) {
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) {
    const pid_t process = start({"watch", "shelf"});
    for (int i = 0; i < 5000 && !has(read("output/out"), "Watching"); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    ::kill(process, signal);
    const Ran ran = finish(process);
    EXPECT_EQ(ran.code, 3) << signal;
    EXPECT_EQ(ran.err,
              "tome: crashed: the index may be damaged\n"
              "try: tome check; if it finds nothing wrong, this is a fault of tome\n");
  }
}
#endif

}  // namespace
}  // namespace tome::test
