// SPDX-License-Identifier: GPL-2.0-or-later
// FictionBook 2.x -> blocks. The notes of a body stand after the paragraph that refers to them;
// those that nobody refers to stay in the body that they are in. The annotation opens the text.
// Left out: binaries and images. kLimit: see xml.h.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "extract/field_values.h"
#include "extract/office_blocks.h"
#include "extract/office_meta.h"
#include "extract/readers.h"
#include "extract/xml.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::string_view kBullet = "\xE2\x80\xA2";

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool has_words(std::string_view text) { return count_words(text) > 0; }

// White space of the file is one space.
void append_folded(std::string_view text, std::string& out) {
  for (const char c : text) out += c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
}

// Whether all of the paragraph that shows is <code>.
bool is_code(const pugi::xml_node& paragraph) {
  bool code = false;
  for (const pugi::xml_node node : paragraph.children()) {
    if (local_name(node) == "code") {
      code = true;
    } else if (!local_name(node).empty() || !squeeze(node.value()).empty()) {
      return false;
    }
  }
  return code;
}

// Recursion is bounded by kMaxXmlDepth.
class FictionBookReader {
 public:
  Document read(const pugi::xml_node& book) && {
    find_notes(book);
    const pugi::xml_node description = child_named(book, "description");
    walk(child_named(child_named(description, "title-info"), "annotation"), 1);
    for (const pugi::xml_node body : book.children()) {
      if (local_name(body) == "body" && has_more(body)) walk(body, 1);
    }
    return std::move(blocks_).finish();
  }

 private:
  // Sections by ID, of the bodies that have a name ("notes", "comments").
  void find_notes(const pugi::xml_node& book) {
    for (const pugi::xml_node body : book.children()) {
      if (local_name(body) != "body" || attribute_named(body, "name").empty()) continue;
      find_notes_below(body);
    }
  }

  void find_notes_below(const pugi::xml_node& parent) {
    for (const pugi::xml_node section : parent.children()) {
      if (local_name(section) != "section") continue;
      const std::string id(attribute_named(section, "id"));
      if (!id.empty()) notes_.emplace(id, section);
      find_notes_below(section);
    }
  }

  // False for a body of notes that all stand behind their references.
  bool has_more(const pugi::xml_node& body) const {
    const auto nodes = body.children();
    return std::any_of(nodes.begin(), nodes.end(), [&](const pugi::xml_node& node) {
      return !one_of(local_name(node), {"", "title", "image"}) && !told_.contains(node);
    });
  }

  // `level`: that of a title here.
  void walk(const pugi::xml_node& parent, int level) {
    for (const pugi::xml_node node : parent.children()) block(node, level);
  }

  void block(const pugi::xml_node& node, int level) {
    const std::string_view name = local_name(node);
    if (name == "section") {
      if (told_.contains(node)) return;
      walk(node, local_name(node.parent()) == "section" ? level + 1 : level);
    } else if (name == "title") {
      blocks_.heading(level, title_text(node));
    } else if (name == "subtitle") {
      subtitle(node, level + 1);
    } else if (name == "p" || name == "text-author" || name == "date") {
      paragraph(node);
    } else if (name == "stanza") {
      std::string text;
      for (const pugi::xml_node verse : node.children()) {
        if (local_name(verse) == "v") append_line(verse, text);
        if (one_of(local_name(verse), {"title", "subtitle"})) paragraph(verse);
      }
      blocks_.paragraph(text);
    } else if (name == "tr") {
      row(node);
    } else if (one_of(name, {"poem", "cite", "epigraph"})) {
      // Their titles open no section.
      for (const pugi::xml_node child : node.children()) {
        if (local_name(child) == "title") {
          walk(child, level);
        } else if (local_name(child) == "subtitle") {
          paragraph(child);
        } else {
          block(child, level);
        }
      }
    } else if (!one_of(name, {"", "image", "empty-line"})) {
      walk(node, level);
    }
  }

  // "Chapter 1" over "The Night" is "Chapter 1. The Night".
  std::string title_text(const pugi::xml_node& title) {
    std::string out;
    for (const pugi::xml_node line : title.children()) {
      std::string text;
      if (local_name(line) == "p") inline_text(line, text);
      text = squeeze(text);
      if (text.empty()) continue;
      if (!out.empty()) {
        out += std::string_view(".:!?,;-").find(out.back()) == std::string_view::npos ? ". " : " ";
      }
      out += text;
    }
    return out;
  }

  // "* * *" between scenes is a subtitle too.
  void subtitle(const pugi::xml_node& node, int level) {
    std::string text;
    inline_text(node, text);
    if (has_words(text)) blocks_.heading(level, text);
  }

  void paragraph(const pugi::xml_node& node) {
    std::string text;
    if (is_code(node)) {
      return blocks_.code(text_below(node));
    }
    inline_text(node, text);
    // There are no lists in the format: writers put bullets before their items.
    std::string_view rest = text;
    int depth = 0;
    for (; rest.starts_with(kBullet); ++depth) {
      rest.remove_prefix(kBullet.size());
      while (rest.starts_with(' ') || rest.starts_with("\xC2\xA0")) {
        rest.remove_prefix(rest.starts_with(' ') ? 1 : 2);
      }
    }
    if (depth > 0) {
      blocks_.item(depth, rest);
    } else {
      blocks_.paragraph(text);
    }
  }

  void append_line(const pugi::xml_node& node, std::string& out) {
    if (!out.empty()) out += '\n';
    inline_text(node, out);
  }

  void row(const pugi::xml_node& node) {
    std::vector<std::string> cells;
    for (const pugi::xml_node cell : node.children()) {
      if (one_of(local_name(cell), {"td", "th"})) inline_text(cell, cells.emplace_back());
    }
    blocks_.row(cells);
  }

  void inline_text(const pugi::xml_node& parent, std::string& out) {
    for (const pugi::xml_node node : parent.children()) {
      const std::string_view name = local_name(node);
      if (is_text(node)) {
        append_folded(node.value(), out);
      } else if (name == "a") {
        inline_text(node, out);
        note(node);
      } else if (name == "p") {
        inline_text(node, out);  // within a cell
        out += ' ';
      } else if (!name.empty() && name != "image") {
        inline_text(node, out);
      }
    }
  }

  // Tells a note once, where it is first referred to.
  void note(const pugi::xml_node& link) {
    const std::string_view target = attribute_named(link, "href");
    // A note within a note stays where it is: a chain of them may be long.
    if (in_note_ || !target.starts_with('#')) return;
    const auto found = notes_.find(target.substr(1));
    if (found == notes_.end()) return;
    const pugi::xml_node section = found->second;
    told_.insert(section);
    notes_.erase(found);
    std::string mark = squeeze(text_below(link));
    mark.erase(0, mark.find_first_not_of("[({"));
    mark.resize(mark.find_last_not_of("])}") + 1);
    std::string text;
    in_note_ = true;
    for (const pugi::xml_node node : section.children()) {
      // Its title is the number.
      if (local_name(node) == "title") continue;
      std::string line;
      inline_text(node, line);
      if (squeeze(line).empty()) continue;
      text += line + "\n";
    }
    in_note_ = false;
    blocks_.note(mark, text);
  }

  OfficeBlocks blocks_;
  std::map<std::string, pugi::xml_node, std::less<>> notes_;  // not told yet
  std::set<pugi::xml_node> told_;
  bool in_note_ = false;
};

std::string child_text(const pugi::xml_node& node, std::string_view name) {
  return squeeze(text_below(child_named(node, name)));
}

std::string author_name(const pugi::xml_node& author) {
  const std::string name =
      squeeze(child_text(author, "first-name") + " " + child_text(author, "middle-name") + " " +
              child_text(author, "last-name"));
  return name.empty() ? child_text(author, "nickname") : name;
}

WorkInfo read_description(const pugi::xml_node& description) {
  const pugi::xml_node title_info = child_named(description, "title-info");
  const pugi::xml_node publish_info = child_named(description, "publish-info");
  WorkInfo info;
  info.kind = Kind::kBook;
  info.title = child_text(title_info, "book-title");
  if (info.title.empty()) info.title = child_text(publish_info, "book-name");
  for (const pugi::xml_node node : title_info.children()) {
    if (local_name(node) != "author") continue;
    std::string name = author_name(node);
    if (!name.empty()) info.authors.push_back(std::move(name));
  }
  info.language = language_code(child_text(title_info, "lang"));
  info.topics = split_keywords(child_text(title_info, "keywords"));
  const pugi::xml_node date = child_named(title_info, "date");
  info.year = year_in(attribute_named(date, "value"));
  if (info.year == 0) info.year = year_in(child_text(title_info, "date"));
  if (info.year == 0) info.year = year_in(child_text(publish_info, "year"));
  info.publisher = child_text(publish_info, "publisher");
  info.isbn = isbn_in(child_text(publish_info, "isbn"));
  return info;
}

}  // namespace

Result<Document> read_fiction_book(std::string_view bytes) {
  const Result<Xml> xml = parse_xml(bytes, "the file");
  if (!xml) return xml.error();
  const pugi::xml_node book = xml->tree.document_element();
  if (local_name(book) != "FictionBook") {
    return Error{Code::kUnsupported, "damaged: the file holds no FictionBook", "", ""};
  }
  Document document = FictionBookReader().read(book);
  document.encoding = xml->encoding;
  document.replaced = xml->replaced;
  document.meta = read_description(child_named(book, "description"));
  return document;
}

}  // namespace tome
