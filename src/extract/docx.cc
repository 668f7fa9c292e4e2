// SPDX-License-Identifier: GPL-2.0-or-later
// DOCX (Office Open XML, ECMA-376) -> Document. Left out: what is deleted but tracked, comments,
// hidden text, the instructions of fields, tables of contents, headers and footers, drawings but
// for the text in their boxes. kLimit: see xml.h and archive.h.
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "extract/archive.h"
#include "extract/docx_body.h"
#include "extract/docx_package.h"
#include "extract/field_values.h"
#include "extract/front_matter.h"
#include "extract/office_meta.h"
#include "extract/readers.h"
#include "extract/xml.h"
#include "text/text.h"

namespace tome {
namespace {

void read_core(const pugi::xml_node& root, WorkInfo& info) {
  std::string changed;
  for (const pugi::xml_node node : root.children()) {
    const std::string_view name = local_name(node);
    const std::string text = squeeze(text_below(node));
    if (name == "title") {
      info.title = text;
    } else if (name == "creator") {
      info.authors = split_authors(text);
    } else if (name == "keywords") {
      info.topics = split_keywords(text);
    } else if (name == "language") {
      info.language = language_code(text);
    } else if (name == "created") {
      info.year = year_in(text);
    } else if (name == "modified") {
      changed = text;
    }
  }
  if (info.year == 0) info.year = year_in(changed);
}

void read_custom(const pugi::xml_node& root, WorkInfo& info) {
  for (const pugi::xml_node node : root.children()) {
    take_named_field(attribute_named(node, "name"), text_below(node), info);
  }
}

bool is_wanted(std::string_view name) { return name.ends_with(".xml") || name.ends_with(".rels"); }

}  // namespace

Result<Document> read_docx(std::string_view bytes) {
  const Result<Members> members = unzip(bytes, is_wanted);
  if (!members) return members.error();
  std::string main = related_part(*members, "", "/officeDocument");
  if (!members->contains(main)) main = "word/document.xml";
  if (!members->contains(main)) {
    return Error{Code::kUnsupported, "damaged: word/document.xml is missing", "", ""};
  }
  const Result<Xml> content = parse_xml(members->at(main), main);
  if (!content) return content.error();
  const pugi::xml_node body = child_named(content->tree.document_element(), "body");
  if (!body) {
    return Error{Code::kUnsupported, fmt::format("damaged: {} holds no text", main), "", ""};
  }
  std::vector<std::string> warnings;
  std::vector<Xml> kept;  // the trees that notes stand in
  // Text without its styles, notes or metadata is still text.
  const auto optional = [&](const std::string& from, std::string_view type, auto take) {
    const auto part = members->find(related_part(*members, from, type));
    if (part == members->end()) return;
    Result<Xml> xml = parse_xml(part->second, part->first);
    if (xml) {
      take(xml->tree.document_element());
      kept.push_back(std::move(*xml));
    } else {
      warnings.push_back(xml.error().message);
    }
  };
  DocxStyles styles;
  DocxNotes notes;
  optional(main, "/styles", [&](const pugi::xml_node& root) { styles.add(root); });
  for (const std::string kind : {"footnote", "endnote"}) {
    optional(main, "/" + kind + "s", [&](const pugi::xml_node& root) {
      for (const pugi::xml_node note : root.children()) {
        notes.emplace(kind + " " + std::string(attribute_named(note, "id")), note);
      }
    });
  }
  Document document = read_docx_body(body, styles, std::move(notes));
  document.encoding = content->encoding;
  document.replaced = content->replaced;
  optional("", "/core-properties",
           [&](const pugi::xml_node& root) { read_core(root, document.meta); });
  optional("", "/custom-properties",
           [&](const pugi::xml_node& root) { read_custom(root, document.meta); });
  document.warnings = std::move(warnings);
  return document;
}

}  // namespace tome
