// SPDX-License-Identifier: GPL-2.0-or-later
// Readers that crash, hang, flood and lie, and what becomes of the files before and after.
#include "sandbox/extractor.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include "sandbox/program.h"
#include "sandbox/worker.h"
#include "support/folder.h"
#include "support/pdf_file.h"

namespace tome {
namespace {

using namespace std::chrono_literals;

class Extractors : public testing::Test {
 protected:
  Extractors() { test::use_worker(TOME_BAD_WORKER); }
  ~Extractors() override { test::use_worker(TOME_EXTRACT_PROGRAM); }

  // A file of a risky kind.
  static Result<Document> read(Extractor& extractor, std::string_view bytes) {
    return extractor.extract("x.pdf", Format::kPdf, bytes);
  }
  static std::string said(const Result<Document>& document) {
    return document ? "text: " + document->text : document.error().message;
  }
  static ExtractLimits small() {
    ExtractLimits limits;
    limits.memory = 512u << 20;
    limits.time = 800ms;
    limits.output = 4u << 20;
    return limits;
  }
  static ExtractLimits patient() {
    ExtractLimits limits = small();
    limits.time = 20s;
    return limits;
  }
};

TEST_F(Extractors, SayInPlainWordsWhyAFileIsNotRead) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"do kill", "crashed while it was read (signal 9)"},
      {"do fault", "crashed while it was read (signal 11)"},
      {"do exit", "crashed while it was read (exit status 3)"},
      {"do close", "crashed while it was read (no answer)"},
      {"do sleep", "took longer than 0.8 s"},
      {"do stall", "took longer than 0.8 s"},
      {"do drip", "took longer than 0.8 s"},
      {"do flood", "makes more than 4 MB of text"},
      {"do lie", "makes more than 4 MB of text"},
      {"do throw", "cannot be read: no such table"},
      {"do trash", "was read into something that is no document (its fields are out of bounds)"},
      {"do disorder", "was read into something that is no document (its fields are out of bounds)"},
  };
  Extractor patient_one(patient());
  Extractor quick_one(small());
  for (const auto& [bytes, message] : table) {
    const bool late = message.starts_with("took longer");
    Extractor fresh(late ? small() : patient());
    Extractor& used = late ? quick_one : patient_one;
    EXPECT_EQ(said(read(fresh, bytes)), message);
    EXPECT_EQ(said(read(fresh, "Fine.")), "text: Fine.") << "after " << bytes;
    EXPECT_EQ(said(read(used, bytes)), message) << "not the first";
    EXPECT_EQ(said(read(used, "Fine.")), "text: Fine.") << "after " << bytes;
  }
}

TEST_F(Extractors, StopAReaderThatEatsMemory) {
  if (test::kSanitized) GTEST_SKIP() << "no limit on memory under a sanitizer";
  Extractor extractor(patient());
  EXPECT_EQ(said(read(extractor, "do hog")), "needs more than 512 MB of memory");
  EXPECT_EQ(said(read(extractor, "Fine.")), "text: Fine.");
  EXPECT_EQ(said(read(extractor, "do hog")), "needs more than 512 MB of memory");
}

TEST_F(Extractors, LetAReaderReadFilesAndDoNothingElse) {
  Extractor extractor(patient());
  EXPECT_EQ(said(read(extractor, "do escape")), "text: read ");
}

TEST_F(Extractors, UseOneProcessForManyFilesButNotForEver) {
  Extractor extractor;
  std::set<std::string> processes;
  for (int i = 0; i < 499; ++i) processes.insert(said(read(extractor, "do count")));
  EXPECT_EQ(processes.size(), 1u);
  for (int i = 0; i < 2; ++i) processes.insert(said(read(extractor, "do count")));
  EXPECT_EQ(processes.size(), 2u);
}

// Sending it 8 MB would raise SIGPIPE, which ends a program that does not expect it.
TEST_F(Extractors, DoNotBlameAFileForAProcessThatWasKilledBefore) {
  Extractor extractor;
  EXPECT_EQ(said(read(extractor, "Fine.")), "text: Fine.");
  const pid_t first = extractor.process();
  ASSERT_GT(first, 0);
  ::kill(first, SIGKILL);
  const Result<Document> large = read(extractor, std::string(8 << 20, 'x'));
  ASSERT_TRUE(large.ok()) << large.error().message;
  EXPECT_EQ(large->text.size(), 8u << 20);
  EXPECT_NE(extractor.process(), first);
}

TEST_F(Extractors, LeaveNoProcessBehind) {
  pid_t process = 0;
  {
    Extractor extractor;
    EXPECT_TRUE(read(extractor, "Fine.").ok());
    process = extractor.process();
    EXPECT_EQ(::kill(process, 0), 0);
  }
  EXPECT_EQ(::kill(process, 0), -1);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);  // no child is left, running or dead
}

TEST_F(Extractors, WorkInSeveralThreads) {
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      Extractor extractor;
      for (int i = 0; i < 60; ++i) {
        const std::string text = "Text " + std::to_string(t * 1000 + i) + ".";
        if (i % 20 == 7) {
          wrong += said(read(extractor, "do kill")) != "crashed while it was read (signal 9)";
        }
        wrong += said(read(extractor, text)) != "text: " + text;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST_F(Extractors, ReadWhatIsNotRiskyThemselves) {
  test::use_worker("/nowhere/tome-extract");
  Extractor extractor;
  const Result<Document> text = extractor.extract("a.txt", Format::kText, "Fine.");
  EXPECT_EQ(said(text), "text: Fine.");
  EXPECT_EQ(extractor.process(), 0);
  EXPECT_EQ(said(read(extractor, "x")), "TOME_EXTRACT names no program: /nowhere/tome-extract");
}

TEST_F(Extractors, SayThatTheProgramIsMissingOrIsAnother) {
  ::unsetenv("TOME_EXTRACT");
  if (!find_extract_program()) {
    Extractor extractor;
    const std::string message = said(read(extractor, "x"));
    EXPECT_NE(message.find("tome-extract, which reads this kind of file, is missing: install it"),
              std::string::npos)
        << message;
  }
  for (const auto& [program, message] : std::vector<std::pair<std::string, std::string>>{
           {"/bin/true", "/bin/true does not start"},
           {"/bin/echo", "/bin/echo is of another version of tome"}}) {
    test::use_worker(program.c_str());
    Extractor extractor;
    EXPECT_EQ(said(read(extractor, "x")), message);
  }
}

// The real program: what it is for is tested with each format.
TEST_F(Extractors, RunTheRealProgram) {
  test::use_worker(TOME_EXTRACT_PROGRAM);
  Extractor extractor;
  EXPECT_FALSE(read(extractor, "%PDF-1.4 nothing else").ok());
  EXPECT_FALSE(extractor.extract("x.gz", Format::kCompressed, "\x1F\x8B nonsense").ok());
  EXPECT_GT(extractor.process(), 0);
}

// Poppler takes more than a minute for an outline of 30,000 levels.
TEST_F(Extractors, StopPopplerInADeepOutline) {
  test::use_worker(TOME_EXTRACT_PROGRAM);
  test::PdfParts parts;
  parts.pages = {test::pdf_lines(72, 100, {"The sluice opens at dusk."})};
  const std::string good = test::pdf_file(parts);
  for (int level = 1; level <= 30'000; ++level) parts.outline.push_back({"Sluice", level});
  ExtractLimits limits;
  limits.time = 1500ms;
  Extractor extractor(limits);
  const Result<Document> deep = read(extractor, test::pdf_file(parts));
  ASSERT_FALSE(deep.ok());
  EXPECT_EQ(deep.error().code, Code::kLimit);
  EXPECT_EQ(deep.error().message, "took longer than 1.5 s");
  const Result<Document> next = read(extractor, good);
  ASSERT_TRUE(next.ok()) << next.error().message;
  EXPECT_EQ(next->text, "The sluice opens at dusk.");
}

}  // namespace
}  // namespace tome
