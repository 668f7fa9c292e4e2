// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/rtf_codepage.h"

#include <fmt/format.h>
#include <unicode/ucnv.h>

#include <utility>

#include "extract/office_blocks.h"

namespace tome {
namespace {

constexpr std::pair<int, int> kCharsets[] = {
    {0, 1252},   {2, kSymbolPage}, {77, 10000}, {128, 932},  {129, 949},  {130, 1361}, {134, 936},
    {136, 950},  {161, 1253},      {162, 1254}, {163, 1258}, {177, 1255}, {178, 1256}, {186, 1257},
    {204, 1251}, {222, 874},       {238, 1250}, {254, 437},  {255, 850},
};

std::string icu_name(int page) {
  if (page == 65001) return "UTF-8";
  if (page == 10000) return "macintosh";
  if (page == 10007) return "x-mac-cyrillic";
  const bool dos = page == 437 || page == 708 || (page >= 720 && page <= 869);
  return fmt::format("{}-{}", dos ? "ibm" : "windows", page);
}

}  // namespace

int page_of_charset(int charset) {
  for (const auto& [known, page] : kCharsets) {
    if (known == charset) return page;
  }
  return 0;
}

std::string page_name(int page) {
  std::string name = icu_name(page);
  for (char& c : name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return name;
}

bool is_lead_byte(int page, unsigned char byte) {
  if (page == 932) return (byte >= 0x81 && byte <= 0x9F) || (byte >= 0xE0 && byte <= 0xFC);
  const bool double_byte = page == 936 || page == 949 || page == 950 || page == 1361;
  return double_byte && byte >= 0x81 && byte <= 0xFE;
}

void CodePages::Close::operator()(UConverter* converter) const { ucnv_close(converter); }

UConverter* CodePages::converter(int page) {
  auto found = converters_.find(page);
  if (found != converters_.end()) return found->second.get();
  UErrorCode status = U_ZERO_ERROR;
  UConverter* opened = ucnv_open(icu_name(page).c_str(), &status);
  if (U_FAILURE(status) && page != 1252) return converter(1252);
  return converters_.emplace(page, opened).first->second.get();
}

void CodePages::append(int page, std::string_view bytes, std::string& out) {
  if (page == kSymbolPage) {
    // Bullets are all that says something in another font.
    for (const char c : bytes) {
      if (c == '\xB7') out += "\xE2\x80\xA2";
    }
    return;
  }
  UConverter* const from = converter(page);
  if (from == nullptr) return;
  ucnv_reset(from);
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  while (source < end) {
    UErrorCode status = U_ZERO_ERROR;
    const UChar32 c = ucnv_getNextUChar(from, &source, end, &status);
    if (status == U_INDEX_OUTOFBOUNDS_ERROR) break;
    // ICU has two characters for what cannot be: U+FFFD, and U+001A for single bytes.
    const bool bad = U_FAILURE(status) || c == 0 || c == 0xFFFD || c == 0x1A;
    replaced_ += bad;
    append_character(bad ? 0xFFFD : static_cast<std::uint32_t>(c), out);
  }
}

}  // namespace tome
