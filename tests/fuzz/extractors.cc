// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes as each format that is not a container.
#include "documents.h"
#include "extract/extract.h"
#include "target.h"

namespace tome::fuzz {
namespace {

void run(Format format, std::string_view bytes) {
  detect_format("page.1", bytes);
  peek_hints(format, bytes);
  check(extract(format, bytes), bytes.size());
}

}  // namespace

void run_text(std::string_view bytes) { run(Format::kText, bytes); }
void run_markdown(std::string_view bytes) { run(Format::kMarkdown, bytes); }
void run_html(std::string_view bytes) { run(Format::kHtml, bytes); }
void run_rst(std::string_view bytes) { run(Format::kRst, bytes); }
void run_asciidoc(std::string_view bytes) { run(Format::kAsciiDoc, bytes); }
void run_man(std::string_view bytes) { run(Format::kMan, bytes); }
void run_org(std::string_view bytes) { run(Format::kOrg, bytes); }
void run_latex(std::string_view bytes) { run(Format::kLatex, bytes); }
void run_notebook(std::string_view bytes) { run(Format::kNotebook, bytes); }
void run_fiction_book(std::string_view bytes) { run(Format::kFictionBook, bytes); }
void run_rtf(std::string_view bytes) { run(Format::kRtf, bytes); }
void run_pdf(std::string_view bytes) { run(Format::kPdf, bytes); }

}  // namespace tome::fuzz
