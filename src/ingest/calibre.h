// SPDX-License-Identifier: GPL-2.0-or-later
// Folders of a Calibre library: "Author/Title (7)/" holds metadata.opf, cover.jpg and the files of
// one book. The book is one source: its best file, told what metadata.opf says; metadata.opf itself
// where no file of it can be read.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extract/description.h"
#include "ingest/inspect.h"
#include "ingest/walk.h"
#include "tome/result.h"

namespace tome {

struct CalibreBook {
  BookDescription described;
  std::string fingerprint;  // "opf:" and the digest of metadata.opf
};

// What a file of such a folder is.
struct CalibrePart {
  std::shared_ptr<const CalibreBook> book;  // the source of this book; null: no source
  bool another_format = false;              // of a book that is read from another file
};

// The files of `found` (sorted by path) that belong to a book with metadata.opf, by path. One that
// is not understood is reported in `warnings`, and its folder read as any other.
std::map<std::string, CalibrePart> find_calibre_books(const std::filesystem::path& base,
                                                      const std::vector<FoundFile>& found,
                                                      std::vector<Error>& warnings);

// Makes `file` the source of the book.
void tell_of_book(const std::filesystem::path& base, const std::shared_ptr<const CalibreBook>& book,
                  File& file);

// Whether the fingerprint in a source's record is that of such a book.
bool is_calibre_fingerprint(std::string_view whole);

// `part` of a root; the folder where it is a file beside metadata.opf, since a book is decided from
// all its files.
std::string with_calibre_folder(const std::filesystem::path& root, const std::string& part);

}  // namespace tome
