// SPDX-License-Identifier: GPL-2.0-or-later
// What in a question is prose around it: words that frame a request, quotes and dashes.
#include <algorithm>
#include <unordered_set>

#include "rank/question.h"

namespace tome {

bool is_frame_word(const std::string& surface) {
  static const std::unordered_set<std::string> kWords = {
      "book",        "books", "chapter", "explain",  "explains", "explained", "describe",
      "describes",   "learn", "learns",  "learning", "read",     "reading",   "understand",
      "understands", "know",  "tell",    "show",     "teach",    "teaches",   "want",
      "wants",       "need",  "needs",   "looking",  "look",     "find",      "recommend",
      "good",        "best",  "better",  "great",    "someone",  "something", "people",
      "person",      "way",   "ways",    "thing",    "things",   "get",       "gets",
      "getting",     "go",    "goes",    "make",     "makes",    "use",       "uses",
      "using",       "used",  "work",    "works",    "actually", "really",    "mean"};
  return kWords.contains(surface);
}

Node relaxed(Node tree, bool& changed) {
  if (tree.op != Node::Op::kBag) return tree;
  const auto words = std::count_if(tree.children.begin(), tree.children.end(),
                                   [](const Node& child) { return child.op == Node::Op::kWord; });
  if (static_cast<std::size_t>(words) <= kProseWords) return tree;
  for (Node& child : tree.children) {
    Node* quoted = &child;
    if (child.op == Node::Op::kNot) quoted = &child.children.front();
    const bool dashed = quoted != &child && quoted->op == Node::Op::kWord;
    if (child.op != Node::Op::kPhrase && !dashed) continue;
    Node word;
    word.op = Node::Op::kWord;
    word.text = quoted->text;
    child = std::move(word);
    changed = true;
  }
  return tree;
}

}  // namespace tome
