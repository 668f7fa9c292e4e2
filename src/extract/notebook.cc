// SPDX-License-Identifier: GPL-2.0-or-later
// Jupyter notebooks (nbformat 3 and 4) -> blocks: cells of Markdown by its reader, code and the
// text that it printed as code. Pictures and HTML among the outputs are left out.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "extract/builder.h"
#include "extract/readers.h"
#include "text/text.h"

namespace tome {
namespace {

using Json = nlohmann::json;

constexpr int kDeepest = 64;
constexpr std::size_t kLongestOutput = 4 << 10;

// Whether arrays and objects nest too deeply; strings are passed over.
bool too_deep(std::string_view text) {
  int depth = 0;
  bool string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (string) {
      if (c == '\\') ++i;
      if (c == '"') string = false;
    } else if (c == '"') {
      string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kDeepest) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

// A string, or the lines of one; empty for all else. JSON may hold NUL and lone carriage returns,
// which no text of a document does.
std::string string_of(const Json* value) {
  std::string out;
  if (value != nullptr && value->is_string()) out = value->get_ref<const std::string&>();
  if (value != nullptr && value->is_array()) {
    for (const Json& line : *value) {
      if (line.is_string()) out += line.get_ref<const std::string&>();
    }
  }
  std::string clean;
  clean.reserve(out.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (out[i] != '\r') {
      clean += out[i];
    } else if (i + 1 == out.size() || out[i + 1] != '\n') {
      clean += '\n';
    }
  }
  repair_utf8(clean);
  return clean;
}

std::string string_of(const Json& object, const char* key) {
  return string_of(member(object, key));
}

// Colours of a terminal: ESC [ ... letter.
std::string without_colours(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\x1B') {
      out += text[i];
      continue;
    }
    if (i + 1 < text.size() && text[i + 1] == '[') {
      i += 2;
      while (i < text.size() && (text[i] < '@' || text[i] > '~')) ++i;
    }
  }
  return out;
}

class NotebookReader {
 public:
  void cell(const Json& cell) {
    const std::string kind = string_of(cell, "cell_type");
    // In nbformat 3 a code cell has its text under "input".
    const std::string source =
        string_of(cell, member(cell, "source") != nullptr ? "source" : "input");
    if (kind == "markdown") {
      markdown(source);
    } else if (kind == "code") {
      code(source);
      if (const Json* outputs = member(cell, "outputs");
          outputs != nullptr && outputs->is_array()) {
        for (const Json& one : *outputs) output(one);
      }
    } else if (kind == "heading") {
      const Json* level = member(cell, "level");
      const int given = level != nullptr && level->is_number_integer() ? level->get<int>() : 1;
      builder_.add_heading(std::min(std::max(given, 1), 6), source, 0, "");
    } else {
      add(read_plain(source));
    }
  }

  Document finish(WorkInfo info) && {
    Document document = std::move(builder_).finish();
    document.meta = info.title.empty() ? std::move(front_) : std::move(info);
    document.title = document.meta.title.empty() ? title_ : document.meta.title;
    return document;
  }

 private:
  void markdown(const std::string& source) {
    const Document document = read_markdown(source);
    if (builder_.empty() && front_.title.empty()) front_ = document.meta;
    add(document);
  }

  // The blocks of a cell, of which neither line nor anchor is one of the file.
  void add(const Document& document) {
    for (const Block& block : document.blocks) {
      Block copy;
      copy.style = block.style;
      copy.level = block.level;
      copy.numbered = block.numbered;
      const std::string_view text =
          std::string_view(document.text).substr(block.begin, block.end - block.begin);
      if (title_.empty() && block.style == Style::kHeading) title_ = squeeze(text);
      builder_.add(std::move(copy), text);
    }
  }

  void code(std::string_view text) {
    Block block;
    block.style = Style::kCode;
    builder_.add(std::move(block), text);
  }

  void output(const Json& output) {
    const std::string kind = string_of(output, "output_type");
    std::string text;
    if (const Json* data = member(output, "data"); data != nullptr && kind != "stream") {
      text = string_of(*data, "text/plain");
    } else if (kind == "pyerr" || kind == "error") {
      text = string_of(output, "ename") + ": " + string_of(output, "evalue");
    } else {
      text = string_of(output, "text");  // of a stream; of all in nbformat 3
    }
    text = without_colours(text);
    text.resize(utf8_floor(text, std::min(text.size(), kLongestOutput)));
    code(text);
  }

  DocumentBuilder builder_;
  WorkInfo front_;     // of the front matter in the first cell
  std::string title_;  // the first heading
};

void read_cells(const Json& holder, NotebookReader& reader) {
  const Json* cells = member(holder, "cells");
  if (cells == nullptr || !cells->is_array()) return;
  for (const Json& cell : *cells) reader.cell(cell);
}

WorkInfo info_of(const Json& notebook) {
  WorkInfo info;
  const Json* metadata = member(notebook, "metadata");
  if (metadata == nullptr) return info;
  info.title = squeeze(string_of(*metadata, "title"));
  if (const Json* authors = member(*metadata, "authors");
      authors != nullptr && authors->is_array()) {
    for (const Json& author : *authors) {
      std::string name =
          squeeze(author.is_string() ? string_of(&author) : string_of(author, "name"));
      if (!name.empty()) info.authors.push_back(std::move(name));
    }
  }
  return info;
}

}  // namespace

Result<Document> read_notebook(std::string_view text) {
  if (too_deep(text)) {
    return Error{Code::kLimit, fmt::format("nests more than {} levels deep", kDeepest), "", ""};
  }
  Json notebook;
  try {
    notebook = Json::parse(text);
  } catch (const Json::out_of_range&) {
    return Error{Code::kUnsupported, "damaged: not JSON: a number that is too large", "", ""};
  } catch (const Json::parse_error& error) {
    return Error{Code::kUnsupported,
                 fmt::format("damaged: not JSON: an error at byte {}", error.byte), "", ""};
  }
  const Json* worksheets = member(notebook, "worksheets");  // nbformat 3
  const bool old = worksheets != nullptr && worksheets->is_array();
  const Json* cells = member(notebook, "cells");
  if (!old && (cells == nullptr || !cells->is_array())) {
    return Error{Code::kUnsupported, "the file is JSON, but no notebook: it has no cells", "", ""};
  }
  NotebookReader reader;
  read_cells(notebook, reader);
  if (old) {
    for (const Json& sheet : *worksheets) read_cells(sheet, reader);
  }
  return std::move(reader).finish(info_of(notebook));
}

}  // namespace tome
