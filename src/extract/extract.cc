// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/extract.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "extract/decode.h"
#include "extract/readers.h"
#include "extract/tags.h"

namespace tome {
namespace {

constexpr std::size_t kMegabyte = 1 << 20;

// Markup grows in memory to many times its size; plain text does not, and containers have bounds of
// their own.
std::size_t limit_of(Format format) {
  const bool large = format == Format::kText || is_risky(format);
  return (large ? 256 : 64) * kMegabyte;
}

// Those that are no text, or say themselves how they are encoded.
Result<Document> read_bytes(Format format, std::string_view bytes) {
  switch (format) {
    case Format::kFictionBook:
      return read_fiction_book(bytes);
    case Format::kRtf:
      return read_rtf(bytes);
    case Format::kEpub:
      return read_epub(bytes);
    case Format::kPdf:
      return read_pdf(bytes);
    case Format::kOpenDocument:
      return read_open_document(bytes);
    default:
      return read_docx(bytes);
  }
}

Result<Document> read_text(Format format, std::string_view text) {
  switch (format) {
    case Format::kMarkdown:
      return read_markdown(text);
    case Format::kHtml:
      return read_html(text);
    case Format::kRst:
      return read_rst(text);
    case Format::kAsciiDoc:
      return read_asciidoc(text);
    case Format::kMan:
      return read_man(text);
    case Format::kOrg:
      return read_org(text);
    case Format::kLatex:
      return read_latex(text);
    case Format::kNotebook:
      return read_notebook(text);
    default:
      return read_plain(text);
  }
}

}  // namespace

Result<Document> extract(Format format, std::string_view bytes) {
  if (format == Format::kUnknown || format == Format::kCompressed) {
    return Error{Code::kUnsupported, "the file is in no format that tome reads", "", ""};
  }
  if (bytes.size() > limit_of(format)) {
    return Error{Code::kLimit,
                 fmt::format("the file is larger than {} MB", limit_of(format) / kMegabyte),
                 "split the file", ""};
  }
  const bool container = is_risky(format) || format == Format::kRtf;
  if (bytes.empty() && (container || format == Format::kNotebook)) {
    return Error{Code::kUnsupported, "the file is empty", "fetch or copy it again", ""};
  }
  if (container) {
    Result<Document> read = read_bytes(format, bytes);
    if (read.ok()) read->format = format_name(format);
    return read;
  }
  const std::string_view declared =
      format == Format::kHtml ? declared_charset(bytes) : std::string_view();
  const Decoded decoded = decode(bytes, declared);
  Result<Document> read = read_text(format, decoded.text);
  if (!read.ok()) return read;
  read->format = format_name(format);
  read->encoding = decoded.encoding;
  read->replaced = decoded.replaced;
  return read;
}

}  // namespace tome
