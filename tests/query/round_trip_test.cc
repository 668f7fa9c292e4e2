// SPDX-License-Identifier: GPL-2.0-or-later
// Properties that hold for any bytes: the tree is canonical, within bounds, and comes back from its
// own question.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "query/query.h"

namespace tome {
namespace {

using std::string_view_literals::operator""sv;
using Op = Node::Op;

std::size_t leaves(const Node& node) {
  if (node.op != Op::kBag && node.children.empty()) return 1;
  std::size_t sum = 0;
  for (const Node& child : node.children) sum += leaves(child);
  return sum;
}

std::size_t depth(const Node& node) {
  std::size_t deepest = 0;
  for (const Node& child : node.children) deepest = std::max(deepest, depth(child));
  return deepest + 1;
}

// What query.h says about trees; empty when it holds.
std::string fault(const Node& node, const Node* parent) {
  const std::size_t count = node.children.size();
  const auto all = [&](auto holds) {
    return std::all_of(node.children.begin(), node.children.end(), holds);
  };
  switch (node.op) {
    case Op::kBag:
      if (count < 2 && (parent != nullptr || count == 1)) return "small bag";
      if (count > 0 && all([](const Node& child) { return child.op == Op::kNot; })) {
        return "bag of exclusions";
      }
      if (parent != nullptr && parent->op == Op::kBag &&
          all([](const Node& child) { return child.op == Op::kWord || child.op == Op::kPrefix; })) {
        return "bag of words in a bag";
      }
      break;
    case Op::kAnd:
    case Op::kOr:
      if (count < 2) return "small and, or";
      if (!all([&](const Node& child) { return child.op != node.op; })) return "not flat";
      break;
    case Op::kMust:
      if (parent == nullptr || parent->op != Op::kBag) return "must outside a bag";
      [[fallthrough]];
    case Op::kNot:
      if (count != 1) return "not, must of several";
      if (node.children[0].op == Op::kNot || node.children[0].op == Op::kMust) return "not not";
      break;
    case Op::kFilter:
      if (count > 0) return "leaf with children";
      if (node.field == Field::kYear ? node.from == 0 && node.to == 0 : node.text.empty()) {
        return "empty filter";
      }
      break;
    case Op::kWord:
    case Op::kPrefix:
    case Op::kPhrase:
      if (count > 0 || node.text.empty()) return "empty leaf";
      break;
  }
  for (const Node& child : node.children) {
    const std::string found = fault(child, &node);
    if (!found.empty()) return found;
  }
  return "";
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const char* digits = "0123456789abcdef";
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F) {
      out += c;
    } else {
      out += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return out;
}

// One line about what does not hold for this question; empty when all does.
std::string complaint(std::string_view question) {
  const Node tree = parse_query(question);
  std::string found = fault(tree, nullptr);
  const std::string written = describe_question(tree);
  if (found.empty() && leaves(tree) > 1000) found = "too many items";
  if (found.empty() && depth(tree) > 250) found = "too deep";
  if (found.empty() && written.size() > 64 * 1024) found = "too long";
  if (found.empty() && describe(tree).find_first_of("\n\r\0"sv) != std::string::npos) {
    found = "more than a line";
  }
  if (found.empty() && !(parse_query(written) == tree)) {
    found = "does not come back: " + escaped(describe(parse_query(written))).substr(0, 600);
  }
  if (found.empty()) return "";
  return found + "\n question: " + escaped(question.substr(0, 300)) +
         "\n written:  " + escaped(written).substr(0, 600) +
         "\n tree:     " + escaped(describe(tree)).substr(0, 600);
}

std::string random_question(std::mt19937& random, std::size_t pieces) {
  static const std::vector<std::string_view> alphabet = {
      "a",     "b",      "n",     "x1",     " ",   " ",      " ",    " ",   " ",
      "(",     "(",      ")",     ")",      "\"",  "+",      "-",    " +",  " -",
      " AND ", " OR ",   " NOT ", "AND",    "OR",  "NOT",    "*",    "\\",  ":",
      "kind:", "title:", "year:", "2015",   "..",  "author", "?",    ",",   ".",
      "“",     "”",      "„",     "«",      "»",   "描述",   "é",    "…",   "\xE2",
      "\x80",  "\xFF",   "\xC2",  "\0"sv,   "\n",  "\x01",   "\xA0", " (",  ") ",
      "'",     "::",     "f(",    " year:", " -(", "\\(",    "\\\"", " \\", "NOT(",
  };
  std::uniform_int_distribution<std::size_t> pick(0, alphabet.size() - 1);
  std::string question;
  for (std::size_t i = 0; i < pieces; ++i) question += alphabet[pick(random)];
  return question;
}

TEST(RoundTrip, RandomQuestions) {
  constexpr std::uint32_t kSeed = 20240229;
  std::mt19937 random(kSeed);
  std::uniform_int_distribution<std::size_t> length(1, 24);
  for (int i = 0; i < 100'000; ++i) {
    const std::string question = random_question(random, length(random));
    ASSERT_EQ(complaint(question), "") << "seed " << kSeed << ", question " << i;
  }
}

TEST(RoundTrip, LongRandomQuestions) {
  constexpr std::uint32_t kSeed = 7;
  std::mt19937 random(kSeed);
  for (int i = 0; i < 200; ++i) {
    const std::string question = random_question(random, 3'000 + 200 * static_cast<std::size_t>(i));
    ASSERT_EQ(complaint(question), "") << "seed " << kSeed << ", question " << i;
  }
}

std::string repeated(std::string_view piece, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += piece;
  return out;
}

TEST(Bounds, LargeQuestionsAreFastAndComeBack) {
  const std::vector<std::string> questions = {
      repeated("x", 1 << 20),
      repeated("描", 1 << 19),
      repeated("word ", 10'000),
      repeated("+word ", 10'000),
      repeated("-\"w\" ", 10'000),
      repeated("(", 10'000),
      repeated(")", 10'000),
      repeated("f(", 10'000),
      repeated("(a ", 10'000),
      repeated("(a OR ", 10'000) + "b",
      repeated("a -(", 10'000),
      repeated("AND ", 20'000),
      repeated("a AND NOT b ", 10'000),
      repeated("\\", 1 << 20),
      repeated("a AND -b OR ", 9'000),
      "«" + repeated("\"a", 1 << 19),
      repeated("year:\"x ", 100'000),
      repeated("\"", 100'001),
      repeated("(a -b) ", 10'000),
      repeated("NOT(", 10'000) + "a",
      std::string(1 << 20, '\0'),
      repeated("-f( ", 20'000),
      repeated("\xE2\x80", 1 << 19),
      repeated("title:(", 100'000),
  };
  for (const std::string& question : questions) {
    const auto start = std::chrono::steady_clock::now();
    parse_query(question);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    EXPECT_LT(seconds.count(), 0.5) << question.substr(0, 20);  // takes milliseconds
    EXPECT_EQ(complaint(question), "");
  }
}

TEST(Bounds, AreWhatTheHeaderSays) {
  EXPECT_EQ(parse_query(repeated("word ", 10'000)).children.size(), 1000U);
  EXPECT_EQ(parse_query(repeated("AND ", 10'000)).children.size(), 1000U);
  EXPECT_EQ(parse_query(std::string(1 << 20, 'x')).text.size(), 64U * 1024);
  // Not cut inside a character.
  EXPECT_EQ(parse_query(repeated("描", 1 << 19)).text.size(), 64U * 1024 / 3 * 3);
  const std::string deep = repeated("(a -", 10'000);
  EXPECT_EQ(describe(parse_query("a AND (b OR c")), "(and a (or b c))");
  EXPECT_LE(depth(parse_query(deep)), 250U);
  EXPECT_EQ(leaves(parse_query(repeated("a (b -c ", 60) + repeated(")", 60))), 180U);
}

}  // namespace
}  // namespace tome
