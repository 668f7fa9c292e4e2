// SPDX-License-Identifier: GPL-2.0-or-later
// The parts of a DOCX (Office Open XML, ECMA-376 part 2) and how they refer to each other, and the
// styles of its paragraphs and runs.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "extract/archive.h"
#include "extract/office_blocks.h"

namespace tome {

// The name of the part that `part` ("" for the package) relates to by a relationship whose type
// ends in `type` ("/styles"); empty when there is none, or it stands outside of the file.
std::string related_part(const Members& members, std::string_view part, std::string_view type);

struct DocxStyle {
  NamedStyle named;
  int list_depth = 0;  // from 1; 0: no list
  bool hidden = false;
};

class DocxStyles {
 public:
  // Adds the w:style elements below w:styles.
  void add(const pugi::xml_node& styles);

  // What the style, or the nearest one that it is based on, says.
  DocxStyle find(std::string_view id) const;

 private:
  struct Entry {
    DocxStyle own;
    bool has_list = false;  // says itself whether it is one
    std::string based_on;
  };
  std::map<std::string, Entry, std::less<>> entries_;
};

// The value of <name w:val="..."> below `properties`; empty when it is not there.
std::string_view property_value(const pugi::xml_node& properties, std::string_view name);

// Whether <name> stands below `properties` and is not switched off.
bool is_on(const pugi::xml_node& properties, std::string_view name);

// A small number; `otherwise` for what is none, or more than 99.
int small_number(std::string_view text, int otherwise);

}  // namespace tome
