// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/lexer.h"

#include <utility>

#include "query/characters.h"
#include "query/year.h"

namespace tome::query {
namespace {

using Kind = Token::Kind;

Node leaf(Node::Op op, std::string_view text) {
  Node node;
  node.op = op;
  node.text = text;
  return node;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    while (items_ < kMaxItems) {
      skip_space();
      if (at_ == text_.size()) break;
      read_item();
    }
    close_all();
    return std::move(tokens_);
  }

 private:
  // Every ( that waits for its ). kTooDeep: a group that is read but not kept.
  enum class Paren { kGroup, kTooDeep, kInWord };
  struct Waiting {
    Paren paren;
    std::size_t token;  // kGroup: its kOpen
  };

  bool in_group() const { return !waiting_.empty() && waiting_.back().paren != Paren::kInWord; }

  void skip_space() {
    while (const std::size_t length = space_at(text_, at_)) {
      at_ += length;
      glued_ = false;
    }
  }

  void read_item() {
    if (text_[at_] == ')' && read_close()) return;
    char sign = 0;
    if (!glued_ && sign_at(text_, at_)) {
      sign = text_[at_++];
    } else if (read_operators()) {
      return;
    }
    if (text_[at_] == '(') return read_open(sign);
    if (quote_at(text_, at_) > 0) return read_phrase(sign);
    if (field_at(text_, at_)) {
      if (read_filter(sign)) return;
      // A sign in front of a field with a bad value belongs to the word: `-year:soon`.
      if (sign != 0) --at_;
      sign = 0;
    }
    read_word(sign);
  }

  // False: this ) begins a word.
  bool read_close() {
    if (!in_group()) {
      // Left over behind a phrase, a filter or a group: nothing to keep.
      if (!waiting_.empty() || !glued_) return false;
      ++at_;
      return true;
    }
    if (waiting_.back().paren == Paren::kGroup) {
      tokens_.push_back({Kind::kClose, 0, {}});
      --depth_;
    }
    waiting_.pop_back();
    ++at_;
    drop_punctuation();
    return true;
  }

  void read_open(char sign) {
    ++at_;
    glued_ = false;
    if (depth_ == kMaxDepth) {
      waiting_.push_back({Paren::kTooDeep, 0});
      return;
    }
    ++depth_;
    waiting_.push_back({Paren::kGroup, tokens_.size()});
    tokens_.push_back({Kind::kOpen, sign, {}});
  }

  // A whole run of AND, OR, NOT at once: it is an operator, or all of it is words.
  bool read_operators() {
    std::vector<std::string_view> run;
    std::size_t end = at_;
    std::size_t next = at_;
    while (const std::size_t length = operator_at(text_, next)) {
      if (!ends_operator(next + length)) break;
      run.push_back(text_.substr(next, length));
      end = next = next + length;
      while (const std::size_t space = space_at(text_, next)) next += space;
      if (next == end) break;
    }
    if (run.empty()) return false;
    const bool before = !tokens_.empty() &&
                        (tokens_.back().kind == Kind::kItem || tokens_.back().kind == Kind::kClose);
    const bool after = next < text_.size() && !(text_[next] == ')' && in_group());
    const bool excludes = run.back() == "NOT";
    const std::size_t joins = run.size() - (excludes ? 1 : 0);
    const bool operators = after && (joins == 0 || (joins == 1 && before && run.front() != "NOT"));
    for (const std::string_view word : run) {
      if (operators) {
        tokens_.push_back({kind_of(word), 0, {}});
      } else if (items_ < kMaxItems) {
        push(leaf(Node::Op::kWord, word), 0);
      }
    }
    at_ = end;
    glued_ = false;
    return true;
  }

  bool ends_operator(std::size_t at) const {
    if (at >= text_.size() || space_at(text_, at) > 0 || text_[at] == '(') return true;
    return text_[at] == ')' && in_group();
  }

  static Kind kind_of(std::string_view word) {
    return word == "AND" ? Kind::kAnd : word == "OR" ? Kind::kOr : Kind::kNot;
  }

  void read_phrase(char sign) {
    const Quoted quoted = quoted_at(text_, at_);
    const std::string text = tidy(quoted.text);
    if (!text.empty()) push(leaf(Node::Op::kPhrase, text), sign);
    at_ = quoted.end;
    drop_punctuation();
  }

  // False: the value says nothing, so this is a word. An empty quoted value is nothing at all.
  bool read_filter(char sign) {
    const std::optional<FieldStart> start = field_at(text_, at_);
    const bool quoted = quote_at(text_, start->value) > 0 || text_[start->value] == '(';
    const Quoted value =
        quoted ? quoted_at(text_, start->value) : bare_value_at(text_, start->value);
    Node node = leaf(Node::Op::kFilter, tidy(value.text));
    node.field = start->field;
    const bool empty = node.text.empty();
    if (empty && !quoted) return false;
    if (!empty && node.field == Field::kYear) {
      const std::optional<Years> years = parse_years(node.text);
      if (!years) return false;
      node.text.clear();
      node.from = years->from;
      node.to = years->to;
    }
    if (!empty) push(std::move(node), sign);
    at_ = value.end;
    drop_punctuation();
    return true;
  }

  void read_word(char sign) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] == '\\') ++at_;
    const std::size_t slashes = at_ - begin;
    if (slashes > 0 && at_ < text_.size() && text_[at_] == '(') ++at_;  // guarded: opens nothing
    for (; at_ < text_.size() && space_at(text_, at_) == 0; ++at_) {
      if (text_[at_] == '(') waiting_.push_back({Paren::kInWord, 0});
      if (text_[at_] != ')' || waiting_.empty()) continue;
      if (in_group()) break;
      waiting_.pop_back();
    }
    std::string_view word = text_.substr(begin, at_ - begin);
    Node::Op op = Node::Op::kWord;
    if (slashes > 0) {
      if (is_special(word.substr(slashes))) word.remove_prefix(1);
    } else if (is_prefix_form(word)) {
      op = Node::Op::kPrefix;
      word.remove_suffix(1);
    }
    push(leaf(op, word), sign);
    glued_ = false;
  }

  void push(Node node, char sign) {
    tokens_.push_back({Kind::kItem, sign, std::move(node)});
    ++items_;
  }

  // `"a phrase"?` and `(a OR b), c`: the mark would be a word of its own. What follows without a
  // space is glued: a + or - there is no operator.
  void drop_punctuation() {
    glued_ = true;
    std::size_t end = at_;
    while (end < text_.size() && std::string_view("?!,;.:").find(text_[end]) != text_.npos) ++end;
    if (end == text_.size() || text_[end] == ')' || space_at(text_, end) > 0) at_ = end;
  }

  // Groups that stay open are closed here, so that what is inside a group has balanced parentheses;
  // where a word's own ( is still open that cannot be, and the group's ( is dropped.
  void close_all() {
    bool word_open = false;
    for (; !waiting_.empty(); waiting_.pop_back()) {
      const Waiting& last = waiting_.back();
      if (last.paren == Paren::kInWord) word_open = true;
      if (last.paren != Paren::kGroup) continue;
      if (word_open) {
        tokens_[last.token].kind = Kind::kNothing;
      } else {
        tokens_.push_back({Kind::kClose, 0, {}});
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool glued_ = false;  // directly behind a closing quote, parenthesis or value
  std::vector<Waiting> waiting_;
  std::size_t depth_ = 0;  // kGroup among waiting_
  std::vector<Token> tokens_;
  std::size_t items_ = 0;
};

}  // namespace

std::vector<Token> read_tokens(std::string_view question) { return Lexer(question).run(); }

}  // namespace tome::query
