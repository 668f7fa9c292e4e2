// SPDX-License-Identifier: GPL-2.0-or-later
// A scanner over HTML tags that builds nothing: for what must be known before, or without, a parse.
// Works on bytes of any ASCII-compatible encoding. Safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tome {

struct Tag {
  std::string_view name;        // as written; empty: no further tag
  bool closing = false;         // </name>
  std::string_view attributes;  // between the name and ">"
  std::size_t begin = 0;        // at "<"
  std::size_t end = 0;          // after ">"
};

// The next tag at or after `from`, comments and <!...> skipped. After <script> or <style> the
// caller goes on at after_raw().
Tag next_tag(std::string_view html, std::size_t from);

// The beginning of the closing tag of `name`, from `from` on; html.size() when it is missing.
std::size_t after_raw(std::string_view html, std::size_t from, std::string_view name);

// Whether two names are equal without regard to ASCII case; `lower` is in lower case.
bool same_name(std::string_view name, std::string_view lower);

struct Attribute {
  std::string_view name;   // as written; empty: no further attribute
  std::string_view value;  // as written, without its quotes
  std::size_t begin = 0;   // within Tag::attributes, at the name
  std::size_t end = 0;     // after the value
};

// The next attribute at or after `from` (HTML Standard, 13.2.5.32 to 13.2.5.39).
Attribute next_attribute(std::string_view attributes, std::size_t from);

// The value of an attribute as written (entities not decoded); empty when it is missing.
std::string_view attribute(const Tag& tag, std::string_view name);

// `text` with its character references decoded.
std::string decode_entities(std::string_view text);

// <meta charset=x> or <meta http-equiv=content-type content="...; charset=x"> within the first 4
// KB; empty when the page does not say.
std::string_view declared_charset(std::string_view html);

}  // namespace tome
