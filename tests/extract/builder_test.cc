// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/builder.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace tome {
namespace {

TEST(Tidy, Table) {
  const std::pair<std::string, std::string> cases[] = {
      {"", ""},
      {" \t\n ", ""},
      {"one", "one"},
      {"  one  two ", "one two"},
      {"one \n two", "one\ntwo"},
      {"one\xC2\xA0two", "one two"},
      {"one\xC2\xA0\ntwo", "one\ntwo"},
      {"\xC2\xA9 \xC3\xA9\xC2", "\xC2\xA9 \xC3\xA9\xC2"},
      {"a\x01 b\x7F", "a\x01 b\x7F"},
      {"a\v\f\rb", "a b"},
  };
  for (const auto& [text, tidied] : cases) EXPECT_EQ(tidy(text), tidied) << text;
}

}  // namespace
}  // namespace tome
