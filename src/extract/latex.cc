// SPDX-License-Identifier: GPL-2.0-or-later
// LaTeX -> blocks, at a level that can be read and searched; nothing is typeset. Own code, because
// Debian has programs for it (pandoc) and no library. Of a command that is not known, what stands
// in its braces is text.
#include <algorithm>
#include <utility>

#include "extract/front_matter.h"
#include "extract/latex_reader.h"
#include "extract/readers.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kDeepestGroup = 256;
constexpr std::size_t kLongestTitle = 4 << 10;

int year_of(std::string_view date) {
  for (std::size_t i = 0; i + 4 <= date.size(); ++i) {
    const std::string_view four = date.substr(i, 4);
    if ((four.starts_with("19") || four.starts_with("20")) &&
        std::all_of(four.begin(), four.end(), [](char c) { return c >= '0' && c <= '9'; })) {
      return std::stoi(std::string(four));
    }
  }
  return 0;
}

}  // namespace

Document LatexReader::read() && {
  for (std::string_view text = input_.rest(); !text.empty() && !ended_; text = input_.rest()) {
    step(text);
  }
  if (preamble_) page_.drop_text();
  Document document = std::move(page_).finish();
  document.title = meta_.title;
  document.meta = std::move(meta_);
  document.warnings = std::move(warnings_);
  return document;
}

void LatexReader::say(std::string_view text) {
  if (!muted()) page_.say(text, input_.line());
}

void LatexReader::end_paragraph() {
  if (muted()) return;
  end_label();
  // A title that was never closed.
  if (page_.captured() > kLongestTitle) page_.release_captures();
  page_.end_paragraph();
}

void LatexReader::step(std::string_view text) {
  switch (text[0]) {
    case '\\':
      command(text);
      return;
    case '%':
      comment(text);
      return;
    case '{':
      open_group(Group::kPlain, 0);
      return;
    case '}':
      input_.skip(1);
      close_group();
      // Two arguments of a command that is not known.
      if (input_.rest().starts_with('{') && !input_.rest().starts_with("{}")) say(" ");
      return;
    case '$':
      dollar(text);
      return;
    case '&':
      if (page_.in_table() && !page_.capturing()) {
        page_.end_cell(input_.line());
      } else {
        say("&");
      }
      input_.skip(1);
      return;
    case '\n':
      line_end(text);
      return;
    case '~':
      say(" ");
      input_.skip(1);
      return;
    case ']':
      input_.skip(1);
      if (in_label_ && groups_.size() + unseen_ == label_depth_) {
        end_label();
      } else {
        say("]");
      }
      return;
    default:
      if (!mono() && ligature(text)) return;
      const std::size_t end = std::min(text.find_first_of("\\%{}$&\n~]-`'", 1), text.size());
      say(text.substr(0, end));
      input_.skip(end);
  }
}

bool LatexReader::ligature(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> kLigatures[] = {
      {"---", "\u2014"}, {"--", "\u2013"}, {"``", "\u201C"}, {"''", "\u201D"}, {"`", "\u2018"}};
  for (const auto& [written, meant] : kLigatures) {
    if (!text.starts_with(written)) continue;
    say(meant);
    input_.skip(written.size());
    return true;
  }
  return false;
}

// To the end of the line, and the blanks that begin the next.
void LatexReader::comment(std::string_view text) {
  std::size_t i = std::min(text.find('\n'), text.size());
  if (i < text.size()) ++i;
  while (i < text.size() && (text[i] == ' ' || text[i] == '\t')) ++i;
  input_.skip(i);
  if (i < text.size() && text[i] == '\n') end_paragraph();
}

void LatexReader::line_end(std::string_view text) {
  std::size_t i = 1;
  bool blank = false;
  for (; i < text.size() && (text[i] == ' ' || text[i] == '\t' || text[i] == '\n'); ++i) {
    blank = blank || text[i] == '\n';
  }
  if (blank) {
    end_paragraph();
  } else {
    say(" ");
  }
  input_.skip(i);
}

// A group of the kind, of which the brace stands at the position.
void LatexReader::open_group(Group kind, int level) {
  if (groups_.size() >= kDeepestGroup) {
    input_.skip(1);
    ++unseen_;
    return;
  }
  OpenGroup group;
  group.line = input_.line();
  input_.skip(1);
  const bool captured = kind != Group::kPlain && kind != Group::kMono && kind != Group::kNote &&
                        kind != Group::kCaption;
  if (captured && !page_.begin_capture()) kind = Group::kPlain;
  group.kind = kind;
  group.mono = mono() || kind == Group::kMono;
  group.level = level;
  groups_.push_back(group);
}

void LatexReader::close_group() {
  page_.drop_accent(input_.line());
  if (unseen_ > 0) {
    --unseen_;
    return;
  }
  if (groups_.empty()) return;
  const OpenGroup group = groups_.back();
  groups_.pop_back();
  switch (group.kind) {
    case Group::kPlain:
    case Group::kMono:
      return;
    case Group::kNote:
      say("]");
      return;
    case Group::kCaption:
      end_paragraph();
      return;
    case Group::kHeading: {
      const std::string text = page_.take_capture();
      if (!muted()) page_.heading(group.level, text, group.line);
      return;
    }
    case Group::kTitle:
      meta_.title = squeeze(page_.take_capture());
      return;
    case Group::kSubtitle:
      meta_.subtitle = squeeze(page_.take_capture());
      return;
    case Group::kAuthor:
      read_authors(page_.take_capture());
      return;
    case Group::kDate:
      meta_.year = year_of(page_.take_capture());
      return;
  }
}

// Authors are divided by \and (a tab by now); behind a line's end stands where they work.
void LatexReader::read_authors(std::string_view text) {
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\t', at), text.size());
    const std::string_view one = text.substr(at, end - at);
    const std::string name = squeeze(one.substr(0, one.find('\n')));
    for (std::string& author : split_authors(name)) meta_.authors.push_back(std::move(author));
    at = end + 1;
  }
}

void LatexReader::dollar(std::string_view text) {
  const bool display = text.starts_with("$$");
  const std::string_view sign = display ? "$$" : "$";
  const std::uint32_t line = input_.line();
  input_.skip(sign.size());
  std::string_view inner;
  if (!input_.take_until(sign, kLongestMath, inner)) {
    say("$");
  } else {
    math(inner, line, display);
  }
}

void LatexReader::math(std::string_view inner, std::uint32_t line, bool display) {
  if (muted()) return;
  std::string text = squeeze(inner);
  const std::size_t label = text.find("\\label{");
  if (label != std::string::npos) {
    const std::size_t end = std::min(text.find('}', label), text.size() - 1);
    text.erase(label, end + 1 - label);
  }
  if (display) {
    page_.math(text, line);
  } else {
    page_.say(text, line);
  }
}

void LatexReader::end_label() {
  if (!std::exchange(in_label_, false)) return;
  const std::string label = page_.take_capture();
  page_.item(label, label_line_);
}

Document read_latex(std::string_view text) { return LatexReader(text).read(); }

}  // namespace tome
