// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "extract/extract.h"

namespace tome {
namespace {

using std::string_view_literals::operator""sv;

TEST(Format, IsToldByMagicBytesElseByExtension) {
  struct Case {
    std::string_view name;
    std::string_view bytes;
    Format format;
  };
  const Case cases[] = {
      {"a.txt", "words", Format::kText},
      {"A.TEXT", "words", Format::kText},
      {"a.md", "words", Format::kMarkdown},
      {"A.Markdown", "words", Format::kMarkdown},
      {"a.mdown", "words", Format::kMarkdown},
      {"a.html", "words", Format::kHtml},
      {"dir.md/a.HTM", "words", Format::kHtml},
      {"a.xhtml", "words", Format::kHtml},
      {"README", "# words", Format::kText},
      {"dir.md/README", "# words", Format::kText},
      {"a.rst", "words", Format::kRst},
      {"a.adoc", "words", Format::kAsciiDoc},
      {"a.org", "words", Format::kOrg},
      {"a.tex", "words", Format::kLatex},
      {"a.ipynb", "{}", Format::kNotebook},
      {"a", "{\\rtf1 words}", Format::kRtf},
      {"a", "<?xml version='1.0'?>\n<FictionBook xmlns=''>", Format::kFictionBook},
      {"tar.1", ".\\\" comment\n.TH TAR 1", Format::kMan},
      {"pod.1", ".de Sp\n..\n.if x \\\n \\{\\\n.\\}\n.TH POD 1", Format::kMan},
      {"ls.1posix", "'\\\" t\n\n.Dd May", Format::kMan},
      {"part.1", "words\n.TH", Format::kText},
      {"tar", ".TH TAR 1", Format::kText},
      {"a", "PK\x03\x04..mimetypeapplication/epub+zip", Format::kEpub},
      {"a.epub", "PK\x03\x04..", Format::kEpub},
      {"a", "PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.text", Format::kOpenDocument},
      {"a", "PK\x03\x04..word/document.xml", Format::kDocx},
      {"a",
       "\xFD"
       "7zXZ\0"sv,
       Format::kCompressed},
      {"a.md.zst", "\x28\xB5\x2F\xFD..", Format::kCompressed},
      {"a", "", Format::kText},
      {"a.md", "", Format::kMarkdown},
      {"a.pdf", "", Format::kPdf},
      {"a.docx", "", Format::kDocx},
      {"a.fb2", "", Format::kFictionBook},
      {"a.rtf", "", Format::kRtf},
      {"a.md.gz", "", Format::kCompressed},
      {"a.1", "", Format::kText},
      {"a.txt", "<!DOCTYPE html><p>x", Format::kHtml},
      {"a", "\n <HTML><p>x", Format::kHtml},
      {"a", "<html lang=en>", Format::kHtml},
      {"a", "\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- c --><!DOCTYPE html PUBLIC>", Format::kHtml},
      {"a", "\xFF\xFE<\0h\0t\0m\0l\0>\0"sv, Format::kHtml},
      {"a.svg", "<?xml version='1.0'?>\n<!-- c --><svg xmlns=''>", Format::kUnknown},
      {"a", "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN'>\n<svg>", Format::kUnknown},
      {"a.xpm", "/* XPM */\nstatic char *a[] = {", Format::kUnknown},
      {"a", "<htmlish>", Format::kText},
      {"a", "<!-- never closed", Format::kText},
      {"a.txt", "\xFF\xFEw\0o\0"sv, Format::kText},
      {"a.txt", "%PDF-1.4", Format::kPdf},
      {"a.html", "PK\x03\x04zip", Format::kUnknown},
      {"a.txt", "\x1F\x8B\x08", Format::kCompressed},
      {"a.txt", "nul \0 byte"sv, Format::kUnknown},
      {"a", "\x01\x02\x03\x04\x05 words", Format::kUnknown},
      {"a.txt", "caf\xE9", Format::kText},
      {"a.txt", "page one\fpage two \x1B[1m", Format::kText},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(format_name(detect_format(c.name, c.bytes)), format_name(c.format))
        << c.name << ": " << c.bytes;
  }
}

TEST(Format, OneNulDoesNotMakeABinary) {
  const std::string text = std::string("A readable line of text") + '\0' + " and another one.\n";
  EXPECT_EQ(detect_format("note.txt", text), Format::kText);
  EXPECT_EQ(detect_format("note.txt", std::string(64, '\0') + text), Format::kUnknown);
}

TEST(Format, UnknownIsNotRead) {
  const auto document = extract(Format::kUnknown, "x");
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.error().code, Code::kUnsupported);
}

}  // namespace
}  // namespace tome
