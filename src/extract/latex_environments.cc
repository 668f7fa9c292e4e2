// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <utility>

#include "extract/latex_names.h"
#include "extract/latex_reader.h"

namespace tome {
namespace {

constexpr std::size_t kNoLimit = std::string_view::npos;

// \PYGZob{} and its like of Pygments.
std::string_view pygments_sign(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 14> kSigns = {{
      {"bs", "\\"},
      {"us", "_"},
      {"ob", "{"},
      {"cb", "}"},
      {"ca", "^"},
      {"am", "&"},
      {"lt", "<"},
      {"gt", ">"},
      {"sh", "#"},
      {"pc", "%"},
      {"dl", "$"},
      {"hy", "-"},
      {"sq", "'"},
      {"dq", "\""},
  }};
  for (const auto& [key, sign] : kSigns) {
    if (key == name) return sign;
  }
  return name == "ti" ? "~" : "";
}

// Code that a highlighter coloured, "\KeywordTok{def} f" (pandoc) or "\PYG{k}{def} f" (Pygments):
// without its commands.
std::string without_commands(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '{' || text[i] == '}') {
      ++i;
      continue;
    }
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i++];
      continue;
    }
    std::size_t end = i + 1;
    while (end < text.size() && ((text[end] | 0x20) >= 'a' && (text[end] | 0x20) <= 'z')) ++end;
    if (end == i + 1) {
      out += text[i + 1];
      i += 2;
      continue;
    }
    const std::string_view name = text.substr(i + 1, end - i - 1);
    out += name.starts_with("PYGZ") ? pygments_sign(name.substr(4)) : latex_symbol(name);
    i = end;
    if (name == "PY" || name == "PYG") i = std::min(text.find('}', end), text.size() - 1) + 1;
  }
  return out;
}

}  // namespace

bool LatexReader::environment(const std::string& name) {
  if (name != "begin" && name != "end") return false;
  std::string_view inner;
  const std::uint32_t line = input_.line();
  if (!input_.take_group('{', inner)) return true;
  const std::string full(inner);
  std::string_view plain = full;
  if (plain.ends_with('*')) plain.remove_suffix(1);
  LatexEnvironment kind = latex_environment(plain);
  if (kind == LatexEnvironment::kOther && verbatims_.contains(full)) kind = LatexEnvironment::kRaw;
  if (name == "begin") {
    begin(full, plain, kind, line);
  } else if (kind == LatexEnvironment::kDocument) {
    ended_ = true;
  } else if (!muted()) {
    end_paragraph();
    if (kind == LatexEnvironment::kList || kind == LatexEnvironment::kBibliography) {
      page_.end_list();
    } else if (kind == LatexEnvironment::kTable) {
      page_.end_table();
    }
  }
  return true;
}

void LatexReader::begin(const std::string& full, std::string_view plain, LatexEnvironment kind,
                        std::uint32_t line) {
  std::string_view inner;
  const std::string end = "\\end{" + full + "}";
  switch (kind) {
    case LatexEnvironment::kDocument:
      page_.drop_text();
      preamble_ = false;
      groups_.clear();
      unseen_ = 0;
      return;
    case LatexEnvironment::kRaw:
      raw(plain, end);
      return;
    case LatexEnvironment::kMath:
      if (input_.take_until(end, kLongestMath, inner)) math(inner, line, true);
      return;
    case LatexEnvironment::kNothing:
      input_.take_until(end, kNoLimit, inner);
      return;
    case LatexEnvironment::kList:
      optional();
      if (plain == "list") drop(2);
      if (!muted()) page_.begin_list();
      return;
    case LatexEnvironment::kTable:
      optional();
      drop(full == "tabular" || plain == "longtable" || plain == "supertabular" ? 1 : 2);
      if (!muted()) page_.begin_table();
      return;
    case LatexEnvironment::kBibliography:
      drop(1);
      if (muted()) return;
      page_.heading(2 + parts_, "References", line);
      page_.begin_list();
      return;
    case LatexEnvironment::kOther:
      end_paragraph();
      if (!muted()) other(plain, line);
  }
}

void LatexReader::other(std::string_view name, std::uint32_t line) {
  std::string_view inner;
  const bool option = input_.rest().starts_with('[') && input_.take_group('[', inner);
  if (name == "abstract") {
    page_.heading(2 + parts_, "Abstract", line);
  } else if (const std::string_view word = statement(name); !word.empty()) {
    if (!input_.repeat(word.size())) return;
    say(word);
    if (option) say(" (" + std::string(inner) + ")");
    say(". ");
  } else if (name == "minipage" || name == "multicols" || name == "column" || name == "adjustbox" ||
             name == "otherlanguage") {
    drop(1);
  } else if (name == "wrapfigure") {
    drop(2);
  } else if (name == "frame" && input_.rest().starts_with('{')) {
    open_group(Group::kHeading, 3 + parts_);
  }
}

std::string_view LatexReader::statement(std::string_view name) const {
  const auto found = statements_.find(std::string(name));
  return found == statements_.end() ? latex_statement(name) : found->second;
}

// verbatim and its like; what is not closed goes to the end.
void LatexReader::raw(std::string_view name, const std::string& end) {
  std::string_view option;
  const auto defined = verbatims_.find(std::string(name));
  bool commands = name == "sphinxVerbatim" || (defined != verbatims_.end() && defined->second);
  if (name != "verbatim" && name != "alltt" && input_.rest().starts_with('[') &&
      input_.take_group('[', option)) {
    commands = commands || option.find("commandchars") != kNoLimit;
  }
  if (name == "minted") drop(1);
  std::string_view text = input_.rest();
  const std::size_t blank = std::min(text.find_first_not_of(" \t"), text.size());
  if (blank < text.size() && text[blank] == '\n') input_.skip(blank + 1);
  const std::uint32_t line = input_.line();
  text = input_.rest();
  const std::size_t at = text.find(end);
  const std::string_view body = text.substr(0, at);
  if (!muted()) {
    end_label();
    if (commands) {
      page_.code(without_commands(body), line);
    } else {
      page_.code(body, line);
    }
  }
  input_.skip(at == std::string_view::npos ? text.size() : at + end.size());
}

}  // namespace tome
