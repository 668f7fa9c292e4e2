// SPDX-License-Identifier: GPL-2.0-or-later
// What the readers of light markup (reStructuredText, AsciiDoc, Org) share: lines with columns,
// searches that stay linear, bounded replacement, CSV. One thread each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tome::markup {

// Deepest nesting that is followed; what lies deeper is read as paragraphs.
constexpr int kMarkupDepth = 64;

bool is_blank_char(char c);
std::string_view trim(std::string_view text);
std::string lower_ascii(std::string_view text);
void append_utf8(std::string& out, std::uint32_t code);  // a code point that is no surrogate

// Whether a letter or digit (of any script) starts at `at`, or ends right before it.
bool word_at(std::string_view text, std::size_t at);
bool word_before(std::string_view text, std::size_t at);

// The lines of `text`, which must outlive this. Lines count from 0 here; number() is the file's.
class MarkupLines {
 public:
  explicit MarkupLines(std::string_view text);

  std::size_t size() const { return lines_.size(); }
  std::string_view text(std::size_t i) const;  // without white space at either end
  bool blank(std::size_t i) const { return lines_[i].begin == lines_[i].end; }
  std::uint32_t indent(std::size_t i) const { return lines_[i].indent; }  // tabs stop every 8
  std::uint32_t number(std::size_t i) const { return lines_[i].number; }

  // Drops the first `bytes` of text(i), and the white space after them, from the line; what is left
  // stands at its own column.
  void cut(std::size_t i, std::size_t bytes);
  // Takes lines out, as if they had not been in the file; the others keep their numbers.
  template <typename Unwanted>
  void remove_if(Unwanted unwanted) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!unwanted(i)) lines_[kept++] = lines_[i];
    }
    lines_.resize(kept);
  }

  void set_indent(std::size_t i, std::uint32_t columns) { lines_[i].indent = columns; }

  std::size_t skip_blank(std::size_t i, std::size_t last) const;

  // The first line from `i` on that is not blank and not indented more than `columns`, or `last`.
  std::size_t end_of_indented(std::size_t i, std::size_t last, std::uint32_t columns) const;

  // The least indentation of lines that are not blank; 0 when all are.
  std::uint32_t least_indent(std::size_t first, std::size_t last) const;

  // Lines joined by a space, blank ones left out.
  std::string joined(std::size_t first, std::size_t last) const;

  // Lines as they stand, `columns` of their indentation taken off.
  std::string code(std::size_t first, std::size_t last, std::uint32_t columns) const;

 private:
  struct Line {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t indent = 0;
    std::uint32_t number = 0;
  };
  std::string_view source_;
  std::vector<Line> lines_;
};

// Looks for strings in one text from left to right. The place that was found is remembered, also
// that there is none, so that a scan that asks again and again stays linear.
class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  // The first `needle` at or after `from` that `accept(position)` takes; npos. `accept` must depend
  // on the needle and the position alone.
  template <typename Accept>
  std::size_t find(std::string_view needle, std::size_t from, Accept accept) {
    Found& found = entry(needle);
    if (found.asked && found.from <= from && from <= found.at) return found.at;
    std::size_t at = text_.find(needle, from);
    while (at != std::string_view::npos && !accept(at)) at = text_.find(needle, at + 1);
    found = {found.needle, from, at, true};
    return at;
  }

  std::size_t find(std::string_view needle, std::size_t from) {
    return find(needle, from, [](std::size_t) { return true; });
  }

 private:
  struct Found {
    std::string needle;
    std::size_t from = 0;
    std::size_t at = 0;
    bool asked = false;
  };
  Found& entry(std::string_view needle);

  std::string_view text_;
  std::vector<Found> found_;  // a handful of needles
};

// How many bytes replacements may still add to a document, so that none grows without bound.
class Budget {
 public:
  explicit Budget(std::size_t bytes) : left_(bytes) {}
  bool take(std::size_t bytes) {
    if (bytes > left_) return false;
    left_ -= bytes;
    return true;
  }

 private:
  std::size_t left_;
};

}  // namespace tome::markup
