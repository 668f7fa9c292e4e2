// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/spelling.h"

#include <algorithm>

#include "rank/nearest.h"
#include "rank/question.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kShortest = 5;  // letters of a word that is corrected
constexpr std::size_t kTwoEditsFrom = 9;

// Letters alone, and no capital behind the first: an identifier is never corrected.
bool is_plain(std::string_view word) {
  bool first = true;
  for (std::size_t i = 0; i < word.size(); first = false) {
    const std::int32_t c = next_character(word, i);
    const bool ascii_letter = (c >= 'a' && c <= 'z') || (first && c >= 'A' && c <= 'Z');
    if (c < 0 || (c < 0x80 && !ascii_letter)) return false;
  }
  return true;
}

std::string meant(const std::string& word, const NearWords& words) {
  const std::size_t letters = count_characters(word);
  if (letters < kShortest) return {};
  const std::vector<std::string> nearest = words.nearest(word, 1);
  if (nearest.empty() || !is_plain(nearest[0])) return {};
  std::size_t a = 0;
  std::size_t b = 0;
  if (next_character(word, a) != next_character(nearest[0], b)) return {};
  const unsigned limit = letters >= kTwoEditsFrom ? 2 : 1;
  return edit_distance(word, nearest[0], limit) <= limit ? nearest[0] : std::string();
}

// Words of bags, at any depth; what requires or excludes is left alone.
void correct_below(Node& node, const std::vector<std::string>& unknown, const NearWords& words,
                   std::vector<Correction>& made) {
  if (node.op == Node::Op::kWord) {
    if (!is_plain(node.text)) return;
    const std::string folded = fold(node.text);
    if (std::find(unknown.begin(), unknown.end(), folded) == unknown.end()) return;
    std::string used = meant(folded, words);
    if (used.empty()) return;
    const bool said = std::any_of(made.begin(), made.end(),
                                  [&](const Correction& one) { return one.typed == node.text; });
    if (!said) made.push_back({node.text, used});
    node.text = std::move(used);
    return;
  }
  if (node.op != Node::Op::kBag && node.op != Node::Op::kAnd && node.op != Node::Op::kOr) return;
  for (Node& child : node.children) correct_below(child, unknown, words, made);
}

std::size_t count_plain(const Node& node) {
  std::size_t count = node.op == Node::Op::kWord ? 1 : 0;
  for (const Node& child : node.children) count += count_plain(child);
  return count;
}

}  // namespace

std::vector<Correction> correct(Node& tree, const std::vector<std::string>& unknown,
                                const NearWords& words) {
  std::vector<Correction> made;
  if (count_plain(tree) > kProseWords) return made;
  correct_below(tree, unknown, words, made);
  return made;
}

}  // namespace tome
