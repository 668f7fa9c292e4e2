// SPDX-License-Identifier: GPL-2.0-or-later
// A tree as text, in two forms: nested lists for people who ask how they were understood, and a
// question that parses to the same tree.
#include <algorithm>

#include "query/characters.h"
#include "query/query.h"
#include "query/year.h"

namespace tome {
namespace {

using Op = Node::Op;

std::string_view name_of(Field field) {
  for (const FieldName& known : field_names()) {
    if (known.field == field) return known.name;
  }
  return "";
}

std::string_view name_of(Op op) {
  switch (op) {
    case Op::kBag:
      return "bag";
    case Op::kAnd:
      return "and";
    case Op::kOr:
      return "or";
    case Op::kNot:
      return "not";
    case Op::kMust:
      return "must";
    case Op::kWord:
      return "word";
    case Op::kPrefix:
      return "prefix";
    case Op::kPhrase:
      return "phrase";
    case Op::kFilter:
      return "filter";
  }
  return "";
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}

// As it is where that cannot be mistaken for the list around it.
std::string plain_or_quoted(std::string_view text) {
  const bool plain = !text.empty() && text.find_first_of(" ()\"\\") == text.npos;
  return plain ? std::string(text) : in_quotes(text);
}

void write_tree(const Node& node, std::string& out) {
  if (node.op == Op::kWord) {
    out += plain_or_quoted(node.text);
    return;
  }
  out += '(';
  out += node.op == Op::kFilter ? name_of(node.field) : name_of(node.op);
  if (node.op == Op::kFilter && node.field == Field::kYear) {
    out += ' ' + query::format_years(node.from, node.to);
  } else if (node.op == Op::kFilter || node.op == Op::kPrefix) {
    out += ' ' + plain_or_quoted(node.text);
  } else if (node.op == Op::kPhrase) {
    out += ' ' + in_quotes(node.text);
  }
  for (const Node& child : node.children) {
    out += ' ';
    write_tree(child, out);
  }
  out += ')';
}

void write_query(const Node& node, std::string& out);

void write_group(const Node& node, std::string& out) {
  out += '(';
  write_query(node, out);
  out += ')';
}

void write_filter(const Node& node, std::string& out) {
  out += name_of(node.field);
  out += ':';
  if (node.field == Field::kYear) {
    out += query::format_years(node.from, node.to);
    return;
  }
  const bool plain =
      !node.text.empty() && std::all_of(node.text.begin(), node.text.end(), [](char c) {
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-' ||
               c == '_' || c == '.';
      });
  out += plain ? node.text : '"' + node.text + '"';
}

// Whether + or - can be put directly in front of the item.
bool takes_sign(const Node& node) {
  if (node.op == Op::kPhrase || node.op == Op::kFilter) return true;
  if (node.op == Op::kPrefix) return query::sign_at("-" + node.text, 0);
  if (node.op != Op::kWord || node.text.empty()) return false;
  return query::sign_at("-" + node.text, 0) && node.text.front() != '(' &&
         query::quote_at(node.text, 0) == 0 && !query::field_at(node.text, 0) &&
         !query::is_prefix_form(node.text);
}

void write_item(const Node& node, std::string& out, bool signed_word = false) {
  switch (node.op) {
    case Op::kWord:
      if (!signed_word && query::needs_guard(node.text)) out += '\\';
      out += node.text;
      break;
    case Op::kPrefix:
      out += node.text + '*';
      break;
    case Op::kPhrase:
      out += '"' + node.text + '"';
      break;
    case Op::kFilter:
      write_filter(node, out);
      break;
    case Op::kMust:
    case Op::kNot:
      if (node.children.empty()) break;
      out += node.op == Op::kMust ? '+' : '-';
      if (takes_sign(node.children.front())) {
        write_item(node.children.front(), out, true);
      } else {
        write_group(node.children.front(), out);
      }
      break;
    case Op::kBag:
    case Op::kAnd:
    case Op::kOr:
      write_group(node, out);
      break;
  }
}

// What AND and NOT take: a bag needs no parentheses there.
void write_operand(const Node& node, std::string& out) {
  if (node.op != Op::kBag) return write_item(node, out);
  bool first = true;
  for (const Node& child : node.children) {
    if (!first) out += ' ';
    first = false;
    write_item(child, out);
  }
}

void write_condition(const Node& node, bool first, std::string& out) {
  if (node.op == Op::kNot && !node.children.empty()) {
    out += first ? "NOT " : " NOT ";
    write_operand(node.children.front(), out);
  } else {
    out += first ? "" : " AND ";
    write_operand(node, out);
  }
}

void write_query(const Node& node, std::string& out) {
  if (node.op == Op::kOr) {
    for (const Node& child : node.children) {
      if (&child != &node.children.front()) out += " OR ";
      if (child.op == Op::kOr) {
        write_group(child, out);
      } else {
        write_query(child, out);
      }
    }
  } else if (node.op == Op::kAnd) {
    for (const Node& child : node.children) {
      write_condition(child, &child == &node.children.front(), out);
    }
  } else {
    write_condition(node, true, out);
  }
}

}  // namespace

std::string describe(const Node& node) {
  std::string out;
  write_tree(node, out);
  return out;
}

std::string describe_question(const Node& node) {
  std::string out;
  write_query(node, out);
  return out;
}

}  // namespace tome
