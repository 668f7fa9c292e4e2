// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/json_rows.h"

#include <gtest/gtest.h>

#include <string>

namespace tome {
namespace {

// "a=1;b=[x,y]", or "nothing".
std::string cells(std::string_view text) {
  const auto read = json_cells(text);
  if (!read) return "nothing";
  std::string out;
  for (const Cell& cell : *read) {
    std::string values;
    for (const std::string& value : cell.values) values += (values.empty() ? "" : ",") + value;
    out += (out.empty() ? "" : ";") + cell.column + "=";
    out += cell.list ? "[" + values + "]" : values;
  }
  return out;
}

TEST(JsonCells, WhatValuesSay) {
  const std::string many = [] {
    std::string list;
    for (int i = 0; i < 1100; ++i) list += (i == 0 ? "" : ",") + std::string("\"x\"");
    return list;
  }();
  const std::pair<std::string, std::string> cases[] = {
      {"", "nothing"},
      {"{}", ""},
      {"[1]", "nothing"},
      {"7", "nothing"},
      {R"({"b":"x","a":"y"})", "a=y;b=x"},
      {R"({"a":"x","b":"z","a":"y"})", "a=y;b=z"},
      {R"({"a":1999,"b":-3,"c":18446744073709551615})", "a=1999;b=-3;c=18446744073709551615"},
      {R"({"a":1.5,"b":2000.0,"c":1e3})", "a=1.5;b=2000.0;c=1000.0"},
      {R"({"a":123456789012345678901234567890,"b":"x"})", "a=1.2345678901234568e+29;b=x"},
      {R"({"a":null,"b":true,"c":"","d":{}})", "a=;b=;c=;d="},
      {R"({"a":["x",null,2,{"name":"n"},["deep"]]})", "a=[x,2,n]"},
      {R"({"a":{"title":"t","name":"n","value":"v"}})", "a=n"},
      {R"({"a":{"title":"t","name":3}})", "a=t"},
      {R"({"a":{"name":"x","name":"y"}})", "a=y"},
      {R"({"a":"\u00e9\ud83d\ude00\n"})", "a=\xC3\xA9\xF0\x9F\x98\x80\n"},
      {R"({"a":"\ud800"})", "nothing"},
      {R"({"a":"x"} y)", "nothing"},
      {R"({"a":"x",})", "nothing"},
      {"{\"a\":\"x\ny\"}", "nothing"},
      {R"({"a":[)" + many + "]}", "a=[" + std::string("x") +
                                      [] {
                                        std::string rest;
                                        for (int i = 1; i < 1000; ++i) rest += ",x";
                                        return rest;
                                      }() +
                                      "]"},
  };
  for (const auto& [text, said] : cases) EXPECT_EQ(cells(text), said) << text.substr(0, 200);
}

TEST(JsonCells, NestingIsBounded) {
  const auto nested = [](int depth) {
    return "{\"a\":" + std::string(static_cast<std::size_t>(depth) - 1, '[') +
           std::string(static_cast<std::size_t>(depth) - 1, ']') + ",\"b\":\"x\"}";
  };
  EXPECT_EQ(cells(nested(2)), "a=[];b=x");
  EXPECT_EQ(cells(nested(63)), "a=[];b=x");
  EXPECT_EQ(cells(nested(64)), "a=[];b=x");
  EXPECT_EQ(cells(nested(65)), "nothing");
  EXPECT_EQ(cells(nested(100'000)), "nothing");
}

// A row of more than a megabyte is read by the library that needs no room of its own.
TEST(JsonCells, LargeRows) {
  const std::string text(3u << 20, 'x');
  const auto read = json_cells(R"({"id":"1","description":")" + text + "\"}");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->front().values.front(), text);
}

}  // namespace
}  // namespace tome
