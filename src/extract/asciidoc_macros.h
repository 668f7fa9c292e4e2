// SPDX-License-Identifier: GPL-2.0-or-later
// Inline macros of AsciiDoc, and what a reader sees of each.
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace tome {

enum class AsciiDocMacro { kLink, kXref, kText, kNone, kFootnote, kManual, kMenu, kImage, kRaw };

// "name:target[text]".
inline constexpr std::array<std::pair<std::string_view, AsciiDocMacro>, 24> kAsciiDocMacros = {{
    {"link", AsciiDocMacro::kLink},         {"mailto", AsciiDocMacro::kLink},
    {"xref", AsciiDocMacro::kXref},         {"kbd", AsciiDocMacro::kText},
    {"btn", AsciiDocMacro::kText},          {"indexterm2", AsciiDocMacro::kText},
    {"pass", AsciiDocMacro::kRaw},          {"stem", AsciiDocMacro::kRaw},
    {"latexmath", AsciiDocMacro::kRaw},     {"asciimath", AsciiDocMacro::kRaw},
    {"footnote", AsciiDocMacro::kFootnote}, {"footnoteref", AsciiDocMacro::kFootnote},
    {"linkgit", AsciiDocMacro::kManual},    {"menu", AsciiDocMacro::kMenu},
    {"image", AsciiDocMacro::kImage},       {"icon", AsciiDocMacro::kNone},
    {"anchor", AsciiDocMacro::kNone},       {"indexterm", AsciiDocMacro::kNone},
    {"http", AsciiDocMacro::kLink},         {"https", AsciiDocMacro::kLink},
    {"ftp", AsciiDocMacro::kLink},          {"irc", AsciiDocMacro::kLink},
    {"gitlink", AsciiDocMacro::kManual},    {"man", AsciiDocMacro::kManual},
}};

}  // namespace tome
