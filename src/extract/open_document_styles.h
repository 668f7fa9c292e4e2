// SPDX-License-Identifier: GPL-2.0-or-later
// The styles of an OpenDocument file, as far as they say what a text is.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "extract/office_blocks.h"

namespace tome {

struct OdtStyle {
  NamedStyle named;
  bool hidden = false;  // its text is not displayed
};

class OdtStyles {
 public:
  // Adds the style:style elements of styles.xml or content.xml; those given first win.
  void add(const pugi::xml_node& root);

  // What the style of a paragraph or of a span, or the nearest one that it is derived from, says.
  OdtStyle of_paragraph(std::string_view name) const { return find('p', name); }
  OdtStyle of_span(std::string_view name) const { return find('t', name); }

 private:
  OdtStyle find(char family, std::string_view name) const;

  struct Entry {
    OdtStyle own;
    std::string parent;
  };
  std::map<std::string, Entry> entries_;  // by the family's letter and the name
};

}  // namespace tome
