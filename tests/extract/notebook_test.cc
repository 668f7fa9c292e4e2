// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "blocks.h"
#include "text/text.h"

namespace tome {
namespace {

std::string show_notebook(const std::string& cells) {
  return show(read(Format::kNotebook, R"({"nbformat":4,"cells":[)" + cells + "]}"));
}

TEST(Notebook, Cells) {
  const std::pair<std::string, std::string> cases[] = {
      {"", ""},
      {R"({"cell_type":"markdown","source":["# Title\n","\n","Some *text*.\n","- a\n","  - b"]})",
       "H1 Title\nP Some text.\n-1 a\n-2 b\n"},
      {R"({"cell_type":"markdown","source":"| a | b |\n|--|--|\n| 1 | 2 |"})",
       "| a | b\n| 1 | 2\n"},
      {R"({"cell_type":"code","source":["x = 1\n","x"],"outputs":[
          {"output_type":"stream","name":"stdout","text":["said\n","more"]},
          {"output_type":"execute_result","data":{"text/plain":["42"],"text/html":"<b>no</b>"}},
          {"output_type":"display_data","data":{"image/png":"no"}},
          {"output_type":"error","ename":"KeyError","evalue":"'k'","traceback":["no"]}]})",
       "C x = 1\\x\nC said\\more\nC 42\nC KeyError: 'k'\n"},
      {R"({"cell_type":"raw","source":"As it is."})", "P As it is.\n"},
      {R"({"cell_type":"code","source":"","outputs":[{"output_type":"stream",
          "text":"\u001b[31mred\u001b[0m"}]})",
       "C red\n"},
      {R"(1, null, [], {"cell_type":7}, {"cell_type":"code","source":{"a":1},"outputs":3})", ""},
      {R"({"cell_type":"code","source":"a\r\nb\rc\u0000"})", "C a\\b\\c\xEF\xBF\xBD\n"},
  };
  for (const auto& [cells, expected] : cases) EXPECT_EQ(show_notebook(cells), expected) << cells;
}

TEST(Notebook, Format3HasWorksheets) {
  EXPECT_EQ(show(read(Format::kNotebook, R"({"nbformat":3,"worksheets":[{"cells":[
      {"cell_type":"heading","level":2,"source":"Top"},
      {"cell_type":"code","input":"1+1","outputs":[{"output_type":"pyout","text":"2"}]}]}]})")),
            "H2 Top\nC 1+1\nC 2\n");
}

TEST(Notebook, Title) {
  const std::string cell = R"("cells":[{"cell_type":"markdown","source":"## First\n\n# Second"}])";
  EXPECT_EQ(read(Format::kNotebook, "{" + cell + "}").title, "First");
  const Document given =
      read(Format::kNotebook, "{" + cell +
                                  R"(,"metadata":{"title":"Given","authors":[{"name":"Ann Lee"}],
                             "kernelspec":{"language":"python"}}})");
  EXPECT_EQ(given.title, "Given");
  EXPECT_EQ(given.meta.authors, std::vector<std::string>{"Ann Lee"});
  EXPECT_EQ(given.meta.language, "");
}

TEST(Notebook, ALongOutputIsCutBetweenCharacters) {
  std::string text;
  while (text.size() < 10'000) text += "é";
  const Document document = read(
      Format::kNotebook,
      R"({"cells":[{"cell_type":"code","source":"x","outputs":[{"output_type":"stream","text":"x)" +
          text + R"("}]}]})");
  ASSERT_EQ(document.blocks.size(), 2u);
  EXPECT_EQ(text_of(document, document.blocks[1]).size(), 4095u);
  std::string copy = document.text;
  EXPECT_EQ(repair_utf8(copy), 0u);
}

TEST(Notebook, WhatIsNoneSaysWhy) {
  const std::pair<std::string, std::pair<Code, std::string>> cases[] = {
      {"", {Code::kUnsupported, "the file is empty"}},
      {"{\"cells\":[", {Code::kUnsupported, "not JSON"}},
      {"{\"cells\":\"", {Code::kUnsupported, "not JSON"}},
      {"{\"cells\":[1e999]}", {Code::kUnsupported, "too large"}},
      {"{}", {Code::kUnsupported, "no notebook"}},
      {"[1]", {Code::kUnsupported, "no notebook"}},
      {"{\"cells\":3}", {Code::kUnsupported, "no notebook"}},
      {std::string(100'000, '['), {Code::kLimit, "64 levels"}},
      {"{\"cells\":[" + std::string(64, '[') + std::string(64, ']') + "]}", {Code::kLimit, "64"}},
  };
  for (const auto& [source, expected] : cases) {
    const auto document = extract(Format::kNotebook, source);
    ASSERT_FALSE(document.ok()) << source.substr(0, 20);
    EXPECT_EQ(document.error().code, expected.first);
    EXPECT_NE(document.error().message.find(expected.second), std::string::npos)
        << document.error().message;
  }
}

}  // namespace
}  // namespace tome
