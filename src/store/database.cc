// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/database.h"

namespace tome {
namespace fs = std::filesystem;

Error write_failed(const Xapian::Error& error, const fs::path& path) {
  const bool full =
      error.get_error_string() != nullptr &&
      std::string_view(error.get_error_string()).find("space") != std::string_view::npos;
  return Error{Code::kIo, "cannot write the index: " + error.get_description(),
               full ? "free some space on that disk and run it again" : "", path.string()};
}

Result<std::vector<WordCount>> read_words(const Xapian::Database& database, const fs::path& path) {
  std::vector<WordCount> words;
  const std::string prefix(kWordsKey);
  for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix);
       ++key) {
    if (!decode_words(database.get_metadata(*key), words)) {
      return damaged("the index is damaged: its word list is not what was written", path);
    }
  }
  return words;
}

void write_words(Xapian::WritableDatabase& database, const std::vector<WordCount>& words) {
  const std::string prefix(kWordsKey);
  std::vector<std::string> old;
  for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix);
       ++key) {
    old.push_back(*key);
  }
  for (const std::string& key : old) database.set_metadata(key, "");
  const std::vector<std::string> blocks = encode_words(words);
  for (std::size_t i = 0; i < blocks.size(); ++i) database.set_metadata(words_key(i), blocks[i]);
}

}  // namespace tome
