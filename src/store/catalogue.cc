// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/catalogue.h"

#include <algorithm>
#include <future>
#include <map>
#include <numeric>
#include <unordered_set>
#include <utility>

#include "text/codec.h"
#include "text/text.h"
#include "text/word_table.h"

namespace tome {
namespace {

// Groups of equals, by union with path halving.
class Groups {
 public:
  explicit Groups(std::size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0u); }
  std::size_t of(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) {
    a = of(a);
    b = of(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parent_;
};

void fill(std::string& field, const std::string& value) {
  if (field.empty()) field = value;
}

void add_missing(std::vector<std::string>& list, const std::vector<std::string>& values) {
  for (const std::string& value : values) {
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
  }
}

// Keeps the first of equals, in order.
void drop_repeats(std::vector<std::string>& list) {
  if (list.size() < 2) return;
  std::unordered_set<std::string> seen;
  std::erase_if(list, [&](const std::string& value) { return !seen.insert(value).second; });
}

// `info` is the surer one.
void complete(WorkInfo& info, const WorkInfo& other) {
  if (info.kind == Kind::kUnknown) info.kind = other.kind;
  fill(info.subtitle, other.subtitle);
  if (info.authors.empty()) info.authors = other.authors;
  if (info.year == 0) info.year = other.year;
  if (info.edition == 0) info.edition = other.edition;
  fill(info.publisher, other.publisher);
  fill(info.isbn, other.isbn);
  fill(info.language, other.language);
  fill(info.url, other.url);
  add_missing(info.topics, other.topics);
  add_missing(info.features, other.features);
}

// Joins the records of one kind and title.
void join_namesakes(const std::vector<WorkRecord>& records, const std::vector<std::size_t>& same,
                    Groups& groups) {
  std::map<std::string, std::size_t> first_of_family;
  std::vector<std::size_t> nameless;
  for (const std::size_t i : same) {
    if (records[i].info.authors.empty()) nameless.push_back(i);
    for (const std::string& author : records[i].info.authors) {
      const auto [it, fresh] = first_of_family.emplace(family_name(author), i);
      if (!fresh) groups.join(it->second, i);
    }
  }
  std::unordered_map<std::string_view, std::size_t> first_of_key;
  for (const std::size_t i : same) {  // one key is one work, whoever wrote the record
    const auto [it, fresh] = first_of_key.emplace(records[i].key, i);
    if (!fresh) groups.join(it->second, i);
  }
  // A record without author joins when there is just one work it can be.
  std::size_t only = SIZE_MAX;
  bool unique = true;
  for (const std::size_t i : same) {
    if (records[i].info.authors.empty()) continue;
    if (only == SIZE_MAX) only = groups.of(i);
    unique = unique && groups.of(i) == only;
  }
  if (only == SIZE_MAX || !unique) return;
  for (const std::size_t i : nameless) groups.join(only, i);
}

constexpr std::size_t kWorthAThread = 4096;  // titles

// The titles of all, folded.
std::vector<std::string> folded_titles(const std::vector<WorkRecord>& records) {
  std::vector<std::string> folded(records.size());
  const auto fold_some = [&](std::size_t begin, std::size_t end) {
    for (; begin < end; ++begin) folded[begin] = fold(records[begin].info.title);
  };
  if (records.size() < kWorthAThread) {
    fold_some(0, records.size());
    return folded;
  }
  const std::size_t half = records.size() / 2;
  std::future<void> other = std::async(fold_some, std::size_t{0}, half);
  fold_some(half, records.size());
  other.get();
  return folded;
}

}  // namespace

Catalogue::Catalogue(std::vector<WorkRecord> given) {
  // The records are large: their order is found first, then each is moved once.
  std::vector<std::size_t> order(given.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto before_other = [&](std::size_t one, std::size_t two) {
    const WorkRecord& a = given[one];
    const WorkRecord& b = given[two];
    if (a.origin != b.origin) return a.origin > b.origin;
    if (a.source != b.source) return a.source < b.source;
    if (a.key != b.key) return a.key < b.key;
    return tome::encode(a) <
           tome::encode(b);  // two states of one whole: any order, as long as it is one
  };
  std::vector<WorkRecord> records;
  if (std::is_sorted(order.begin(), order.end(), before_other)) {  // of one segment they are
    records = std::move(given);
  } else {
    std::sort(order.begin(), order.end(), before_other);
    records.reserve(given.size());
    for (const std::size_t i : order) records.push_back(std::move(given[i]));
  }
  const std::vector<std::string> folded = folded_titles(records);
  // Of each kind and title the last record, and of each record the one before; from 1, 0: none.
  WordTable<std::size_t> last_of_title;
  std::vector<std::size_t> before(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    const WorkInfo& info = records[i].info;
    const std::string_view main = main_title(info.title);
    const char kind = info.kind == Kind::kBook ? 'b' : 'a';
    std::size_t& last = last_of_title[kind + (main == info.title ? folded[i] : fold(main))];
    before[i] = std::exchange(last, i + 1);
  }
  Groups groups(records.size());
  for (const auto& entry : last_of_title) {
    if (before[entry.value - 1] == 0) continue;
    std::vector<std::size_t> same;
    for (std::size_t i = entry.value; i != 0; i = before[i - 1]) same.push_back(i - 1);
    std::reverse(same.begin(), same.end());
    join_namesakes(records, same, groups);
  }
  std::vector<std::size_t> place(records.size(), SIZE_MAX);  // group -> index in works_
  std::vector<std::size_t> surest;                           // of each work, the record
  works_.reserve(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    std::size_t& at = place[groups.of(i)];
    std::string key = std::move(records[i].key);
    if (at == SIZE_MAX) {
      at = works_.size();
      works_.push_back(Work{key, std::move(records[i].info), {}, {}});
      surest.push_back(i);
    } else {
      complete(works_[at].info, records[i].info);
    }
    Work& work = works_[at];
    work.keys.push_back(std::move(key));
    if (!records[i].source.empty()) work.sources.push_back(std::move(records[i].source));
  }
  for (Work& work : works_) {
    drop_repeats(work.keys);
    drop_repeats(work.sources);
  }
  struct Title {
    std::uint64_t head = 0;  // first_bytes() of the rest
    const std::string* folded = nullptr;
    std::size_t work = 0;
  };
  std::vector<Title> titles(works_.size());
  for (std::size_t i = 0; i < works_.size(); ++i) {
    const std::string& title = folded[surest[i]];
    titles[i] = {first_bytes(title), &title, i};
  }
  std::sort(titles.begin(), titles.end(), [this](const Title& a, const Title& b) {
    if (a.head != b.head) return a.head < b.head;
    if (const int order = a.folded->compare(*b.folded); order != 0) return order < 0;
    return works_[a.work].id < works_[b.work].id;
  });
  std::vector<Work> sorted;
  sorted.reserve(works_.size());
  for (const Title& title : titles) sorted.push_back(std::move(works_[title.work]));
  works_ = std::move(sorted);
  size_ = works_.size();
  for (const Work& work : works_) books_ += work.info.kind == Kind::kBook;
}

const WorkKeys& Catalogue::keys() const {
  if (by_key_.empty()) {
    for (std::size_t i = 0; i < works_.size(); ++i) {
      for (const std::string& key : works_[i].keys) by_key_.emplace_back(key, i);
    }
    // A key that two works have, which are of two kinds then, is that of the first.
    std::sort(by_key_.begin(), by_key_.end());
    by_key_.erase(std::unique(by_key_.begin(), by_key_.end(),
                              [](const auto& a, const auto& b) { return a.first == b.first; }),
                  by_key_.end());
  }
  return by_key_;
}

const Work& Catalogue::work(std::size_t i) const {
  if (!works_.empty()) return works_[i];
  const auto [place, fresh] = read_.try_emplace(i);
  if (fresh) place->second = kept_->read(i);
  return place->second;
}

const std::vector<Work>& Catalogue::works() const {
  if (works_.empty() && size_ > 0) {
    std::vector<Work> all;
    all.reserve(size_);
    for (std::size_t i = 0; i < size_; ++i) all.push_back(kept_->read(i));
    works_ = std::move(all);
  }
  return works_;
}

void Catalogue::view(std::size_t i, WorkFields& fields) const {
  if (works_.empty()) return kept_->view(i, fields);
  const WorkInfo& info = works_[i].info;
  fields.kind = info.kind;
  fields.year = info.year;
  fields.title = info.title;
  fields.subtitle = info.subtitle;
  fields.authors.assign(info.authors.begin(), info.authors.end());
  fields.topics.assign(info.topics.begin(), info.topics.end());
}

bool Catalogue::is_book(std::size_t i) const {
  return kept_ ? kept_->is_book(i) : works_[i].info.kind == Kind::kBook;
}

const Work* Catalogue::find(std::string_view key) const {
  const std::size_t i = index_of(key);
  return i < size_ ? &work(i) : nullptr;
}

std::size_t Catalogue::index_of(std::string_view key) const {
  if (kept_) return kept_->index_of(key);
  const WorkKeys& known = keys();
  const auto found =
      std::lower_bound(known.begin(), known.end(), key,
                       [](const auto& one, std::string_view wanted) { return one.first < wanted; });
  return found == known.end() || found->first != key ? size_ : found->second;
}

std::string Catalogue::encode() const {
  const std::vector<Work>& all = works();  // and with them the keys
  // Its destructor waits.
  std::future<WorkBlocks> blocks = std::async([&] { return pack_works(all); });
  const std::optional<std::string> known = pack_keys(keys());
  return encode_works(known, blocks.get());
}

std::optional<Catalogue> Catalogue::decode(std::string_view bytes,
                                           std::shared_ptr<const void> owner) {
  Catalogue catalogue;
  catalogue.kept_ = KeptCatalogue::open(bytes, std::move(owner));
  if (!catalogue.kept_) return std::nullopt;
  catalogue.size_ = catalogue.kept_->size();
  catalogue.books_ = catalogue.kept_->books();
  return catalogue;
}

}  // namespace tome
