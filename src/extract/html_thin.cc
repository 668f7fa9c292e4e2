// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/html_thin.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "extract/html_names.h"
#include "extract/tags.h"

namespace tome {
namespace {

constexpr std::int64_t kMaxDepth = 20'000;
// gumbo looks through the open elements at many a tag; this many looks take a few seconds.
constexpr std::int64_t kMaxLooks = 1'000'000'000;
constexpr std::size_t kManyAttributes = 4096;  // bytes of them

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

constexpr std::array<std::string_view, 12> kPlainInline = {
    "span", "code", "em", "strong", "b", "i", "tt", "var", "samp", "kbd", "acronym", "abbr"};

// No attribute, or a class alone that does not say navigation.
bool says_nothing(const Tag& tag) {
  std::string_view rest = tag.attributes.substr(0, tag.attributes.size() - 1);  // without ">"
  if (rest.empty()) return true;
  constexpr std::string_view kClass = " class=\"";
  if (rest.substr(0, kClass.size()) != kClass || rest.back() != '"') return false;
  rest.remove_prefix(kClass.size());
  rest.remove_suffix(rest.empty() ? 0 : 1);
  return rest.find_first_of("\"\n&") == std::string_view::npos && !has_furniture_name(rest);
}

// How many attributes gumbo will see (HTML Standard, 13.2.5.32 to 13.2.5.39).
std::int64_t count_attributes(std::string_view all) {
  constexpr std::string_view kSpace = " \t\n\r\f";
  constexpr std::string_view kBetween = " \t\n\r\f/>";
  std::int64_t count = 0;
  for (std::size_t at = all.find_first_not_of(kBetween); at < all.size();
       at = all.find_first_not_of(kBetween, at)) {
    ++count;
    at = all.find_first_of(" \t\n\r\f/>=", at + 1);
    const std::size_t equals = all.find_first_not_of(kSpace, at);
    if (equals >= all.size() || all[equals] != '=') continue;
    at = all.find_first_not_of(kSpace, equals + 1);
    if (at >= all.size()) break;
    const bool quoted = all[at] == '"' || all[at] == '\'';
    at = quoted ? all.find(all[at], at + 1) : all.find_first_of(kSpace, at);
    if (quoted && at < all.size()) ++at;
  }
  return count;
}

}  // namespace

Result<std::string> thin_markup(std::string_view html) {
  std::string out;
  out.reserve(html.size());
  // For each name: whether its open elements, innermost last, were dropped, so that the same
  // closing tags are.
  std::array<std::vector<bool>, kPlainInline.size()> dropped;
  std::int64_t depth = 0;
  std::int64_t looks = 0;
  std::int64_t attribute_looks = 0;
  std::size_t copied = 0;
  for (Tag tag = next_tag(html, 0); !tag.name.empty();) {
    std::size_t next = tag.end;
    bool drop = false;
    const bool whole = html[tag.end - 1] == '>';  // else the file ends within the tag
    const std::size_t plain = whole ? index_of(kPlainInline, tag.name) : kPlainInline.size();
    if (plain < kPlainInline.size()) {
      std::vector<bool>& stack = dropped[plain];
      if (!tag.closing) {
        drop = says_nothing(tag);
        stack.push_back(drop);
      } else if (!stack.empty()) {
        drop = stack.back() && tag.attributes == ">";
        stack.pop_back();
      }
    }
    if (tag.closing && same_name(tag.name, "form")) {
      // gumbo 0.10.1 puts text that stands right before </form> behind the form, where it no longer
      // is part of a search form; any tag between the two keeps it inside.
      out.append(html.substr(copied, tag.begin - copied)).append("<wbr>");
      copied = tag.begin;
    }
    if (drop) {
      out.append(html.substr(copied, tag.begin - copied));
      copied = tag.end;
    } else {
      if (tag.attributes.size() > kManyAttributes) {
        // gumbo compares each attribute with those before it.
        const std::int64_t count = count_attributes(tag.attributes);
        attribute_looks += count * count / 2;
        if (attribute_looks > kMaxLooks) {
          return Error{Code::kLimit, "an element has too many attributes", "", ""};
        }
      }
      looks += depth;
      const bool empty = tag.end >= 2 && html[tag.end - 2] == '/';
      if (!empty && index_of(kLeftOpen, tag.name) == kLeftOpen.size()) {
        depth = std::max<std::int64_t>(depth + (tag.closing ? -1 : 1), 0);
      }
      if (depth > kMaxDepth || looks > kMaxLooks) {
        return Error{Code::kLimit, "the page nests its elements too deeply", "", ""};
      }
      if (!tag.closing && index_of(kRaw, tag.name) < kRaw.size()) {
        next = after_raw(html, tag.end, tag.name);
      }
    }
    tag = next_tag(html, next);
  }
  out.append(html.substr(copied));
  return out;
}

}  // namespace tome
