// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/weighed_source.h"

#include <algorithm>

namespace tome {
namespace {

// More than the rounding of a sum: what is below even so is surely below.
constexpr double kOver = 1 + 1e-12;

}  // namespace

WeighedSource::WeighedSource(std::vector<WeighedWord> words, std::vector<WeighedWord> more,
                             const Bm25Curve& curve, std::shared_ptr<const DocumentLengths> lengths)
    : adding_(more.size()), lengths_(std::move(lengths)) {
  const auto lighter = [](const WordCursor& a, const WordCursor& b) { return a.most() < b.most(); };
  for (WeighedWord& word : more) words_.emplace_back(std::move(word), curve);
  for (WeighedWord& word : words) words_.emplace_back(std::move(word), curve);
  const auto first = words_.begin() + static_cast<std::ptrdiff_t>(adding_);
  std::stable_sort(words_.begin(), first, lighter);
  std::stable_sort(first, words_.end(), lighter);
  weights_.resize(words_.size());
  occurrences_.resize(words_.size());
}

// As Xapian estimates a tree of ORs, which it builds from the rarest.
WeighedSource::About WeighedSource::any_of(std::vector<About> words, Xapian::doccount documents) {
  const auto rarer = [](const About& a, const About& b) { return a.about > b.about; };
  std::make_heap(words.begin(), words.end(), rarer);
  const auto take = [&] {
    std::pop_heap(words.begin(), words.end(), rarer);
    const About rarest = words.back();
    words.pop_back();
    return rarest;
  };
  while (words.size() > 1) {
    const About a = take();
    const About b = take();
    const double one = a.about;
    const double two = b.about;
    const double about = documents == 0 ? 0 : one + two - one * two / documents + 0.5;
    words.push_back({std::max(a.fewest, b.fewest), static_cast<Xapian::doccount>(about),
                     std::min(a.most + b.most, documents)});
    std::push_heap(words.begin(), words.end(), rarer);
  }
  return words.front();
}

void WeighedSource::init(const Xapian::Database& database) {
  document_ = 0;
  now_ = 0;
  begun_ = false;
  double all = 0;
  rest_ = 0;
  essential_ = adding_;
  std::vector<About> about;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    words_[i].open(database);
    all += words_[i].most();
    if (i < adding_) {
      rest_ = all;
    } else {
      const WeighedWord& word = words_[i].word();
      about.push_back({word.fewest, word.about, word.most});
    }
  }
  about_ = any_of(std::move(about), database.get_doccount());
  // Any number of occurrences weighs less than this.
  set_maxweight(all * kOver);
}

// Words that weigh less than `least` together bring no more.
void WeighedSource::raise(double least) {
  while (essential_ < words_.size() && (rest_ + words_[essential_].most()) * kOver < least) {
    rest_ += words_[essential_++].most();
  }
}

// Whether document_ weighs `least`: asked first of what is known without its length, and of the
// words that bring no passages only as long as they can still lift it.
bool WeighedSource::weighs(double least) {
  double most = rest_;
  for (std::size_t i = essential_; i < words_.size(); ++i) {
    if (words_[i].document() != document_) continue;
    occurrences_[i] = words_[i].occurrences();
    most += words_[i].most(occurrences_[i]);
  }
  if (most * kOver < least) return false;
  const std::uint32_t length = lengths_->of(document_);
  double weight = 0;
  for (std::size_t i = essential_; i < words_.size(); ++i) {
    const bool has = words_[i].document() == document_;
    weights_[i] = has ? words_[i].weight(occurrences_[i], length) : 0;
    weight += weights_[i];
  }
  double rest = rest_;
  for (std::size_t i = essential_; i-- > 0;) {
    if ((weight + rest) * kOver < least) return false;
    rest -= words_[i].most();
    words_[i].skip_to(document_);
    const bool has = words_[i].document() == document_;
    weights_[i] = has ? words_[i].weight(words_[i].occurrences(), length) : 0;
    weight += weights_[i];
  }
  // Added up in one order, whatever was asked first.
  now_ = 0;
  for (const double each : weights_) now_ += each;
  return now_ >= least;
}

// Beyond document_.
void WeighedSource::pass() {
  for (std::size_t i = essential_; i < words_.size(); ++i) {
    if (words_[i].document() == document_) words_[i].next();
  }
}

void WeighedSource::find(double least) {
  for (;; pass()) {
    document_ = WordCursor::kEnd;
    for (std::size_t i = essential_; i < words_.size(); ++i) {
      document_ = std::min(document_, words_[i].document());
    }
    if (document_ == WordCursor::kEnd || weighs(least)) return;
  }
}

void WeighedSource::next(double least) {
  if (begun_) pass();
  begun_ = true;
  raise(least);
  find(least);
}

void WeighedSource::skip_to(Xapian::docid document, double least) {
  if (begun_ && document <= document_) return;
  begun_ = true;
  raise(least);
  for (std::size_t i = essential_; i < words_.size(); ++i) words_[i].skip_to(document);
  find(least);
}

}  // namespace tome
