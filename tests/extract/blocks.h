// SPDX-License-Identifier: GPL-2.0-or-later
// Helpers of the extract tests: documents as short text, so that a test shows what it expects.
#pragma once

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "extract/extract.h"

namespace tome {

inline std::string_view text_of(const Document& document, const Block& block) {
  return std::string_view(document.text).substr(block.begin, block.end - block.begin);
}

// One line a block: style and level ("H2", "P", "-1", "|", "C", "L"; "#" when numbered), anchor
// ("@a") and text, a line end in it as "\".
inline std::string show(const Document& document) {
  constexpr const char* kMarks[] = {"P", "H", "-", "|", "C", "L"};
  std::string out;
  for (const Block& block : document.blocks) {
    std::string text(text_of(document, block));
    for (char& c : text) c = c == '\n' ? '\\' : c;
    out += kMarks[static_cast<int>(block.style)];
    if (block.level > 0) out += std::to_string(block.level);
    if (block.numbered) out += "#";
    if (!block.anchor.empty()) out += " @" + block.anchor;
    out += " " + text + "\n";
  }
  return out;
}

// The lines on which the blocks start: "1 3 4".
inline std::string lines_of(const Document& document) {
  std::string out;
  for (const Block& block : document.blocks) {
    out += fmt::format("{}{}", out.empty() ? "" : " ", block.line);
  }
  return out;
}

inline Document read(Format format, std::string_view bytes) {
  auto document = extract(format, bytes);
  return document.ok() ? *document : Document{};
}

inline std::string show_text(std::string_view bytes) { return show(read(Format::kText, bytes)); }
inline std::string show_md(std::string_view bytes) { return show(read(Format::kMarkdown, bytes)); }
inline std::string show_html(std::string_view bytes) { return show(read(Format::kHtml, bytes)); }

inline std::string data_file(const std::string& name) {
  std::ifstream in(std::string(TOME_TEST_DATA) + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace tome
