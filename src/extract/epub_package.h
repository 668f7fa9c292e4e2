// SPDX-License-Identifier: GPL-2.0-or-later
// The package document (OPF) of an EPUB: what the book is and in which order its files are read.
// Safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "extract/epub_files.h"
#include "tome/result.h"
#include "tome/work.h"

namespace tome::epub {

struct Package {
  WorkInfo info;
  std::vector<std::string> spine;  // files in reading order, each once; without tables of contents
  std::string nav;                 // EPUB 3's table of contents; empty: none
  std::string ncx;                 // EPUB 2's
  std::vector<std::string> warnings;
};

// Reads META-INF/container.xml and the package that it names. What is missing is made up for as far
// as can be, with a warning: without container the package is looked for, without package every
// page is read, in the order of names. kUnsupported: the text is encrypted (DRM).
Result<Package> read_package(const Files& files);

}  // namespace tome::epub
