// SPDX-License-Identifier: GPL-2.0-or-later
// Bytes -> Document: tells the format, decodes the text, reads its blocks.
//
// Pure functions of their arguments: no file system, no global state, safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "extract/document.h"
#include "tome/result.h"

namespace tome {

enum class Format {
  kUnknown,
  kText,
  kMarkdown,
  kHtml,
  kRst,  // reStructuredText
  kAsciiDoc,
  kMan,  // man and mdoc macros of roff
  kOrg,
  kLatex,
  kNotebook,     // Jupyter
  kFictionBook,  // FB2
  kRtf,
  kEpub,
  kPdf,
  kOpenDocument,  // ODT
  kDocx,
  kCompressed,  // gzip, xz, zstd around any other
};

// Tells the format by magic bytes (<!doctype html, <html, %PDF-, {\rtf, ZIP with its mimetype,
// <FictionBook, gzip, xz, zstd, BOM), else by the extension of `name`; a man page by its section
// ("tar.1") and its first macro. Text of unknown extension is kText; bytes that are not text (NUL
// bytes or many control characters, without a BOM) are kUnknown. The first 64 KB are enough.
Format detect_format(std::string_view name, std::string_view bytes);

// "text", "markdown", "html", "rst", "asciidoc", "man", "org", "latex", "notebook", "fb2", "rtf",
// "epub", "pdf", "odt", "docx", "compressed"; "unknown".
std::string_view format_name(Format format);

// The format of that name; kUnknown when there is none.
Format format_of(std::string_view name);

// Whether the bytes are a container or a program for a large library, so that they are read in a
// process of its own (see sandbox/): PDF, EPUB, ODT, DOCX, FB2, compressed.
bool is_risky(Format format);

// Reads `bytes` as `format`. At most 64 MB of markup and 256 MB of plain text, PDF and containers;
// not kCompressed (see compressed.h).
// Fails with kUnsupported for kUnknown and kLimit when a bound on nesting or size is hit; never
// because of bad encoding (invalid bytes are counted instead).
Result<Document> extract(Format format, std::string_view bytes);

// Reads what `bytes` (the whole file, or its first 64 KB) says of the whole it belongs to; cheap:
// scans the head only, no parse. Formats without such hints give empty ones.
WholeHints peek_hints(Format format, std::string_view bytes);

}  // namespace tome
