// SPDX-License-Identifier: GPL-2.0-or-later
// The table of contents of an EPUB: nav (EPUB 3) or NCX (EPUB 2). Safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "extract/epub_package.h"

namespace tome::epub {

struct TocEntry {
  std::string title;
  std::string file;      // its name in the ZIP
  std::string fragment;  // empty: the beginning of the file
  int depth = 1;         // from 1; what is deeper than 6 counts as 6
  bool parent = false;   // entries stand below it
};

// Its entries in order, each once, of files of the ZIP alone. An entry that leads nowhere (a part
// of which only the chapters are linked) leads where the first one below it does. Empty when there
// is no table.
std::vector<TocEntry> read_toc(const Files& files, const Package& package);

}  // namespace tome::epub
