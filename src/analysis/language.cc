// SPDX-License-Identifier: GPL-2.0-or-later
// clang-format off
#include <cstdio>  // before CLD2's header, which needs FILE and does not say so
#include <cld2/public/compact_lang_det.h>
// clang-format on

#include <algorithm>

#include "analysis/analyser.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kEnough = 32 * 1024;  // bytes that CLD2 is shown
constexpr std::size_t kTooLittle = 24;      // bytes that tell nothing in an alphabet

}  // namespace

std::string detect_language(std::string_view text, std::string_view fallback) {
  const std::string_view sample = text.substr(0, utf8_floor(text, kEnough));
  if (sample.size() < kTooLittle) return std::string(fallback);
  bool reliable = false;
  const CLD2::Language language = CLD2::DetectLanguage(
      sample.data(), static_cast<int>(sample.size()), /*is_plain_text=*/true, &reliable);
  if (!reliable || language == CLD2::UNKNOWN_LANGUAGE) return std::string(fallback);
  std::string code = CLD2::LanguageCode(language);
  code.resize(std::min(code.find('-'), code.size()));  // "zh-Hant"
  if (code == "un" || code.size() < 2 || code.size() > 3) return std::string(fallback);
  if (code == "iw") return "he";  // names that ISO 639 has given up
  if (code == "jw") return "jv";
  return code;
}

}  // namespace tome
