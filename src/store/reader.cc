// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "store/reader_impl.h"
#include "store/shelf_config.h"
#include "store/terms.h"
#include "store/xapian_query.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

Error nothing_published(const fs::path& index) {
  std::error_code code;
  if (fs::exists(shelf_config_path(index), code)) {
    return Error{Code::kNotFound, "nothing is indexed yet", "run: tome index", index.string()};
  }
  return Error{Code::kNotFound, "there is no index yet", "make one: tome index FOLDER",
               index.string()};
}

struct Place {
  std::size_t segment = 0;
  Xapian::docid document = 0;  // in it
};

// Documents of the segments take turns in the numbers of all.
Place place_of(std::uint32_t document, std::size_t segments) {
  const std::size_t number = document - 1;
  return {number % segments, static_cast<Xapian::docid>(number / segments + 1)};
}

}  // namespace

Reader::Reader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::open(const fs::path& index, std::uint64_t most) {
  // A publication between reading the pointer and opening what it names may remove those files:
  // then the pointer has moved, and the newer generation is opened instead.
  for (int attempt = 0;; ++attempt) {
    Result<Manifest> manifest = read_manifest(index);
    if (!manifest) return manifest.error();
    if (manifest->generation == 0) return nothing_published(index);
    auto impl = std::make_unique<Impl>();
    impl->index = index;
    impl->manifest = *manifest;
    Status status = verify_segments(index, *manifest, most);
    if (status.ok()) {
      fs::path path = index;
      try {
        for (const SegmentInfo& segment : manifest->segments) {
          path = segment_path(index, segment.id);
          Xapian::Database database(path.string());
          impl->all.add_database(database);
          impl->segments.push_back(std::move(database));
        }
        impl->passages.resize(impl->segments.size());
        for (auto term = impl->all.allterms_begin("L"); term != impl->all.allterms_end("L");
             ++term) {
          impl->languages.emplace((*term).substr(1), term.get_termfreq());
        }
        return Reader(std::move(impl));
      } catch (const Xapian::Error& error) {
        status = damaged(error, path);
      }
    }
    Result<std::uint64_t> now = current_generation(index);
    if (attempt == 3 || !now.ok() || *now == manifest->generation) return status.error();
  }
}

const Manifest& Reader::manifest() const { return impl_->manifest; }
const fs::path& Reader::index() const { return impl_->index; }

Result<Candidates> Reader::match(const Match& match, std::uint64_t first, std::uint64_t count,
                                 const Bm25& bm25) const {
  try {
    Candidates out;
    if (impl_->segments.empty() || impl_->all.get_doccount() == 0) {
      out.exhausted = true;
      return out;
    }
    Xapian::Enquire enquire(impl_->all);
    enquire.set_query(to_xapian(match));
    enquire.set_weighting_scheme(Xapian::BM25Weight(bm25.k1, 0, 1, bm25.b, 0.5));
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    const auto passages = static_cast<std::uint64_t>(impl_->all.get_doccount());
    const auto from = static_cast<Xapian::doccount>(std::min(first, passages));
    const auto size = static_cast<Xapian::doccount>(std::min(count, passages));
    const Xapian::MSet found = enquire.get_mset(from, size);
    for (auto it = found.begin(); it != found.end(); ++it) {
      out.list.push_back({*it, it.get_weight()});
    }
    out.exhausted = out.list.size() < count;
    out.estimate = out.exhausted ? first + out.list.size() : found.get_matches_estimated();
    return out;
  } catch (const Xapian::Error& error) {
    return damaged(error, impl_->index);
  }
}

Result<PassageRecord> Reader::read(std::uint32_t document) const {
  try {
    PassageRecord record;
    const Place place = place_of(document, impl_->segments.size());
    if (!impl_->passages[place.segment].read(impl_->segments[place.segment], place.document,
                                             record)) {
      return damaged(std::string(kDamagedRecord), impl_->index);
    }
    return record;
  } catch (const Xapian::Error& error) {
    return damaged(error, impl_->index);
  }
}

Result<std::vector<PassageRecord>> Reader::read(const std::vector<Candidate>& candidates) const {
  const auto place = [&](std::size_t i) {
    const Place place = place_of(candidates[i].document, impl_->segments.size());
    return std::make_pair(place.segment, place.document);
  };
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
  std::vector<PassageRecord> records(candidates.size());
  for (const std::size_t i : order) {
    Result<PassageRecord> record = read(candidates[i].document);
    if (!record) return record.error();
    records[i] = std::move(record).value();
  }
  return records;
}

Result<PassageRecord> Reader::find(std::string_view passage) const {
  const std::string term = passage_term(passage);
  try {
    const auto it = impl_->all.postlist_begin(term);
    if (it != impl_->all.postlist_end(term)) return read(*it);
  } catch (const Xapian::Error& error) {
    return damaged(error, impl_->index);
  }
  return Error{Code::kNotFound, fmt::format("no passage has the ID {}", passage),
               "IDs stand beside each result of: tome search", ""};
}

Result<std::vector<PassageRecord>> Reader::passages_of(std::string_view source) const {
  const std::string term = source_term(source);
  std::vector<PassageRecord> records;
  try {
    for (auto it = impl_->all.postlist_begin(term); it != impl_->all.postlist_end(term); ++it) {
      Result<PassageRecord> record = read(*it);
      if (!record) return record.error();
      records.push_back(std::move(record).value());
    }
  } catch (const Xapian::Error& error) {
    return damaged(error, impl_->index);
  }
  std::sort(records.begin(), records.end(),
            [](const auto& a, const auto& b) { return a.ordinal < b.ordinal; });
  return records;
}

Result<std::uint64_t> Reader::frequency(const std::string& term) const {
  try {
    return std::uint64_t{impl_->all.get_termfreq(term)};
  } catch (const Xapian::Error& error) {
    return damaged(error, impl_->index);
  }
}

std::uint64_t Reader::passages() const { return impl_->all.get_doccount(); }
double Reader::average_length() const { return impl_->all.get_avlength(); }
const std::map<std::string, std::uint64_t>& Reader::languages() const { return impl_->languages; }

}  // namespace tome
