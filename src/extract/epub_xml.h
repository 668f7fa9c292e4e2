// SPDX-License-Identifier: GPL-2.0-or-later
// The XML files of an EPUB: package, table of contents, container. Names of elements are compared
// without their prefix, because files in the wild bind prefixes as they like. Nothing here
// recurses.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace tome::epub {

// Bytes in any encoding -> a tree, as far as they are well-formed; false when there is no element
// at all or the file is larger than 32 MB. Loads nothing else and expands no entity of a DTD.
bool load_xml(std::string_view bytes, pugi::xml_document& document);

// The encoding that an XML declaration names; empty when it names none.
std::string_view xml_encoding(std::string_view bytes);

// The name of an element or attribute behind its prefix.
std::string_view local_name(const char* name);

// The value of the attribute of that local name; empty when it is missing.
std::string_view attribute_of(pugi::xml_node node, std::string_view name);

// All text below `node`, white space squeezed.
std::string text_below(pugi::xml_node node);

// The node after `node` in document order below `root`; null at the end. `down`: whether to go
// to its children.
pugi::xml_node next_below(pugi::xml_node root, pugi::xml_node node, bool down = true);

// All elements of that local name below `root`, in order.
std::vector<pugi::xml_node> all_below(pugi::xml_node root, std::string_view name);

// The first of them; null when there is none.
pugi::xml_node first_below(pugi::xml_node root, std::string_view name);

}  // namespace tome::epub
