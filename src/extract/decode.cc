// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/decode.h"

#include <uchardet.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "text/text.h"

namespace tome {
namespace {

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

struct DetectorCloser {
  void operator()(uchardet* detector) const { uchardet_delete(detector); }
};

// Writes U+FFFD for what cannot be converted, and counts.
void U_CALLCONV substitute(const void* context, UConverterToUnicodeArgs* args, const char* units,
                           std::int32_t length, UConverterCallbackReason reason,
                           UErrorCode* status) {
  if (reason > UCNV_IRREGULAR) return;
  ++**static_cast<std::uint64_t* const*>(context);
  *status = U_ZERO_ERROR;
  (void)units;
  (void)length;
  const UChar mark = 0xFFFD;
  ucnv_cbToUWriteUChars(args, &mark, 1, 0, status);
}

std::string upper(std::string_view name) {
  std::string out(name);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return out;
}

// The WHATWG encoding standard: pages that say Latin-1 or ASCII mean windows-1252.
std::string canonical(std::string_view name) {
  std::string out = upper(name);
  if (out == "ISO-8859-1" || out == "ISO8859-1" || out == "LATIN1" || out == "US-ASCII" ||
      out == "ASCII" || out == "CP1252") {
    out = "WINDOWS-1252";
  }
  if (out == "UTF8") out = "UTF-8";
  return out;
}

std::optional<Decoded> convert(std::string_view bytes, const std::string& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, ConverterCloser> converter(
      ucnv_open(encoding.c_str(), &status));
  if (U_FAILURE(status)) return std::nullopt;
  Decoded out;
  out.encoding = encoding;
  std::uint64_t* counter = &out.replaced;
  ucnv_setToUCallBack(converter.get(), substitute, &counter, nullptr, nullptr, &status);
  std::u16string buffer(8192, u'\0');
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  std::u16string wide;
  do {
    status = U_ZERO_ERROR;
    UChar* target = buffer.data();
    ucnv_toUnicode(converter.get(), &target, buffer.data() + buffer.size(), &source, end, nullptr,
                   1, &status);
    wide.append(buffer.data(), static_cast<std::size_t>(target - buffer.data()));
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  if (U_FAILURE(status)) return std::nullopt;
  out.text.reserve(wide.size() + wide.size() / 4);
  for (std::size_t i = 0; i < wide.size(); ++i) {
    UChar32 c = wide[i];
    if (U16_IS_LEAD(c) && i + 1 < wide.size() && U16_IS_TRAIL(wide[i + 1])) {
      c = U16_GET_SUPPLEMENTARY(wide[i], wide[i + 1]);
      ++i;
    }
    if (U_IS_SURROGATE(c)) c = 0xFFFD;
    char utf8[U8_MAX_LENGTH];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(utf8, length, c);
    out.text.append(utf8, static_cast<std::size_t>(length));
  }
  return out;
}

struct Utf8Census {
  std::size_t good = 0;  // valid sequences of two bytes and more
  std::size_t bad = 0;   // bytes at which no valid sequence starts
};

Utf8Census census(std::string_view bytes) {
  Utf8Census out;
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto length = static_cast<std::int64_t>(bytes.size());
  for (std::int64_t i = 0; i < length;) {
    if (data[i] < 0x80) {
      ++i;
      continue;
    }
    // A window, because U8_NEXT counts in 32 bits.
    const auto window = static_cast<std::int32_t>(std::min<std::int64_t>(8, length - i));
    std::int32_t used = 0;
    UChar32 c = 0;
    U8_NEXT(data + i, used, window, c);
    ++(c < 0 ? out.bad : out.good);
    i += used;
  }
  return out;
}

// Names of the detector that ICU has under another one.
constexpr std::pair<std::string_view, const char*> kDetectorNames[] = {
    {"UHC", "windows-949"},
    {"MAC-CYRILLIC", "x-mac-cyrillic"},
    {"MAC-CENTRALEUROPE", "x-mac-centraleurroman"},
};

std::string guess(std::string_view bytes) {
  const std::unique_ptr<uchardet, DetectorCloser> detector(uchardet_new());
  const std::size_t enough = std::min<std::size_t>(bytes.size(), 1 << 20);
  if (uchardet_handle_data(detector.get(), bytes.data(), enough) != 0) return {};
  uchardet_data_end(detector.get());
  const std::string_view name = uchardet_get_charset(detector.get());
  for (const auto& [theirs, icu] : kDetectorNames) {
    if (name == theirs) return canonical(icu);
  }
  return canonical(std::string(name));
}

Decoded as_utf8(std::string_view bytes) {
  Decoded out;
  out.text = bytes;
  out.encoding = "UTF-8";
  return out;
}

Decoded decode_any(std::string_view bytes, std::string_view declared) {
  const auto starts = [&](std::string_view mark) { return bytes.substr(0, mark.size()) == mark; };
  if (starts("\xEF\xBB\xBF")) return as_utf8(bytes.substr(3));
  const bool little = starts("\xFF\xFE");
  if (little || starts("\xFE\xFF")) {
    auto out = convert(bytes.substr(2), little ? "UTF-16LE" : "UTF-16BE");
    if (out) return *std::move(out);
  }
  if (is_utf8(bytes)) return as_utf8(bytes);
  const Utf8Census count = census(bytes);
  // A page that declares UTF-16 in ASCII letters is not UTF-16 (the WHATWG standard says UTF-8).
  const std::string said = canonical(declared);
  if (!said.empty() && said != "UTF-8" && said.find("UTF-16") == std::string::npos) {
    auto out = convert(bytes, said);
    if (out) return *std::move(out);
  }
  // Chance makes few valid sequences out of another encoding (about one for 15 bad bytes in EUC-KR
  // or GBK), so many of them are UTF-8 that was damaged: cut in the middle of a character, or with
  // legacy bytes pasted in.
  if (said == "UTF-8" || 3 * count.good >= count.bad) return as_utf8(bytes);
  const std::string guessed = guess(bytes);
  if (!guessed.empty() && guessed != "UTF-8") {
    auto out = convert(bytes, guessed);
    if (out && out->replaced == 0) return *std::move(out);
  }
  return as_utf8(bytes);
}

void unify_line_ends(std::string& text) {
  std::size_t to = text.find('\r');
  if (to == std::string::npos) return;
  for (std::size_t from = to; from < text.size(); ++from) {
    char c = text[from];
    if (c == '\r') {
      if (from + 1 < text.size() && text[from + 1] == '\n') ++from;
      c = '\n';
    }
    text[to++] = c;
  }
  text.resize(to);
}

}  // namespace

Decoded decode(std::string_view bytes, std::string_view declared) {
  Decoded out = decode_any(bytes, declared);
  // Conversion counted its own; this adds bad bytes of UTF-8 and NULs of any encoding.
  out.replaced += repair_utf8(out.text);
  unify_line_ends(out.text);
  return out;
}

}  // namespace tome
