// SPDX-License-Identifier: GPL-2.0-or-later
// Items, and terms with what is said of them.
#include <algorithm>
#include <string>

#include "extract/asciidoc_reader.h"

namespace tome {

using namespace markup;
using namespace asciidoc;

// Makes the list of `marker` the innermost; its item comes next.
void AsciiDocReader::enter_list(const Marker& marker, std::size_t i) {
  writer_.flush(true);
  if (!block_title_.empty() || !attributes_.id.empty()) {
    attached_ = false;
    begin_block(i);
  }
  attached_ = false;
  attributes_ = {};
  const auto from =
      markers_.begin() + static_cast<std::ptrdiff_t>(std::min(base(), markers_.size()));
  const auto found = std::find(from, markers_.end(), marker.key);
  if (found != markers_.end()) {
    markers_.erase(found + 1, markers_.end());
  } else if (markers_.size() < static_cast<std::size_t>(kMarkupDepth)) {
    markers_.push_back(marker.key);
  }
  writer_.depth = static_cast<int>(markers_.size());
}

std::size_t AsciiDocReader::item(std::size_t i, const Marker& marker) {
  enter_list(marker, i);
  const std::size_t end = text_end(i, true);
  std::string text = gathered(i, end, false);
  text.erase(0, marker.size);
  std::string_view words = trim(text);
  for (const std::string_view box : {"[ ] ", "[x] ", "[*] "}) {
    if (words.starts_with(box)) words.remove_prefix(box.size());
  }
  writer_.paragraph(inline_text(words), number(i));
  return end;
}

// "a::", "b:: text" ...: terms that share one text.
std::size_t AsciiDocReader::terms(std::size_t i) {
  const std::uint32_t line = number(i);
  const Marker first = marker_of(lines_.text(i));
  enter_list(first, i);
  std::string lead;
  for (;;) {
    const std::string_view text = lines_.text(i);
    const Marker marker = marker_of(text);
    lead += inline_text(trim(text.substr(0, marker.term_size)));
    const bool alone = trim(text.substr(marker.size)).empty();
    if (!alone) {
      lines_.cut(i, marker.size);
      break;
    }
    i = lines_.skip_blank(i + 1, lines_.size());
    if (i == lines_.size()) break;
    const Marker next = marker_of(lines_.text(i));
    if (!next.term || next.key != first.key) break;
    lead += ", ";
  }
  writer_.lead(lead + (lead.ends_with(':') ? " " : ": "), line);
  if (i == lines_.size()) return i;
  const std::string_view text = lines_.text(i);
  AsciiDocAttributes ignored;
  if (text == "+" || is_verbatim(text) || is_compound(text) || is_table(text) ||
      marker_of(text).size > 0 || !condition_of(text).name.empty() ||
      read_asciidoc_attributes(text, ignored) || title_at(lines_, i).level > 0) {
    return i;
  }
  const std::size_t end = text_end(i, true);
  writer_.paragraph(inline_text(gathered(i, end, false)), line);
  return end;
}

}  // namespace tome
