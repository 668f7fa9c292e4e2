// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/page_question.h"

#include <algorithm>

#include "query/year.h"
#include "text/text.h"

namespace tome {
namespace {

using Op = Node::Op;

bool holds_filters(const Node& tree) { return tree.op == Op::kBag || tree.op == Op::kAnd; }

std::string_view name_of(Field field) {
  for (const FieldName& known : field_names()) {
    if (known.field == field) return known.name;
  }
  return "";
}

// As it comes back from the parser: lists of one item are that item.
Node canonical(const Node& tree) { return parse_query(describe_question(tree)); }

Node without(Node tree, const Node& filter) {
  if (tree == filter) return Node{};
  if (!holds_filters(tree)) return tree;
  const auto found = std::find(tree.children.begin(), tree.children.end(), filter);
  if (found != tree.children.end()) tree.children.erase(found);
  return canonical(tree);
}

// `text` less the bytes of [begin, end) and the white space that would be left double.
std::string cut_out(std::string_view text, std::size_t begin, std::size_t end) {
  std::string out(text.substr(0, begin));
  while (!out.empty() && out.back() == ' ') out.pop_back();
  std::string_view rest = text.substr(end);
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  if (!out.empty() && !rest.empty()) out += ' ';
  return out.append(rest);
}

}  // namespace

std::vector<Node> filters_of(std::string_view question) {
  const Node tree = parse_query(question);
  if (tree.op == Op::kFilter) return {tree};
  std::vector<Node> filters;
  if (!holds_filters(tree)) return filters;
  for (const Node& child : tree.children) {
    if (child.op == Op::kFilter) filters.push_back(child);
  }
  return filters;
}

std::string with_filter(std::string_view question, std::string_view field, std::string_view value) {
  std::string plain(value);
  std::replace(plain.begin(), plain.end(), '"', ' ');
  const bool word = !plain.empty() && std::all_of(plain.begin(), plain.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
  });
  std::string text = std::string(field) + ':' + (word ? plain : '"' + plain + '"');
  const Node filter = parse_query(text);
  std::string base(question);
  if (filter.op != Op::kFilter) return base;
  if (filter.field == Field::kKind || filter.field == Field::kYear ||
      filter.field == Field::kLanguage) {
    for (const Node& old : filters_of(question)) {
      if (old.field == filter.field) base = without_filter(base, old);
    }
  }
  Node tree = parse_query(base);
  if (tree == Node{}) return text;
  if (!holds_filters(tree)) {
    Node bag;
    bag.children.push_back(std::move(tree));
    tree = std::move(bag);
  }
  tree.children.push_back(filter);
  const Node wanted = canonical(tree);
  const std::string added = base + ' ' + text;
  return parse_query(added) == wanted ? added : describe_question(wanted);
}

std::string without_filter(std::string_view question, const Node& filter) {
  const Node wanted = without(parse_query(question), filter);
  const std::string name = std::string(name_of(filter.field)) + ':';
  // From the end, where filters are put.
  for (std::size_t i = question.rfind(name); i != std::string_view::npos;
       i = i == 0 ? i - 1 : question.rfind(name, i - 1)) {
    const std::size_t value = i + name.size();
    const bool quoted = value < question.size() && question[value] == '"';
    std::size_t end = question.find(quoted ? '"' : ' ', value + (quoted ? 1 : 0));
    end = end == std::string_view::npos ? question.size() : end + (quoted ? 1 : 0);
    std::string left = cut_out(question, i, end);
    if (parse_query(left) == wanted) return left;
  }
  return describe_question(wanted);
}

std::string without_filters(std::string_view question) {
  std::string left(question);
  for (const Node& filter : filters_of(question)) left = without_filter(left, filter);
  return left;
}

std::optional<std::string> with_word_as_typed(std::string_view question, std::string_view word) {
  if (word.empty()) return std::nullopt;
  for (std::size_t i = question.find(word); i != std::string_view::npos;
       i = question.find(word, i + 1)) {
    if (i != 0 && question[i - 1] != ' ') continue;
    std::string asked(question);
    asked.insert(i, 1, '+');
    const Node tree = parse_query(asked);
    for (const Node& child : tree.children) {
      const bool must = child.op == Op::kMust && child.children.front().op == Op::kWord;
      if (must && fold(child.children.front().text) == fold(word)) return asked;
    }
  }
  return std::nullopt;
}

std::string filter_name(const Node& filter) {
  const std::string value =
      filter.field == Field::kYear ? query::format_years(filter.from, filter.to) : filter.text;
  return std::string(name_of(filter.field)) + ": " + value;
}

}  // namespace tome
