// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/run.h"

#include "eval/folder.h"

namespace tome {
namespace {

using RunTest = Folder;

TEST_F(RunTest, SurvivesWritingAndReading) {
  tome::Run run;
  run["q1"] = {{"d1", 12.3456789f}, {"d3", 1e-7f}, {"d2", 1e-7f}, {"d9", -4.5f}};
  run["q2"] = {{"Ä%20b", 3.4028235e38f}};
  const std::filesystem::path file = path() / "run";
  ASSERT_TRUE(write_run(file, run, "tag"));
  const Result<tome::Run> read = read_run(file);
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->size(), run.size());
  for (const auto& [query, ranking] : run) {
    const Ranking& found = read->at(query);
    ASSERT_EQ(found.size(), ranking.size());
    for (std::size_t i = 0; i < ranking.size(); ++i) {
      EXPECT_EQ(found[i].document, ranking[i].document);
      EXPECT_EQ(found[i].score, ranking[i].score);
    }
  }
}

TEST_F(RunTest, TiesGoByFallingDocumentWhateverTheRanks) {
  const auto file = write("run",
                          "q Q0 b 1 1.0 t\n"
                          "q Q0 a 2 1.000000001 t\n"  // a tie in single precision
                          "q Q0 c 3 1 t\r\n"
                          "\n"
                          "q Q0 z 4 2e0 t\n");
  const Result<tome::Run> run = read_run(file);
  ASSERT_TRUE(run) << run.error().message;
  std::string order;
  for (const RunEntry& entry : run->at("q")) order += entry.document;
  EXPECT_EQ(order, "zcba");
}

TEST_F(RunTest, NamesFileAndLineOfWhatIsBroken) {
  const struct {
    const char* bytes;
    const char* message;
  } kCases[] = {
      {"q Q0 a 1 1.0 t\nq Q0 b 2 0.5\n", "line 2: expected \"query Q0 document rank score tag\""},
      {"q Q0 a 1 x t\n", "line 1: the score is not a number"},
      {"q Q0 a 1 nan t\n", "line 1: the score is not a number"},
      {"q Q0 a 1 2 t\nq Q0 a 2 1 t\n", "line 2: this document was answered to this query before"},
  };
  for (const auto& one : kCases) {
    const auto file = write("run", one.bytes);
    const Result<tome::Run> run = read_run(file);
    ASSERT_FALSE(run) << one.bytes;
    EXPECT_EQ(run.error().message, one.message);
    EXPECT_EQ(run.error().path, file.string());
  }
  const Result<tome::Run> missing = read_run(path() / "none");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Code::kNotFound);
}

TEST_F(RunTest, WhiteSpaceInAnIdIsRefused) {
  tome::Run run;
  run["q"] = {{"two words", 1.0f}};
  const Status status = write_run(path() / "run", run, "tag");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Code::kUnsupported);
  EXPECT_FALSE(std::filesystem::exists(path() / "run"));
}

}  // namespace
}  // namespace tome
