// SPDX-License-Identifier: GPL-2.0-or-later
// Tokens -> canonical tree. Nothing fails: an operator whose operand turned out empty is left out.
#include <algorithm>
#include <iterator>
#include <utility>

#include "query/lexer.h"
#include "query/query.h"

namespace tome {
namespace {

using query::Token;
using Kind = Token::Kind;
using Op = Node::Op;

bool is_word(const Node& node) { return node.op == Op::kWord || node.op == Op::kPrefix; }

bool is_not(const Node& node) { return node.op == Op::kNot; }

bool is_nothing(const Node& node) { return node.op == Op::kBag && node.children.empty(); }

Node around(Op op, Node child) {
  Node node;
  node.op = op;
  node.children.push_back(std::move(child));
  return node;
}

Node make_not(Node child) {
  if (child.op != Op::kNot) return around(Op::kNot, std::move(child));
  child.op = Op::kMust;  // without those without it
  return child;
}

Node make_must(Node child) {
  return child.op == Op::kNot ? child : around(Op::kMust, std::move(child));
}

// kAnd or kOr of `parts`; those of the same kind become one. Outside a bag all parts are required
// or alternatives, so kMust adds nothing.
Node join(Op op, std::vector<Node> parts) {
  Node node;
  node.op = op;
  for (Node& part : parts) {
    if (part.op == Op::kMust) {
      Node inner = std::move(part.children.front());
      part = std::move(inner);
    }
    if (part.op == op) {
      std::move(part.children.begin(), part.children.end(), std::back_inserter(node.children));
    } else {
      node.children.push_back(std::move(part));
    }
  }
  if (node.children.empty()) return {};
  if (node.children.size() > 1) return node;
  Node only = std::move(node.children.front());
  return only;
}

Node make_bag(std::vector<Node> items) {
  // One item, or nothing to weigh, only conditions.
  if (items.size() == 1 || std::all_of(items.begin(), items.end(), is_not)) {
    return join(Op::kAnd, std::move(items));
  }
  Node bag;
  for (Node& item : items) {
    const std::vector<Node>& inner = item.children;
    if (item.op == Op::kBag && std::all_of(inner.begin(), inner.end(), is_word)) {
      std::move(item.children.begin(), item.children.end(), std::back_inserter(bag.children));
    } else {
      bag.children.push_back(std::move(item));
    }
  }
  return bag;
}

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  // What stands between two parentheses (or the ends of the question).
  Node level() {
    std::vector<Token> parts = collect();
    apply_signs(parts);
    std::vector<Node> alternatives;
    for (std::size_t begin = 0; begin <= parts.size();) {
      std::size_t end = begin;
      while (end < parts.size() && parts[end].kind != Kind::kOr) ++end;
      Node clause = conditions(parts, begin, end);
      if (!is_nothing(clause)) alternatives.push_back(std::move(clause));
      begin = end + 1;
    }
    return join(Op::kOr, std::move(alternatives));
  }

 private:
  // Items and operators of this level, groups as items. Signs are applied but for those of words,
  // which depend on the other items.
  std::vector<Token> collect() {
    std::vector<Token> parts;
    while (at_ < tokens_.size()) {
      Token token = std::move(tokens_[at_++]);
      if (token.kind == Kind::kClose) break;
      if (token.kind == Kind::kNothing) continue;
      const bool group = token.kind == Kind::kOpen;
      if (group) {
        token.kind = Kind::kItem;
        token.item = level();
        if (is_nothing(token.item)) continue;
      }
      if (group || !is_word(token.item)) apply_sign(token);
      parts.push_back(std::move(token));
    }
    return parts;
  }

  static void apply_sign(Token& part) {
    if (part.sign == '-') part.item = make_not(std::move(part.item));
    if (part.sign == '+') part.item = make_must(std::move(part.item));
  }

  static void apply_signs(std::vector<Token>& parts) {
    std::size_t items = 0;
    std::size_t wanted = 0;
    for (const Token& part : parts) {
      if (part.kind != Kind::kItem) continue;
      ++items;
      if (part.sign != '-' && part.item.op != Op::kNot) ++wanted;
    }
    for (Token& part : parts) {
      if (!is_word(part.item)) continue;
      if (part.sign == '-' ? wanted > 0 : items > 1) {
        apply_sign(part);
      } else if (part.sign != 0) {
        const bool prefix = part.item.op == Op::kPrefix;
        part.item.op = Op::kWord;
        part.item.text = part.sign + part.item.text + (prefix ? "*" : "");
      }
    }
  }

  // bag ( AND bag | NOT bag )*
  static Node conditions(std::vector<Token>& parts, std::size_t begin, std::size_t end) {
    std::vector<Node> all;
    std::vector<Node> items;
    bool excluded = false;
    bool minus = false;  // the last item was typed with one
    const auto finish_bag = [&] {
      // NOT in front of what is excluded already adds nothing; NOT (NOT a) is a.
      const bool twice =
          (minus || items.size() > 1) && std::all_of(items.begin(), items.end(), is_not);
      if (!items.empty()) {
        Node bag = make_bag(std::exchange(items, {}));
        all.push_back(excluded && !twice ? make_not(std::move(bag)) : std::move(bag));
      }
      excluded = false;
    };
    for (std::size_t i = begin; i < end; ++i) {
      if (parts[i].kind == Kind::kItem) {
        minus = parts[i].sign == '-';
        items.push_back(std::move(parts[i].item));
        continue;
      }
      finish_bag();
      excluded = parts[i].kind == Kind::kNot;
    }
    finish_bag();
    return join(Op::kAnd, std::move(all));
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

// At most `limit` bytes, not cut inside a character.
std::string_view cut(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  const auto continues = [&](std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  std::size_t end = limit;
  while (end > 0 && limit - end < 3 && continues(end)) --end;
  return text.substr(0, end);
}

}  // namespace

Node parse_query(std::string_view question) {
  std::size_t limit = query::kMaxBytes;
  while (true) {
    Node tree = Parser(query::read_tokens(cut(question, limit))).level();
    // Guards and quotes can make the canonical question longer than what was typed; it must not be
    // cut.
    if (question.size() < query::kMaxBytes / 4) return tree;
    if (describe_question(tree).size() <= query::kMaxBytes) return tree;
    limit = limit / 4 * 3;
  }
}

bool operator==(const Node& a, const Node& b) {
  return a.op == b.op && a.text == b.text && a.from == b.from && a.to == b.to &&
         (a.op != Op::kFilter || a.field == b.field) && a.children == b.children;
}

}  // namespace tome
