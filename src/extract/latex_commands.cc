// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "extract/front_matter.h"
#include "extract/latex_reader.h"
#include "text/ascii.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMostWarnings = 20;
constexpr std::size_t kNoLimit = std::string_view::npos;

// The smallest n >= `at` that is not within a character.
std::size_t utf8_ceil(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] & '\xC0') == '\x80') ++at;
  return std::min(at, text.size());
}

bool is_citation(std::string_view name) {
  return name.starts_with("cite") || name.ends_with("cite") || name == "Cite" ||
         name.ends_with("citep") || name.ends_with("citet");
}

bool is_reference(std::string_view name) {
  return name == "ref" || name.ends_with("ref") || name == "vref" || name == "Cref";
}

}  // namespace

void LatexReader::command(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && is_ascii_letter(text[end])) ++end;
  if (end == 1) {
    sign(text.substr(0, utf8_ceil(text, 2)));
    return;
  }
  const std::string name(text.substr(1, end - 1));
  input_.skip(end);
  if (environment(name) || raw_text(name) || definition(name) || structure(name)) return;
  if (const auto found = macros_.find(name); found != macros_.end()) {
    input_.expand(found->second);
    return;
  }
  if (const std::string_view symbol = latex_symbol(name); !symbol.empty()) {
    say(symbol);
    input_.skip_space();
    return;
  }
  if (const char32_t mark = latex_accent(name); mark != 0) {
    input_.skip_space();
    page_.set_accent(muted() ? 0 : mark);
    return;
  }
  drop_arguments(name);
}

// A backslash and one character that is no letter.
void LatexReader::sign(std::string_view both) {
  input_.skip(both.size());
  if (both.size() < 2) return;
  const std::string_view name = both.substr(1);
  const std::uint32_t line = input_.line();
  std::string_view inner;
  if (name == "\\") {
    if (input_.rest().starts_with('*')) input_.skip(1);
    if (input_.rest().starts_with('[')) input_.take_group('[', inner);
    row_or_line();
  } else if (name == "(" || name == "[") {
    const bool display = name == "[";
    if (input_.take_until(display ? "\\]" : "\\)", kLongestMath, inner)) {
      math(inner, line, display);
    }
  } else if (const std::string_view symbol = latex_symbol(name); !symbol.empty()) {
    say(symbol);
  } else if (const char32_t mark = latex_accent(name); mark != 0) {
    page_.set_accent(muted() ? 0 : mark);
  } else if (name == " " || name == "," || name == ";" || name == ":" || name == "\n") {
    say(" ");
  }
}

void LatexReader::row_or_line() {
  if (muted()) return;
  if (page_.in_table() && !page_.capturing()) {
    page_.end_row();
  } else {
    say("\n");
  }
}

// \verb|x|, \lstinline{x}, \url{x}: nothing in them is a command.
bool LatexReader::raw_text(const std::string& name) {
  const bool verb = name == "verb" || name == "lstinline" || name == "mintinline";
  if (!verb && name != "url" && name != "path" && name != "nolinkurl") return false;
  std::string_view inner;
  if (input_.rest().starts_with('*')) input_.skip(1);
  if (name != "verb" && verb) optional();
  if (name == "mintinline") drop(1);
  const std::string_view text = input_.rest();
  if (text.empty()) return true;
  if (text[0] == '{' && name != "verb") {
    if (input_.take_group('{', inner)) say(inner);
    return true;
  }
  if (!verb) return true;
  const std::string mark(text.substr(0, utf8_ceil(text, 1)));
  input_.skip(mark.size());
  constexpr std::size_t kLongest = 1000;
  if (input_.take_until(mark, kLongest, inner)) say(inner);
  return true;
}

bool LatexReader::definition(const std::string& name) {
  std::string_view made, body;
  if (name == "newcommand" || name == "renewcommand" || name == "providecommand") {
    if (input_.rest().starts_with('*')) input_.skip(1);
    if (!input_.take_command_name(made)) return true;
    const std::string key(made);
    const bool arguments = input_.take_group('[', body);
    if (arguments) input_.take_group('[', body);
    if (input_.take_group('{', body) && !arguments) define(key, body);
  } else if (name == "def" || name == "gdef" || name == "edef") {
    if (!input_.take_command_name(made)) return true;
    const std::string key(made);
    constexpr std::size_t kLongestPattern = 100;
    const std::size_t brace = input_.rest().substr(0, kLongestPattern).find('{');
    if (brace == std::string_view::npos) return true;
    input_.skip(brace);
    if (input_.take_group('{', body) && brace == 0) define(key, body);
  } else if (name == "let") {
    input_.take_command_name(made);
    if (input_.rest().starts_with('=')) input_.skip(1);
    input_.take_command_name(made);
  } else if (name == "DefineVerbatimEnvironment") {
    if (!input_.take_group('{', made)) return true;
    const std::string key(made);
    drop(1);
    if (input_.take_group('{', body) && verbatims_.size() < kMostNames) {
      verbatims_[key] = body.find("commandchars") != std::string_view::npos;
    }
  } else if (name == "newtheorem") {
    if (input_.rest().starts_with('*')) input_.skip(1);
    if (!input_.take_group('{', made)) return true;
    const std::string key(made);
    optional();
    if (input_.take_group('{', body) && statements_.size() < kMostNames) {
      statements_[key] = squeeze(body);
    }
    optional();
  } else if (name == "iffalse") {
    input_.take_until("\\fi", kNoLimit, body);
  } else {
    return false;
  }
  return true;
}

void LatexReader::define(const std::string& name, std::string_view body) {
  if (macros_.size() < kMostNames) macros_[name] = std::make_shared<const std::string>(body);
}

// Commands that make the page: headings, items, notes.
bool LatexReader::structure(const std::string& name) {
  if (const int level = latex_level(name); level > 0) {
    page_.release_captures();
    end_label();
    captured(Group::kHeading, name == "part" ? 1 : std::min(level + parts_, 6));
  } else if (name == "title" || name == "subtitle") {
    captured(name == "title" ? Group::kTitle : Group::kSubtitle, 0);
  } else if (name == "author" || name == "date") {
    captured(name == "author" ? Group::kAuthor : Group::kDate, 0);
  } else if (name == "and") {
    say("\t");
  } else if (name == "item") {
    item();
  } else if (name == "bibitem") {
    std::string_view key;
    optional();
    if (input_.take_group('{', key) && !muted()) {
      page_.item("[" + std::string(key) + "]", input_.line());
    }
  } else if (name == "footnote" || name == "footnotetext" || name == "marginpar") {
    optional();
    input_.skip_space();
    if (!input_.rest().starts_with('{')) return true;
    say(" [");
    open_group(Group::kNote, 0);
  } else if (name == "caption" || name == "captionof") {
    if (input_.rest().starts_with('*')) input_.skip(1);
    if (name == "captionof") drop(1);
    optional();
    end_paragraph();
    input_.skip_space();
    if (input_.rest().starts_with('{')) open_group(Group::kCaption, 0);
  } else if (name == "texttt" || name == "code" || name == "ttfamily") {
    input_.skip_space();
    if (input_.rest().starts_with('{')) open_group(Group::kMono, 0);
  } else if (name == "par" || name == "newpage" || name == "clearpage") {
    end_paragraph();
  } else if (name == "newline" || name == "tabularnewline") {
    row_or_line();
  } else if (name == "input" || name == "include" || name == "subfile") {
    include();
  } else if (name != "nocite" && is_citation(name)) {
    cite();
  } else if (name == "hyperref") {
    optional();
  } else if (is_reference(name) && name != "href") {
    std::string_view label;
    if (input_.rest().starts_with('*')) input_.skip(1);
    if (input_.take_group('{', label)) say(label);
  } else {
    return false;
  }
  return true;
}

void LatexReader::captured(Group kind, int level) {
  if (input_.rest().starts_with('*')) input_.skip(1);
  optional();
  input_.skip_space();
  if (input_.rest().starts_with('{')) open_group(kind, level);
}

void LatexReader::item() {
  if (muted()) return;
  end_label();
  end_paragraph();
  input_.skip_space();
  const std::uint32_t line = input_.line();
  if (!input_.rest().starts_with('[')) {
    page_.item("", line);
    return;
  }
  input_.skip(1);
  if (!page_.begin_capture()) return;
  in_label_ = true;
  label_depth_ = groups_.size() + unseen_;
  label_line_ = line;
}

void LatexReader::include() {
  std::string_view name;
  input_.skip_space();
  if (!input_.take_group('{', name)) {
    const std::string_view text = input_.rest();
    const std::size_t end = std::min(text.find_first_of(" \n\t\\{}%"), text.size());
    name = text.substr(0, utf8_floor(text, std::min<std::size_t>(end, 200)));
    input_.skip(name.size());
  }
  const std::string shown = squeeze(name.substr(0, utf8_floor(name, 200)));
  if (warnings_.size() < kMostWarnings && !shown.empty()) {
    warnings_.push_back(fmt::format("{} is a file of its own and not read here", shown));
  }
}

void LatexReader::cite() {
  std::string_view inner;
  if (input_.rest().starts_with('*')) input_.skip(1);
  optional();
  optional();
  if (!input_.take_group('{', inner)) return;
  std::string keys;
  for (const std::string& key : split_commas(inner)) keys += (keys.empty() ? "" : ", ") + key;
  say("[" + keys + "]");
}

void LatexReader::optional() {
  std::string_view inner;
  if (input_.rest().starts_with('[')) input_.take_group('[', inner);
}

void LatexReader::drop(int arguments) {
  std::string_view inner;
  for (int i = 0; i < arguments; ++i) {
    optional();
    if (!input_.take_group('{', inner)) return;
  }
}

// The dimension behind \vskip, \parindent= and their like.
void LatexReader::drop_dimension() {
  constexpr std::size_t kLongest = 30;
  input_.skip_space();
  const std::string_view text = input_.rest().substr(0, kLongest);
  std::size_t i = text.starts_with('=') ? 1 : 0;
  const std::size_t number = i;
  while (i < text.size() && std::string_view("+-.0123456789").find(text[i]) != kNoLimit) ++i;
  if (i == number) return;
  if (i < text.size() && text[i] == ' ') ++i;
  for (int letters = 0; letters < 2 && i < text.size() && is_ascii_letter(text[i]); ++letters) ++i;
  input_.skip(i);
}

void LatexReader::drop_arguments(const std::string& name) {
  if (name.ends_with("skip") || name == "kern" || name == "parindent") drop_dimension();
  if (name == "hskip") say(" ");
  if (input_.rest().starts_with('*')) input_.skip(1);
  optional();
  const int dropped = latex_dropped(name);
  drop(dropped);
  // TeX takes the space behind a command's name with it.
  if (dropped == 0 && !input_.rest().starts_with('{')) input_.skip_space();
}

}  // namespace tome
