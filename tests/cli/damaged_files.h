// SPDX-License-Identifier: GPL-2.0-or-later
// Small whole files of the formats that are containers, and what is done to them.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "support/pdf_file.h"
#include "support/zip.h"

namespace tome::test {

inline std::string many(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

// The first half.
inline std::string cut(const std::string& bytes) { return bytes.substr(0, bytes.size() / 2); }

// A document type whose entity &i; stands for ten million words.
inline std::string entity_bomb(std::string_view element) {
  std::string out = fmt::format("<?xml version='1.0'?><!DOCTYPE {} [<!ENTITY a 'bomb '>", element);
  for (char c = 'b'; c <= 'i'; ++c) {
    out += fmt::format("<!ENTITY {} '{}'>", c, many(fmt::format("&{};", char(c - 1)), 10));
  }
  return out + "]>";
}

// Of a chapter in the folder OEBPS, which `name` names from there; `prologue` opens the package,
// `more` are files besides.
struct EpubParts {
  std::string chapter = "<h1>Sluice</h1><p>The sluice opens at dusk.</p>";
  std::string chapter_prologue = "<?xml version='1.0'?>";
  std::string name = "c.xhtml";
  std::string href = "c.xhtml";
  std::string prologue = "<?xml version='1.0'?>";
  std::string title = "The Sluice";
  NamedFiles more = {};
};

inline NamedFiles epub_files(const EpubParts& parts) {
  NamedFiles files = {
      {"mimetype", "application/epub+zip"},
      {"META-INF/container.xml",
       "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile "
       "full-path='OEBPS/p.opf' media-type='application/oebps-package+xml'/></rootfiles>"
       "</container>"},
      {"OEBPS/p.opf",
       fmt::format("{}<package xmlns='http://www.idpf.org/2007/opf' version='3.0'><metadata "
                   "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{}</dc:title></metadata>"
                   "<manifest><item id='c' href='{}' media-type='application/xhtml+xml'/>"
                   "</manifest><spine><itemref idref='c'/></spine></package>",
                   parts.prologue, parts.title, parts.href)},
      {"OEBPS/" + parts.name,
       fmt::format("{}<html xmlns='http://www.w3.org/1999/xhtml'><body>{}</body></html>",
                   parts.chapter_prologue, parts.chapter)},
  };
  files.insert(files.end(), parts.more.begin(), parts.more.end());
  return files;
}

inline std::string epub(const EpubParts& parts = {}) { return zip(epub_files(parts)); }

// `inner` are its paragraphs.
inline std::string docx(
    std::string_view inner = "<w:p><w:r><w:t>The sluice opens at dusk.</w:t></w:r></w:p>",
    std::string_view prologue = "") {
  return zip({{"[Content_Types].xml", "<Types/>"},
              {"word/document.xml",
               fmt::format("{}<w:document xmlns:w='w'><w:body>{}</w:body></w:document>", prologue,
                           inner)}});
}

inline std::string odt(std::string_view inner = "<text:p>The sluice opens at dusk.</text:p>",
                       std::string_view prologue = "") {
  return zip(
      {{"mimetype", "application/vnd.oasis.opendocument.text"},
       {"content.xml",
        fmt::format("{}<office:document-content xmlns:office='o' xmlns:text='t'><office:body>"
                    "<office:text>{}</office:text></office:body></office:document-content>",
                    prologue, inner)}},
      "zip:compression=store");
}

inline std::string fb2(std::string_view inner,
                       std::string_view prologue = "<?xml version='1.0'?>") {
  return fmt::format("{}<FictionBook><body><section>{}</section></body></FictionBook>", prologue,
                     inner);
}

inline PdfParts pdf_parts() {
  PdfParts parts;
  parts.pages = {pdf_lines(72, 100, {"The sluice opens at dusk, and the wheel begins to turn."})};
  return parts;
}

// With the marks of a password that is not empty.
inline std::string encrypted_pdf() {
  PdfParts parts = pdf_parts();
  parts.encrypt =
      "/Filter /Standard /V 1 /R 2 /P -4 "
      "/O <000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F> "
      "/U <004DFD0E46DEDBE613D4038E136F36A5CBF1A17FECEAD5F7A7C52455BD6D326A>";
  return pdf_file(parts);
}

inline std::string scanned_pdf() {
  PdfParts parts;
  parts.pages.resize(3);
  parts.image = true;
  return pdf_file(parts);
}

inline std::string cyclic_pdf() {
  PdfParts parts = pdf_parts();
  parts.outline = {{"Sluice", 1}, {"Dusk", 2}, {"Wheel", 2}};
  parts.cyclic = true;
  return pdf_file(parts);
}

}  // namespace tome::test
