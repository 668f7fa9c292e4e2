// SPDX-License-Identifier: GPL-2.0-or-later
// Small EPUBs in memory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "blocks.h"
#include "support/zip.h"

namespace tome::test {

inline constexpr std::string_view kContainer =
    "<?xml version='1.0'?><container version='1.0' "
    "xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile "
    "full-path='OEBPS/content.opf' media-type='application/oebps-package+xml'/></rootfiles>"
    "</container>";

inline std::string xhtml(std::string_view body, std::string_view head = "<title>x</title>") {
  return fmt::format(
      "<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE html>\n<html "
      "xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'>"
      "<head>{}</head>\n<body>{}</body></html>",
      head, body);
}

// A package over files of OEBPS/, read in this order; what is called nav or ends in .ncx is in the
// manifest alone.
inline std::string opf(const std::vector<std::string>& files, std::string_view metadata = "") {
  std::string manifest, spine, ncx;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string& file = files[i];
    const bool nav = file == "nav.xhtml";
    const bool is_ncx = file.ends_with(".ncx");
    manifest += fmt::format("<item id='i{}' href='{}' media-type='{}'{}/>", i, file,
                            is_ncx ? "application/x-dtbncx+xml" : "application/xhtml+xml",
                            nav ? " properties='nav'" : "");
    if (is_ncx) ncx = fmt::format(" toc='i{}'", i);
    if (!nav && !is_ncx) spine += fmt::format("<itemref idref='i{}'/>", i);
  }
  return fmt::format(
      "<?xml version='1.0'?><package xmlns='http://www.idpf.org/2007/opf' version='3.0'>"
      "<metadata xmlns:dc='http://purl.org/dc/elements/1.1/' "
      "xmlns:opf='http://www.idpf.org/2007/opf'>{}</metadata><manifest>{}</manifest>"
      "<spine{}>{}</spine></package>",
      metadata, manifest, ncx, spine);
}

inline std::string nav(std::string_view list) {
  return xhtml(fmt::format("<nav epub:type='toc'><h1>Contents</h1>{}</nav>", list));
}

inline std::string ncx(std::string_view points) {
  return fmt::format(
      "<?xml version='1.0'?><!DOCTYPE ncx PUBLIC '-//NISO//DTD ncx 2005-1//EN' "
      "'http://www.daisy.org/z3986/2005/ncx-2005-1.dtd'><ncx "
      "xmlns='http://www.daisy.org/z3986/2005/ncx/'><docTitle><text>T</text></docTitle>"
      "<navMap>{}</navMap></ncx>",
      points);
}

inline std::string point(std::string_view title, std::string_view to, std::string_view below = "") {
  return fmt::format(
      "<navPoint><navLabel><text>{}</text></navLabel><content src='{}'/>{}</navPoint>", title, to,
      below);
}

// An EPUB of files in OEBPS/, which lists all of them in its package.
inline std::string epub(const NamedFiles& files, std::string_view metadata = "") {
  std::vector<std::string> names;
  NamedFiles all = {{"mimetype", "application/epub+zip"},
                    {"META-INF/container.xml", std::string(kContainer)}};
  for (const auto& [name, bytes] : files) {
    names.push_back(name);
    all.emplace_back("OEBPS/" + name, bytes);
  }
  all.emplace_back("OEBPS/content.opf", opf(names, metadata));
  return zip(all);
}

// As show(), or "! message" and the warnings behind it.
inline std::string show_epub(std::string_view bytes) {
  const Result<Document> document = extract(Format::kEpub, bytes);
  if (!document) return "! " + document.error().message + "\n";
  std::string out = show(*document);
  for (const std::string& warning : document->warnings) out += "? " + warning + "\n";
  return out;
}

// One file "c.xhtml" of this body under this table.
inline std::string with_nav(std::string_view list, std::string_view body) {
  return show_epub(epub({{"c.xhtml", xhtml(body)}, {"nav.xhtml", nav(list)}}));
}

// What is read of one chapter.
inline std::string chapter(std::string_view body, std::string_view head = "<title>x</title>") {
  return show_epub(epub({{"c.xhtml", xhtml(body, head)}}));
}

}  // namespace tome::test
