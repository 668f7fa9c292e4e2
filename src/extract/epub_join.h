// SPDX-License-Identifier: GPL-2.0-or-later
// Joins the chapters of an EPUB to one Document whose headings say what its table of contents says.
// One thread.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "extract/builder.h"
#include "extract/epub_chapter.h"
#include "extract/epub_toc.h"

namespace tome::epub {

class Joiner {
 public:
  // Appends the file `name`. `entries`: those of the table that lead into it, in order. Each
  // becomes a heading of the entry's depth: the one that stands there when it says the same, else a
  // new one before the place. The other headings keep their order of size below it.
  void add(const std::string& name, const Chapter& chapter,
           const std::vector<const TocEntry*>& entries);

  std::size_t blocks() const { return blocks_; }  // of the files alone, without new headings

  Document finish() && { return std::move(builder_).finish(); }

 private:
  class File;

  DocumentBuilder builder_;
  std::size_t blocks_ = 0;
  int shift_ = 0;  // from a file's heading levels to the book's, as the latest entry left it
};

}  // namespace tome::epub
