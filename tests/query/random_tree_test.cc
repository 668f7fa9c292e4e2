// SPDX-License-Identifier: GPL-2.0-or-later
// Trees made at random, not by the parser: each comes back from the question that it is written as.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

#include "complaint.h"
#include "support/long.h"

namespace tome {
namespace {

using Op = Node::Op;

class Trees {
 public:
  explicit Trees(unsigned seed) : random_(seed) {}

  // Any canonical tree (query.h).
  Node any() {
    Node tree;
    do {
      tree = item(4, Op::kBag);
    } while (!fault(tree, nullptr).empty());
    return tree;
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_()) % n; }

  template <std::size_t n>
  std::string one_of(const std::array<const char*, n>& list) {
    return list[below(n)];
  }

  Node leaf() {
    static constexpr std::array<const char*, 23> kWords{
        "a",    "kite",    "C++",     "AND",   "OR",          "NOT", "-Wall", "--no-verify",
        "+x",   "kind:x",  "year:20", "py*",   "\"x",         "5\"", "f(x)",  "O(1)",
        "\\d+", "\\\\AND", "描述",    "«été»", "std::vector", "?",   "\xFFz"};
    static constexpr std::array<const char*, 3> kPrefixes{"py", "描述", "C++"};
    static constexpr std::array<const char*, 6> kPhrases{
        "a", "unit of work", "a AND b", "C:\\temp\\x", "f(x", "-b +c kind:x*"};
    static constexpr std::array<const char*, 5> kValues{"bob", "Ann Lee", "C++", "2015..", "(x"};
    Node node;
    switch (below(6)) {
      case 0:
        node.op = Op::kPhrase;
        node.text = one_of(kPhrases);
        break;
      case 1:
        node.op = Op::kPrefix;
        node.text = one_of(kPrefixes);
        break;
      case 2: {
        node.op = Op::kFilter;
        node.field = field_names()[below(field_names().size())].field;
        if (node.field != Field::kYear) {
          node.text = one_of(kValues);
          break;
        }
        node.from = static_cast<int>(below(3)) * 1000;
        node.to = node.from == 0 || below(2) == 0 ? 3000 : 0;
        break;
      }
      default:
        node.op = Op::kWord;
        node.text = one_of(kWords);
    }
    return node;
  }

  Node item(int depth, Op parent) {
    const std::size_t choice = depth == 0 ? 9 : below(10);
    Node node;
    switch (choice) {
      case 0:
      case 1:
        node.op = Op::kBag;
        break;
      case 2:
        node.op = Op::kAnd;
        break;
      case 3:
        node.op = Op::kOr;
        break;
      case 4:
        node.op = Op::kNot;
        node.children.push_back(item(depth - 1, Op::kNot));
        return node;
      case 5:
        if (parent != Op::kBag) return leaf();
        node.op = Op::kMust;
        node.children.push_back(item(depth - 1, Op::kMust));
        return node;
      default:
        return leaf();
    }
    for (std::size_t n = 2 + below(3); n > 0; --n)
      node.children.push_back(item(depth - 1, node.op));
    return node;
  }

  std::mt19937 random_;
};

TEST(RandomTrees, ComeBackFromTheQuestionTheyAreWrittenAs) {
  const auto seeds = static_cast<unsigned>(test::in_long(4, 200));
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    Trees trees(seed);
    for (int i = 0; i < 5000; ++i) {
      const Node tree = trees.any();
      const std::string written = describe_question(tree);
      ASSERT_TRUE(parse_query(written) == tree)
          << "seed " << seed << ", tree " << i << "\n written: " << escaped(written)
          << "\n tree:    " << escaped(describe(tree))
          << "\n came:    " << escaped(describe(parse_query(written)));
    }
  }
}

}  // namespace
}  // namespace tome
