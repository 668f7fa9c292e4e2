// SPDX-License-Identifier: GPL-2.0-or-later
// Which index is meant, and what is said of one that is missing or damaged.
#include <sys/stat.h>

#include <fstream>

#include "cli/program.h"

namespace tome::test {
namespace {

using Place = ProgramTest;

const std::vector<Words>& readers() {
  static const std::vector<Words> table{
      {"search", "bowline"}, {"books", "bowline"}, {"show", "7tqpn3jkf6fc"}, {"list"}, {"status"}};
  return table;
}

TEST_F(Place, IsNamedBeforeOrAfterTheSubcommand) {
  index_shelf();
  const Ran wanted = tome({"search", "bowline"});
  EXPECT_EQ(wanted.code, 0);
  environment_.erase("TOME_INDEX");
  EXPECT_EQ(tome({"search", "bowline"}).code, 3);
  const std::string equals = "--index=" + at("ix").string();
  for (const Words& arguments :
       {Words{"--index", "ix", "search", "bowline"}, Words{"search", "--index", "ix", "bowline"},
        Words{"search", "bowline", "--index", "ix"}, Words{equals, "search", "bowline"},
        Words{"search", "bowline", equals}, Words{"search", equals, "--", "bowline"}}) {
    EXPECT_EQ(tome(arguments).out, wanted.out);
  }
  EXPECT_EQ(tome({"--index", "ix", "list"}).out, tome({"list", "--index", "ix"}).out);
}

TEST_F(Place, MayHaveTheNameOfASubcommand) {
  write("shelf/a.txt", "A bowline is a knot.\n");
  EXPECT_EQ(tome({"--index", "search", "index", "shelf", "--exclude", "-x"}).code, 0);
  EXPECT_EQ(tome({"--index", "search", "search", "bowline"}).code, 0);
  EXPECT_TRUE(exists("search/shelf.toml"));
}

// --index, else $TOME_INDEX, else ./index if it is one, else $XDG_DATA_HOME/tome, else ~/.local.
TEST_F(Place, IsChosenInOrder) {
  write("one/a.txt", "Words of the option.\n");
  write("two/a.txt", "Words of the variable.\n");
  write("three/a.txt", "Words of the folder.\n");
  write("four/a.txt", "Words of the data folder.\n");
  write("five/a.txt", "Words of the home.\n");
  const auto found = [&](const Words& options = {}) {
    Words arguments{"search", "words"};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return tome(arguments).out;
  };
  EXPECT_EQ(tome({"index", "two"}).code, 0);
  EXPECT_EQ(tome({"index", "one", "--index", "other"}).code, 0);
  EXPECT_EQ(tome({"index", "three", "--index", "index"}).code, 0);
  EXPECT_TRUE(has(found({"--index", "other"}), "option"));
  EXPECT_TRUE(has(found(), "variable"));
  environment_["TOME_INDEX"] = "";
  EXPECT_TRUE(has(found(), "Words of the folder"));
  remove("index/shelf.toml");  // no index any more
  EXPECT_EQ(tome({"index", "four"}).code, 0);
  EXPECT_TRUE(exists("data/tome/shelf.toml"));
  EXPECT_TRUE(has(found(), "data folder"));
  environment_.erase("XDG_DATA_HOME");
  EXPECT_EQ(tome({"index", "five"}).code, 0);
  EXPECT_TRUE(exists("home/.local/share/tome/shelf.toml"));
  EXPECT_TRUE(has(found(), "home"));
}

TEST_F(Place, IsPrivate) {
  index_shelf();
  struct stat state {};
  ASSERT_EQ(::stat(at("ix").c_str(), &state), 0);
  EXPECT_EQ(state.st_mode & 0777, 0700u);
}

TEST_F(Place, WithoutIndexSaysWhichCommandMakesOne) {
  const std::string missing =
      "tome: there is no index yet: TMP/ix\ntry: make one: tome index FOLDER\n";
  std::vector<Words> table = readers();
  table.push_back({"index"});
  table.push_back({"remove", "shelf"});
  for (const Words& arguments : table) {
    const Ran ran = tome(arguments);
    EXPECT_EQ(ran.code, 3) << arguments[0];
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err, missing) << arguments[0];
  }
  const Ran ran = tome({"rebuild"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_EQ(ran.err,
            "tome: there is no index to rebuild (no shelf.toml): TMP/ix\n"
            "try: make one: tome index FOLDER\n");
  EXPECT_FALSE(exists("ix"));
}

TEST_F(Place, APathThatIsNotThereIsAUsageError) {
  index_shelf();
  Ran ran = tome({"index", "nowhere"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.err, "tome: there is no such file or folder: nowhere\ntry: check the spelling\n");
  ran = tome({"remove", "nowhere"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.err,
            "tome: nothing on the shelf comes from there: nowhere\n"
            "try: see what does: tome list --sources\n");
}

class Damaged : public ProgramTest {
 protected:
  // Every way to ask says so, and how to mend it; then a rebuild does.
  void expect_damaged(const std::string& file) {
    std::vector<Words> table = readers();
    table.push_back({"index"});
    for (const Words& arguments : table) {
      const Ran ran = tome(arguments);
      EXPECT_EQ(ran.code, 3) << arguments[0];
      EXPECT_EQ(ran.out, "") << arguments[0];
      EXPECT_TRUE(ran.err.starts_with("tome: the index is damaged: ")) << ran.err;
      EXPECT_TRUE(has(ran.err, file)) << ran.err;
      EXPECT_TRUE(ran.err.ends_with("\ntry: run: tome repair, else tome rebuild\n")) << ran.err;
    }
    const Ran ran = tome({"rebuild"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(tome({"search", "bowline"}).out, wanted_);
    EXPECT_EQ(tome({"index"}).code, 0);
  }

  void SetUp() override {
    index_shelf();
    wanted_ = tome({"search", "bowline"}).out;
  }

  std::string wanted_;
};

TEST_F(Damaged, ByAFlippedByte) {
  for (const char* name : {"postlist.glass", "docdata.glass", "iamglass", "records"}) {
    const std::filesystem::path path = only_file("ix/segments", name);
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(60);
    const char byte = static_cast<char>(file.get() ^ 0x40);
    file.seekp(60);
    file.put(byte);
    file.close();
    expect_damaged(name);
    remove("ix");
    index_shelf();
  }
}

TEST_F(Damaged, ByADeletedFile) {
  std::filesystem::remove(only_file("ix/segments", "postlist.glass"));
  expect_damaged("postlist.glass");
}

TEST_F(Damaged, ByATruncatedFile) {
  std::filesystem::resize_file(only_file("ix/segments", "docdata.glass"), 100);
  expect_damaged("docdata.glass");
}

TEST_F(Damaged, ByAMissingManifest) {
  std::filesystem::remove(at("ix/generations/000001.json"));
  expect_damaged("000001.json");
}

TEST_F(Damaged, ByATruncatedManifest) {
  std::filesystem::resize_file(at("ix/generations/000001.json"), 10);
  expect_damaged("000001.json");
}

TEST_F(Damaged, ByAPointerThatIsNoNumber) {
  write("ix/current", "garbage\n");
  expect_damaged("current");
}

}  // namespace
}  // namespace tome::test
