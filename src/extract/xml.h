// SPDX-License-Identifier: GPL-2.0-or-later
// XML within bounds, by pugixml: nothing external is loaded, entities of a DTD stay as written.
// Names are compared without their prefix ("text:p" is "p"). Safe from any thread.
#pragma once

#include <cstdint>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "tome/result.h"

namespace tome {

// No tree of parse_xml() is deeper, so that a walk may recurse.
constexpr int kMaxXmlDepth = 256;

struct Xml {
  pugi::xml_document tree;
  std::string encoding;        // of the bytes: "UTF-8", "WINDOWS-1251" ...
  std::uint64_t replaced = 0;  // invalid sequences and references that became U+FFFD
};

// Parses `bytes`, decoded by their BOM or XML declaration; white space between elements is kept.
// `name` stands in messages. kUnsupported: not well-formed; kLimit: nested deeper than kMaxXmlDepth
// or too many elements for the memory.
Result<Xml> parse_xml(std::string_view bytes, std::string_view name);

// The name without its prefix; empty for a node that is no element.
std::string_view local_name(const pugi::xml_node& node);

// The first child element of that name; a null node when there is none.
pugi::xml_node child_named(const pugi::xml_node& node, std::string_view name);

// The value of an attribute; empty when it is missing.
std::string_view attribute_named(const pugi::xml_node& node, std::string_view name);

// Whether the node is text (or CDATA).
bool is_text(const pugi::xml_node& node);

// All text below `node`, as written.
std::string text_below(const pugi::xml_node& node);

}  // namespace tome
