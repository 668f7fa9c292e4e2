// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/docx_body.h"

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "extract/office_blocks.h"
#include "extract/xml.h"
#include "text/text.h"

namespace tome {
namespace {

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Of the forms that a writer offers of one thing, the first.
pugi::xml_node chosen(const pugi::xml_node& alternatives) {
  const pugi::xml_node choice = child_named(alternatives, "Choice");
  return choice ? choice : child_named(alternatives, "Fallback");
}

// A code point as UTF-8; nothing for those of symbol fonts, which mean nothing outside of them.
void append_symbol(std::string_view hex, std::string& out) {
  std::uint32_t value = 0;
  for (const char c : hex.substr(0, 6)) {
    const bool digit = c >= '0' && c <= '9';
    const char lower = static_cast<char>(c | 0x20);
    if (!digit && (lower < 'a' || lower > 'f')) return;
    value = value * 16 + static_cast<std::uint32_t>(digit ? c - '0' : lower - 'a' + 10);
  }
  if (value < 0x20 || value > 0xFFFF || (value >= 0xD800 && value < 0xF900)) return;
  append_character(value, out);
}

// Recursion is bounded by kMaxXmlDepth.
class DocxReader {
 public:
  DocxReader(const DocxStyles& styles, DocxNotes notes)
      : styles_(styles), notes_(std::move(notes)) {}

  Document read(const pugi::xml_node& body) && {
    walk(body);
    if (!carried_.empty()) blocks_.paragraph(carried_);
    Document document = std::move(blocks_).finish();
    document.title = std::move(title_);
    return document;
  }

 private:
  void walk(const pugi::xml_node& parent) {
    for (const pugi::xml_node node : parent.children()) block(node);
  }

  void block(const pugi::xml_node& node) {
    const std::string_view name = local_name(node);
    if (name == "p") {
      paragraph(node);
    } else if (name == "tbl") {
      table(node);
    } else if (name == "AlternateContent") {
      walk(chosen(node));
    } else if (!one_of(name, {"", "del", "moveFrom", "sectPr", "sdtPr", "sdtEndPr", "tblPr", "tcPr",
                              "pPr", "rPr", "t", "delText", "instrText"})) {
      walk(node);
    }
  }

  void paragraph(const pugi::xml_node& node) {
    const pugi::xml_node properties = child_named(node, "pPr");
    const pugi::xml_node mark = child_named(properties, "rPr");
    DocxStyle style = styles_.find(property_value(properties, "pStyle"));
    if (const int outline = small_number(property_value(properties, "outlineLvl"), -1);
        outline >= 0 && style.named.role != StyleRole::kTitle) {
      style.named = outline < 9 ? NamedStyle{StyleRole::kHeading, outline + 1} : NamedStyle{};
    }
    if (const pugi::xml_node list = child_named(properties, "numPr")) {
      const bool none = property_value(list, "numId") == "0";
      style.list_depth = none ? 0 : small_number(property_value(list, "ilvl"), 0) + 1;
    }
    std::string text = std::exchange(carried_, {});
    if (!style.hidden) inline_text(node, text);
    // What goes on below is the result of a field, never its instruction.
    fields_.clear();
    instructions_ = 0;
    if (child_named(mark, "del") || child_named(mark, "moveFrom")) {
      carried_ = std::move(text);  // the end of this paragraph is deleted
    } else if (style.named.role != StyleRole::kContents) {
      add(style, text);
    }
    for (const pugi::xml_node& box : std::exchange(boxes_, {})) walk(box);
  }

  void add(const DocxStyle& style, const std::string& text) {
    switch (style.named.role) {
      case StyleRole::kHeading:
        return blocks_.heading(style.named.level, text);
      case StyleRole::kTitle:
        if (title_.empty()) title_ = squeeze(text);
        return blocks_.heading(1, text);
      case StyleRole::kCode:
        return blocks_.code(text);
      default:
        return style.list_depth > 0 ? blocks_.item(style.list_depth, text)
                                    : blocks_.paragraph(text);
    }
  }

  void inline_text(const pugi::xml_node& parent, std::string& out) {
    for (const pugi::xml_node node : parent.children()) {
      const std::string_view name = local_name(node);
      if (name == "t") {
        if (instructions_ == 0) out += text_below(node);
      } else if (name == "r") {
        if (!is_run_hidden(node)) inline_text(node, out);
      } else if (name == "tab" || name == "ptab") {
        out += '\t';
      } else if (name == "br" || name == "cr") {
        out += '\n';
      } else if (name == "noBreakHyphen") {
        out += '-';
      } else if (name == "sym") {
        append_symbol(attribute_named(node, "char"), out);
      } else if (name == "fldChar") {
        field(attribute_named(node, "fldCharType"));
      } else if (name == "footnoteReference" || name == "endnoteReference") {
        note(name, attribute_named(node, "id"), out);
      } else if (name == "txbxContent") {
        boxes_.push_back(node);
      } else if (name == "AlternateContent") {
        inline_text(chosen(node), out);
      } else if (one_of(name, {"drawing", "pict", "object"})) {
        std::string ignored;
        inline_text(node, ignored);
      } else if (name == "den") {
        out += '/';  // of a fraction
        inline_text(node, out);
      } else if (!one_of(name, {"", "pPr", "rPr", "del", "moveFrom", "delText", "instrText", "rt",
                                "delInstrText", "sdtPr", "sdtEndPr"})) {
        inline_text(node, out);
      }
    }
  }

  bool is_run_hidden(const pugi::xml_node& run) const {
    const pugi::xml_node properties = child_named(run, "rPr");
    if (!properties) return false;
    if (child_named(properties, "vanish")) return is_on(properties, "vanish");
    return styles_.find(property_value(properties, "rStyle")).hidden;
  }

  // Between begin and separate stand instructions, until end the result.
  void field(std::string_view type) {
    if (type == "begin") {
      fields_.push_back(true);
      ++instructions_;
    } else if (!fields_.empty() && (type == "separate" || type == "end")) {
      if (fields_.back()) --instructions_;
      fields_.back() = false;
      if (type == "end") fields_.pop_back();
    }
  }

  void note(std::string_view reference, std::string_view id, std::string& out) {
    if (instructions_ > 0) return;
    const std::string kind(reference.substr(0, reference.find("Reference")));
    const auto found = notes_.find(kind + " " + std::string(id));
    if (found == notes_.end()) return;
    // Out of the map: a note stands once, and none refers to itself.
    const pugi::xml_node node = found->second;
    notes_.erase(found);
    const std::string mark = std::to_string(++note_count_);
    out += "[" + mark + "]";
    queue_.emplace_back(mark, node);
    // A note within a note waits: a chain of them may be long.
    if (queue_.size() > 1) return;
    while (!queue_.empty()) {
      std::string text;
      flat(queue_.front().second, text);
      blocks_.note(queue_.front().first, text);
      queue_.pop_front();
    }
  }

  // All paragraphs below, whatever they are, a line each.
  void flat(const pugi::xml_node& parent, std::string& out) {
    for (const pugi::xml_node node : parent.children()) {
      const std::string_view name = local_name(node);
      if (name == "p") {
        inline_text(node, out);
        out += '\n';
      } else if (name == "AlternateContent") {
        flat(chosen(node), out);
      } else if (!one_of(name, {"", "del", "moveFrom", "sdtPr", "tcPr"})) {
        flat(node, out);
      }
    }
  }

  // The elements of that name below, those within content controls and insertions included.
  static void find_parts(const pugi::xml_node& parent, std::string_view wanted,
                         std::vector<pugi::xml_node>& found) {
    for (const pugi::xml_node node : parent.children()) {
      const std::string_view name = local_name(node);
      if (name == wanted) {
        found.push_back(node);
      } else if (one_of(name, {"sdt", "sdtContent", "customXml", "ins", "moveTo"})) {
        find_parts(node, wanted, found);
      }
    }
  }

  void table(const pugi::xml_node& node) {
    std::vector<pugi::xml_node> rows;
    find_parts(node, "tr", rows);
    std::vector<std::vector<pugi::xml_node>> cells;
    std::size_t columns = 0;
    for (const pugi::xml_node& row : rows) {
      if (child_named(child_named(row, "trPr"), "del")) continue;
      find_parts(row, "tc", cells.emplace_back());
      columns = std::max(columns, cells.back().size());
    }
    for (const std::vector<pugi::xml_node>& row : cells) {
      // One column is a frame around text.
      if (columns < 2) {
        for (const pugi::xml_node& cell : row) walk(cell);
        continue;
      }
      std::vector<std::string> texts;
      for (const pugi::xml_node& cell : row) flat(cell, texts.emplace_back());
      blocks_.row(texts);
      for (const pugi::xml_node& box : std::exchange(boxes_, {})) walk(box);
    }
  }

  const DocxStyles& styles_;
  DocxNotes notes_;
  OfficeBlocks blocks_;
  std::vector<pugi::xml_node> boxes_;  // text boxes of the paragraph at hand
  std::vector<bool> fields_;           // open ones; true: within the instruction
  int instructions_ = 0;               // how many of them are true
  std::string carried_;                // a paragraph that goes on in the next
  std::string title_;
  int note_count_ = 0;
  std::deque<std::pair<std::string, pugi::xml_node>> queue_;  // notes to be read
};

}  // namespace

Document read_docx_body(const pugi::xml_node& body, const DocxStyles& styles, DocxNotes notes) {
  return DocxReader(styles, std::move(notes)).read(body);
}

}  // namespace tome
