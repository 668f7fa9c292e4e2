// SPDX-License-Identifier: GPL-2.0-or-later
// Corpus: the documents of a collection, one JSON object a line, read again when wanted so that a
// large one need not fit into memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tome/result.h"

namespace tome {

struct CollectionDocument {
  std::string id;
  std::string title;  // may be empty
  std::string text;   // may be empty
};

// Where a document stands in corpus.jsonl.
struct DocumentPlace {
  std::string id;
  std::uint64_t offset = 0;  // bytes
  std::uint64_t length = 0;
  std::uint64_t line = 0;
};

class Corpus {
 public:
  // Reads the file once and checks every line: an object with a unique "_id" (string or whole
  // number) and, if there, strings "title" and "text". Errors name the line.
  static Result<Corpus> open(const std::filesystem::path& file);
  Corpus(Corpus&& other) noexcept;
  Corpus& operator=(Corpus&&) = delete;
  ~Corpus();

  const std::filesystem::path& file() const { return file_; }
  const std::vector<DocumentPlace>& places() const { return places_; }  // in file order

  // Reads one document. Safe from any thread.
  Result<CollectionDocument> read(const DocumentPlace& place) const;

 private:
  explicit Corpus(std::filesystem::path file) : file_(std::move(file)) {}
  std::filesystem::path file_;
  int fd_ = -1;
  std::vector<DocumentPlace> places_;
};

}  // namespace tome
