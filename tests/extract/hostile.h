// SPDX-License-Identifier: GPL-2.0-or-later
// Inputs that are made to hurt a reader of light markup, and what must hold for them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "blocks.h"
#include "support/growth.h"
#include "text/text.h"

namespace tome {

inline std::string many(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

// `own` and runs of what any markup could take for a mark: in one line, in words, and in lines.
inline std::vector<std::string> hostile(std::vector<std::string> own) {
  for (const std::string_view mark :
       {"*", "**", "`", "``", "_",  "__",  "[[", "[", "]", "{a}", "{{{a}}}", "|", "<<",
        "+", "~",  "=", ":",  "::", "(((", "\\", "/", "#", "@@",  "'",       "\""}) {
    own.push_back(many(mark, 300'000));
    own.push_back(many(std::string(mark) + "a ", 150'000));
    own.push_back(many(" a" + std::string(mark), 150'000));
    own.push_back(many(std::string(mark) + "\n", 150'000));
    own.push_back(many(std::string(mark) + " x\n\n", 100'000));
  }
  own.push_back(std::string(10'000'000, 'x'));
  own.push_back(many("word ", 2'000'000));
  return own;
}

// Read in time that grows as the text does, into valid text not many times as long.
inline void expect_bounded(Format format, const std::string& text) {
  const std::string name = text.substr(0, 40);
  SCOPED_TRACE(name);
  Document document;
  expect_linear(text.size(),
                [&](std::size_t size) { document = read(format, text.substr(0, size)); });
  EXPECT_LE(document.text.size(), text.size() * 8 + (1u << 20)) << name;
  EXPECT_EQ(repair_utf8(document.text), 0u) << name;
}

}  // namespace tome
