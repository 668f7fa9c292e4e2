// SPDX-License-Identifier: GPL-2.0-or-later
// What the commands and environments of LaTeX mean to a reader of its text. Safe from any thread.
#pragma once

#include <string_view>

namespace tome {

// The text that a command stands for ("ldots" -> "…"); empty when it is none of these.
std::string_view latex_symbol(std::string_view command);

// The combining mark of an accent ("'" in \'e); 0 when the command is none.
char32_t latex_accent(std::string_view command);

// How many arguments in braces stand behind a command that are no text; the rest is.
int latex_dropped(std::string_view command);

// "section" -> 2; 0: no heading. A part has 1, a chapter 1.
int latex_level(std::string_view command);

enum class LatexEnvironment {
  kOther,  // its text is that of the page
  kList,
  kRaw,   // verbatim: code
  kMath,  // on lines of its own
  kTable,
  kNothing,  // drawings, comments
  kDocument,
  kBibliography,
};

// `name` without a star behind it.
LatexEnvironment latex_environment(std::string_view name);

// "lemma" -> "Lemma"; empty when it is no environment of that kind.
std::string_view latex_statement(std::string_view name);

}  // namespace tome
