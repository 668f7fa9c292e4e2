// SPDX-License-Identifier: GPL-2.0-or-later
// Reader's word list: the blocks that may hold what is asked for, found by the keys of a table, or
// by bisection of what is served.
#include <algorithm>
#include <functional>

#include "store/kept_works.h"
#include "store/reader_impl.h"

namespace tome {
namespace {

// Takes the entries that begin with `prefix`; false at the first beyond them.
class Taker {
 public:
  Taker(std::string_view prefix, std::vector<WordCount>& out) : prefix_(prefix), out_(out) {}
  bool operator()(std::string_view word, std::uint64_t count) {
    if (word.starts_with(prefix_)) {
      out_.push_back({std::string(word), count});
    } else {
      beyond_ = word > prefix_;
    }
    return !beyond_;
  }
  bool beyond() const { return beyond_; }

 private:
  std::string_view prefix_;
  std::vector<WordCount>& out_;
  bool beyond_ = false;
};

// The blocks of a served shard's list, which are kept, since each takes a round trip.
class Blocks {
 public:
  Blocks(const Xapian::Database& database, std::map<std::string, std::string>& kept)
      : database_(database), kept_(kept) {}

  bool visit(std::size_t number, const VisitWord& visit) {
    return visit_words(value(words_key(number)), visit);
  }

  std::size_t count() {
    constexpr const char* kCountKey = "count of words/";
    if (kept_.contains(kCountKey)) return std::stoul(kept_[kCountKey]);
    std::size_t count = 0;  // known when all were read: that may fail
    const std::string prefix(kWordsKey);
    for (auto key = database_.metadata_keys_begin(prefix);
         key != database_.metadata_keys_end(prefix); ++key) {
      ++count;
    }
    kept_[kCountKey] = std::to_string(count);
    return count;
  }

 private:
  std::string value(const std::string& key) {
    const auto known = kept_.find(key);
    if (known != kept_.end()) return known->second;
    return kept_.emplace(key, database_.get_metadata(key)).first->second;
  }

  const Xapian::Database& database_;
  std::map<std::string, std::string>& kept_;
};

// Entries of a served shard that begin with `prefix`; false when a block is damaged.
bool entries(Blocks segment, std::string_view prefix, std::vector<WordCount>& out) {
  const std::size_t blocks = segment.count();
  std::size_t first = 0;  // the last block that begins before the prefix
  for (std::size_t width = prefix.empty() ? 0 : blocks; width > 1;) {
    const std::size_t half = width / 2;
    bool any = false;
    bool before = false;  // whether the block begins before the prefix
    const bool sound = segment.visit(first + half, [&](std::string_view word, std::uint64_t) {
      any = true;
      before = word < prefix;
      return false;
    });
    if (!sound || !any) return false;
    if (before) first += half;
    width -= half;
  }
  Taker take(prefix, out);
  for (std::size_t number = first; number < blocks && !take.beyond(); ++number) {
    if (!segment.visit(number, std::ref(take))) return false;
  }
  return true;
}

// The same of a table, whose blocks of words have their first word in their keys.
Status entries(const RecordTable& table, const std::filesystem::path& path, std::string_view prefix,
               std::vector<WordCount>& out) {
  RecordCursor block(table);
  Status status = block.seek_floor(word_block_key(prefix));
  if (status && (block.at_end() || !block.key().starts_with(kWordsKey))) {
    status = block.seek(kWordsKey);
  }
  Taker take(prefix, out);
  while (status && !block.at_end() && block.key().starts_with(kWordsKey)) {
    if (!visit_words(block.value(), std::ref(take))) {
      return damaged(std::string(kDamagedRecord), path);
    }
    if (take.beyond()) break;
    status = block.next();
  }
  return status;
}

}  // namespace

Result<std::vector<WordCount>> Reader::words(std::string_view prefix) const {
  std::vector<std::vector<WordCount>> lists(impl_->segments.size());
  const Status status = impl_->each_segment([&](std::size_t i) -> Status {
    Impl::Segment& segment = impl_->segments[i];
    if (!segment.remote) return entries(*segment.records, segment.path, prefix, lists[i]);
    const Blocks blocks(segment.database, impl_->shards[segment.shard]->kept);
    if (!entries(blocks, prefix, lists[i])) {
      return damaged(std::string(kDamagedRecord), segment.path);
    }
    return Ok{};
  });
  if (!status) return status.error();
  if (prefix.empty()) {
    for (std::vector<WordCount>& list : lists) {
      std::erase_if(list, [](const WordCount& word) { return word.word[0] == kAcronymMark; });
    }
  }
  if (lists.size() == 1) return std::move(lists.front());
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
