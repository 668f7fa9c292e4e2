// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/catalogue.h"

#include <algorithm>
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

constexpr std::size_t kNumber = kFixedNumber;
constexpr std::size_t kKeyEntry = Catalogue::kKeyBytes + kNumber;

std::string write_work(const Work& work) {
  Encoder out;
  out.text(work.id);
  out.texts(work.keys);
  out.texts(work.sources);
  put_info(out, work.info);
  return out.take();
}

void read_work(std::string_view record, Work& work) {
  Decoder in(record);
  work.id = std::string(in.text());
  work.keys = in.texts();
  work.sources = in.texts();
  work.info = info_of(in);
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
  // Of each kind and title the last record, and of each record the one before; from 1, 0: none.
  WordTable<std::size_t> last_of_title;
  std::vector<std::size_t> before(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    const WorkInfo& info = records[i].info;
    const char kind = info.kind == Kind::kBook ? 'b' : 'a';
    std::size_t& last = last_of_title[kind + fold(main_title(info.title))];
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
  works_.reserve(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    std::size_t& at = place[groups.of(i)];
    std::string key = std::move(records[i].key);
    if (at == SIZE_MAX) {
      at = works_.size();
      works_.push_back(Work{key, std::move(records[i].info), {}, {}});
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
    std::string folded;
    std::size_t work = 0;
  };
  std::vector<Title> titles(works_.size());
  for (std::size_t i = 0; i < works_.size(); ++i) {
    titles[i].folded = fold(works_[i].info.title);
    titles[i].head = first_bytes(titles[i].folded);
    titles[i].work = i;
  }
  std::sort(titles.begin(), titles.end(), [this](const Title& a, const Title& b) {
    if (a.head != b.head) return a.head < b.head;
    if (const int order = a.folded.compare(b.folded); order != 0) return order < 0;
    return works_[a.work].id < works_[b.work].id;
  });
  std::vector<Work> sorted;
  sorted.reserve(works_.size());
  for (const Title& title : titles) sorted.push_back(std::move(works_[title.work]));
  works_ = std::move(sorted);
  size_ = works_.size();
  for (const Work& work : works_) books_ += work.info.kind == Kind::kBook;
}

const Catalogue::Keys& Catalogue::keys() const {
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
  if (fresh) read_work(record(i), place->second);
  return place->second;
}

const std::vector<Work>& Catalogue::works() const {
  if (works_.empty() && size_ > 0) {
    std::vector<Work> all(size_);
    for (std::size_t i = 0; i < size_; ++i) read_work(record(i), all[i]);
    works_ = std::move(all);
  }
  return works_;
}

const Work* Catalogue::find(std::string_view key) const {
  const std::size_t i = index_of(key);
  return i < size_ ? &work(i) : nullptr;
}

std::size_t Catalogue::index_of(std::string_view key) const {
  if (owner_ == nullptr) {
    const Keys& known = keys();
    const auto found = std::lower_bound(
        known.begin(), known.end(), key,
        [](const auto& one, std::string_view wanted) { return one.first < wanted; });
    return found == known.end() || found->first != key ? size_ : found->second;
  }
  std::size_t first = 0;
  for (std::size_t width = keys_.size() / kKeyEntry; width > 0;) {
    const std::size_t half = width / 2;
    const std::string_view entry = keys_.substr((first + half) * kKeyEntry, kKeyEntry);
    const int order = entry.substr(0, kKeyBytes).compare(key);
    if (order == 0) return fixed_number(entry.substr(kKeyBytes));
    if (order < 0) first += half + 1;
    width = order < 0 ? width - half - 1 : half;
  }
  return size_;
}

std::string_view Catalogue::record(std::size_t i) const {
  const std::uint64_t begin = fixed_number(offsets_.substr(i * kNumber, kNumber));
  const std::uint64_t end = fixed_number(offsets_.substr((i + 1) * kNumber, kNumber));
  return records_.substr(begin, end - begin);
}

std::string Catalogue::encode() const {
  std::vector<std::pair<std::string_view, std::uint64_t>> numbers;
  std::string offsets;
  std::string records;
  for (std::size_t i = 0; i < size_; ++i) {
    const Work& one = work(i);
    for (const std::string& key : one.keys) {
      if (key.size() != kKeyBytes) return {};
      numbers.emplace_back(key, i);
    }
    put_fixed(offsets, records.size());
    records += write_work(one);
  }
  // Of a key that two works have, the first is kept.
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end(),
                            [](const auto& a, const auto& b) { return a.first == b.first; }),
                numbers.end());
  put_fixed(offsets, records.size());
  std::string out;
  for (const std::uint64_t number :
       {std::uint64_t{size_}, std::uint64_t{books_}, std::uint64_t{numbers.size()}}) {
    put_fixed(out, number);
  }
  for (const auto& [key, number] : numbers) {
    out += key;
    put_fixed(out, number);
  }
  return seal(out + offsets + records);
}

std::optional<Catalogue> Catalogue::decode(std::string_view bytes,
                                           std::shared_ptr<const void> owner) {
  std::string_view rest;
  if (!unseal(bytes, rest) || rest.size() < 3 * kNumber) return std::nullopt;
  const auto take = [&](std::uint64_t count) {
    const std::string_view part = rest.substr(0, count);
    rest.remove_prefix(part.size());
    return part;
  };
  Catalogue catalogue;
  catalogue.size_ = fixed_number(take(kNumber));
  catalogue.books_ = fixed_number(take(kNumber));
  const std::uint64_t keys = fixed_number(take(kNumber));
  // The checksum fits: these are what was written, by this program or by one that means harm.
  if (keys > rest.size() / kKeyEntry) return std::nullopt;
  catalogue.keys_ = take(keys * kKeyEntry);
  if (catalogue.size_ >= rest.size() / kNumber) return std::nullopt;
  catalogue.offsets_ = take((catalogue.size_ + 1) * kNumber);
  catalogue.records_ = rest;
  std::uint64_t before = 0;
  for (std::size_t i = 0; i <= catalogue.size_; ++i) {
    const std::uint64_t offset = fixed_number(catalogue.offsets_.substr(i * kNumber, kNumber));
    if (offset < before || offset > rest.size()) return std::nullopt;
    before = offset;
  }
  for (std::uint64_t i = 0; i < keys; ++i) {
    const std::string_view number = catalogue.keys_.substr(i * kKeyEntry + kKeyBytes, kNumber);
    if (fixed_number(number) >= catalogue.size_) return std::nullopt;
  }
  catalogue.owner_ = std::move(owner);
  return catalogue;
}

}  // namespace tome
