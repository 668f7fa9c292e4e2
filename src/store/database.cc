// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/database.h"

#include <cerrno>
#include <system_error>

#include "store/files.h"

namespace tome {
namespace fs = std::filesystem;

Error write_failed(const Xapian::Error& error, const fs::path& path) {
  const int last = errno;
  const std::string description = error.get_description();
  int number = error_named_in(description);
  // A call that fails while something is added is cancelled, which kPrivate does not allow: then
  // Xapian says that alone, and errno what was before.
  if (number == 0 && description.find("DB_DANGEROUS") != std::string::npos) {
    number = error_named_in(std::generic_category().message(last));
  }
  if (number != 0) return system_error("write the index", path, number);
  return Error{Code::kIo, "cannot write the index: " + description, "run: tome check",
               path.string()};
}

Status expect_contents(const Xapian::Database& database, const std::vector<std::uint64_t>& counts,
                       const fs::path& path) {
  std::uint64_t left = 0;  // up to the end of the run
  auto count = counts.begin();
  for (auto it = database.postlist_begin(""); it != database.postlist_end(""); ++it) {
    while (left == 0 && count != counts.end()) left = *count++;
    if (--left != 0) continue;
    if (database.get_document(*it).get_data().empty()) {
      return system_error("read what was just written", path, EIO);
    }
  }
  return Ok{};
}

Result<std::vector<WordCount>> read_words(const RecordTable& table, const fs::path& path) {
  std::vector<WordCount> words;
  bool sound = true;
  const Status status = table.visit(kWordsKey, [&](std::string_view, std::string_view block) {
    sound = decode_words(block, words);
    return sound;
  });
  if (!sound) return damaged("the index is damaged: its word list is not what was written", path);
  if (!status) return status.error();
  return words;
}

void write_words(RecordMap& records, const std::vector<WordCount>& words) {
  const std::vector<std::string> blocks = encode_words(words);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    records.emplace(word_block_key(words[i * kWordsPerBlock].word), blocks[i]);
  }
}

}  // namespace tome
