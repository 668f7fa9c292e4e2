// SPDX-License-Identifier: GPL-2.0-or-later
#include "mcp/plain.h"

#include <fmt/format.h>

#include "present/clean.h"
#include "present/paint.h"
#include "text/text.h"

namespace tome::mcp {

std::string shortened(std::string text, std::size_t limit) {
  constexpr std::string_view more = "…";
  if (text.size() <= limit) return text;
  text.resize(utf8_floor(text, limit - more.size()));
  return text.append(more);
}

std::string plain_line(std::string_view text, std::size_t limit) {
  // Cut first: cleaning a title of 10 MB to throw it away costs more than the answer.
  const std::size_t enough = utf8_floor(text, 4 * limit);
  std::string line = clean_line(text.substr(0, enough));
  if (enough < text.size() && line.size() <= limit) line += "…";
  return shortened(std::move(line), limit);
}

std::string plain_name(std::string_view name) {
  return shortened(clean_name(name), 4096);  // PATH_MAX of Linux: shorter, it could not be opened
}

std::string plain_list(const std::vector<std::string>& lines, std::string_view between,
                       std::size_t most) {
  std::string out;
  std::size_t listed = 0;
  for (const std::string& line : lines) {
    if (listed == most) break;
    const std::string clean = plain_line(line, 200);
    ++listed;
    if (clean.empty()) continue;
    if (!out.empty()) out += between;
    out += clean;
  }
  if (listed < lines.size()) {
    out += fmt::format("{}and {} more", between, grouped(lines.size() - listed));
  }
  return out;
}

std::string plain_snippet(const Snippet& snippet) {
  return shortened(tome::snippet(snippet).text, kPassageBytes);
}

std::string plain_title(const WorkInfo& work, const std::vector<WorkRef>& in,
                        std::string_view untitled) {
  return shortened(title_line(work, in, untitled).text, kLineBytes);
}

std::string plain_title_alone(const WorkInfo& work, std::string_view untitled) {
  WorkInfo alone;
  alone.title = work.title;
  alone.subtitle = work.subtitle;
  return plain_title(alone, {}, untitled);
}

std::string plain_place(const Locator& where) {
  // The whole path can be opened from any folder; "/" begins no path twice, so none is shortened.
  const TerminalStyle style{.folder = "/"};
  return shortened(locator(where, style), 4096);
}

std::string plain_error(const Error& error) {
  std::string out = plain_line(error.message);
  if (!error.path.empty()) out += ": " + plain_name(error.path);
  if (!error.hint.empty()) out += "\ntry: " + plain_line(error.hint);
  return out + '\n';
}

bool Page::add(std::string_view entry) {
  if (any_ && text_.size() + entry.size() > kPageBytes) return false;
  any_ = true;
  text_ += entry;
  return true;
}

void Page::say(std::string_view line) {
  text_ += line;
  text_ += '\n';
}

}  // namespace tome::mcp
