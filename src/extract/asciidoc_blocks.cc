// SPDX-License-Identifier: GPL-2.0-or-later
// Block macros, and what stands between delimiters: listings, tables, and blocks that hold others.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "extract/asciidoc_reader.h"

namespace tome {

using namespace markup;
using namespace asciidoc;

// image::x[alt] and what else stands for a block; true: it was one.
bool AsciiDocReader::block_macro(std::size_t i) {
  const std::string_view text = lines_.text(i);
  const std::size_t colons = text.substr(0, 20).find("::");
  if (colons == std::string_view::npos || text.back() != ']') return false;
  const std::string_view name = text.substr(0, colons);
  const std::size_t open = text.find('[');
  constexpr std::string_view kNames[] = {"image", "video", "audio", "toc", "gist", "partial"};
  if (open == std::string_view::npos ||
      std::find(std::begin(kNames), std::end(kNames), name) == std::end(kNames)) {
    return false;
  }
  begin_block(i);
  attributes_ = {};
  std::string_view alt = text.substr(open + 1, text.size() - open - 2);
  if (name != "image") return true;
  const bool quoted = alt.starts_with('"');
  alt = quoted ? alt.substr(1, std::min(alt.find('"', 1), alt.size()) - 1)
               : alt.substr(0, alt.find(','));
  if (alt.find('=') == std::string_view::npos) writer_.paragraph(inline_text(alt), number(i));
  return true;
}

// ---- .... ++++ //// ```
std::size_t AsciiDocReader::verbatim(std::size_t i) {
  const std::string_view delimiter = lines_.text(i);
  const std::string_view closing = delimiter[0] == '`' ? delimiter.substr(0, 3) : delimiter;
  std::size_t end = i + 1;
  while (end < lines_.size() && lines_.text(end) != closing) ++end;
  const AsciiDocAttributes attributes = std::exchange(attributes_, {});
  const bool math = attributes.style == "stem" || attributes.style == "latexmath";
  if (delimiter[0] != '/' && (delimiter[0] != '+' || math)) {
    attributes_.id = attributes.id;
    begin_block(i);
    attributes_ = {};
    listing(i + 1, end, attributes.style);
  }
  return std::min(end + 1, lines_.size());
}

void AsciiDocReader::listing(std::size_t first, std::size_t last, std::string_view style) {
  if (first >= last) return writer_.flush(false);
  if (style == "verse") {
    return writer_.paragraph(inline_text(lines_.code(first, last, UINT32_MAX)), number(first));
  }
  std::string code;
  for (std::size_t i = first; i < last; ++i) {
    const Condition include = condition_of(lines_.blank(i) ? " " : lines_.text(i));
    code += include.name == "include"
                ? asciidoc_substituted("Included: " + std::string(include.target) + "\n", names_)
                : lines_.code(i, i + 1, 0);
  }
  writer_.code(code, number(first));
}

std::size_t AsciiDocReader::table(std::size_t i) {
  const std::string_view delimiter = lines_.text(i);
  std::size_t end = i + 1;
  while (end < lines_.size() && lines_.text(end) != delimiter) ++end;
  const AsciiDocAttributes attributes = std::exchange(attributes_, {});
  attributes_.id = attributes.id;
  begin_block(i);
  attributes_ = {};
  for (const AsciiDocRow& row :
       read_asciidoc_table(lines_, i + 1, end, delimiter[0], attributes, names_.budget)) {
    std::vector<std::string> cells;
    for (const std::string& cell : row.cells) cells.push_back(inline_text(trim(cell)));
    writer_.row(cells, row.line + before_);
  }
  return std::min(end + 1, lines_.size());
}

// ==== **** ____ --: opens a block, or closes the nearest that it fits.
std::size_t AsciiDocReader::compound(std::size_t i) {
  const std::string_view delimiter = lines_.text(i);
  const auto found = std::find_if(open_.rbegin(), open_.rend(),
                                  [&](const Open& open) { return open.delimiter == delimiter; });
  if (found != open_.rend()) {
    Open closed = std::move(*found);
    open_.erase(std::next(found).base(), open_.end());
    writer_.flush(false);
    markers_.resize(std::min(markers_.size(), closed.lists));
    writer_.depth = static_cast<int>(markers_.size());
    if (!closed.attribution.empty()) writer_.paragraph(closed.attribution, number(i));
    attached_ = false;
    return i + 1;
  }
  const std::string style = attributes_.style;
  constexpr std::string_view kCode[] = {"source", "listing", "literal", "verse", "stem"};
  if (std::find(std::begin(kCode), std::end(kCode), style) != std::end(kCode)) return verbatim(i);
  if (style == "comment") {
    attributes_ = {};
    while (++i < lines_.size() && lines_.text(i) != delimiter) {
    }
    return i + 1;
  }
  begin_block(i);
  const AsciiDocAttributes attributes = std::exchange(attributes_, {});
  if (open_.size() >= static_cast<std::size_t>(kMarkupDepth)) return i + 1;
  if (const auto name = admonition(style); !name.empty()) {
    writer_.lead(std::string(name) + ": ", number(i));
  }
  open_.push_back({std::string(delimiter), markers_.size(), attribution(attributes)});
  return i + 1;
}

std::string AsciiDocReader::attribution(const AsciiDocAttributes& attributes) {
  if (attributes.style != "quote" && attributes.style != "verse") return {};
  std::string out;
  for (std::size_t i = 1; i < attributes.positional.size() && i < 3; ++i) {
    if (attributes.positional[i].empty()) continue;
    out.append(out.empty() ? "\u2014 " : ", ").append(inline_text(attributes.positional[i]));
  }
  return out;
}

}  // namespace tome
