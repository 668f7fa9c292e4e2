// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/latex_names.h"

#include <array>
#include <utility>

namespace tome {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 73> kSymbols = {{
    {"LaTeX", "LaTeX"},
    {"LaTeXe", "LaTeX2e"},
    {"TeX", "TeX"},
    {"BibTeX", "BibTeX"},
    {"ldots", "\u2026"},
    {"dots", "\u2026"},
    {"textellipsis", "\u2026"},
    {"textbackslash", "\\"},
    {"textasciitilde", "~"},
    {"textasciicircum", "^"},
    {"textunderscore", "_"},
    {"textbar", "|"},
    {"textless", "<"},
    {"textgreater", ">"},
    {"textbraceleft", "{"},
    {"textbraceright", "}"},
    {"textdollar", "$"},
    {"textquotesingle", "'"},
    {"textquotedbl", "\""},
    {"textquotedblleft", "\u201C"},
    {"textquotedblright", "\u201D"},
    {"lq", "\u2018"},
    {"rq", "\u2019"},
    {"glqq", "\u201E"},
    {"grqq", "\u201C"},
    {"flqq", "\u00AB"},
    {"frqq", "\u00BB"},
    {"guillemotleft", "\u00AB"},
    {"guillemotright", "\u00BB"},
    {"textendash", "\u2013"},
    {"textemdash", "\u2014"},
    {"textbullet", "\u2022"},
    {"textperiodcentered", "\u00B7"},
    {"textdegree", "\u00B0"},
    {"degree", "\u00B0"},
    {"texttrademark", "\u2122"},
    {"textregistered", "\u00AE"},
    {"textcopyright", "\u00A9"},
    {"copyright", "\u00A9"},
    {"pounds", "\u00A3"},
    {"euro", "\u20AC"},
    {"texteuro", "\u20AC"},
    {"S", "\u00A7"},
    {"P", "\u00B6"},
    {"dag", "\u2020"},
    {"ddag", "\u2021"},
    {"ss", "\u00DF"},
    {"o", "\u00F8"},
    {"O", "\u00D8"},
    {"l", "\u0142"},
    {"L", "\u0141"},
    {"ae", "\u00E6"},
    {"AE", "\u00C6"},
    {"oe", "\u0153"},
    {"OE", "\u0152"},
    {"aa", "\u00E5"},
    {"AA", "\u00C5"},
    {"i", "\u0131"},
    {"j", "\u0237"},
    {"slash", "/"},
    {"quad", " "},
    {"qquad", " "},
    {"enspace", " "},
    {"hfill", " "},
    {"space", " "},
    {"%", "%"},
    {"&", "&"},
    {"#", "#"},
    {"$", "$"},
    {"_", "_"},
    {"{", "{"},
    {"}", "}"},
    {"textasteriskcentered", "*"},
}};

constexpr std::array<std::pair<std::string_view, char32_t>, 14> kAccents = {{
    {"'", 0x301},
    {"`", 0x300},
    {"^", 0x302},
    {"\"", 0x308},
    {"~", 0x303},
    {"=", 0x304},
    {".", 0x307},
    {"u", 0x306},
    {"v", 0x30C},
    {"H", 0x30B},
    {"c", 0x327},
    {"d", 0x323},
    {"k", 0x328},
    {"r", 0x30A},
}};

constexpr std::array<std::pair<std::string_view, int>, 62> kDropped = {{
    {"documentclass", 1},
    {"documentstyle", 1},
    {"usepackage", 1},
    {"RequirePackage", 1},
    {"PassOptionsToPackage", 2},
    {"bibliographystyle", 1},
    {"bibliography", 1},
    {"addbibresource", 1},
    {"graphicspath", 1},
    {"includegraphics", 1},
    {"label", 1},
    {"index", 1},
    {"vspace", 1},
    {"hspace", 1},
    {"setlength", 2},
    {"addtolength", 2},
    {"settowidth", 2},
    {"setcounter", 2},
    {"addtocounter", 2},
    {"stepcounter", 1},
    {"newcounter", 1},
    {"newlength", 1},
    {"pagestyle", 1},
    {"thispagestyle", 1},
    {"pagenumbering", 1},
    {"definecolor", 3},
    {"colorlet", 2},
    {"color", 1},
    {"textcolor", 1},
    {"colorbox", 1},
    {"fontsize", 2},
    {"selectlanguage", 1},
    {"foreignlanguage", 1},
    {"hypersetup", 1},
    {"lstset", 1},
    {"lstdefinestyle", 2},
    {"usemintedstyle", 1},
    {"geometry", 1},
    {"addcontentsline", 3},
    {"rule", 2},
    {"raisebox", 1},
    {"parbox", 1},
    {"scalebox", 1},
    {"resizebox", 2},
    {"multicolumn", 2},
    {"multirow", 2},
    {"cline", 1},
    {"cmidrule", 1},
    {"href", 1},
    {"hypertarget", 1},
    {"hyperlink", 1},
    {"newenvironment", 3},
    {"renewenvironment", 3},
    {"DeclareMathOperator", 2},
    {"usetikzlibrary", 1},
    {"theoremstyle", 1},
    {"thanks", 1},
    {"hyphenation", 1},
    {"texorpdfstring", 1},
    {"setmainfont", 1},
    {"pgfplotsset", 1},
    {"nocite", 1},
}};

constexpr std::array<std::pair<std::string_view, int>, 8> kLevels = {{
    {"part", 1},
    {"chapter", 1},
    {"section", 2},
    {"frametitle", 3},
    {"subsection", 3},
    {"subsubsection", 4},
    {"paragraph", 5},
    {"subparagraph", 6},
}};

using Environment = LatexEnvironment;
constexpr std::array<std::pair<std::string_view, Environment>, 38> kEnvironments = {{
    {"document", Environment::kDocument},
    {"itemize", Environment::kList},
    {"enumerate", Environment::kList},
    {"description", Environment::kList},
    {"compactitem", Environment::kList},
    {"compactenum", Environment::kList},
    {"inparaenum", Environment::kList},
    {"list", Environment::kList},
    {"verbatim", Environment::kRaw},
    {"Verbatim", Environment::kRaw},
    {"BVerbatim", Environment::kRaw},
    {"sphinxVerbatim", Environment::kRaw},
    {"lstlisting", Environment::kRaw},
    {"minted", Environment::kRaw},
    {"alltt", Environment::kRaw},
    {"equation", Environment::kMath},
    {"align", Environment::kMath},
    {"alignat", Environment::kMath},
    {"flalign", Environment::kMath},
    {"gather", Environment::kMath},
    {"multline", Environment::kMath},
    {"eqnarray", Environment::kMath},
    {"displaymath", Environment::kMath},
    {"math", Environment::kMath},
    {"tabular", Environment::kTable},
    {"tabularx", Environment::kTable},
    {"tabulary", Environment::kTable},
    {"longtable", Environment::kTable},
    {"supertabular", Environment::kTable},
    {"tikzpicture", Environment::kNothing},
    {"pgfpicture", Environment::kNothing},
    {"picture", Environment::kNothing},
    {"comment", Environment::kNothing},
    {"filecontents", Environment::kNothing},
    {"CCSXML", Environment::kNothing},
    {"axis", Environment::kNothing},
    {"thebibliography", Environment::kBibliography},
    {"references", Environment::kBibliography},
}};

constexpr std::array<Pair, 10> kStatements = {{
    {"theorem", "Theorem"},
    {"lemma", "Lemma"},
    {"corollary", "Corollary"},
    {"proposition", "Proposition"},
    {"definition", "Definition"},
    {"example", "Example"},
    {"exercise", "Exercise"},
    {"remark", "Remark"},
    {"proof", "Proof"},
    {"abstract", "Abstract"},
}};

template <class Value, std::size_t N>
Value look_up(const std::array<std::pair<std::string_view, Value>, N>& table, std::string_view name,
              Value otherwise) {
  for (const auto& [key, value] : table) {
    if (key == name) return value;
  }
  return otherwise;
}

}  // namespace

std::string_view latex_symbol(std::string_view command) {
  return look_up(kSymbols, command, std::string_view());
}

char32_t latex_accent(std::string_view command) { return look_up(kAccents, command, char32_t{0}); }
int latex_dropped(std::string_view command) { return look_up(kDropped, command, 0); }
int latex_level(std::string_view command) { return look_up(kLevels, command, 0); }

LatexEnvironment latex_environment(std::string_view name) {
  return look_up(kEnvironments, name, LatexEnvironment::kOther);
}

std::string_view latex_statement(std::string_view name) {
  return look_up(kStatements, name, std::string_view());
}

}  // namespace tome
