// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/org_inline.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace tome {

using namespace markup;

namespace {

constexpr auto kNowhere = std::string_view::npos;
constexpr int kDeepest = 3;  // texts within texts

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

bool one_of(std::string_view chars, char c) { return chars.find(c) != kNowhere; }

class Inline {
 public:
  Inline(std::string_view text, OrgNames& names, int depth)
      : text_(text), finder_(text), names_(names), depth_(depth) {}

  std::string read() && {
    while (at_ < text_.size()) {
      if (closers_.erase(at_) > 0) {
        ++at_;
      } else if (!markup()) {
        out_ += text_[at_++];
      }
    }
    return std::move(out_);
  }

 private:
  bool markup() {
    switch (const char c = text_[at_]) {
      case '*':
      case '/':
      case '_':
      case '+':
        return span(c);
      case '=':
      case '~':
        return raw(c);
      case '[':
        return link() || footnote();
      case '<':
        return target();
      case '{':
        return macro();
      case '@':
        return snippet();
      case 's':
        return source();
      default:
        return false;
    }
  }

  // org-emphasis-regexp-components, with what other scripts put around words.
  bool opens() const {
    if (at_ + 1 >= text_.size() || is_blank_char(text_[at_ + 1])) return false;
    if (at_ == 0) return true;
    const char c = text_[at_ - 1];
    if (static_cast<unsigned char>(c) >= 0x80) return !word_before(text_, at_);
    if (c == text_[at_]) return false;  // "__init__"
    return is_blank_char(c) || one_of("-('\"{|*/_+[>", c);
  }

  std::size_t closing(char mark) {
    return finder_.find(std::string_view(&mark, 1), at_ + 2, [&](std::size_t at) {
      if (at == 0 || is_blank_char(text_[at - 1])) return false;
      if (at + 1 >= text_.size() || is_blank_char(text_[at + 1])) return true;
      const char c = text_[at + 1];
      if (static_cast<unsigned char>(c) >= 0x80) return !word_at(text_, at + 1);
      return one_of("-.,:!?;'\")}\\[]|*/_+<", c);
    });
  }

  bool span(char mark) {
    if (!opens() || text_[at_ + 1] == mark) return false;
    const std::size_t end = closing(mark);
    if (end == kNowhere || closers_.contains(end)) return false;
    // "/usr/lib/x and /etc/": a path is no emphasis; its text would hold the mark.
    const std::string_view body = text_.substr(at_ + 1, std::min<std::size_t>(end - at_ - 1, 400));
    if (mark == '/' && body.find('/') != kNowhere) return false;
    closers_.insert(end);
    ++at_;
    return true;
  }

  bool raw(char mark) {
    if (!opens()) return false;
    const std::size_t end = closing(mark);
    if (end == kNowhere) return false;
    out_ += text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return true;
  }

  // "[[url][text]]", "[[url]]"
  bool link() {
    if (text_.substr(at_, 2) != "[[") return false;
    const std::size_t end = finder_.find("]]", at_ + 3);
    if (end == kNowhere || end > at_ + 4000) return false;
    const std::string_view body = text_.substr(at_ + 2, end - at_ - 2);
    const std::size_t middle = body.find("][");
    at_ = end + 2;
    if (middle != kNowhere) {
      inner(body.substr(middle + 2));
      return true;
    }
    std::string_view target = body;
    if (target.starts_with('#')) target.remove_prefix(1);
    if (target.starts_with('*')) {  // a headline, with its markup
      inner(target.substr(1));
    } else {
      out_ += target;
    }
    return true;
  }

  // "[fn:1]", "[fn::text]", "[fn:name:text]"
  bool footnote() {
    if (text_.substr(at_, 4) != "[fn:") return false;
    std::size_t name = at_ + 4;
    while (name < text_.size() && name < at_ + 60 && is_name_char(text_[name])) ++name;
    if (name >= text_.size()) return false;
    if (text_[name] == ']' && name > at_ + 4) {
      out_.append("[").append(text_.substr(at_ + 4, name - at_ - 4)).append("]");
      at_ = name + 1;
      return true;
    }
    if (text_[name] != ':') return false;
    // The text may hold links: its end is where its brackets balance.
    int open = 1;
    std::size_t end = name + 1;
    for (; end < text_.size() && end < name + 1000; ++end) {
      if (text_[end] == '[') ++open;
      if (text_[end] == ']' && --open == 0) break;
    }
    if (open != 0) return false;
    out_ += " [";
    inner(trim(text_.substr(name + 1, end - name - 1)));
    out_ += ']';
    at_ = end + 1;
    return true;
  }

  // "<<target>>" is not shown, "<<<radio>>>" is.
  bool target() {
    if (text_.substr(at_, 2) != "<<") return false;
    const bool radio = text_.substr(at_, 3) == "<<<";
    const std::size_t size = radio ? 3 : 2;
    const std::size_t end = finder_.find(radio ? ">>>" : ">>", at_ + size + 1);
    if (end == kNowhere || end > at_ + 200 || is_blank_char(text_[at_ + size])) return false;
    if (radio) out_ += text_.substr(at_ + size, end - at_ - size);
    at_ = end + size;
    return true;
  }

  // "{{{name(a,b)}}}"
  bool macro() {
    if (text_.substr(at_, 3) != "{{{") return false;
    const std::size_t end = finder_.find("}}}", at_ + 3);
    if (end == kNowhere || end > at_ + 4000) return false;
    const std::string_view body = text_.substr(at_ + 3, end - at_ - 3);
    const std::size_t open = std::min(body.find('('), body.size());
    std::string_view arguments = body.substr(std::min(open + 1, body.size()));
    if (arguments.ends_with(')')) arguments.remove_suffix(1);
    at_ = end + 3;
    const auto found = names_.macros.find(lower_ascii(body.substr(0, open)));
    if (found == names_.macros.end() || found->second.starts_with("(eval")) {
      inner(arguments);
    } else {
      expand(found->second, arguments);
    }
    return true;
  }

  void expand(const std::string& pattern, std::string_view arguments) {
    if (!names_.budget.take(pattern.size())) return inner(arguments);
    std::vector<std::string> values;
    std::string value;
    for (std::size_t i = 0; i < arguments.size() && values.size() < 9; ++i) {
      if (arguments[i] == '\\' && i + 1 < arguments.size() && arguments[i + 1] == ',') {
        value += arguments[++i];
      } else if (arguments[i] == ',') {
        values.push_back(std::exchange(value, {}));
      } else {
        value += arguments[i];
      }
    }
    values.push_back(std::move(value));
    std::string made;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const bool place = pattern[i] == '$' && i + 1 < pattern.size() && pattern[i + 1] >= '1' &&
                         pattern[i + 1] <= '9';
      const std::string_view part = pattern;
      if (!place) {
        made += pattern[i];
        continue;
      }
      const auto which = static_cast<std::size_t>(part[++i] - '1');
      if (which < values.size() && names_.budget.take(values[which].size())) made += values[which];
    }
    inner(made);
  }

  // "@@html:<b>@@": for one back end only.
  bool snippet() {
    if (text_.substr(at_, 2) != "@@") return false;
    const std::size_t end = finder_.find("@@", at_ + 3);
    if (end == kNowhere || text_.substr(at_ + 2, 20).find(':') == kNowhere) return false;
    at_ = end + 2;
    return true;
  }

  // "src_python[options]{code}"
  bool source() {
    if (text_.substr(at_, 4) != "src_" || (at_ > 0 && is_name_char(text_[at_ - 1]))) return false;
    std::size_t open = at_ + 4;
    while (open < text_.size() && open < at_ + 30 && is_name_char(text_[open])) ++open;
    if (open < text_.size() && text_[open] == '[') open = finder_.find("]{", open) + 1;
    if (open == 0 || open >= text_.size() || text_[open] != '{' || open > at_ + 200) return false;
    const std::size_t end = finder_.find("}", open);
    if (end == kNowhere) return false;
    out_ += text_.substr(open + 1, end - open - 1);
    at_ = end + 1;
    return true;
  }

  void inner(std::string_view text) {
    if (depth_ >= kDeepest) {
      out_ += text;
    } else {
      out_ += org_inline(text, names_, depth_ + 1);
    }
  }

  std::string_view text_;
  Finder finder_;
  OrgNames& names_;
  int depth_;
  std::size_t at_ = 0;
  std::set<std::size_t> closers_;  // where a mark ends that is open
  std::string out_;
};

}  // namespace

std::string org_inline(std::string_view text, OrgNames& names, int depth) {
  return Inline(text, names, depth).read();
}

}  // namespace tome
