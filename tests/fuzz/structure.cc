// SPDX-License-Identifier: GPL-2.0-or-later
// Documents that no extractor makes. Each line of the input is a block: its first byte says what
// block (# heading, = numbered heading, - item, | row, ` code, : label, anything else a paragraph),
// the second its level; \ in it is a line end, and ~ twenty words.
#include "documents.h"
#include "target.h"
#include "text/text.h"

namespace tome::fuzz {
namespace {

constexpr std::string_view kTwenty =
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty ";
constexpr std::size_t kMostText = 1 << 20;

Block block_of(std::string_view& line) {
  Block block;
  const unsigned char mark = take_byte(line);
  const int level = line.empty() ? 1 : 1 + take_byte(line) % 6;
  switch (mark) {
    case '#':
    case '=':
      block.style = Style::kHeading;
      block.numbered = mark == '=';
      block.level = level;
      break;
    case '-':
      block.style = Style::kListItem;
      block.level = level;
      break;
    case '|':
      block.style = Style::kTableRow;
      break;
    case '`':
      block.style = Style::kCode;
      break;
    case ':':
      block.style = Style::kLabel;
      break;
    default:
      break;
  }
  return block;
}

std::string text_of(std::string_view line) {
  std::string text;
  for (const char c : line) {
    if (c == '~') {
      text += kTwenty;
    } else {
      text += c == '\\' ? '\n' : c == '\r' ? ' ' : c;
    }
  }
  repair_utf8(text);
  const std::size_t first = text.find_first_not_of(" \t\n\f\v");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\n\f\v") + 1 - first);
}

}  // namespace

void run_structure(std::string_view bytes) {
  static constexpr std::string_view kFormats[] = {"text", "markdown", "html", "pdf"};
  Document document;
  document.format = kFormats[take_byte(bytes) % std::size(kFormats)];
  std::uint32_t line = 0;
  while (!bytes.empty() && document.text.size() < kMostText) {
    std::string_view rest = take_line(bytes);
    Block block = block_of(rest);
    const std::string text = text_of(rest);
    if (text.empty()) continue;
    if (!document.text.empty()) document.text += "\n\n";
    block.begin = static_cast<std::uint32_t>(document.text.size());
    document.text += text;
    block.end = static_cast<std::uint32_t>(document.text.size());
    block.line = line += 2;
    document.blocks.push_back(std::move(block));
  }
  require_none(broken_promise(document));  // of the code above
  check_structure(document);
}

}  // namespace tome::fuzz
