// SPDX-License-Identifier: GPL-2.0-or-later
// The body of a DOCX (WordprocessingML, ECMA-376 part 1, 17) -> blocks. Safe from any thread.
#pragma once

#include <map>
#include <pugixml.hpp>
#include <string>

#include "extract/document.h"
#include "extract/docx_package.h"

namespace tome {

// The notes of a document by "footnote 2", as nodes of their parts.
using DocxNotes = std::map<std::string, pugi::xml_node>;

// Reads the blocks below w:body, and the title that a paragraph in the style Title gives. The tree
// is one of parse_xml().
Document read_docx_body(const pugi::xml_node& body, const DocxStyles& styles, DocxNotes notes);

}  // namespace tome
