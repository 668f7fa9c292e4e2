// SPDX-License-Identifier: GPL-2.0-or-later
// OpenDocument text (ODF 1.3, part 3) -> blocks. Left out: what is deleted but tracked, comments,
// hidden text, tables of contents and indexes, headers and footers, objects. kLimit: see xml.h and
// archive.h.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "extract/archive.h"
#include "extract/field_values.h"
#include "extract/front_matter.h"
#include "extract/office_blocks.h"
#include "extract/office_meta.h"
#include "extract/open_document_styles.h"
#include "extract/readers.h"
#include "extract/xml.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMaxSpaces = 64;  // that one <text:s> may stand for

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_hidden(const pugi::xml_node& node) {
  return attribute_named(node, "is-hidden") == "true" || attribute_named(node, "display") == "none";
}

std::size_t count_in(std::string_view digits) {
  std::size_t value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') break;
    value = std::min(value * 10 + static_cast<std::size_t>(c - '0'), kMaxSpaces);
  }
  return value;
}

// Recursion is bounded by kMaxXmlDepth.
class OdtReader {
 public:
  explicit OdtReader(const OdtStyles& styles) : styles_(styles) {}

  Document read(const pugi::xml_node& body) && {
    walk(body, 0);
    Document document = std::move(blocks_).finish();
    document.title = std::move(title_);
    return document;
  }

 private:
  void walk(const pugi::xml_node& parent, int depth) {
    for (const pugi::xml_node node : parent.children()) block(node, depth);
  }

  // `depth`: lists around.
  void block(const pugi::xml_node& node, int depth) {
    const std::string_view name = local_name(node);
    if (name == "p" || name == "h") {
      paragraph(node, name == "h", depth);
    } else if (name == "list") {
      walk(node, depth + 1);
    } else if (name == "numbered-paragraph") {
      walk(node, std::max<int>(1, static_cast<int>(count_in(attribute_named(node, "level")))));
    } else if (name == "table") {
      table(node, depth);
    } else if (name == "note") {
      return;  // in a paragraph only
    } else if (name == "section") {
      if (!is_hidden(node)) walk(node, depth);
    } else if (!one_of(name, {"", "tracked-changes", "forms", "annotation", "index-source",
                              "table-of-content", "alphabetical-index", "illustration-index",
                              "table-index", "object-index", "user-index"})) {
      walk(node, depth);
    }
  }

  void paragraph(const pugi::xml_node& node, bool heading, int depth) {
    const OdtStyle style = styles_.of_paragraph(attribute_named(node, "style-name"));
    if (style.hidden || style.named.role == StyleRole::kContents) return;
    std::string text;
    inline_text(node, text);
    const int given = static_cast<int>(count_in(attribute_named(node, "outline-level")));
    if (heading) {
      blocks_.heading(given, text);
    } else if (style.named.role == StyleRole::kHeading) {
      blocks_.heading(style.named.level, text);
    } else if (style.named.role == StyleRole::kTitle && depth == 0) {
      if (title_.empty()) title_ = squeeze(text);
      blocks_.heading(1, text);
    } else if (style.named.role == StyleRole::kCode) {
      blocks_.code(text);
    } else if (depth > 0) {
      blocks_.item(depth, text);
    } else {
      blocks_.paragraph(text);
    }
    // What floats beside the paragraph stands after it.
    for (const pugi::xml_node& box : std::exchange(boxes_, {})) walk(box, 0);
  }

  // White space of the file is one space, and none opens a paragraph (ODF 1.3 part 3, 6.1.2).
  static void append_collapsed(std::string_view text, std::string& out) {
    for (const char c : text) {
      if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
        out += c;
      } else if (!out.empty() && out.back() != ' ') {
        out += ' ';
      }
    }
  }

  void inline_text(const pugi::xml_node& parent, std::string& out) {
    for (const pugi::xml_node node : parent.children()) {
      if (is_text(node)) {
        append_collapsed(node.value(), out);
        continue;
      }
      const std::string_view name = local_name(node);
      if (name == "s") {
        const std::string_view count = attribute_named(node, "c");
        out.append(count.empty() ? 1 : count_in(count), ' ');
      } else if (name == "tab") {
        out += '\t';
      } else if (name == "line-break") {
        out += '\n';
      } else if (name == "note") {
        note(node, out);
      } else if (name == "span") {
        if (!styles_.of_span(attribute_named(node, "style-name")).hidden) inline_text(node, out);
      } else if (std::string_view(node.name()).starts_with("draw:")) {
        boxes_.push_back(node);
      } else if (!is_hidden(node) && !one_of(name, {"", "annotation", "ruby-text", "page-number",
                                                    "page-count", "number", "script"})) {
        inline_text(node, out);
      }
    }
  }

  void note(const pugi::xml_node& node, std::string& out) {
    const std::string mark = squeeze(text_below(child_named(node, "note-citation")));
    out += "[" + mark + "]";
    std::string text;
    flat(child_named(node, "note-body"), text);
    blocks_.note(mark, text);
  }

  // All paragraphs below, whatever they are, a line each.
  void flat(const pugi::xml_node& parent, std::string& out) {
    for (const pugi::xml_node node : parent.children()) {
      const std::string_view name = local_name(node);
      if (name == "p" || name == "h") {
        std::string text;
        inline_text(node, text);
        out += text + "\n";
      } else if (!name.empty() && name != "annotation") {
        flat(node, out);
      }
    }
  }

  static void find_rows(const pugi::xml_node& parent, std::vector<pugi::xml_node>& rows) {
    for (const pugi::xml_node node : parent.children()) {
      const std::string_view name = local_name(node);
      if (name == "table-row") {
        rows.push_back(node);
      } else if (one_of(name, {"table-header-rows", "table-rows", "table-row-group"})) {
        find_rows(node, rows);
      }
    }
  }

  static bool has_columns(const pugi::xml_node& row) {
    const auto cells = row.children();
    return 1 < std::count_if(cells.begin(), cells.end(), [](const pugi::xml_node& cell) {
             return one_of(local_name(cell), {"table-cell", "covered-table-cell"});
           });
  }

  void table(const pugi::xml_node& node, int depth) {
    std::vector<pugi::xml_node> rows;
    find_rows(node, rows);
    bool columns = false;
    for (const pugi::xml_node& row : rows) columns = columns || has_columns(row);
    for (const pugi::xml_node& row : rows) {
      // One column is a frame around text.
      if (!columns) {
        for (const pugi::xml_node cell : row.children()) walk(cell, depth);
        continue;
      }
      std::vector<std::string> cells;
      for (const pugi::xml_node cell : row.children()) {
        if (local_name(cell) != "table-cell") continue;
        flat(cell, cells.emplace_back());
      }
      blocks_.row(cells);
      for (const pugi::xml_node& box : std::exchange(boxes_, {})) walk(box, 0);
    }
  }

  const OdtStyles& styles_;
  OfficeBlocks blocks_;
  std::vector<pugi::xml_node> boxes_;  // frames and shapes of the paragraph at hand
  std::string title_;
};

void read_meta(const pugi::xml_node& root, WorkInfo& info) {
  std::string creator;
  std::string created;
  std::string changed;
  for (const pugi::xml_node node : child_named(root, "meta").children()) {
    const std::string_view name = local_name(node);
    const std::string text = squeeze(text_below(node));
    if (name == "title") {
      info.title = text;
    } else if (name == "initial-creator") {
      info.authors = split_authors(text);
    } else if (name == "creator") {
      creator = text;
    } else if (name == "language") {
      info.language = language_code(text);
    } else if (name == "keyword") {
      for (std::string& word : split_keywords(text)) info.topics.push_back(std::move(word));
    } else if (name == "publisher") {
      info.publisher = text;
    } else if (name == "creation-date") {
      created = text;
    } else if (name == "date") {
      changed = text;
    } else if (name == "user-defined") {
      take_named_field(attribute_named(node, "name"), text, info);
    }
  }
  if (info.authors.empty()) info.authors = split_authors(creator);
  if (info.year == 0) info.year = year_in(created.empty() ? changed : created);
}

bool is_wanted(std::string_view name) {
  return one_of(name, {"content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"});
}

}  // namespace

Result<Document> read_open_document(std::string_view bytes) {
  const Result<Members> members = unzip(bytes, is_wanted);
  if (!members) return members.error();
  const auto member = [&](const char* name) {
    const auto found = members->find(name);
    return found == members->end() ? std::string_view() : std::string_view(found->second);
  };
  if (member("META-INF/manifest.xml").find("encryption-data") != std::string_view::npos) {
    return Error{Code::kUnsupported, "encrypted: the file asks for a password",
                 "save it without a password", ""};
  }
  if (member("content.xml").empty()) {
    return Error{Code::kUnsupported, "damaged: content.xml is missing", "", ""};
  }
  const Result<Xml> content = parse_xml(member("content.xml"), "content.xml");
  if (!content) return content.error();
  OdtStyles styles;
  styles.add(content->tree.document_element());
  std::vector<std::string> warnings;
  // Text without its styles or its metadata is still text.
  const auto optional = [&](const char* name, auto take) {
    if (member(name).empty()) return;
    const Result<Xml> xml = parse_xml(member(name), name);
    if (xml) {
      take(xml->tree.document_element());
    } else {
      warnings.push_back(xml.error().message);
    }
  };
  optional("styles.xml", [&](const pugi::xml_node& root) { styles.add(root); });
  const pugi::xml_node body =
      child_named(child_named(content->tree.document_element(), "body"), "text");
  if (!body) return Error{Code::kUnsupported, "damaged: content.xml holds no text", "", ""};
  Document document = OdtReader(styles).read(body);
  document.encoding = content->encoding;
  document.replaced = content->replaced;
  optional("meta.xml", [&](const pugi::xml_node& root) { read_meta(root, document.meta); });
  document.warnings = std::move(warnings);
  return document;
}

}  // namespace tome
