// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/asciidoc_inline.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "extract/asciidoc_macros.h"
#include "extract/tags.h"
#include "text/ascii.h"
#include "text/text.h"

namespace tome {

using namespace markup;

namespace {

constexpr auto kNowhere = std::string_view::npos;
constexpr int kDeepest = 3;  // texts of macros within texts of macros

bool inside_word(std::string_view text, std::size_t at) {
  return at < text.size() && (is_ascii_word(text[at]) || word_at(text, at));
}

// "text,window=_blank" -> "text"; "role=x" -> "".
std::string_view first_text(std::string_view text) {
  text = trim(text);
  if (text.starts_with('"')) {
    const std::size_t close = text.find('"', 1);
    if (close != kNowhere) return text.substr(1, close - 1);
  }
  const std::size_t equals = text.find('=');
  if (equals != kNowhere && equals > 0) {
    const std::size_t comma = text.rfind(',', equals);
    const std::string_view name = trim(text.substr(comma == kNowhere ? 0 : comma + 1,
                                                   equals - (comma == kNowhere ? 0 : comma + 1)));
    if (std::all_of(name.begin(), name.end(), [](char c) { return is_ascii_word(c); })) {
      text = comma == kNowhere ? std::string_view() : text.substr(0, comma);
    }
  }
  if (text.ends_with('^')) text.remove_suffix(1);
  return text;
}

// "_getting_started" -> "getting started"; what names a file stays.
std::string readable_id(std::string_view id) {
  while (id.starts_with('#') || id.starts_with('_')) id.remove_prefix(1);
  std::string out(id);
  if (out.find_first_of("./#") == std::string::npos) std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

class Inline {
 public:
  Inline(std::string_view text, AsciiDocNames& names, int depth)
      : text_(text), finder_(text), names_(names), depth_(depth) {}

  std::string read() && {
    while (at_ < text_.size()) {
      if (closers_.erase(at_) > 0) {
        at_ += 1 + doubled_.erase(at_);
      } else if (!markup()) {
        out_ += text_[at_++];
      }
    }
    return std::move(out_);
  }

 private:
  bool markup() {
    switch (const char c = text_[at_]) {
      case '\\':
        return escape();
      case '`':
        return legacy_quote() || raw("``") || constrained_raw('`');
      case '+':
        return raw("+++") || raw("++") || constrained_raw('+');
      case '$':
        return raw("$$");
      case '"':
        return curved();
      case '\'':
        return names_.old && span(c);
      case '*':
      case '_':
      case '#':
        return span(c);
      case '^':
      case '~':
        return script(c);
      case '[':
        return bracket();
      case '<':
        return cross_reference();
      case '(':
        return index_term();
      case '&':
        return entity();
      default:
        return is_ascii_word(c) && macro();
    }
  }

  // A backslash that keeps markup from being read is not shown.
  bool escape() {
    if (at_ + 1 >= text_.size()) return false;
    const bool dashes = text_.substr(at_ + 1, 2) == "--";
    if (!dashes && std::string_view("*_`#+^~{<[(").find(text_[at_ + 1]) == kNowhere) return false;
    out_ += text_[at_ + 1];
    at_ += 2;
    return true;
  }

  // ``quoted'' (of AsciiDoc's first program)
  bool legacy_quote() {
    if (text_.substr(at_, 2) != "``") return false;
    const std::size_t end = finder_.find("''", at_ + 2);
    if (end == kNowhere || finder_.find("``", at_ + 2) < end) return false;
    out_ += '"';
    out_ += text_.substr(at_ + 2, end - at_ - 2);
    out_ += '"';
    at_ = end + 2;
    return true;
  }

  bool raw(std::string_view mark) {
    if (text_.substr(at_, mark.size()) != mark) return false;
    const std::size_t from = at_ + mark.size();
    const std::size_t end = finder_.find(mark, from + 1);
    if (end == kNowhere) return false;
    out_ += text_.substr(from, end - from);
    at_ = end + mark.size();
    return true;
  }

  bool opens(std::size_t at, std::size_t length) const {
    const std::size_t next = at + length;
    if (next >= text_.size() || is_blank_char(text_[next])) return false;
    if (at > 0 && (is_ascii_word(text_[at - 1]) || word_before(text_, at))) return false;
    return at == 0 || std::string_view(":;}").find(text_[at - 1]) == kNowhere;
  }

  std::size_t closing(char mark, std::size_t from) {
    return finder_.find(std::string_view(&mark, 1), from, [&](std::size_t at) {
      return at > 0 && !is_blank_char(text_[at - 1]) && !inside_word(text_, at + 1);
    });
  }

  // `code` and +passed+; "`+code+`" is both.
  bool constrained_raw(char mark) {
    if (!opens(at_, 1)) return false;
    const std::size_t end = closing(mark, at_ + 2);
    if (end == kNowhere) return false;
    std::string_view body = text_.substr(at_ + 1, end - at_ - 1);
    if (mark == '`' && body.size() > 2 && body.starts_with('+') && body.ends_with('+')) {
      body = body.substr(1, body.size() - 2);
    }
    out_ += body;
    at_ = end + 1;
    return true;
  }

  // "`curved`"
  bool curved() {
    if (text_.substr(at_, 2) != "\"`") return false;
    const std::size_t end = finder_.find("`\"", at_ + 3);
    if (end == kNowhere) return false;
    out_ += '"';
    out_ += text_.substr(at_ + 2, end - at_ - 2);
    out_ += '"';
    at_ = end + 2;
    return true;
  }

  bool span(char mark) {
    const char both[] = {mark, mark};
    const std::string_view two(both, 2);
    if (text_.substr(at_, 2) == two) {
      const std::size_t end = finder_.find(two, at_ + 3);
      const bool word = mark == '_' && (inside_word(text_, at_ + 2) || at_ + 2 >= text_.size()) &&
                        end != kNowhere && looks_dunder(end);
      if (end != kNowhere && !word && !closers_.contains(end)) {
        closers_.insert(end);
        doubled_.insert(end);
        at_ += 2;
        return true;
      }
      out_ += two;
      at_ += 2;
      return true;
    }
    if (!opens(at_, 1)) return false;
    const std::size_t end = closing(mark, at_ + 2);
    if (end == kNowhere || closers_.contains(end) ||
        (end > 0 && closers_.contains(end - 1) && doubled_.contains(end - 1))) {
      return false;
    }
    closers_.insert(end);
    ++at_;
    return true;
  }

  // "__init__": one identifier between the marks is a name of a program.
  bool looks_dunder(std::size_t end) const {
    if (inside_word(text_, end + 2)) return false;
    const std::string_view body = text_.substr(at_ + 2, end - at_ - 2);
    return body.size() < 40 && std::all_of(body.begin(), body.end(), is_ascii_word);
  }

  // "H~2~O", "x^2^": short, without white space.
  bool script(char mark) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && end < at_ + 40 && text_[end] != mark &&
           !is_blank_char(text_[end])) {
      ++end;
    }
    if (end == at_ + 1 || end >= text_.size() || text_[end] != mark) return false;
    out_ += text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return true;
  }

  std::size_t bracket_end(std::size_t from) {
    return finder_.find("]", from,
                        [&](std::size_t at) { return at == 0 || text_[at - 1] != '\\'; });
  }

  // "[[anchor]]" and the role in "[.role]#text#".
  bool bracket() {
    const bool anchor = text_.substr(at_, 2) == "[[";
    const std::size_t end = anchor ? finder_.find("]]", at_ + 1) : bracket_end(at_ + 1);
    if (end == kNowhere || end > at_ + 200) return false;
    if (anchor) {
      const std::string_view id = text_.substr(at_ + 2, end - at_ - 2);
      if (id.empty() || id.find('[') != kNowhere || is_blank_char(id[0])) return false;
      at_ = end + 2;
      return true;
    }
    const bool named = at_ + 1 < end && (text_[at_ + 1] == '.' || text_[at_ + 1] == '#');
    const std::string_view next = text_.substr(end + 1, 1);
    if (!named || next.empty() || std::string_view("#*_`").find(next[0]) == kNowhere) return false;
    at_ = end + 1;
    return true;
  }

  // "<<id,text>>"
  bool cross_reference() {
    if (text_.substr(at_, 2) != "<<") return false;
    const std::size_t end = finder_.find(">>", at_ + 2);
    if (end == kNowhere || end == at_ + 2 || end > at_ + 1000) return false;
    const std::string_view body = text_.substr(at_ + 2, end - at_ - 2);
    if (is_blank_char(body[0]) || body[0] == '<') return false;
    const std::size_t comma = body.find(',');
    if (comma == kNowhere) {
      refer(body);
    } else {
      inner(trim(body.substr(comma + 1)));
    }
    at_ = end + 2;
    return true;
  }

  // A reference without text: the title that its anchor has in this document.
  void refer(std::string_view id) {
    const std::string_view bare = id.starts_with('#') ? id.substr(1) : id;
    const auto found = names_.titles.find(bare);
    if (found != names_.titles.end() && names_.budget.take(found->second.size())) {
      inner(found->second);
    } else {
      out_ += readable_id(id);
    }
  }

  // "((shown))"; "(((only, in the index)))" is not shown.
  bool index_term() {
    if (text_.substr(at_, 2) != "((") return false;
    const bool hidden = text_.substr(at_, 3) == "(((";
    const std::size_t size = hidden ? 3 : 2;
    const std::size_t end = finder_.find(hidden ? ")))" : "))", at_ + size + 1);
    if (end == kNowhere || end > at_ + 300 || is_blank_char(text_[at_ + size])) return false;
    if (!hidden) out_ += text_.substr(at_ + 2, end - at_ - 2);
    at_ = end + size;
    return true;
  }

  bool entity() {
    const std::size_t end = text_.substr(at_, 12).find(';');
    if (end == kNowhere || end < 2) return false;
    out_ += decode_entities(text_.substr(at_, end + 1));
    at_ += end + 1;
    return true;
  }

  bool macro() {
    if (at_ > 0 && (is_ascii_word(text_[at_ - 1]) || word_before(text_, at_))) return word();
    const std::string_view head = text_.substr(at_, 14);
    const std::size_t colon = head.find(':');
    if (colon == kNowhere) return word();
    for (const auto& [name, use] : kAsciiDocMacros) {
      if (head.substr(0, colon) == name) return apply(name, use, at_ + colon + 1) || word();
    }
    return word();
  }

  // The rest of a plain word at once.
  bool word() {
    do {
      out_ += text_[at_++];
    } while (at_ < text_.size() && is_ascii_word(text_[at_]) && text_[at_] != '_');
    return true;
  }

  bool apply(std::string_view name, AsciiDocMacro use, std::size_t target_at) {
    if (text_.substr(target_at, 1) == ":") return false;  // a block macro
    std::size_t open = target_at;
    while (open < text_.size() && open < target_at + 2000 && !is_blank_char(text_[open]) &&
           text_[open] != '[') {
      ++open;
    }
    const bool url = name == "http" || name == "https" || name == "ftp" || name == "irc";
    if (url && text_.substr(target_at, 2) != "//") return false;
    const std::size_t end =
        open < text_.size() && text_[open] == '[' ? bracket_end(open + 1) : kNowhere;
    if (end == kNowhere) {
      if (!url) return false;
      out_ += text_.substr(at_, open - at_);  // an address alone: nothing in it is markup
      at_ = open;
      return true;
    }
    const std::string_view target = text_.substr(target_at, open - target_at);
    const std::string_view body = text_.substr(open + 1, end - open - 1);
    const std::size_t begin = std::exchange(at_, end + 1);
    switch (use) {
      case AsciiDocMacro::kLink: {
        const std::string_view text = first_text(body);
        if (!text.empty()) return inner(text);
        out_ += url ? text_.substr(begin, open - begin) : target;
        return true;
      }
      case AsciiDocMacro::kXref: {
        const std::string_view text = first_text(body);
        if (!text.empty()) return inner(text);
        refer(target);
        return true;
      }
      case AsciiDocMacro::kFootnote: {
        const std::size_t comma = name == "footnoteref" ? body.find(',') : kNowhere;
        out_ += " [";
        inner(comma != kNowhere ? trim(body.substr(comma + 1)) : body.empty() ? target : body);
        out_ += ']';
        return true;
      }
      case AsciiDocMacro::kManual:
        out_.append(target).append("(").append(body).append(")");
        return true;
      case AsciiDocMacro::kMenu:
        out_ += target;
        if (!body.empty()) out_.append(" > ").append(body);
        return true;
      case AsciiDocMacro::kText:
        return inner(body);
      case AsciiDocMacro::kRaw:
        out_ += body;
        return true;
      case AsciiDocMacro::kImage:
        return inner(first_text(body.substr(0, body.find(','))));
      case AsciiDocMacro::kNone:
        return true;
    }
    return true;
  }

  bool inner(std::string_view text) {
    if (depth_ >= kDeepest) {
      out_ += text;
    } else {
      out_ += asciidoc_inline(text, names_, depth_ + 1);
    }
    return true;
  }

  std::string_view text_;
  Finder finder_;
  AsciiDocNames& names_;
  int depth_;
  std::size_t at_ = 0;
  std::set<std::size_t> closers_;  // where a mark ends that is open
  std::set<std::size_t> doubled_;  // those of two characters
  std::string out_;
};

}  // namespace

std::string asciidoc_inline(std::string_view text, AsciiDocNames& names, int depth) {
  return Inline(text, names, depth).read();
}

}  // namespace tome
