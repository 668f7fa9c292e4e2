// SPDX-License-Identifier: GPL-2.0-or-later
// OfficeBlocks: what the readers of word processors' files and of FictionBook share on top of
// DocumentBuilder: lines of code that become one block, notes that stand after their block, text
// without soft hyphens and control characters. Also what the names of their styles mean. One
// thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/builder.h"

namespace tome {

class OfficeBlocks {
 public:
  void heading(int level, std::string_view text);  // levels above 6 become 6
  void paragraph(std::string_view text);
  void item(int depth, std::string_view text);
  void row(const std::vector<std::string>& cells);  // nothing when all cells are empty
  void code(std::string_view lines);                // joins code directly before it

  // A footnote of the next block: it stands after that, or after the list or table that it is in.
  void note(std::string_view mark, std::string_view text);

  Document finish() &&;

 private:
  void end_code();
  void end_notes();
  void add(Block block, std::string_view text);

  DocumentBuilder builder_;
  std::vector<std::string> coming_;   // notes of the block that comes next
  std::vector<std::string> waiting_;  // notes of blocks that are there
  std::string code_;
  bool in_code_ = false;
};

// Appends a code point as UTF-8; U+FFFD for what is no character.
void append_character(std::uint32_t character, std::string& out);

// What the name of a paragraph style says, in any case: "heading 3".
enum class StyleRole { kNone, kHeading, kTitle, kCode, kContents };
struct NamedStyle {
  StyleRole role = StyleRole::kNone;
  int level = 0;  // of a heading
};
NamedStyle role_of_style(std::string_view name);

}  // namespace tome
