// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/html_thin.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "extract/html_names.h"
#include "extract/tags.h"

namespace tome {
namespace {

constexpr std::int64_t kMaxDepth = 20'000;
constexpr std::int64_t kMostRawTags = 60'000;
// gumbo looks through the open elements at many a tag; this many looks take a few seconds.
constexpr std::int64_t kMaxLooks = 1'000'000'000;
constexpr std::size_t kManyAttributes = 4096;  // bytes of them
constexpr std::size_t kReferenceDigits = 7;    // so many are no overflow, and more are no character

template <std::size_t N>
std::size_t index_of(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (same_name(name, names[i])) return i;
  }
  return N;
}

// Elements that hold nothing or that authors leave open without nesting anything.
constexpr std::array<std::string_view, 26> kLeftOpen = {
    "p",  "li",   "br",     "hr",       "img",   "td",    "tr",    "th",   "dt",
    "dd", "meta", "link",   "input",    "col",   "area",  "base",  "wbr",  "option",
    "rp", "rt",   "source", "colgroup", "thead", "tbody", "tfoot", "param"};

// What stands between these is no markup.
constexpr std::array<std::string_view, 5> kRaw = {"script", "style", "title", "textarea", "xmp"};

// Of these nothing is read: they are furniture.
constexpr std::array<std::string_view, 2> kSkipped = {"nav", "svg"};

constexpr std::array<std::string_view, 28> kPlainInline = {
    "span", "code", "em",  "strong", "b",   "i", "tt",     "var", "samp", "kbd",
    "a",    "abbr", "dfn", "cite",   "sub", "s", "strike", "sup", "u",    "acronym",
    "big",  "mark", "ins", "del",    "bdi", "q", "small",  "time"};

// The attributes that extract/html*.cc and epub*.cc read, and what tells the parser where it is.
constexpr std::array<std::string_view, 10> kRead = {
    "id", "name", "role", "hidden", "lang", "content", "property", "alt", "epub:type", "encoding"};

// Those of which it depends on the value whether it says something.
constexpr std::array<std::string_view, 3> kWeighed = {"class", "style", "aria-hidden"};

bool says_something(std::size_t weighed, std::string_view value) {
  if (weighed == 0) return value.find('&') != std::string_view::npos || has_known_class(value);
  return weighed == 1 ? value.find("display") != std::string_view::npos : value != "false";
}

void add_lines_of(std::string_view text, std::string& out) {
  out.append(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), '\n');
}

// Whether what stands behind a piece that is left out would become markup: "<<b>p>" is no "<p>".
bool opens_markup(std::string_view before) {
  constexpr std::array<std::string_view, 6> kOpen = {"<", "</", "<!", "<!-", "&", "&#"};
  return std::any_of(kOpen.begin(), kOpen.end(),
                     [&](std::string_view open) { return before.ends_with(open); });
}

// The attributes of a tag that are read, after the line breaks of the others.
std::string thin_attributes(std::string_view all, MarkupOf of) {
  std::string kept;
  std::string lines;
  std::size_t at = 0;
  std::array<bool, kWeighed.size() + 1> seen{};  // of attributes of one name the first counts
  for (Attribute each = next_attribute(all, 0); !each.name.empty();
       each = next_attribute(all, each.end)) {
    const std::size_t weighed = index_of(kWeighed, each.name);
    const bool read = weighed < kWeighed.size()
                          ? !seen[weighed] && says_something(weighed, each.value)
                          : index_of(kRead, each.name) < kRead.size() ||
                                (of == MarkupOf::kBook && same_name(each.name, "href"));
    seen[weighed] = true;
    if (!read) continue;
    add_lines_of(all.substr(at, each.begin - at), lines);
    kept.append(" ").append(all.substr(each.begin, each.end - each.begin));
    at = each.end;
  }
  add_lines_of(all.substr(at), lines);
  return lines + kept;
}

// Where the closing tag of an element begins that opens before `from`; npos when it has none.
std::size_t closing_tag_of(std::string_view html, std::size_t from, std::string_view name) {
  int open = 1;
  for (Tag tag = next_tag(html, from); !tag.name.empty();) {
    std::size_t next = tag.end;
    if (same_name(tag.name, name)) {
      if (tag.closing && --open == 0) return tag.begin;
      if (!tag.closing && html[tag.end - 1] == '>' && !tag.attributes.ends_with("/>")) ++open;
    } else if (!tag.closing && index_of(kRaw, tag.name) < kRaw.size()) {
      next = after_raw(html, tag.end, tag.name);
    }
    tag = next_tag(html, next);
  }
  return std::string_view::npos;
}

// gumbo 0.10.1 adds up the digits of "&#x41;" in an int: where that overflows, the character is any
// byte at all. A number that is too large without overflowing becomes U+FFFD.
void bound_references(std::string& html) {
  for (std::size_t at = html.find("&#"); at != std::string::npos; at = html.find("&#", at)) {
    at += 2;
    const bool hex = at < html.size() && (html[at] == 'x' || html[at] == 'X');
    const std::string_view digits = hex ? "0123456789abcdefABCDEF" : "0123456789";
    const std::size_t begin = html.find_first_not_of('0', hex ? at + 1 : at);
    const std::size_t end = std::min(html.find_first_not_of(digits, begin), html.size());
    if (begin == std::string::npos || end - begin <= kReferenceDigits) continue;
    std::fill(html.begin() + static_cast<std::ptrdiff_t>(begin),
              html.begin() + static_cast<std::ptrdiff_t>(end), '0');
    html.replace(end - kReferenceDigits, kReferenceDigits, kReferenceDigits, '9');
  }
}

class Thinner {
 public:
  Thinner(std::string_view html, MarkupOf of) : html_(html), of_(of) { out_.reserve(html.size()); }

  Result<std::string> thin() && {
    for (Tag tag = next_tag(html_, 0); !tag.name.empty();) {
      std::size_t next = tag.end;
      if (!drop_inline(tag)) {
        if (Status status = keep(tag); !status) return status.error();
        if (!tag.closing) next = skip(tag);
      }
      tag = next_tag(html_, next);
    }
    if (raw_tags_ > kMostRawTags) {
      return Error{Code::kLimit, "the page may nest its elements too deeply", "", ""};
    }
    copy_to(html_.size());
    bound_references(out_);
    return std::move(out_);
  }

 private:
  // What stands between tags, without its comments.
  void copy_to(std::size_t end) {
    std::string_view run = html_.substr(copied_, end - copied_);
    copied_ = end;
    for (std::size_t at = run.find("<!--"); at != std::string_view::npos; at = run.find("<!--")) {
      const std::size_t close = run.find("-->", at + 4);
      const std::string_view comment = run.substr(at + 4, close - at - 4);
      // What ends there for the one who reads it strictly, too (HTML Standard, 13.2.5.43 to 51).
      const bool plain = close != std::string_view::npos && !comment.starts_with('>') &&
                         !comment.starts_with("->") &&
                         comment.find("--!>") == std::string_view::npos;
      out_.append(run.substr(0, at));
      if (!plain) {
        out_.append(run.substr(at));
        return;
      }
      if (comment.find('\n') != std::string_view::npos || opens_markup(out_)) {
        out_.append("<!--");
        add_lines_of(comment, out_);
        out_.append("-->");
      }
      run.remove_prefix(close + 3);
    }
    out_.append(run);
  }

  // The tag alone, without what is not read of it.
  void copy_tag(const Tag& tag) {
    copy_to(tag.begin);
    const bool whole = html_[tag.end - 1] == '>';
    if (!whole || tag.attributes == ">" || same_name(tag.name, "font")) {
      out_.append(html_.substr(tag.begin, tag.end - tag.begin));
    } else {
      out_.append(tag.closing ? "</" : "<").append(tag.name);
      out_.append(thin_attributes(tag.attributes, of_));
      out_.append(tag.attributes.ends_with("/>") ? "/>" : ">");
    }
    copied_ = tag.end;
  }

  // Drops an inline tag that says nothing, and the closing one of one that was dropped.
  bool drop_inline(const Tag& tag) {
    const std::size_t plain = index_of(kPlainInline, tag.name);
    if (plain == kPlainInline.size() || html_[tag.end - 1] != '>') return false;
    std::vector<bool>& stack = dropped_[plain];
    bool drop = false;
    if (!tag.closing) {
      // A link ends the one before it where that was left open.
      const bool ends = !stack.empty() && !stack.back() && same_name(tag.name, "a");
      drop = !ends && !opens_markup(html_.substr(0, tag.begin)) &&
             (tag.attributes == ">" || thin_attributes(tag.attributes, of_).empty());
      stack.push_back(drop);
    } else if (!stack.empty()) {
      drop = stack.back() && tag.attributes == ">" && !opens_markup(html_.substr(0, tag.begin));
      stack.pop_back();
    }
    if (!drop) return false;
    copy_to(tag.begin);
    copied_ = tag.end;
    return true;
  }

  // What the tag does to the depth. The parser closes what a closing tag names, when that is open,
  // and knows "<g/>" in drawings and formulas alone; an <a> ends the one before.
  void count(const Tag& tag) {
    if (index_of(kLeftOpen, tag.name) < kLeftOpen.size()) return;
    std::string name(tag.name);
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const bool foreign = name == "svg" || name == "math";
    std::int64_t& open = open_[std::move(name)];
    if (tag.closing) {
      if (open == 0) return;
      --open;
      --depth_;
      if (foreign) --foreign_;
      return;
    }
    const bool empty = tag.end >= 2 && html_[tag.end - 2] == '/';
    if (empty && foreign_ > 0) ++raw_tags_;  // where the parser may have left them, unseen
    if (empty && (foreign_ > 0 || foreign || same_name(tag.name, "a"))) return;
    ++open;
    ++depth_;
    if (foreign) ++foreign_;
  }

  Status keep(const Tag& tag) {
    if (tag.attributes.size() > kManyAttributes) {
      // gumbo compares each attribute with those before it.
      std::int64_t count = 0;
      for (Attribute each = next_attribute(tag.attributes, 0); !each.name.empty();
           each = next_attribute(tag.attributes, each.end)) {
        ++count;
      }
      attribute_looks_ += count * count / 2;
      if (attribute_looks_ > kMaxLooks) {
        return Error{Code::kLimit, "an element has too many attributes", "", ""};
      }
    }
    looks_ += depth_;
    count(tag);
    if (depth_ > kMaxDepth || looks_ > kMaxLooks) {
      return Error{Code::kLimit, "the page nests its elements too deeply", "", ""};
    }
    if (tag.closing && same_name(tag.name, "form")) {
      // gumbo 0.10.1 puts text that stands right before </form> behind the form, where it no longer
      // is part of a search form; any tag between the two keeps it inside.
      copy_to(tag.begin);
      out_.append("<wbr>");
    }
    copy_tag(tag);
    return Ok{};
  }

  // Within <svg> or <select> the parser takes for tags what it takes for text elsewhere. `escapes`:
  // "&lt;" is "<" there, which says the same in both.
  void copy_raw(std::string_view raw, bool escapes) {
    for (std::size_t at = raw.find('<'); at != std::string_view::npos; at = raw.find('<')) {
      out_.append(raw.substr(0, at)).append(escapes ? "&lt;" : "<");
      raw.remove_prefix(at + 1);
      if (!escapes) ++raw_tags_;
    }
    out_.append(raw);
  }

  // Where to go on after an opening tag.
  std::size_t skip(const Tag& tag) {
    if (index_of(kRaw, tag.name) < kRaw.size()) {
      const std::size_t end = after_raw(html_, tag.end, tag.name);
      const std::string_view raw = html_.substr(tag.end, end - tag.end);
      const bool code = same_name(tag.name, "script") || same_name(tag.name, "style");
      // A script may hold its own closing tag between these.
      if (code && raw.find("<!--") == std::string_view::npos) {
        add_lines_of(raw, out_);
      } else {
        copy_raw(raw, !code && !same_name(tag.name, "xmp"));
      }
      copied_ = end;
      return end;
    }
    const std::size_t name = index_of(kSkipped, tag.name);
    if (name == kSkipped.size() || of_ == MarkupOf::kBook || left_open_ ||
        tag.attributes.ends_with("/>")) {
      return tag.end;
    }
    const std::size_t end = closing_tag_of(html_, tag.end, kSkipped[name]);
    left_open_ = end == std::string_view::npos;  // looked for once, or it would be quadratic
    if (left_open_) return tag.end;
    add_lines_of(html_.substr(tag.end, end - tag.end), out_);
    copied_ = end;
    return end;
  }

  std::string_view html_;
  MarkupOf of_;
  std::string out_;
  std::size_t copied_ = 0;
  // For each name: whether its open elements, innermost last, were dropped, so that the same
  // closing tags are.
  std::array<std::vector<bool>, kPlainInline.size()> dropped_;
  bool left_open_ = false;
  std::int64_t raw_tags_ = 0;  // what may be tags, or not, and is not counted
  std::unordered_map<std::string, std::int64_t> open_;  // how many elements of a name
  std::int64_t foreign_ = 0;                            // of them <svg> and <math>
  std::int64_t depth_ = 0;
  std::int64_t looks_ = 0;
  std::int64_t attribute_looks_ = 0;
};

}  // namespace

Result<std::string> thin_markup(std::string_view html, MarkupOf of) {
  return Thinner(html, of).thin();
}

}  // namespace tome
