// SPDX-License-Identifier: GPL-2.0-or-later
#include "present/wrap.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>

#include "text/text.h"

namespace tome {
namespace {

constexpr std::string_view kEllipsis = "…";

struct CloseBreaks {
  void operator()(UBreakIterator* it) const { ubrk_close(it); }
};

// Opening one costs more than wrapping a snippet, and one serves a single thread: one each.
UBreakIterator* line_breaks() {
  thread_local const std::unique_ptr<UBreakIterator, CloseBreaks> breaks = [] {
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator* it = ubrk_open(UBRK_LINE, "", nullptr, 0, &status);
    return std::unique_ptr<UBreakIterator, CloseBreaks>(U_SUCCESS(status) ? it : nullptr);
  }();
  return breaks.get();
}

std::int32_t character_before(std::string_view text, std::size_t at) {
  std::size_t i = utf8_floor(text, at - 1);
  return next_character(text, i);
}

// UAX 14 would also break "--offset", "well-known" and "a/b"; a reader copies such words whole.
// From U+0E00 on stand the scripts without spaces, dashes and emoji, where it knows best.
bool good_break(std::string_view line, std::size_t at) {
  const std::int32_t before = character_before(line, at);
  std::size_t i = at;
  if (line.substr(at) == kEllipsis) return false;  // never alone on a line
  return before == ' ' || before >= 0x0E00 || next_character(line, i) >= 0x0E00;
}

// Ends of the pieces of `line` that stay whole, the last one its end.
std::vector<std::size_t> piece_ends(std::string_view line) {
  std::vector<std::size_t> ends;
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator* breaks = line_breaks();
  UText text = UTEXT_INITIALIZER;
  utext_openUTF8(&text, line.data(), static_cast<std::int64_t>(line.size()), &status);
  if (breaks != nullptr) ubrk_setUText(breaks, &text, &status);
  if (breaks != nullptr && U_SUCCESS(status)) {
    for (std::int32_t at = ubrk_next(breaks); at != UBRK_DONE; at = ubrk_next(breaks)) {
      const auto end = static_cast<std::size_t>(at);
      if (end < line.size() && good_break(line, end)) ends.push_back(end);
    }
  } else {
    for (std::size_t i = 1; i < line.size(); ++i) {
      if (line[i - 1] == ' ' && line[i] != ' ') ends.push_back(i);
    }
  }
  utext_close(&text);
  ends.push_back(line.size());
  return ends;
}

std::size_t trimmed_end(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin && text[end - 1] == ' ') --end;
  return end;
}

// Where to cut text[begin, end) so that at most `room` columns stand before: after at least one
// character, never before one that joins the one before it; `end` when all of it fits.
std::size_t cut(std::string_view text, std::size_t begin, std::size_t end, std::size_t room) {
  std::size_t best = begin;
  std::size_t width = 0;
  for (std::size_t i = begin; i < end;) {
    const std::size_t at = i;
    const std::int32_t c = next_character(text, i);
    const std::size_t columns = display_width(text.substr(at, i - at));
    const bool joins =
        at > begin && (columns == 0 || character_before(text, at) == 0x200D ||  // ZERO WIDTH JOINER
                       u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER));
    if (!joins && at > begin) best = at;
    width += columns;
    if (width > room && best > begin) return best;
  }
  return end;
}

// Appends the lines of text[begin, end), which has no \n in it.
void wrap_line(std::string_view text, std::size_t begin, std::size_t end, std::size_t width,
               std::vector<Line>& lines) {
  const std::size_t body = std::min(text.find_first_not_of(' ', begin), end);
  const std::size_t indent = std::min(body - begin, width / 2);
  // Indentation that would leave no room for words is cut down to what its continuation gets.
  const bool deep = body - begin > indent;
  Line line{deep ? body : begin, deep ? body : begin, deep ? indent : 0};
  std::size_t column = line.indent;
  const auto finish = [&](std::size_t at) {
    line.end = trimmed_end(text, line.begin, at);
    lines.push_back(line);
    line = {at, at, indent};
    column = indent;
  };
  std::size_t from = line.begin;
  for (const std::size_t piece : piece_ends(text.substr(begin, end - begin))) {
    const std::size_t to = begin + piece;
    if (to <= body && to != end) continue;  // indentation belongs to what follows it
    const std::size_t seen = trimmed_end(text, from, to);
    if (from > line.begin && column + display_width(text.substr(from, seen - from)) > width) {
      finish(from);
    }
    for (std::size_t at = cut(text, from, seen, width - column); at < seen;
         at = cut(text, from, seen, width - column)) {
      finish(at);
      from = at;
    }
    column += display_width(text.substr(from, to - from));
    from = to;
  }
  finish(end);
}

}  // namespace

std::vector<Line> wrap(std::string_view text, std::size_t width, bool blank_lines) {
  std::vector<Line> lines;
  bool blank = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (trimmed_end(text, begin, end) == begin) {
      blank = blank_lines;
    } else {
      if (blank && !lines.empty()) lines.push_back({begin, begin, 0});
      blank = false;
      wrap_line(text, begin, end, width, lines);
    }
    begin = end + 1;
  }
  return lines;
}

}  // namespace tome
