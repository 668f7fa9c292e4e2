// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/rst_inline.h"

#include <algorithm>
#include <array>
#include <utility>

#include "extract/builder.h"
#include "text/ascii.h"
#include "text/text.h"

namespace tome {

using namespace markup;

namespace {

using Pair = std::pair<std::string_view, std::string_view>;
constexpr int kDeepest = 4;  // replacements within replacements

// What stands before the text of a role.
constexpr std::array<Pair, 8> kPrefixes = {{{"pep", "PEP "},
                                            {"rfc", "RFC "},
                                            {"issue", "issue "},
                                            {"gh", "gh-"},
                                            {"bpo", "bpo-"},
                                            {"cve", "CVE-"},
                                            {"cwe", "CWE-"},
                                            {"pypi", ""}}};

// Roles without text for a reader: they shape table cells, or raw output.
constexpr std::array<std::string_view, 5> kSilent = {"cspan", "rspan", "fill-cells", "raw",
                                                     "index"};

bool is_name_char(char c) {
  return is_ascii_alnum(c) || c == '-' || c == '_' || c == '.' || c == '+';
}

// docutils, "inline markup recognition rules" 6 and 7; beyond ASCII whatever is no letter or digit.
bool may_start_after(std::string_view text, std::size_t at) {
  if (at == 0 || is_blank_char(text[at - 1])) return true;
  const char c = text[at - 1];
  if (static_cast<unsigned char>(c) >= 0x80) return !word_before(text, at);
  return std::string_view("'\"([{<-/:|=").find(c) != std::string_view::npos;
}

bool may_end_before(std::string_view text, std::size_t at) {
  if (at >= text.size() || is_blank_char(text[at])) return true;
  const char c = text[at];
  if (static_cast<unsigned char>(c) >= 0x80) return !word_at(text, at);
  return std::string_view("'\")]}>-/\\:.,;!?|=").find(c) != std::string_view::npos;
}

// "\*" -> "*"; a backslash before white space joins what stands around it.
std::string unescape(std::string_view text) {
  std::string out;
  bool escaped = false;
  for (const char c : text) {
    if (!escaped && c == '\\') {
      escaped = true;
    } else {
      if (!escaped || !is_blank_char(c)) out += c;
      escaped = false;
    }
  }
  return out;
}

std::string without(std::string_view text, std::string_view chars) {
  std::string out;
  for (const char c : text) {
    if (chars.find(c) == std::string_view::npos) out += c;
  }
  return out;
}

// "text <target>" -> both; the target is empty when there is none.
Pair split_target(std::string_view text) {
  if (!text.ends_with('>')) return {text, {}};
  const std::size_t open = text.rfind('<');
  if (open == std::string_view::npos || (open > 0 && !is_blank_char(text[open - 1]))) {
    return {text, {}};
  }
  return {trim(text.substr(0, open)), text.substr(open + 1, text.size() - open - 2)};
}

class Inline {
 public:
  Inline(std::string_view text, RstNames& names, int depth)
      : text_(text), finder_(text), names_(names), depth_(depth) {}

  std::string read() && {
    while (at_ < text_.size()) {
      if (!markup()) out_ += text_[at_++];
    }
    return std::move(out_);
  }

 private:
  bool markup() {
    const char c = text_[at_];
    if (c == '\\') return escape();
    if (c == '_') return reference() || inline_target();
    if (c != '*' && c != '`' && c != '|' && c != ':' && c != '[') return false;
    if (!may_start_after(text_, at_) || quoted()) return false;
    switch (c) {
      case '*':
        return span("**") || span("*");
      case '`':
        return literal() || interpreted("", at_);
      case '|':
        return substitution();
      case ':':
        return role();
      default:
        return footnote();
    }
  }

  bool escape() {
    ++at_;
    if (at_ < text_.size()) {
      if (!is_blank_char(text_[at_])) out_ += text_[at_];
      ++at_;
    }
    return true;
  }

  // '"*"' and "(`)" are no markup.
  bool quoted() const {
    if (at_ == 0 || at_ + 1 >= text_.size()) return false;
    constexpr std::string_view kOpen = "'\"([{<";
    constexpr std::string_view kClose = "'\")]}>";
    const std::size_t which = kOpen.find(text_[at_ - 1]);
    return which != std::string_view::npos && text_[at_ + 1] == kClose[which];
  }

  // Where `mark`, opened at `open`, is closed; npos.
  std::size_t closing(std::string_view mark, std::size_t open, bool escapes) {
    const std::size_t from = open + mark.size();
    if (text_.substr(open, mark.size()) != mark) return std::string_view::npos;
    if (from >= text_.size() || is_blank_char(text_[from])) return std::string_view::npos;
    return finder_.find(mark, from + 1, [&](std::size_t at) {
      if (is_blank_char(text_[at - 1]) || (escapes && text_[at - 1] == '\\')) return false;
      // "`text`_" and "`text`:role:" go on; they are looked at where they are used.
      const std::size_t end = at + mark.size();
      return may_end_before(text_, end) || (mark != "``" && text_[at] == '`' && text_[end] == '_');
    });
  }

  bool span(std::string_view mark) {
    const std::size_t end = closing(mark, at_, true);
    if (end == std::string_view::npos) return false;
    out_ += unescape(text_.substr(at_ + mark.size(), end - at_ - mark.size()));
    at_ = end + mark.size();
    return true;
  }

  bool literal() {
    const std::size_t end = closing("``", at_, false);
    if (end == std::string_view::npos) return false;
    out_ += text_.substr(at_ + 2, end - at_ - 2);
    at_ = end + 2;
    return true;
  }

  // ":role:`text`", also ":domain:role:`text`".
  bool role() {
    std::size_t end = at_ + 1;
    const std::size_t stop = std::min(text_.size(), at_ + 60);
    while (end < stop && (is_name_char(text_[end]) || text_[end] == ':')) ++end;
    if (end >= stop || text_[end] != '`' || text_[end - 1] != ':' || end - at_ < 3) return false;
    std::string_view name = text_.substr(at_ + 1, end - at_ - 2);
    if (const std::size_t colon = name.rfind(':'); colon != std::string_view::npos) {
      name.remove_prefix(colon + 1);
    }
    return interpreted(name, end);
  }

  // "`text`" at `open`, with the role before or after it, or as a reference.
  bool interpreted(std::string_view name, std::size_t open) {
    const std::size_t end = closing("`", open, true);
    if (end == std::string_view::npos) return false;
    const std::string_view body = text_.substr(open + 1, end - open - 1);
    std::size_t after = end + 1;
    if (name.empty() && after < text_.size() && text_[after] == '_') {
      while (after < text_.size() && text_[after] == '_' && after < end + 3) ++after;
      const auto [text, url] = split_target(body);
      out_ += unescape(text.empty() ? url : text);
    } else {
      if (name.empty() && after < text_.size() && text_[after] == ':') {
        std::size_t close = after + 1;
        while (close < text_.size() && is_name_char(text_[close]) && close < after + 40) ++close;
        if (close > after + 1 && close < text_.size() && text_[close] == ':') {
          name = text_.substr(after + 1, close - after - 1);
          after = close + 1;
        }
      }
      add_role(name, body);
    }
    at_ = after;
    return true;
  }

  void add_role(std::string_view name, std::string_view body) {
    if (std::find(kSilent.begin(), kSilent.end(), name) != kSilent.end()) return;
    if (name == "math" || name == "code" || name == "expr") {
      out_ += body;
      return;
    }
    std::string text = unescape(body);
    if (name == "file" || name == "samp") {
      out_ += without(text, "{}");
    } else if (name == "guilabel" || name == "menuselection") {
      out_ += without(text, "&");
    } else if (name.empty() || name == "abbr" || name == "kbd" || name == "sub" || name == "sup") {
      out_ += text;
    } else {
      add_cross_reference(name, text);
    }
  }

  void add_cross_reference(std::string_view name, std::string_view body) {
    auto [text, target] = split_target(body);
    if (!target.empty() && !text.empty()) {
      out_ += text;
      return;
    }
    if (text.empty()) text = target;
    if ((name == "ref" || name == "numref") && title_of(text)) return;
    const bool whole = text.starts_with('!');
    if (whole) text.remove_prefix(1);
    if (text.starts_with('~')) {
      const std::size_t part = text.find_last_of(".:");
      text = part == std::string_view::npos ? text.substr(1) : text.substr(part + 1);
    }
    for (const auto& [role, prefix] : kPrefixes) {
      if (role == name) out_ += prefix;
    }
    out_ += text;
    if (!whole && (name == "func" || name == "meth") && !text.ends_with(')')) out_ += "()";
  }

  // The title that a label of this document names.
  bool title_of(std::string_view label) {
    const auto found = names_.targets.find(rst_name(label));
    return found != names_.targets.end() && replace(found->second);
  }

  bool replace(const std::string& markup) {
    if (markup.empty() || depth_ >= kDeepest || !names_.budget.take(markup.size())) return false;
    out_ += rst_inline(markup, names_, depth_ + 1);
    return true;
  }

  bool substitution() {
    const std::size_t end = closing("|", at_, true);
    if (end == std::string_view::npos) {
      // "|name|_" is also a reference.
      const std::size_t close = finder_.find("|_", at_ + 1);
      if (close == std::string_view::npos || close > at_ + 80) return false;
      return substitute(close);
    }
    return substitute(end);
  }

  bool substitute(std::size_t end) {
    const std::string_view name = text_.substr(at_ + 1, end - at_ - 1);
    if (name.empty() || is_blank_char(name[0]) || name.size() > 200) return false;
    auto found = names_.substitutions.find(std::string(name));
    if (found == names_.substitutions.end()) found = names_.substitutions.find(rst_name(name));
    if (found == names_.substitutions.end()) {
      out_ += name;
    } else if (!found->second.empty() && !replace(found->second)) {
      out_ += text_.substr(at_, end - at_ + 1);
    }
    at_ = end + 1;
    while (at_ < text_.size() && text_[at_] == '_' && at_ < end + 3) ++at_;
    return true;
  }

  // "[1]_", "[#name]_", "[CIT2002]_".
  bool footnote() {
    std::size_t end = at_ + 1;
    if (end < text_.size() && text_[end] == '#') ++end;
    const std::size_t name = end;
    while (end < text_.size() && end < at_ + 100 &&
           (is_name_char(text_[end]) || text_[end] == '*')) {
      ++end;
    }
    if (text_.substr(end, 2) != "]_" || !may_end_before(text_, end + 2)) return false;
    out_ += '[';
    out_ += name == end ? "#" : text_.substr(name, end - name);
    out_ += ']';
    at_ = end + 2;
    return true;
  }

  // The end of "word_" and "word__", where the word is a target of this document.
  bool reference() {
    const std::size_t end = text_.substr(at_, 2) == "__" ? at_ + 2 : at_ + 1;
    if (!word_before(text_, at_) || !may_end_before(text_, end)) return false;
    std::size_t begin = at_;
    while (begin > 0 && at_ - begin < 80 && is_name_char(text_[begin - 1])) --begin;
    if (!may_start_after(text_, begin) || text_[begin] == '_') return false;
    if (end == at_ + 2 && !names_.anonymous) return false;
    if (end == at_ + 1 && !names_.targets.contains(rst_name(text_.substr(begin, at_ - begin)))) {
      return false;
    }
    at_ = end;
    return true;
  }

  // "_`target`"
  bool inline_target() {
    if (text_.substr(at_, 2) != "_`" || !may_start_after(text_, at_)) return false;
    const std::size_t end = closing("`", at_ + 1, true);
    if (end == std::string_view::npos) return false;
    out_ += unescape(text_.substr(at_ + 2, end - at_ - 2));
    at_ = end + 1;
    return true;
  }

  std::string_view text_;
  Finder finder_;
  RstNames& names_;
  int depth_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string rst_inline(std::string_view text, RstNames& names, int depth) {
  return Inline(text, names, depth).read();
}

std::string rst_name(std::string_view name) { return lower_ascii(squeeze(name)); }

std::string rst_id(std::string_view name) {
  std::string id;
  for (const char c : fold(name)) {
    if (static_cast<unsigned char>(c) >= 0x80) continue;
    if (is_ascii_alnum(c)) {
      id += c;
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  const std::size_t begin = std::min(id.find_first_not_of("-0123456789"), id.size());
  const std::size_t end = id.find_last_not_of('-');
  return end == std::string::npos ? "" : id.substr(begin, std::max(end + 1, begin) - begin);
}

}  // namespace tome
