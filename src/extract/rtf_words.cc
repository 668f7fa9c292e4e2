// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/rtf_words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tome {
namespace {

using Opening = std::pair<std::string_view, RtfOpening>;

constexpr std::array kOpenings = {
    Opening{"fonttbl", RtfOpening::kFonts},   Opening{"stylesheet", RtfOpening::kStyles},
    Opening{"info", RtfOpening::kInfo},       Opening{"footnote", RtfOpening::kNote},
    Opening{"listtext", RtfOpening::kMarker}, Opening{"pntext", RtfOpening::kMarker},
    Opening{"shp", RtfOpening::kThrough},     Opening{"shpinst", RtfOpening::kThrough},
    Opening{"shpgrp", RtfOpening::kThrough},  Opening{"do", RtfOpening::kThrough},
    Opening{"object", RtfOpening::kThrough},  Opening{"upr", RtfOpening::kThrough},
    Opening{"ud", RtfOpening::kBody},         Opening{"result", RtfOpening::kBody},
    Opening{"shptxt", RtfOpening::kBox},      Opening{"dptxbxtext", RtfOpening::kBox},
};

constexpr std::array<std::string_view, 37> kIgnored = {
    "aftncn",    "aftnsep",   "aftnsepc",       "annotation",   "atnauthor",  "atnid",
    "bkmkend",   "bkmkstart", "colortbl",       "comment",      "datastore",  "fldinst",
    "footer",    "footerf",   "footerl",        "footerr",      "ftncn",      "ftnsep",
    "ftnsepc",   "generator", "header",         "headerf",      "headerl",    "headerr",
    "listtable", "mmath",     "nesttableprops", "nonesttables", "nonshppict", "objdata",
    "pict",      "rxe",       "shppict",        "shprslt",      "tc",         "txe",
    "xe"};

constexpr std::array<std::string_view, 4> kFields = {"author", "company", "keywords", "title"};

using Character = std::pair<std::string_view, std::string_view>;

constexpr std::array kCharacters = {
    Character{"tab", "\t"},
    Character{"line", "\n"},
    Character{"lbr", "\n"},
    Character{"page", "\n"},
    Character{"column", "\n"},
    Character{"nestcell", " "},
    Character{"~", "\xC2\xA0"},
    Character{"_", "-"},
    Character{"emdash", "\xE2\x80\x94"},
    Character{"endash", "\xE2\x80\x93"},
    Character{"emspace", " "},
    Character{"enspace", " "},
    Character{"qmspace", " "},
    Character{"bullet", "\xE2\x80\xA2"},
    Character{"lquote", "\xE2\x80\x98"},
    Character{"rquote", "\xE2\x80\x99"},
    Character{"ldblquote", "\xE2\x80\x9C"},
    Character{"rdblquote", "\xE2\x80\x9D"},
    Character{"zwj", "\xE2\x80\x8D"},
    Character{"zwnj", "\xE2\x80\x8C"},
};

}  // namespace

RtfOpening rtf_opening(std::string_view word) {
  for (const auto& [name, opening] : kOpenings) {
    if (name == word) return opening;
  }
  const bool ignored = std::find(kIgnored.begin(), kIgnored.end(), word) != kIgnored.end();
  return ignored ? RtfOpening::kIgnored : RtfOpening::kNone;
}

bool is_rtf_field(std::string_view word) {
  return std::find(kFields.begin(), kFields.end(), word) != kFields.end();
}

std::string_view rtf_character(std::string_view word) {
  for (const auto& [name, character] : kCharacters) {
    if (name == word) return character;
  }
  return {};
}

}  // namespace tome
