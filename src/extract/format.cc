// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <string>

#include "extract/extract.h"

namespace tome {
namespace {

constexpr std::size_t kLook = 8192;  // bytes looked at

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

bool starts_with(std::string_view text, std::string_view what) {
  return text.substr(0, what.size()) == what;
}

bool has_utf16_mark(std::string_view bytes) {
  return starts_with(bytes, "\xFF\xFE") || starts_with(bytes, "\xFE\xFF");
}

// The head in lower-case ASCII, without BOM; enough to read markup in any encoding of the web.
std::string ascii_head(std::string_view bytes) {
  std::string head = lower(bytes.substr(0, 2048));
  if (has_utf16_mark(bytes)) {
    head.erase(0, 2);
    head.erase(std::remove(head.begin(), head.end(), '\0'), head.end());
  } else if (starts_with(bytes, "\xEF\xBB\xBF")) {
    head.erase(0, 3);
  }
  return head;
}

bool opens_html(std::string_view head) {
  for (;;) {
    const std::size_t begin = head.find_first_not_of(" \t\r\n\f");
    if (begin == std::string_view::npos) return false;
    head.remove_prefix(begin);
    if (starts_with(head, "<!doctype html") || starts_with(head, "<html>") ||
        starts_with(head, "<html ") || starts_with(head, "<html\n")) {
      return true;
    }
    // An XML declaration or comments may stand first.
    const std::string_view close = starts_with(head, "<?xml") ? "?>" : "-->";
    if (close == "-->" && !starts_with(head, "<!--")) return false;
    const std::size_t end = head.find(close);
    if (end == std::string_view::npos) return false;
    head.remove_prefix(end + close.size());
  }
}

bool is_binary(std::string_view bytes) {
  constexpr std::array<std::string_view, 8> kMagic = {"%PDF-",
                                                      "PK\x03\x04",
                                                      "PK\x05\x06",
                                                      "\x1F\x8B",
                                                      "\x89PNG",
                                                      "\x7F"
                                                      "ELF",
                                                      "GIF8",
                                                      "\xFF\xD8\xFF"};
  for (const std::string_view magic : kMagic) {
    if (starts_with(bytes, magic)) return true;
  }
  if (has_utf16_mark(bytes)) return false;
  const std::string_view head = bytes.substr(0, kLook);
  std::size_t controls = 0;
  for (const char c : head) {
    const auto u = static_cast<unsigned char>(c);
    if ((u < 0x20 && u != '\t' && u != '\n' && u != '\r' && u != '\f' && u != 0x1B) || u == 0x7F) {
      ++controls;
    }
  }
  return controls * 20 > head.size();
}

}  // namespace

Format detect_format(std::string_view name, std::string_view bytes) {
  if (is_binary(bytes)) return Format::kUnknown;
  if (opens_html(ascii_head(bytes))) return Format::kHtml;
  const std::size_t slash = name.find_last_of('/');
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  const std::size_t dot = name.find_last_of('.');
  const std::string extension = dot == std::string_view::npos ? "" : lower(name.substr(dot + 1));
  if (extension == "md" || extension == "markdown" || extension == "mdown") {
    return Format::kMarkdown;
  }
  if (extension == "html" || extension == "htm" || extension == "xhtml") return Format::kHtml;
  return Format::kText;
}

std::string_view format_name(Format format) {
  switch (format) {
    case Format::kText:
      return "text";
    case Format::kMarkdown:
      return "markdown";
    case Format::kHtml:
      return "html";
    case Format::kUnknown:
      break;
  }
  return "unknown";
}

}  // namespace tome
