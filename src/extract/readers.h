// SPDX-License-Identifier: GPL-2.0-or-later
// One reader a format, for extract() alone: decoded text -> Document without its format, encoding
// and replaced. Those of `bytes` decode themselves. `text` is valid UTF-8 without NUL, its lines
// end in \n. Safe from any thread.
#pragma once

#include <string_view>

#include "extract/document.h"
#include "tome/result.h"

namespace tome {

Document read_plain(std::string_view text);
Document read_markdown(std::string_view text);
Result<Document> read_html(std::string_view text);  // kLimit: nested too deeply, too large a tree
Document read_rst(std::string_view text);
Document read_asciidoc(std::string_view text);
Document read_org(std::string_view text);
Document read_latex(std::string_view text);
Result<Document> read_man(std::string_view text);
Result<Document> read_notebook(std::string_view text);

// kUnsupported: encrypted, without text (scanned), damaged; kLimit: see each file.
Result<Document> read_fiction_book(std::string_view bytes);
Result<Document> read_rtf(std::string_view bytes);
Result<Document> read_epub(std::string_view bytes);
Result<Document> read_pdf(std::string_view bytes);
Result<Document> read_open_document(std::string_view bytes);
Result<Document> read_docx(std::string_view bytes);

}  // namespace tome
