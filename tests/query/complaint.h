// SPDX-License-Identifier: GPL-2.0-or-later
// What query.h promises of the tree of any question.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "query/query.h"

namespace tome {

inline std::size_t leaves(const Node& node) {
  if (node.op != Node::Op::kBag && node.children.empty()) return 1;
  std::size_t sum = 0;
  for (const Node& child : node.children) sum += leaves(child);
  return sum;
}

inline std::size_t depth(const Node& node) {
  std::size_t deepest = 0;
  for (const Node& child : node.children) deepest = std::max(deepest, depth(child));
  return deepest + 1;
}

// What query.h says about trees; empty when it holds.
inline std::string fault(const Node& node, const Node* parent) {
  using Op = Node::Op;
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

inline std::string escaped(std::string_view text) {
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
inline std::string complaint(std::string_view question) {
  const Node tree = parse_query(question);
  std::string found = fault(tree, nullptr);
  const std::string written = describe_question(tree);
  if (found.empty() && leaves(tree) > 1000) found = "too many items";
  if (found.empty() && depth(tree) > 250) found = "too deep";
  if (found.empty() && written.size() > 64 * 1024) found = "too long";
  if (found.empty() &&
      describe(tree).find_first_of(std::string_view("\n\r\0", 3)) != std::string::npos) {
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

}  // namespace tome
