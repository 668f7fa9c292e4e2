// SPDX-License-Identifier: GPL-2.0-or-later
// Reader's records: sources and works, read from the tables of the segments.
#include <algorithm>
#include <future>

#include "store/kept_works.h"
#include "store/metadata_keys.h"
#include "store/reader_impl.h"
#include "store/terms.h"

namespace tome {

Result<std::vector<PackedSource>> Reader::packed_sources() const {
  std::vector<PackedSource> sources;
  const Status status = impl_->each_record(kSourcePrefix, [&](std::string_view value) {
    return PackedSource::take(value, sources.emplace_back());
  });
  if (!status) return status.error();
  std::sort(sources.begin(), sources.end(), comes_before);
  return sources;
}

Result<std::vector<SourceRecord>> Reader::sources() const {
  const Result<std::vector<PackedSource>> packed = packed_sources();
  if (!packed) return packed.error();
  std::vector<SourceRecord> sources;
  sources.reserve(packed->size());
  for (const PackedSource& source : *packed) sources.push_back(source.unpack());
  return sources;
}

Result<SourceRecord> Reader::source(std::string_view id) const {
  std::vector<SourceRecord> found;
  const Status status = impl_->each_value(
      source_key(id), [&](std::string_view value) { return decode(value, found.emplace_back()); });
  if (!status) return status.error();
  if (found.empty()) return Error{Code::kNotFound, "there is no such source", "", ""};
  return std::move(found.front());
}

Result<std::map<std::string, std::size_t>> Reader::source_segments() const {
  std::map<std::string, std::size_t> segments;
  const Status status =
      impl_->each_key(kSourcePrefix, [&](std::size_t segment, std::string_view key) {
        segments[std::string(source_of(key))] = segment;
      });
  if (!status) return status.error();
  return segments;
}

Result<std::vector<WorkRecord>> Reader::work_records(std::string_view source) const {
  std::vector<WorkRecord> records;
  const Status status = impl_->each_value(work_record_key(source, ""), [&](std::string_view value) {
    return decode(value, records.emplace_back());
  });
  if (!status) return status.error();
  return records;
}

// To read the terms in their order takes a fifth of the time of looking for each.
Result<WordTable<char>> Reader::Impl::work_terms() {
  WordTable<char> terms;
  const std::string prefix = work_term("");
  const Status status = each_segment([&](std::size_t i) -> Status {
    const Xapian::Database& database = segments[i].database;
    for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix);
         ++term) {
      terms[*term];
    }
    return Ok{};
  });
  if (!status) return status.error();
  return terms;
}

Result<std::vector<WorkRecord>> Reader::living_works() const {
  // Terms of local segments stand in Xapian's tables, records beside them: two threads read.
  std::future<Result<WordTable<char>>> terms;
  if (!impl_->remote) terms = std::async([this] { return impl_->work_terms(); });
  std::vector<WorkRecord> records;
  const Status status = impl_->each_record(
      kWorkPrefix, [&](std::string_view value) { return decode(value, records.emplace_back()); });
  if (!status) return status.error();
  if (terms.valid()) {
    const Result<WordTable<char>> living = terms.get();
    if (!living) return living.error();
    std::erase_if(records, [&](const WorkRecord& record) {
      return living->find(work_term(record.key)) == nullptr;
    });
    return records;
  }
  if (std::all_of(impl_->segments.begin(), impl_->segments.end(),
                  [](const Impl::Segment& segment) { return segment.remote; })) {
    return records;  // what is served was sifted
  }
  std::vector<std::string> wanted;
  wanted.reserve(records.size());
  for (const WorkRecord& record : records) wanted.push_back(work_term(record.key));
  expect(wanted);
  std::vector<WorkRecord> living;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const Result<std::uint64_t> passages = frequency(wanted[i]);
    if (!passages) return passages.error();
    if (*passages > 0) living.push_back(std::move(records[i]));
  }
  return living;
}

Result<const Catalogue*> Reader::catalogue() const {
  // Of what its name tells from all others.
  const bool kept = !impl_->remote && impl_->missing.empty() && !impl_->index.empty();
  if (!impl_->catalogue && kept) {
    impl_->catalogue = read_kept_works(impl_->index, impl_->manifest);
  }
  if (!impl_->catalogue) {
    Result<std::vector<WorkRecord>> records = living_works();
    if (!records) return records.error();
    impl_->catalogue.emplace(std::move(records).value());
  }
  return &*impl_->catalogue;
}

Result<std::map<std::string, WorkUse>> Reader::work_uses() const {
  Result<std::vector<SourceRecord>> list = sources();
  if (!list) return list.error();
  std::map<std::string, const SourceRecord*> by_id;
  for (const SourceRecord& source : *list) by_id[source.id] = &source;
  std::map<std::string, WorkUse> uses;
  const Status status = impl_->each_record(kWorkPrefix, [&](std::string_view value) {
    WorkRecord record;
    if (!decode(value, record)) return false;
    WorkUse& use = uses[record.key];
    const auto source = by_id.find(record.source);
    if (source != by_id.end()) {
      use.files.push_back(source->second->root + "/" +
                          std::string(file_of_source(source->second->path)));
    } else if (!record.place.empty()) {
      use.files.push_back(record.place + "/");
    }
    return true;
  });
  if (!status) return status.error();
  std::vector<std::string> terms;
  terms.reserve(uses.size());
  for (const auto& [key, use] : uses) terms.push_back(work_term(key));
  expect(terms);
  for (auto& [key, use] : uses) {
    Result<std::uint64_t> passages = frequency(work_term(key));
    if (!passages) return passages.error();
    use.passages = *passages;
  }
  return uses;
}

}  // namespace tome
