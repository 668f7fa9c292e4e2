// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/builder.h"

#include <utility>

#include "extract/labels.h"

namespace tome {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// White space, the first byte of a no-break space, or a control character.
bool may_be_space(char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\xC2'; }

// Code keeps its indentation: only whole blank lines go.
std::string_view trim_code(std::string_view text) {
  std::size_t end = text.size();
  while (end > 0 && is_space(text[end - 1])) --end;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < end && is_space(text[i]); ++i) {
    if (text[i] == '\n') begin = i + 1;
  }
  return text.substr(begin, end - begin);
}

// Lines of one list, table or label stand directly below each other.
bool stands_close(Style above, Style below) {
  if (above == Style::kLabel) return below != Style::kHeading && below != Style::kCode;
  return above == below && (below == Style::kListItem || below == Style::kTableRow);
}

}  // namespace

std::string tidy(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool space = false;
  bool line = false;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i;
    // Words with single spaces between them stay as they are.
    while (end < text.size() &&
           (!may_be_space(text[end]) || (text[end] == ' ' && end > i && end + 1 < text.size() &&
                                         !may_be_space(text[end + 1])))) {
      ++end;
    }
    if (end == i) {
      if (is_space(text[i])) {
        space = true;
        line = line || text[i] == '\n';
        ++i;
        continue;
      }
      if (text.substr(i, 2) == "\xC2\xA0") {
        space = true;
        i += 2;
        continue;
      }
      ++end;
    }
    if (space && !out.empty()) out += line ? '\n' : ' ';
    space = line = false;
    out.append(text, i, end - i);
    i = end;
  }
  return out;
}

bool DocumentBuilder::add(Block block, std::string_view text) {
  std::string tidied;
  if (block.style != Style::kCode) {
    tidied = tidy(text);
    text = tidied;
  } else {
    text = trim_code(text);
  }
  if (text.empty()) return false;
  std::string& out = document_.text;
  if (!document_.blocks.empty()) {
    out += stands_close(document_.blocks.back().style, block.style) ? "\n" : "\n\n";
  }
  block.begin = static_cast<std::uint32_t>(out.size());
  out += text;
  block.end = static_cast<std::uint32_t>(out.size());
  document_.blocks.push_back(std::move(block));
  return true;
}

bool DocumentBuilder::add_heading(int level, std::string_view text, std::uint32_t line,
                                  std::string anchor, std::uint32_t page) {
  Block block;
  block.style = Style::kHeading;
  block.page = page;
  block.level = level;
  block.line = line;
  block.anchor = std::move(anchor);
  const std::string tidied = tidy(text);
  const Numbered numbered = split_number(tidied);
  block.numbered = numbered.number >= 0;
  const std::string_view title = block.numbered ? numbered.rest : std::string_view(tidied);
  return add(std::move(block), title);
}

bool DocumentBuilder::add_paragraph(std::string_view text, std::uint32_t line, std::string anchor) {
  Block block;
  block.line = line;
  block.anchor = std::move(anchor);
  const std::string tidied = tidy(text);
  if (is_lone_label(tidied)) block.style = Style::kLabel;
  return add(std::move(block), tidied);
}

}  // namespace tome
