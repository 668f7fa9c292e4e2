// SPDX-License-Identifier: GPL-2.0-or-later
// A collection as a shelf: each document of a corpus becomes a source of the root "collection" and
// goes through the product's own pipeline.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "eval/corpus.h"
#include "extract/document.h"
#include "tome/result.h"

namespace tome {

// The document as an extractor would have made it: a heading for the title, a paragraph a line of
// text. As a book it names its title and kind as front matter does.
Document make_document(const CollectionDocument& document, bool as_book);

// The path that stands for a document's ID: letters, digits, "-", "_" and "." (not first) stay,
// other bytes become %XX. No two IDs have the same path.
std::string path_of_id(std::string_view id);

// The ID that path_of_id() made `path` of.
std::string id_of_path(std::string_view path);

struct CollectionIndex {
  std::uint64_t documents = 0;
  std::uint64_t passages = 0;
  double seconds = 0;               // spent on indexing
  bool reused = false;              // it was there already
  std::vector<std::string> failed;  // "ID: reason" of documents that could not be indexed
};

// Indexes `file` into `index`, which must be new, empty or a folder that this function made before
// (anything else is kRefused: an index of the user's own is never replaced). What was made of the
// same corpus (path, size, time) in the same way is used again.
Result<CollectionIndex> index_collection(const std::filesystem::path& index,
                                         const std::filesystem::path& file, bool as_books,
                                         unsigned threads);

}  // namespace tome
