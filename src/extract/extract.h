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

enum class Format { kUnknown, kText, kMarkdown, kHtml };

// Tells the format by magic bytes (<!doctype html, <html, BOM; PDF, ZIP, gzip and other binary are
// kUnknown), else by the extension of `name`. Text of unknown extension is kText; bytes that are
// not text (NUL bytes or many control characters, without a BOM) are kUnknown.
Format detect_format(std::string_view name, std::string_view bytes);

// "text", "markdown", "html"; "unknown".
std::string_view format_name(Format format);

// Reads `bytes` as `format`. At most 64 MB of HTML or Markdown and 256 MB of plain text.
// Fails with kUnsupported for kUnknown and kLimit when a bound on nesting or size is hit; never
// because of bad encoding (invalid bytes are counted instead).
Result<Document> extract(Format format, std::string_view bytes);

// Reads what `bytes` (the whole file, or its first 64 KB) says of the whole it belongs to; cheap:
// scans the head only, no parse. Formats without such hints give empty ones.
WholeHints peek_hints(Format format, std::string_view bytes);

}  // namespace tome
