// SPDX-License-Identifier: GPL-2.0-or-later
// tome export: every passage once, with the text that the index holds.
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "cli/program.h"

namespace tome::test {
namespace {

using Json = nlohmann::json;

class Export : public ProgramTest {
 protected:
  void SetUp() override {
    index_shelf();
    // A second segment, and a passage that is gone from the first.
    write("shelf/later.md", "# Annealing\n\nAnnealing makes \"brass\" soft \u2014 again.\n");
    std::filesystem::remove(at("shelf/knots.html"));
    ASSERT_EQ(tome({"index"}).code, 0);
  }

  std::vector<Json> lines(const std::string& text) {
    std::vector<Json> out;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) out.push_back(Json::parse(line));
    return out;
  }

  std::uint64_t passages() {
    return Json::parse(tome({"status", "--json"}).out)["passages"].get<std::uint64_t>();
  }

  // What `tome show` says of this passage.
  std::string shown(const std::string& id) {
    const Ran ran = tome({"show", id, "--context", "0", "--json"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    return Json::parse(ran.out)["passage"]["snippet"]["text"].get<std::string>();
  }
};

TEST_F(Export, EveryPassageOnceWithItsText) {
  const std::vector<Json> plain = lines(tome({"export", "--format", "jsonl"}).out);
  EXPECT_EQ(plain.size(), passages());
  std::set<std::string> ids;
  for (const Json& line : plain) {
    const std::string id = line["id"];
    EXPECT_TRUE(ids.insert(id).second) << id;
    // What is shown is the same less the headings that open it and the space at its ends.
    std::string text = line["text"];
    text.erase(text.find_last_not_of(" \n") + 1);
    EXPECT_TRUE(text.ends_with(shown(id))) << text;
    EXPECT_FALSE(shown(id).empty());
    EXPECT_NE(line["path"], "knots.html");
  }
  const std::vector<Json> vespa = lines(tome({"export", "--format", "vespa"}).out);
  const std::vector<Json> open = lines(tome({"export", "--format", "opensearch"}).out);
  ASSERT_EQ(vespa.size(), plain.size());
  ASSERT_EQ(open.size(), 2 * plain.size());
  for (std::size_t i = 0; i < plain.size(); ++i) {
    EXPECT_EQ(vespa[i]["fields"], plain[i]);
    EXPECT_EQ(open[2 * i]["index"]["_id"], plain[i]["id"]);
    EXPECT_EQ(open[2 * i + 1], plain[i]);
  }
}

TEST_F(Export, WhatTheCatalogueSaysGoesAlong) {
  bool found = false;
  for (const Json& line : lines(tome({"export", "--format", "jsonl"}).out)) {
    if (line["path"] != "books/loaf.md") continue;
    found = true;
    EXPECT_EQ(line["title"], "The Patient Loaf");
    EXPECT_EQ(line["authors"], Json{"Ada Kornfeld"});
    EXPECT_EQ(line["topics"], Json{"baking"});
    EXPECT_EQ(line["kind"], "book");
    EXPECT_EQ(line["year"], 2018);
  }
  EXPECT_TRUE(found);
}

TEST_F(Export, AFileHasItsSchemaBesideIt) {
  const struct {
    const char* format;
    std::vector<std::string> beside;
  } cases[] = {{"vespa", {"passage.sd", "query-profile.xml"}},
               {"opensearch", {"mapping.json", "search-template.json"}},
               {"jsonl", {}}};
  for (const auto& one : cases) {
    const std::string folder = std::string("out-") + one.format;
    std::filesystem::create_directories(at(folder));
    const Words words{"export", "--format", one.format, "--output", folder + "/feed"};
    const Ran ran = tome(words);
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_TRUE(has(ran.out, "passages of generation 2")) << ran.out;
    EXPECT_EQ(read(folder + "/feed"), tome({"export", "--format", one.format}).out);
    EXPECT_FALSE(exists(folder + "/feed.new"));
    for (const std::string& name : one.beside) {
      EXPECT_TRUE(has(ran.out, folder + "/" + name + "\n")) << ran.out;
      EXPECT_FALSE(read(folder + "/" + name).empty());
      // What somebody has changed is theirs.
      write(folder + "/" + name, "mine");
    }
    EXPECT_EQ(count(tome(words).out, ": is another already, left as it is\n"), one.beside.size());
    for (const std::string& name : one.beside) EXPECT_EQ(read(folder + "/" + name), "mine");
  }
}

TEST_F(Export, WhatGoesWrong) {
  EXPECT_EQ(tome({"export"}).code, 2);
  EXPECT_EQ(tome({"export", "--format", "xml"}).code, 2);
  EXPECT_EQ(tome({"export", "--format", "jsonl", "--index", "nothing"}).code, 3);
  const Ran no_folder = tome({"export", "--format", "jsonl", "--output", "nowhere/feed"});
  EXPECT_EQ(no_folder.code, 3);
  EXPECT_TRUE(has(no_folder.err, "nowhere/feed")) << no_folder.err;
  // A device is written to, not replaced.
  std::filesystem::create_symlink("/dev/full", at("full"));
  const Ran full = tome({"export", "--format", "vespa", "--output", "full"});
  EXPECT_EQ(full.code, 3);
  EXPECT_TRUE(has(full.err, "No space left on device")) << full.err;
  EXPECT_TRUE(std::filesystem::is_symlink(at("full")));
  EXPECT_FALSE(exists("passage.sd"));
  // A damaged record ends it, and leaves no half of a feed.
  for (const auto& entry : std::filesystem::recursive_directory_iterator(at("ix/segments"))) {
    if (entry.path().filename() != "docdata.glass") continue;
    std::string bytes = read(entry.path().lexically_relative(at(".")).string());
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    write(entry.path().lexically_relative(at(".")).string(), bytes);
  }
  const Ran damaged = tome({"export", "--format", "jsonl", "--output", "feed"});
  EXPECT_EQ(damaged.code, 3);
  EXPECT_TRUE(has(damaged.err, "damaged")) << damaged.err;
  EXPECT_FALSE(exists("feed"));
  EXPECT_FALSE(exists("feed.new"));
}

}  // namespace
}  // namespace tome::test
