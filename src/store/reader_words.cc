// SPDX-License-Identifier: GPL-2.0-or-later
// Reader's word list: the blocks that may hold what is asked for, found by bisection.
#include <algorithm>

#include "store/kept_works.h"
#include "store/reader_impl.h"

namespace tome {
namespace {

bool read_block(const Xapian::Database& segment, std::size_t number, std::vector<WordCount>& out) {
  return decode_words(segment.get_metadata(words_key(number)), out);
}

std::size_t count_blocks(const Xapian::Database& segment) {
  std::size_t count = 0;
  const std::string prefix(kWordsKey);
  for (auto key = segment.metadata_keys_begin(prefix); key != segment.metadata_keys_end(prefix);
       ++key) {
    ++count;
  }
  return count;
}

// Entries of one segment that begin with `prefix`; false when a block is damaged.
bool entries(const Xapian::Database& segment, std::string_view prefix,
             std::vector<WordCount>& out) {
  const std::size_t blocks = count_blocks(segment);
  std::size_t first = 0;  // the last block that begins before the prefix
  for (std::size_t width = blocks; width > 1;) {
    const std::size_t half = width / 2;
    std::vector<WordCount> block;
    if (!read_block(segment, first + half, block) || block.empty()) return false;
    if (block.front().word < prefix) first += half;
    width -= half;
  }
  for (std::size_t number = first; number < blocks; ++number) {
    std::vector<WordCount> block;
    if (!read_block(segment, number, block)) return false;
    for (WordCount& word : block) {
      if (std::string_view(word.word).starts_with(prefix)) {
        out.push_back(std::move(word));
      } else if (word.word > prefix) {
        return true;
      }
    }
  }
  return true;
}

}  // namespace

Result<std::vector<WordCount>> Reader::words(std::string_view prefix) const {
  std::vector<std::vector<WordCount>> lists(impl_->segments.size());
  for (std::size_t i = 0; i < lists.size(); ++i) {
    const std::filesystem::path path = segment_path(impl_->index, impl_->manifest.segments[i].id);
    try {
      if (!entries(impl_->segments[i], prefix, lists[i])) {
        return damaged(std::string(kDamagedRecord), path);
      }
    } catch (const Xapian::Error& error) {
      return damaged(error, path);
    }
    if (!prefix.empty()) continue;
    std::erase_if(lists[i], [](const WordCount& word) { return word.word[0] == kAcronymMark; });
  }
  return add_words(lists);
}

Result<const AcronymTable*> Reader::acronyms() const {
  if (!impl_->acronyms) impl_->acronyms = read_kept_acronyms(impl_->index, impl_->manifest);
  if (!impl_->acronyms) {
    Result<std::vector<WordCount>> list = words(std::string_view(&kAcronymMark, 1));
    if (!list) return list.error();
    std::vector<AcronymCount> acronyms(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
      if (!read_acronym((*list)[i], acronyms[i])) {
        return damaged(std::string(kDamagedRecord), impl_->index);
      }
    }
    impl_->acronyms = AcronymTable::of(acronyms);
  }
  return &*impl_->acronyms;
}

}  // namespace tome
