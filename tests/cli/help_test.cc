// SPDX-License-Identifier: GPL-2.0-or-later
// Help texts, and what a wrong command line is answered with.
#include "cli/program.h"

namespace tome::test {
namespace {

using Help = ProgramTest;

TEST_F(Help, OfTheProgram) {
  const Ran ran = tome({"--help"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err, "");
  for (const char* words :
       {"Usage: tome ", "--index DIR", "\n  search  ", "\n  books  ", "\n  index  ",
        "\n  rebuild  ", "\n  remove  ", "\n  show  ", "\n  list  ", "\n  status  ", "\n  mcp  ",
        "Exit codes: 0 found, 1 nothing found, 2 usage, 3 index missing, locked or damaged",
        "$TOME_INDEX", "$XDG_DATA_HOME/tome"}) {
    EXPECT_TRUE(has(ran.out, words)) << words;
  }
}

TEST_F(Help, OfEachSubcommand) {
  const std::vector<std::pair<std::string, Words>> table{
      {"search",
       {"--count", "--offset", "--json", "--explain", "--show-query", "--all", "+must", "-not",
        "prefix*", "author:", "title:", "book:", "kind:", "topic:", "lang:", "year:2015..2022"}},
      {"books", {"--count", "--offset", "--json", "--articles", "author:"}},
      {"index",
       {"--exclude PATTERN", "--map FIELD=COLUMN", "--force", "--keep-missing", "--retry",
        "--workers", "--memory SIZE", "--quiet", "--wait SECONDS"}},
      {"rebuild", {"--force", "--workers", "--quiet", "--wait SECONDS", "shelf.toml"}},
      {"remove", {"path", "--wait SECONDS", "the files stay"}},
      {"show", {"id", "--context", "--json"}},
      {"list", {"--sources", "--failed", "--json"}},
      {"watch", {"path", "--exclude PATTERN", "--debounce MS", "--quiet", "--workers"}},
      {"status", {"--json"}},
      {"check", {"--json"}},
      {"repair", {"--wait SECONDS"}},
      {"push", {"HOST:PATH", "--ssh COMMAND", "--remote-tome", "--force", "--all", "--wait"}},
      {"pull", {"HOST:PATH", "--ssh COMMAND", "--force", "--all", "--wait SECONDS", "--quiet"}},
      {"export", {"vespa, opensearch, or jsonl", "--output FILE"}},
      {"eval", {"--qrels", "--run FILE"}},
      {"mcp", {"Model Context Protocol", "mcpServers"}},
      {"serve", {"--host HOST", "--port N", "--token-file FILE", "--allow-files", "SIGTERM"}},
  };
  for (const auto& [command, words] : table) {
    const Ran ran = tome({command, "--help"});
    EXPECT_EQ(ran.code, 0) << command;
    EXPECT_EQ(ran.err, "") << command;
    EXPECT_TRUE(has(ran.out, "Usage: tome " + command)) << ran.out;
    for (const std::string& word : words) EXPECT_TRUE(has(ran.out, word)) << command << ' ' << word;
  }
}

TEST_F(Help, Version) {
  const Ran ran = tome({"--version"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_TRUE(ran.out.starts_with("tome ")) << ran.out;
}

TEST_F(Help, OfUsageErrors) {
  const std::string words = "; words that begin with --: tome search -- WORDS\n";
  const std::vector<std::pair<Words, std::string>> table{
      {{}, "tome: a command is missing\ntry: tome --help\n"},
      {{"--index", "x"}, "tome: a command is missing\ntry: tome --help\n"},
      {{"find", "x"}, "tome: there is no command find\ntry: tome --help\n"},
      {{"--index", "x", "how", "do", "I"}, "tome: there is no command how\ntry: tome --help\n"},
      {{"search"}, "tome: the question is empty\ntry: tome search how do descriptors work?\n"},
      {{"search", "git", "--no-verify"},
       "tome: The following argument was not expected: --no-verify\ntry: tome search --help" +
           words},
      {{"search", "x", "-n", "0"},
       "tome: --count: Value 0 not in range 1 to 1000\ntry: tome search --help" + words},
      {{"search", "x", "--offset", "-1"},
       "tome: --offset: Value -1 not in range 0 to 100000\ntry: tome search --help" + words},
      {{"show"}, "tome: id is required\ntry: tome show --help\n"},
      {{"list", "all"},
       "tome: The following argument was not expected: all\ntry: tome list --help\n"},
      {{"index", "x", "--wait", "-3"},
       "tome: --wait: Value -3 not in range 0 to 86400\ntry: tome index --help\n"},
      {{"index", "x", "--memory", "10MB"},
       "tome: --memory: 10MB is too little, at least 64MB\ntry: tome index --help\n"},
      {{"watch", "x", "--memory", "67108863"},
       "tome: --memory: 67108863 is too little, at least 64MB\ntry: tome watch --help\n"},
      {{"index", "x", "--memory", "2000TB"},
       "tome: --memory: 2000TB is too much, at most 1024TB\ntry: tome index --help\n"},
  };
  for (const auto& [arguments, message] : table) {
    const Ran ran = tome(arguments);
    EXPECT_EQ(ran.code, 2) << message;
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err, message);
  }
}

// The answer spoke of values that cannot be converted, and listed 25 units.
TEST_F(Help, OfWhatIsNoSize) {
  for (const char* size : {"1e9", "2 apples", "-1GB", "1.5GB", "much", "99999999999999EB"}) {
    const Ran ran = tome({"index", "shelf", "--memory", size});
    EXPECT_EQ(ran.code, 2) << size;
    EXPECT_EQ(ran.err, "tome: --memory: " + std::string(size) +
                           " is no size; write 200MB or 2GB\ntry: tome index --help\n");
  }
  index_shelf();
  for (const char* size : {"67108864", "64MB", "64 m", "1gib", "1024TB"}) {
    const Ran ran = tome({"index", "shelf", "--memory", size});
    EXPECT_EQ(ran.code, 0) << size << ran.err;
  }
}

}  // namespace
}  // namespace tome::test
