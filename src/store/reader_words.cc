// SPDX-License-Identifier: GPL-2.0-or-later
// Reader's word list: the blocks that may hold what is asked for, found by bisection.
#include <algorithm>
#include <charconv>

#include "store/kept_works.h"
#include "store/reader_impl.h"

namespace tome {
namespace {

// The blocks of one segment's list. Those of a served shard are kept, since each takes a round
// trip.
class Blocks {
 public:
  // `kept` is null for a local segment, `table` for a served one.
  Blocks(const Xapian::Database& database, const RecordTable* table,
         std::map<std::string, std::string>* kept, std::optional<std::size_t>& known)
      : database_(database), table_(table), kept_(kept), known_(known) {}

  // Whether the block is whole.
  Result<bool> visit(std::size_t number, const VisitWord& visit) {
    const Result<std::string> block = value(words_key(number));
    if (!block) return block.error();
    return visit_words(*block, visit);
  }

  Result<std::size_t> count() {
    if (!known_) {
      const Result<std::size_t> count = table_ != nullptr ? count_of_table() : count_of_served();
      if (!count) return count;
      known_ = *count;
    }
    return *known_;
  }

 private:
  // Their keys are numbers from 0 on.
  Result<std::size_t> count_of_table() const {
    const Result<std::string> last = table_->last_key(kWordsKey);
    if (!last) return last.error();
    std::size_t number = 0;
    if (last->empty()) return number;
    const char* end = last->data() + last->size();
    std::from_chars(last->data() + kWordsKey.size(), end, number);
    return number + 1;
  }
  std::size_t count_of_served() {
    constexpr const char* kCountKey = "count of words/";
    if (kept_->contains(kCountKey)) return std::stoul((*kept_)[kCountKey]);
    std::size_t count = 0;
    const std::string prefix(kWordsKey);
    for (auto key = database_.metadata_keys_begin(prefix);
         key != database_.metadata_keys_end(prefix); ++key) {
      ++count;
    }
    (*kept_)[kCountKey] = std::to_string(count);
    return count;
  }

  // Empty when there is none.
  Result<std::string> value(const std::string& key) {
    if (table_ != nullptr) {
      Result<std::optional<std::string>> block = table_->get(key);
      if (!block) return block.error();
      return std::move(*block).value_or("");
    }
    const auto known = kept_->find(key);
    if (known != kept_->end()) return known->second;
    return kept_->emplace(key, database_.get_metadata(key)).first->second;
  }

  const Xapian::Database& database_;
  const RecordTable* table_;
  std::map<std::string, std::string>* kept_;
  std::optional<std::size_t>& known_;  // how many there are
};

// Entries of one segment that begin with `prefix`; false when a block is damaged.
Result<bool> entries(Blocks segment, std::string_view prefix, std::vector<WordCount>& out) {
  const Result<std::size_t> blocks = segment.count();
  if (!blocks) return blocks.error();
  std::size_t first = 0;  // the last block that begins before the prefix
  for (std::size_t width = prefix.empty() ? 0 : *blocks; width > 1;) {
    const std::size_t half = width / 2;
    bool any = false;
    bool before = false;  // whether the block begins before the prefix
    const Result<bool> sound =
        segment.visit(first + half, [&](std::string_view word, std::uint64_t) {
          any = true;
          before = word < prefix;
          return false;
        });
    if (!sound || !*sound) return sound;
    if (!any) return false;
    if (before) first += half;
    width -= half;
  }
  bool beyond = false;
  for (std::size_t number = first; number < *blocks && !beyond; ++number) {
    const Result<bool> sound =
        segment.visit(number, [&](std::string_view word, std::uint64_t count) {
          if (word.starts_with(prefix)) {
            out.push_back({std::string(word), count});
          } else {
            beyond = word > prefix;
          }
          return !beyond;
        });
    if (!sound || !*sound) return sound;
  }
  return true;
}

}  // namespace

Result<std::vector<WordCount>> Reader::words(std::string_view prefix) const {
  std::vector<std::vector<WordCount>> lists(impl_->segments.size());
  const Status status = impl_->each_segment([&](std::size_t i) -> Status {
    Impl::Segment& segment = impl_->segments[i];
    auto* kept = segment.remote ? &impl_->shards[segment.shard]->kept : nullptr;
    const Blocks blocks(segment.database, segment.records.get(), kept, segment.word_blocks);
    const Result<bool> sound = entries(blocks, prefix, lists[i]);
    if (!sound) return sound.error();
    if (!*sound) return damaged(std::string(kDamagedRecord), segment.path);
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
