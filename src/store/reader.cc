// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/reader.h"

#include <fmt/format.h>
#include <xapian.h>

#include <algorithm>
#include <optional>

#include "store/files.h"
#include "store/metadata_keys.h"
#include "store/terms.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kDamagedRecord =
    "the index is damaged: a record is not what was written";

Error damaged(std::string message, const fs::path& path) {
  return Error{Code::kDamaged, std::move(message), "run: tome rebuild", path.string()};
}

Error damaged(const Xapian::Error& error, const fs::path& path) {
  return damaged("the index is damaged: " + error.get_description(), path);
}

Xapian::Query::op group_op(Match::Op op) {
  switch (op) {
    case Match::Op::kSynonym:
      return Xapian::Query::OP_SYNONYM;
    case Match::Op::kAnd:
      return Xapian::Query::OP_AND;
    case Match::Op::kAndNot:
      return Xapian::Query::OP_AND_NOT;
    case Match::Op::kAndMaybe:
      return Xapian::Query::OP_AND_MAYBE;
    case Match::Op::kFilter:
      return Xapian::Query::OP_FILTER;
    default:
      return Xapian::Query::OP_OR;
  }
}

Xapian::Query to_xapian(const Match& match) {
  Xapian::Query query;
  switch (match.op) {
    case Match::Op::kNone:
      return Xapian::Query::MatchNothing;
    case Match::Op::kAll:
      return Xapian::Query::MatchAll;
    case Match::Op::kTerm:
      query = Xapian::Query(match.term);
      break;
    default: {
      std::vector<Xapian::Query> parts;
      for (const Match& part : match.parts) parts.push_back(to_xapian(part));
      if (parts.empty()) return Xapian::Query::MatchNothing;
      if (parts.size() > 2 && (match.op == Match::Op::kAndNot || match.op == Match::Op::kAndMaybe ||
                               match.op == Match::Op::kFilter)) {
        // These take two sides: what follows the first is one group.
        const auto rest =
            match.op == Match::Op::kFilter ? Xapian::Query::OP_AND : Xapian::Query::OP_OR;
        const Xapian::Query others(rest, parts.begin() + 1, parts.end());
        query = Xapian::Query(group_op(match.op), parts[0], others);
      } else {
        query = Xapian::Query(group_op(match.op), parts.begin(), parts.end());
      }
    }
  }
  return match.scale == 1.0 ? query
                            : Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, match.scale);
}

}  // namespace

Match match_term(std::string term, double scale) {
  Match match;
  match.op = Match::Op::kTerm;
  match.term = std::move(term);
  match.scale = scale;
  return match;
}

Match match_of(Match::Op op, std::vector<Match> parts, double scale) {
  Match match;
  match.op = op;
  match.parts = std::move(parts);
  match.scale = scale;
  return match;
}

struct Reader::Impl {
  fs::path index;
  Manifest manifest;
  Xapian::Database all;
  std::vector<Xapian::Database> segments;
  std::map<std::string, std::uint64_t> languages;
  std::optional<Catalogue> catalogue;

  // Calls visit(segment number, value) for each metadata value under `prefix`.
  template <class Visit>
  Status each_value(std::string_view prefix, Visit visit) const {
    for (std::size_t i = 0; i < segments.size(); ++i) {
      const fs::path path = segment_path(index, manifest.segments[i].id);
      try {
        const std::string start(prefix);
        for (auto key = segments[i].metadata_keys_begin(start);
             key != segments[i].metadata_keys_end(start); ++key) {
          if (!visit(i, segments[i].get_metadata(*key))) {
            return damaged(std::string(kDamagedRecord), path);
          }
        }
      } catch (const Xapian::Error& error) {
        return damaged(error, path);
      }
    }
    return Ok{};
  }
};

Reader::Reader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Result<Reader> Reader::open(const fs::path& index) {
  // A publication between reading the pointer and opening what it names may remove those files:
  // then the pointer has moved, and the newer generation is opened instead.
  for (int attempt = 0;; ++attempt) {
    Result<Manifest> manifest = read_manifest(index);
    if (!manifest) return manifest.error();
    if (manifest->generation == 0) {
      return Error{Code::kNotFound, "there is no index yet", "make one: tome index FOLDER",
                   index.string()};
    }
    auto impl = std::make_unique<Impl>();
    impl->index = index;
    impl->manifest = *manifest;
    Status status = verify_segments(index, *manifest, false);
    if (status.ok()) {
      fs::path path = index;
      try {
        for (const SegmentInfo& segment : manifest->segments) {
          path = segment_path(index, segment.id);
          Xapian::Database database(path.string());
          impl->all.add_database(database);
          impl->segments.push_back(std::move(database));
        }
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
    if (!decode(impl_->all.get_document(document, Xapian::DOC_ASSUME_VALID).get_data(), record)) {
      return damaged(std::string(kDamagedRecord), impl_->index);
    }
    return record;
  } catch (const Xapian::Error& error) {
    return damaged(error, impl_->index);
  }
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

Result<std::vector<SourceRecord>> Reader::sources() const {
  std::vector<SourceRecord> sources;
  const Status status = impl_->each_value(
      kSourcePrefix,
      [&](std::size_t, const std::string& value) { return decode(value, sources.emplace_back()); });
  if (!status) return status.error();
  std::sort(sources.begin(), sources.end(), [](const SourceRecord& a, const SourceRecord& b) {
    return a.root != b.root ? a.root < b.root : a.path < b.path;
  });
  return sources;
}

Result<std::map<std::string, std::size_t>> Reader::source_segments() const {
  std::map<std::string, std::size_t> segments;
  const Status status =
      impl_->each_value(kSourcePrefix, [&](std::size_t segment, const std::string& value) {
        SourceRecord source;
        if (!decode(value, source)) return false;
        segments[source.id] = segment;
        return true;
      });
  if (!status) return status.error();
  return segments;
}

Result<std::vector<WorkRecord>> Reader::work_records(std::string_view source) const {
  std::vector<WorkRecord> records;
  const Status status = impl_->each_value(
      work_record_key(source, ""),
      [&](std::size_t, const std::string& value) { return decode(value, records.emplace_back()); });
  if (!status) return status.error();
  return records;
}

Result<const Catalogue*> Reader::catalogue() const {
  if (!impl_->catalogue) {
    std::vector<WorkRecord> records;
    Status status = impl_->each_value(kWorkPrefix, [&](std::size_t, const std::string& value) {
      return decode(value, records.emplace_back());
    });
    if (!status) return status.error();
    try {
      std::erase_if(records, [&](const WorkRecord& record) {
        return !impl_->all.term_exists(work_term(record.key));
      });
    } catch (const Xapian::Error& error) {
      return damaged(error, impl_->index);
    }
    impl_->catalogue.emplace(std::move(records));
  }
  return &*impl_->catalogue;
}

Result<std::map<std::string, WorkUse>> Reader::work_uses() const {
  Result<std::vector<SourceRecord>> list = sources();
  if (!list) return list.error();
  std::map<std::string, const SourceRecord*> by_id;
  for (const SourceRecord& source : *list) by_id[source.id] = &source;
  std::map<std::string, WorkUse> uses;
  const Status status = impl_->each_value(kWorkPrefix, [&](std::size_t, const std::string& value) {
    WorkRecord record;
    if (!decode(value, record)) return false;
    WorkUse& use = uses[record.key];
    const auto source = by_id.find(record.source);
    if (source != by_id.end()) {
      use.files.push_back(source->second->root + "/" + source->second->path);
    } else if (!record.place.empty()) {
      use.files.push_back(record.place + "/");
    }
    return true;
  });
  if (!status) return status.error();
  for (auto& [key, use] : uses) {
    Result<std::uint64_t> passages = frequency(work_term(key));
    if (!passages) return passages.error();
    use.passages = *passages;
  }
  return uses;
}

Result<std::vector<WordCount>> Reader::words(std::string_view prefix) const {
  std::vector<std::vector<WordCount>> lists(impl_->segments.size());
  const Status status =
      impl_->each_value(kWordsKey, [&](std::size_t segment, const std::string& value) {
        std::vector<WordCount> block;
        if (!decode_words(value, block)) return false;
        for (WordCount& word : block) {
          if (std::string_view(word.word).starts_with(prefix)) {
            lists[segment].push_back(std::move(word));
          }
        }
        return true;
      });
  if (!status) return status.error();
  return add_words(lists);
}

}  // namespace tome
