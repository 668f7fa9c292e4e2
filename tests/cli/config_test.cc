// SPDX-License-Identifier: GPL-2.0-or-later
// config.toml: filters of the user.
#include "cli/program.h"

namespace tome::test {
namespace {

class Config : public ProgramTest {
 protected:
  Config() {
    environment_["XDG_CONFIG_HOME"] = at("config").string();
    write("shelf/knots.knot", std::string("\1\2\3\4bowline\n", 12));
    write("shelf/plain.txt", "A heron waits beside the river.\n");
  }
  void configure(const std::string& filters, const std::string& file = "config/tome/config.toml") {
    write(file, "[filters]\n" + filters + "\n");
  }
};

TEST_F(Config, AFilterIsRunForItsFiles) {
  EXPECT_TRUE(has(tome({"index", "shelf"}).out, "skipped 1 file: 1 unknown format: .knot"));
  configure(R"("*.knot" = "sh -c 'tail -c 8 \"$1\"' sh {}")");
  const Ran ran = tome({"index", "shelf"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(has(ran.out, "2 sources: 1 new")) << ran.out;
  const Ran found = tome({"search", "bowline"});
  EXPECT_TRUE(has(found.out, "shelf/knots.knot")) << found.out;
  EXPECT_EQ(tome({"rebuild"}).code, 0);
  EXPECT_EQ(tome({"search", "bowline"}).code, 0);
}

TEST_F(Config, IsWhereTheUserSays) {
  configure(R"("*.knot" = "echo elsewhere")", "mine.toml");
  EXPECT_EQ(tome({"--config", "mine.toml", "index", "shelf"}).code, 0);
  EXPECT_EQ(tome({"search", "elsewhere"}).code, 0);
  environment_.erase("XDG_CONFIG_HOME");
  configure(R"("*.knot" = "echo homely")", "home/.config/tome/config.toml");
  EXPECT_EQ(tome({"rebuild"}).code, 0);
  EXPECT_EQ(tome({"search", "homely"}).code, 0);
  const Ran missing = tome({"index", "shelf", "--config", "none.toml"});
  EXPECT_EQ(missing.code, 3);
  EXPECT_TRUE(has(missing.err, "none.toml")) << missing.err;
}

// An index may come from somebody else; so may the folder one stands in.
TEST_F(Config, IsNotReadFromAnIndexOrTheFolder) {
  for (const char* place :
       {"ix/config.toml", "config.toml", "tome/config.toml", "ix/shelf.toml.d"}) {
    configure(R"("*.txt" = "touch ran")", place);
  }
  environment_["XDG_CONFIG_HOME"] = ".";
  EXPECT_EQ(tome({"index", "shelf"}).code, 0);
  EXPECT_FALSE(exists("ran"));
}

TEST_F(Config, NamesTheProgramThatIsMissing) {
  configure(R"("*.txt" = "no-such-converter -q")");
  const Ran ran = tome({"index", "shelf"});
  EXPECT_EQ(ran.code, 4);
  EXPECT_EQ(ran.err, "tome: the filter no-such-converter is not found: shelf/plain.txt\n");
}

TEST_F(Config, SaysWhatIsWrongInIt) {
  const std::vector<std::pair<std::string, std::string>> table = {
      {"\"*.x\" = 'sh -c \"a'", "line 2: a quote of *.x is not closed"},
      {"\"*.x\" = ''", "line 2: *.x names no program"},
      {"\"*.x\" = 5", "line 2: the command of *.x must be in quotes"},
      {"\"application/x-odd\" = 'cat'",
       "line 2: the type \"application/x-odd\" is not known: name an ending, as in \"*.mobi\""},
      {"[filter]\n", "line 2: there is no setting filter"},
      {"*.x = 'cat'", "line 2: "},
  };
  for (const auto& [line, message] : table) {
    configure(line);
    const Ran ran = tome({"index", "shelf"});
    EXPECT_EQ(ran.code, 2) << line;
    EXPECT_TRUE(has(ran.err, "tome: config.toml is not understood, " + message)) << ran.err;
    EXPECT_TRUE(has(ran.err, "TMP/config/tome/config.toml")) << ran.err;
  }
}

TEST_F(Config, ATypeStandsForItsEndings) {
  write("shelf/a.mobi", std::string(20, '\1'));
  write("shelf/b.PRC", std::string(20, '\1'));
  configure(R"("application/x-mobipocket-ebook" = "echo splendid '{}' \"x y\" \\' end")");
  EXPECT_EQ(tome({"index", "shelf"}).code, 0);
  const Ran ran = tome({"search", "splendid", "--json"});
  EXPECT_TRUE(has(ran.out, "shelf/a.mobi x y ' end")) << ran.out;
  EXPECT_TRUE(has(ran.out, "shelf/b.PRC x y ' end")) << ran.out;
}

}  // namespace
}  // namespace tome::test
