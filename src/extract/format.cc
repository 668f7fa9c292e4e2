// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "extract/extract.h"

namespace tome {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLook = 8192;  // bytes looked at

constexpr std::array<std::pair<Format, std::string_view>, 16> kNames = {{
    {Format::kText, "text"},
    {Format::kMarkdown, "markdown"},
    {Format::kHtml, "html"},
    {Format::kRst, "rst"},
    {Format::kAsciiDoc, "asciidoc"},
    {Format::kMan, "man"},
    {Format::kOrg, "org"},
    {Format::kLatex, "latex"},
    {Format::kNotebook, "notebook"},
    {Format::kFictionBook, "fb2"},
    {Format::kRtf, "rtf"},
    {Format::kEpub, "epub"},
    {Format::kPdf, "pdf"},
    {Format::kOpenDocument, "odt"},
    {Format::kDocx, "docx"},
    {Format::kCompressed, "compressed"},
}};

// Of text alone; containers are told by their bytes.
constexpr std::array<std::pair<std::string_view, Format>, 16> kExtensions = {{
    {"md", Format::kMarkdown},
    {"markdown", Format::kMarkdown},
    {"mdown", Format::kMarkdown},
    {"html", Format::kHtml},
    {"htm", Format::kHtml},
    {"xhtml", Format::kHtml},
    {"rst", Format::kRst},
    {"rest", Format::kRst},
    {"adoc", Format::kAsciiDoc},
    {"asciidoc", Format::kAsciiDoc},
    {"asc", Format::kAsciiDoc},
    {"org", Format::kOrg},
    {"tex", Format::kLatex},
    {"latex", Format::kLatex},
    {"ipynb", Format::kNotebook},
    {"fb2", Format::kFictionBook},
}};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

bool has_utf16_mark(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

// The head in lower-case ASCII, without BOM; enough to read markup in any encoding of the web.
std::string ascii_head(std::string_view bytes) {
  std::string head = lower(bytes.substr(0, 2048));
  if (has_utf16_mark(bytes)) {
    head.erase(0, 2);
    head.erase(std::remove(head.begin(), head.end(), '\0'), head.end());
  } else if (head.starts_with("\xEF\xBB\xBF")) {
    head.erase(0, 3);
  }
  return head;
}

// What is left of an XML file behind declarations, comments and a document type: its first element.
std::string_view first_element(std::string_view head) {
  for (;;) {
    const std::size_t begin = head.find_first_not_of(" \t\r\n\f");
    if (begin == std::string_view::npos) return {};
    head.remove_prefix(begin);
    std::string_view close;
    if (head.starts_with("<?xml")) close = "?>";
    if (head.starts_with("<!--")) close = "-->";
    if (head.starts_with("<!doctype svg")) close = ">";
    if (close.empty()) return head;
    const std::size_t end = head.find(close);
    if (end == std::string_view::npos) return {};
    head.remove_prefix(end + close.size());
  }
}

// What the first element of a page or of an XML file says it is.
Format opened_by(std::string_view element) {
  if (element.starts_with("<!doctype html") || element.starts_with("<html>") ||
      element.starts_with("<html ") || element.starts_with("<html\n")) {
    return Format::kHtml;
  }
  return element.starts_with("<fictionbook") ? Format::kFictionBook : Format::kUnknown;
}

// Images that are text.
bool is_drawing(std::string_view bytes, std::string_view element) {
  return element.starts_with("<svg") || element.starts_with("<svg:svg") ||
         bytes.starts_with("/* XPM */");
}

// EPUB (OCF 3.3, 4.3) and OpenDocument (1.3 part 2, 3.3) store their media type first, unpacked.
Format zip_format(std::string_view bytes, std::string_view extension) {
  const std::string_view head = bytes.substr(0, 200);
  if (head.find("mimetypeapplication/epub+zip") != std::string_view::npos) return Format::kEpub;
  if (head.find("mimetypeapplication/vnd.oasis.opendocument.text") != std::string_view::npos) {
    return Format::kOpenDocument;
  }
  if (extension == "epub") return Format::kEpub;
  if (extension == "odt") return Format::kOpenDocument;
  if (extension == "docx") return Format::kDocx;
  return bytes.find("word/document.xml") != std::string_view::npos ? Format::kDocx
                                                                   : Format::kUnknown;
}

// kText when the bytes are no known container.
Format container(std::string_view bytes, std::string_view extension) {
  if (bytes.substr(0, 1024).find("%PDF-") < 1024 &&
      (extension == "pdf" || bytes.starts_with('%'))) {
    return Format::kPdf;
  }
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) {
    return zip_format(bytes, extension);
  }
  if (bytes.starts_with("{\\rtf")) return Format::kRtf;
  if (bytes.starts_with("\x1F\x8B") ||
      bytes.starts_with("\xFD"
                        "7zXZ\0"sv) ||
      bytes.starts_with("\x28\xB5\x2F\xFD") ||
      (bytes.starts_with("BZh") && bytes.substr(0, 10).find("1AY&SY", 4) == 4)) {
    return Format::kCompressed;
  }
  return Format::kText;
}

bool is_binary(std::string_view bytes) {
  constexpr std::array<std::string_view, 4> kMagic = {"\x89PNG",
                                                      "\x7F"
                                                      "ELF",
                                                      "GIF8", "\xFF\xD8\xFF"};
  for (const std::string_view magic : kMagic) {
    if (bytes.starts_with(magic)) return true;
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

// "tar.1", "printf.3posix" that begins in roff and has a title line; definitions of macros, which
// may hold lines of any kind, can stand above it.
bool is_man_page(std::string_view extension, std::string_view bytes) {
  if (extension.empty() || extension[0] < '1' || extension[0] > '9') return false;
  const std::size_t first = bytes.find_first_not_of('\n');
  if (first == std::string_view::npos || (bytes[first] != '.' && bytes[first] != '\''))
    return false;
  while (!bytes.empty()) {
    const std::string_view line = bytes.substr(0, bytes.find('\n'));
    if (line.starts_with(".TH") || line.starts_with(".Dd") || line.starts_with(".so ")) return true;
    bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
  }
  return false;
}

// Nothing but its name tells what an empty file should have been.
Format format_of_empty(std::string_view extension) {
  for (const std::string_view packed : {"gz", "xz", "zst", "bz2"}) {
    if (extension == packed) return Format::kCompressed;
  }
  for (const Format format :
       {Format::kPdf, Format::kEpub, Format::kOpenDocument, Format::kDocx, Format::kRtf}) {
    if (extension == format_name(format)) return format;
  }
  for (const auto& [ending, format] : kExtensions) {
    if (extension == ending) return format;
  }
  return Format::kText;
}

}  // namespace

Format detect_format(std::string_view name, std::string_view bytes) {
  const std::size_t slash = name.find_last_of('/');
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  const std::size_t dot = name.find_last_of('.');
  const std::string extension = dot == std::string_view::npos ? "" : lower(name.substr(dot + 1));
  if (bytes.empty()) return format_of_empty(extension);
  const Format packed = container(bytes, extension);
  if (packed != Format::kText) return packed;
  if (is_binary(bytes)) return Format::kUnknown;
  const std::string head = ascii_head(bytes);
  const std::string_view element = first_element(head);
  if (is_drawing(bytes, element)) return Format::kUnknown;
  const Format opened = opened_by(element);
  if (opened != Format::kUnknown) return opened;
  for (const auto& [ending, format] : kExtensions) {
    if (extension == ending) return format;
  }
  return is_man_page(extension, bytes) ? Format::kMan : Format::kText;
}

std::string_view format_name(Format format) {
  for (const auto& [known, name] : kNames) {
    if (known == format) return name;
  }
  return "unknown";
}

Format format_of(std::string_view name) {
  for (const auto& [format, known] : kNames) {
    if (known == name) return format;
  }
  return Format::kUnknown;
}

bool is_risky(Format format) {
  switch (format) {
    case Format::kPdf:
    case Format::kEpub:
    case Format::kOpenDocument:
    case Format::kDocx:
    case Format::kFictionBook:
    case Format::kCompressed:
      return true;
    default:
      return false;
  }
}

}  // namespace tome
