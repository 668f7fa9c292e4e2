// SPDX-License-Identifier: GPL-2.0-or-later
// -n and --offset: all pages together are one big page, without a repeat or a loss.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "cli/program.h"

namespace tome::test {
namespace {

using Json = nlohmann::json;

class Pages : public ProgramTest {
 protected:
  // 12 books of 8 chapters, one passage each; some passages stand twice.
  void SetUp() override {
    for (int book = 0; book < 12; ++book) {
      std::string text = fmt::format("---\nkind: book\ntitle: \"Lamps {}\"\n---\n", book);
      for (int chapter = 0; chapter < 8; ++chapter) {
        const int other = chapter == 0 ? 0 : book * 8 + chapter;
        text += fmt::format("\n## Chapter {}\n\nNumber {}: the lantern ", chapter, other);
        for (int i = 0; i < other % 5; ++i) text += "and another lantern ";
        text +=
            fmt::format("burns oil{} until dawn on wall {}.\n", other % 3 ? " slowly" : "", other);
      }
      write(fmt::format("shelf/{:02}.md", book), text);
    }
    ASSERT_EQ(tome({"index", "shelf"}).code, 0);
  }

  // The IDs of a page's results, or of the works.
  std::vector<std::string> page(Words arguments, int count, int offset, Json* whole = nullptr) {
    arguments.insert(arguments.end(),
                     {"--json", "-n", std::to_string(count), "--offset", std::to_string(offset)});
    const Json json = Json::parse(tome(arguments).out);
    std::vector<std::string> ids;
    for (const Json& hit : json.at("results")) {
      EXPECT_EQ(hit.at("rank"), offset + static_cast<int>(ids.size()) + 1);
      ids.push_back(hit.contains("id") ? hit.at("id") : hit.at("work").at("id"));
    }
    if (whole != nullptr) *whole = json;
    return ids;
  }

  void expect_pages_equal_whole(const Words& arguments, std::size_t results) {
    const std::vector<std::string> whole = page(arguments, 1000, 0);
    EXPECT_EQ(whole.size(), results);
    EXPECT_EQ(std::set<std::string>(whole.begin(), whole.end()).size(), results) << "a repeat";
    for (const int size : {1, 3, 7, 10, 64}) {
      if (size == 1 && results > 20) continue;  // nothing new, but slow
      std::vector<std::string> joined;
      for (int offset = 0;; offset += size) {
        Json json;
        const std::vector<std::string> ids = page(arguments, size, offset, &json);
        joined.insert(joined.end(), ids.begin(), ids.end());
        if (json.at("next_offset").is_null()) break;
        ASSERT_EQ(json.at("next_offset"), offset + size);
        ASSERT_LE(joined.size(), results);
      }
      EXPECT_EQ(joined, whole) << "pages of " << size;
    }
  }
};

TEST_F(Pages, OfPassages) {
  expect_pages_equal_whole({"search", "lantern", "slowly"}, 85);  // 96, one of them 12 times
}
TEST_F(Pages, OfPassagesWithoutBound) {
  expect_pages_equal_whole({"search", "lantern", "slowly", "--all"}, 85);
}
TEST_F(Pages, OfAPhrase) { expect_pages_equal_whole({"search", "\"another lantern burns\""}, 67); }
TEST_F(Pages, OfOneBook) { expect_pages_equal_whole({"search", "lantern", "title:7"}, 8); }
TEST_F(Pages, OfBooks) { expect_pages_equal_whole({"books", "lantern", "slowly"}, 12); }

TEST_F(Pages, NoWorkHasMoreThanThreeOfTheFirstTen) {
  Json json;
  page({"search", "lantern", "slowly"}, 10, 0, &json);
  std::map<std::string, int> share;
  for (const Json& hit : json.at("results")) {
    EXPECT_LE(++share[hit.at("works").at(0).at("id")], 3);
  }
}

TEST_F(Pages, BeyondTheLastSaySo) {
  const Ran ran = tome({"books", "lantern", "--offset", "50"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.out, "Nothing after the first 12 books.\ntry: a smaller --offset\n");
}

TEST_F(Pages, SayWhereTheNextBegins) {
  const Ran ran = tome({"books", "lantern", "-n", "5", "--offset", "5"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_TRUE(ran.out.starts_with("6. Lamps ")) << ran.out;
  EXPECT_TRUE(ran.out.ends_with("\n6 to 10 of 12 books; next page: --offset 10\n")) << ran.out;
}

}  // namespace
}  // namespace tome::test
