// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/reader_impl.h"
#include "store/terms.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostFrequencies = 100'000;  // that are kept
constexpr std::size_t kTermsAtOnce = 1'000;

// Reads all postings of a term.
auto walk_of(const std::string& term) {
  return [term](const Xapian::Database& database) {
    for (auto it = database.postlist_begin(term); it != database.postlist_end(term); ++it) {
    }
  };
}

}  // namespace

const Manifest& Reader::manifest() const { return impl_->manifest; }
const fs::path& Reader::index() const { return impl_->index; }

Result<PassageRecord> Reader::find(std::string_view passage) const {
  const std::string term = passage_term(passage);
  try {
    const auto it = impl_->all.postlist_begin(term);
    if (it != impl_->all.postlist_end(term)) return read(*it);
  } catch (const Xapian::Error& error) {
    return impl_->failed(error, walk_of(term));
  }
  return Error{Code::kNotFound, fmt::format("no passage has the ID {}", passage),
               "IDs stand beside each result of: tome search", ""};
}

Result<std::vector<PassageRecord>> Reader::passages_of(std::string_view source) const {
  const std::string term = source_term(source);
  std::vector<Candidate> documents;
  try {
    for (auto it = impl_->all.postlist_begin(term); it != impl_->all.postlist_end(term); ++it) {
      documents.push_back({*it, 0});
    }
  } catch (const Xapian::Error& error) {
    return impl_->failed(error, walk_of(term));
  }
  Result<std::vector<PassageRecord>> records = read(documents);
  if (!records) return records;
  std::sort(records->begin(), records->end(),
            [](const auto& a, const auto& b) { return a.ordinal < b.ordinal; });
  return records;
}

Result<std::uint64_t> Reader::frequency(const std::string& term) const {
  try {
    if (!impl_->remote) return std::uint64_t{impl_->all.get_termfreq(term)};
    const auto known = impl_->frequencies.find(term);
    if (known != impl_->frequencies.end()) return known->second;
    const std::uint64_t frequency = impl_->all.get_termfreq(term);
    if (impl_->frequencies.size() >= kMostFrequencies) impl_->frequencies.clear();
    impl_->frequencies.emplace(term, frequency);
    return frequency;
  } catch (const Xapian::Error& error) {
    return impl_->failed(
        error, [&](const Xapian::Database& database) { (void)database.get_termfreq(term); });
  }
}

void Reader::expect(const std::vector<std::string>& terms) const {
  if (!impl_->remote || impl_->all.get_doccount() == 0) return;
  std::vector<std::string> unknown;
  for (const std::string& term : terms) {
    if (!term.empty() && !impl_->frequencies.contains(term)) unknown.push_back(term);
  }
  if (impl_->frequencies.size() + unknown.size() >= kMostFrequencies) impl_->frequencies.clear();
  for (std::size_t begin = 0; begin < unknown.size(); begin += kTermsAtOnce) {
    const auto first = unknown.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto last = unknown.begin() +
                      static_cast<std::ptrdiff_t>(std::min(unknown.size(), begin + kTermsAtOnce));
    try {
      // A match of no candidates gathers the statistics of its terms from all shards at once.
      Xapian::Enquire enquire(impl_->all);
      enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, first, last));
      const Xapian::MSet none = enquire.get_mset(0, 0);
      for (auto term = first; term != last; ++term) {
        impl_->frequencies.emplace(*term, none.get_termfreq(*term));
      }
    } catch (const Xapian::Error& error) {
      [[maybe_unused]] const Error told =
          impl_->failed(error, [&](const Xapian::Database& database) {
            for (auto term = first; term != last; ++term) (void)database.get_termfreq(*term);
          });
      return;
    }
  }
}

std::uint64_t Reader::passages() const { return impl_->all.get_doccount(); }
double Reader::average_length() const { return impl_->all.get_avlength(); }
const std::map<std::string, std::uint64_t>& Reader::languages() const { return impl_->languages; }

}  // namespace tome
