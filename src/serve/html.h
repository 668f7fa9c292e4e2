// SPDX-License-Identifier: GPL-2.0-or-later
// HTML as it is written: markup comes only from the program's own literals, all else is cleaned and
// escaped. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "present/clean.h"

namespace tome {

// A string literal, known when the program is compiled: no text of a stranger can be one.
class Markup {
 public:
  consteval Markup(const char* literal) : text_(literal) {}
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

class Html {
 public:
  Html& add(Markup markup);
  Html& add(const Html& other);
  // One line of text, without control characters and overrides; also right within a quoted
  // attribute. Over `limit` bytes it is cut, and … says so; 0: no limit.
  Html& line(std::string_view text, std::size_t limit = 0);
  // A file name or an ID, its spaces as they are.
  Html& name(std::string_view text);
  // A question as it was typed, for an attribute: every character but what would harm.
  Html& typed(std::string_view text) { return name(text); }
  // A block of text whose marks are <mark> elements; empty lines become <span class="gap">.
  Html& marked(std::string_view text, const std::vector<Span>& marks);
  Html& number(std::uint64_t n);  // "12,345"
  Html& decimal(double value, int digits);
  // The words for a count: "1 book", "2 books".
  Html& counted(std::uint64_t n, std::string_view singular);

  const std::string& text() const { return text_; }
  std::string take() && { return std::move(text_); }
  bool empty() const { return text_.empty(); }

 private:
  void escape(std::string_view text);
  void escape_block(std::string_view text);

  std::string text_;
};

using AddressParts = std::vector<std::pair<std::string_view, std::string>>;

// An address of this server: `path`, its bytes percent-encoded as needed, and the parameters that
// are not empty. Cannot leave a quoted attribute.
std::string address(std::string_view path, const AddressParts& parameters = {});

}  // namespace tome
