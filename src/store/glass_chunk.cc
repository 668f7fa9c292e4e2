// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/glass_chunk.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "store/glass_format.h"
#include "store/glass_table.h"
#include "store/glass_version.h"
#include "store/inverter.h"
#include "store/terms.h"
#include "text/codec.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

// Lists of documents and of values are cut into pieces of about so many bytes: Xapian reads a piece
// whole.
constexpr std::size_t kPiece = 2000;

constexpr std::size_t kDeflatedFrom = 18;  // Xapian would compress what is longer

// Writes a list of numbers of documents, each with what `put` adds of it, in pieces.
// piece(first, last, whether it is the last, bytes).
template <class List, class Put, class Piece>
Status put_pieces(const List& list, Put put, Piece piece) {
  std::string bytes;
  std::uint32_t first = 0;
  std::uint32_t before = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::uint32_t document = list[i].document;
    if (bytes.size() >= kPiece) {
      if (Status status = piece(first, before, false, bytes); !status) return status;
      bytes.clear();
    }
    if (bytes.empty()) {
      first = document;
    } else {
      put_number(bytes, document - before - 1);
    }
    put(bytes, list[i]);
    before = document;
  }
  return piece(first, before, true, bytes);
}

// A term's list; the empty term's is that of all documents with their lengths, and has no counts.
Status put_list(GlassTableWriter& table, std::string_view term, std::span<const Occurrences> list) {
  std::uint64_t documents = 0;
  std::uint64_t occurrences = 0;
  if (!term.empty()) {
    documents = list.size();
    for (const Occurrences& one : list) occurrences += one.count;
  }
  bool begun = false;
  return put_pieces(
      list, [](std::string& bytes, const Occurrences& one) { put_number(bytes, one.count); },
      [&](std::uint32_t first, std::uint32_t last, bool ends, const std::string& bytes) {
        std::string value;
        if (!begun) {
          put_number(value, documents);
          put_number(value, occurrences);
          put_number(value, first - 1);
        }
        value += ends ? '1' : '0';
        put_number(value, last - first);
        value += bytes;
        const std::string key = begun ? postings_key(term, first) : postings_key(term);
        begun = true;
        return table.add(key, value);
      });
}

struct Value {
  std::uint32_t document = 0;
  std::string text;
};

Status put_values(GlassTableWriter& table, std::uint32_t slot, const std::vector<Value>& values) {
  if (values.empty()) return Ok{};
  const auto [low, high] = std::minmax_element(
      values.begin(), values.end(), [](const Value& a, const Value& b) { return a.text < b.text; });
  std::string bounds;
  put_number(bounds, values.size());
  put_number(bounds, low->text.size());
  bounds += low->text;
  if (low->text != high->text) bounds += high->text;
  if (Status status = table.add(value_bounds_key(slot), bounds); !status) return status;
  return put_pieces(
      values,
      [](std::string& bytes, const Value& value) {
        put_number(bytes, value.text.size());
        bytes += value.text;
      },
      [&](std::uint32_t first, std::uint32_t, bool, const std::string& bytes) {
        return table.add(values_key(slot, first), bytes);
      });
}

class GlassChunk : public ChunkDatabase {
 public:
  GlassChunk(fs::path folder, std::string version, GlassTableWriter documents)
      : folder_(std::move(folder)),
        version_(std::move(version)),
        documents_(std::move(documents)) {}

  Status add(const PassageRecord& passage, const std::vector<Posting>& postings) override {
    inverter_.begin_document();
    const std::uint32_t document = inverter_.documents();
    std::uint64_t length = 0;
    for (const Posting& posting : postings) {
      const std::uint32_t hash = posting.hash != 0 ? posting.hash : word_hash(posting.term);
      inverter_.add(posting.term, hash, posting.wdf);
      length += posting.wdf;
    }
    lengths_.push_back({document, static_cast<std::uint32_t>(length)});
    ids_.push_back({document, passage.id});
    filter(passage_term(passage.id));
    filter(source_term(passage.source));
    if (!passage.language.empty()) filter(language_term(passage.language));
    for (const std::string& key : passage.works) filter(work_term(key));
    return Ok{};
  }

  Status add_data(const std::vector<std::string>& data) override {
    for (const std::string& one : data) {
      ++with_data_;
      if (one.empty()) continue;  // Xapian has no entry for it either
      const bool large = one.size() > kDeflatedFrom;
      if (Status status =
              documents_.add(document_key(with_data_), large ? stored_deflate(one) : one, large);
          !status) {
        return status;
      }
    }
    return Ok{};
  }

  std::uint64_t pending() const override { return inverter_.bytes(); }
  Result<bool> flush() override { return false; }

  Status finish() override {
    const Result<GlassRoot> documents = documents_.finish();
    if (!documents) return documents.error();
    const Result<GlassRoot> postings = write_postings();
    if (!postings) return postings.error();
    count_lengths();
    Result<NewFile> version = NewFile::create(folder_ / kVersionFile);
    if (!version) return version.error();
    Status status = version->write(written_version(version_, *postings, *documents, counts_));
    return status ? version->close() : status;
  }

 private:
  void filter(const std::string& term) { inverter_.add(term, word_hash(term), 0); }

  void count_lengths() {
    counts_.documents = inverter_.documents();
    for (const Occurrences& one : lengths_) {
      counts_.length += one.count;
      counts_.longest = std::max(counts_.longest, one.count);
      if (one.count > 0 && (counts_.shortest == 0 || one.count < counts_.shortest)) {
        counts_.shortest = one.count;
      }
    }
  }

  Result<GlassRoot> write_postings() {
    Result<GlassTableWriter> table = GlassTableWriter::create(folder_ / kPostingsFile);
    if (!table) return table.error();
    Status status = put_values(*table, kIdSlot, ids_);
    if (status && !lengths_.empty()) status = put_list(*table, "", lengths_);
    if (!status) return status.error();
    inverter_.finish([&](std::string_view term, std::span<const Occurrences> list) {
      for (const Occurrences& one : list) counts_.most = std::max(counts_.most, one.count);
      status = put_list(*table, term, list);
      return status.ok();
    });
    if (!status) return status.error();
    return table->finish();
  }

  fs::path folder_;
  std::string version_;
  GlassTableWriter documents_;
  std::uint32_t with_data_ = 0;
  Inverter inverter_;
  std::vector<Occurrences> lengths_;  // of documents
  std::vector<Value> ids_;
  GlassCounts counts_;
};

}  // namespace

Result<std::unique_ptr<ChunkDatabase>> create_glass_chunk(const fs::path& folder,
                                                          std::string version) {
  Result<GlassTableWriter> documents = GlassTableWriter::create(folder / kDocumentsFile);
  if (!documents) return documents.error();
  return std::unique_ptr<ChunkDatabase>(
      std::make_unique<GlassChunk>(folder, std::move(version), std::move(documents).value()));
}

}  // namespace tome
