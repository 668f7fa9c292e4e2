// SPDX-License-Identifier: GPL-2.0-or-later
// The header of a document, and the attributes that it and its text set.
#include <algorithm>
#include <string>
#include <utility>

#include "extract/asciidoc_reader.h"
#include "extract/field_values.h"
#include "extract/front_matter.h"
#include "text/ascii.h"

namespace tome {

using namespace markup;
using namespace asciidoc;

namespace {

constexpr std::size_t kLongestValue = 4096;  // of an attribute

}  // namespace

// Sets the attribute whose entry is at `i`; returns the line after it.
std::size_t AsciiDocReader::entry(std::size_t i) {
  auto [name, first] = attribute_entry(lines_.text(i));
  std::string value(first);
  std::size_t end = i + 1;
  while (value.ends_with('\\') && end < lines_.size() && value.size() < kLongestValue) {
    value.pop_back();
    value += lines_.text(end++);
  }
  const bool unset = name.starts_with('!') || name.ends_with('!');
  std::string key;
  for (const char c : lower_ascii(name)) {
    if (c != '!') key += c;
  }
  if (unset) {
    names_.attributes.erase(key);
    return end;
  }
  value = asciidoc_substituted(value, names_);
  if (value.size() <= kLongestValue) names_.attributes[key] = value;
  describe(key, value);
  return end;
}

void AsciiDocReader::describe(const std::string& key, const std::string& value) {
  if (value.empty()) return;
  if (key == "author" || key == "authors") add_authors(value);
  if (key == "lang") meta_.language = language_code(value);
  if (key == "keywords" || key == "page-tags") meta_.topics = split_commas(value);
  if (key == "revdate" && meta_.year == 0) meta_.year = year_in(value);
  if (key == "isbn") meta_.isbn = isbn_in(value);
  if (key == "publisher") meta_.publisher = value;
}

// "Ann Lee <ann@x.org>; Bob Ray <b@y.org>"
void AsciiDocReader::add_authors(std::string_view text) {
  meta_.authors.clear();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    const std::string_view author = text.substr(0, end);
    std::string name(trim(author.substr(0, author.find('<'))));
    std::replace(name.begin(), name.end(), '_', ' ');
    if (!name.empty() && name.size() < 200) meta_.authors.push_back(std::move(name));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// Attributes and comments before the title, the title, and its author and revision lines.
std::size_t AsciiDocReader::header() {
  std::size_t i = 0;
  AsciiDocAttributes attributes;
  for (; i < lines_.size(); ++i) {
    const std::string_view text = lines_.text(i);
    if (text.empty() || (text.starts_with("//") && !text.starts_with("////"))) continue;
    if (!attribute_entry(text).first.empty()) {
      i = entry(i) - 1;
    } else if (!read_asciidoc_attributes(text, attributes)) {
      break;
    }
  }
  if (i >= lines_.size()) return i;
  const Title title = title_at(lines_, i);
  if (title.level != 1) {
    attributes_ = std::move(attributes);
    return i;
  }
  names_.old = title.end == i + 2;
  const std::string text = inline_text(title.text);
  writer_.heading(1, text, number(i), attributes.id);
  meta_.title = tidy(text);
  std::size_t end = title.end;
  const auto plain = [&] {
    if (end >= lines_.size() || lines_.blank(end)) return false;
    const std::string_view line = lines_.text(end);
    return !line.starts_with("//") && attribute_entry(line).first.empty();
  };
  // The line below a title is its author; man pages of Git have a blank line there.
  if (plain() && is_author(lines_.text(end))) {
    add_authors(asciidoc_substituted(lines_.text(end++), names_));
    if (plain() && (is_ascii_digit(lines_.text(end)[0]) || lines_.text(end)[0] == 'v')) {
      meta_.year = year_in(lines_.text(end++));
    }
  }
  return end;
}

}  // namespace tome
