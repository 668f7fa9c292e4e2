// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/catalogue_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "extract/rows.h"
#include "ingest/threads.h"
#include "store/files.h"
#include "text/hash.h"
#include "text/word_table.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kLargestCatalogue = 1u << 30;
constexpr std::uint64_t kLargestPacked = 256u << 20;
constexpr std::size_t kMostWarnings = 10;  // of one file
constexpr std::size_t kMostShown = 30;     // columns
constexpr std::size_t kRowsAtOnce = 1000;  // that one thread takes

std::string fingerprint_of(const ColumnMap& map) {
  if (map.empty()) return {};
  std::string all;
  for (const auto& [field, column] : map) all += fmt::format("{}={}\n", field, column);
  return "map:" + short_digest(all, 12);
}

// The first key of that name that is free: "17", "17-2", "17-3".
class UniqueKeys {
 public:
  std::string take(const std::string& key) {
    std::uint64_t& first = next_[key];
    if (first == 0) {
      first = 2;
      return key;
    }
    for (std::uint64_t n = first;; ++n) {
      std::string other = fmt::format("{}-{}", key, n);
      if (next_.find(other) != nullptr) continue;
      next_[other] = 2;
      next_[key] = n + 1;
      return other;
    }
  }

 private:
  WordTable<std::uint64_t>
      next_;  // of each key that is taken, the number to try when it comes again
};

// The sources that are rows of `file`.
std::vector<const SourceRecord*> rows_of(const KnownSources& known, const std::string& file) {
  std::vector<const SourceRecord*> rows;
  const std::string prefix = file + "#";
  for (auto it = known.lower_bound(prefix); it != known.end() && it->first.starts_with(prefix);
       ++it) {
    if (file_of_source(it->first) == file) rows.push_back(it->second);
  }
  return rows;
}

std::string shown(const std::vector<std::string>& columns) {
  std::string out;
  for (std::size_t i = 0; i < std::min(columns.size(), kMostShown); ++i) {
    out += (i == 0 ? "" : ", ") + columns[i].substr(0, 80);
  }
  return columns.size() > kMostShown ? out + " ..." : out;
}

}  // namespace

CatalogueRows::CatalogueRows(fs::path base, std::string root, ColumnMap map,
                             const IndexOptions& options)
    : base_(std::move(base)),
      root_(std::move(root)),
      map_(std::move(map)),
      fingerprint_(fingerprint_of(map_)),
      options_(options) {}

std::optional<Files> CatalogueRows::inspect(const FoundFile& found, const KnownSources& known) {
  if (!has_catalogue_name(found.path)) return std::nullopt;
  const std::vector<const SourceRecord*> rows = rows_of(known, found.path);
  const auto kept = [&](bool as_found) {
    Files files;
    for (const SourceRecord* row : rows) {
      File& file = files.emplace_back(as_indexed(*row, options_));
      if (as_found) file.record->mtime = found.mtime;
    }
    return files;
  };
  if (!rows.empty()) {
    const bool same = std::all_of(rows.begin(), rows.end(), [&](const SourceRecord* row) {
      return row->size == found.size && row->mtime == found.mtime && row->whole == fingerprint_ &&
             !(options_.retry && row->state == SourceState::kFailed);
    });
    mapped_ = mapped_ || rows.front()->whole == fingerprint_;
    if (same) return kept(true);
  } else if (const auto plain = known.find(found.path);
             map_.empty() && plain != known.end() && plain->second->size == found.size &&
             plain->second->mtime == found.mtime &&
             !(options_.retry && plain->second->state == SourceState::kFailed)) {
    return std::nullopt;  // it was looked at, and is none
  }
  std::uint64_t mended = 0;
  Result<std::string> bytes = read_text(found.path, mended);
  if (!bytes) {
    if (rows.empty()) return std::nullopt;
    Error error = bytes.error();
    failures.push_back({error.code, error.message, error.hint, root_ + "/" + found.path});
    return kept(false);
  }
  std::optional<RowFile> opened =
      RowFile::open(unpacked_name(found.path), std::move(bytes).value(), map_);
  if (!opened) return std::nullopt;
  for (const std::string& column : opened->columns()) columns_.insert(column_key(column));
  if (example_.empty()) example_ = found.path + ": " + shown(opened->columns());
  if (!opened->is_catalogue()) return std::nullopt;
  replaced += mended;
  return read(found, std::make_shared<const RowFile>(*std::move(opened)), known);
}

Result<std::string> CatalogueRows::read_text(const std::string& path, std::uint64_t& mended) {
  const bool packed = unpacked_name(path).size() < path.size();
  Result<std::string> bytes = read_file(base_ / path, packed ? kLargestPacked : kLargestCatalogue);
  if (!bytes || !packed) return bytes;
  Result<Document> inside = extractor_.unpack(*bytes);
  if (!inside) return inside.error();
  mended = inside->replaced;
  return std::move(inside->text);
}

Files CatalogueRows::read(const FoundFile& found, const std::shared_ptr<const RowFile>& file,
                          const KnownSources& known) {
  struct Row {
    std::string key, digest;
    std::string bad;  // why it is left out
  };
  std::vector<std::pair<std::uint32_t, std::string>> bad;  // line, why
  const auto note = [&](std::uint32_t line, std::string why) {
    bad.emplace_back(line, std::move(why));
  };
  const std::vector<RowSpan> spans = file->spans(note);
  std::vector<Row> rows(spans.size());
  in_threads(options_.workers, rows.size(), kRowsAtOnce, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const Result<BookDescription> book = file->read(spans[i]);
      rows[i] = book.ok() ? Row{row_key(*book), hex_digest(canonical_text(*book)), ""}
                          : Row{"", "", book.error().message};
    }
  });
  UniqueKeys keys;
  std::vector<std::size_t> order;  // of the rows that are taken, by their keys
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Row& row = rows[i];
    if (row.bad.empty()) {
      row.key = keys.take(row.key);
      order.push_back(i);
    } else {
      note(spans[i].line, std::move(row.bad));
    }
  }
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return rows[a].key < rows[b].key; });
  Files files(order.size());
  in_threads(options_.workers, files.size(), kRowsAtOnce, [&](std::size_t at, std::size_t end) {
    for (; at < end; ++at) {
      const Row& row = rows[order[at]];
      files[at] = row_file(found, file, spans[order[at]], row.key, row.digest, known);
    }
  });
  std::stable_sort(bad.begin(), bad.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto warn = [&](std::string message) {
    warnings.push_back({Code::kUsage, std::move(message), "", root_ + "/" + found.path});
  };
  for (std::size_t i = 0; i < std::min(bad.size(), kMostWarnings); ++i) {
    warn(fmt::format("line {} is left out: {}", bad[i].first, bad[i].second));
  }
  if (bad.size() > kMostWarnings) {
    warn(fmt::format("{} more rows are left out", bad.size() - kMostWarnings));
  }
  replaced += file->replaced();
  if (files.empty()) ++empty;
  return files;
}

File CatalogueRows::row_file(const FoundFile& found, const std::shared_ptr<const RowFile>& file,
                             RowSpan span, const std::string& key, const std::string& digest,
                             const KnownSources& known) const {
  const std::string path = found.path + "#" + key;
  const auto old = known.find(path);
  File row;
  row.found = {path, found.size, found.mtime};
  row.apart = true;
  row.fingerprint = fingerprint_;
  SourceRecord& record = *row.record;
  row.state = State::kNew;
  if (old != known.end()) {
    record = *old->second;
    const bool changed = record.digest != digest || (options_.retry && !record.reason.empty());
    row.state = changed ? State::kChanged : State::kSame;
  }
  if (row.to_read()) {
    const SourceRecord fresh;
    record = fresh;
    record.id = source_id(root_, path);
    record.root = root_;
    record.path = path;
    record.digest = digest;
    record.format = file->format();
    row.bytes = span.end - span.begin;
    row.load = [file, span](SourceRecord&, Extractor&) -> Result<Document> {
      const Result<BookDescription> book = file->read(span);
      if (!book) return book.error();
      return describe_book(*book);
    };
  } else {
    row.moved = record.line != span.line || record.whole != fingerprint_;
    const bool touched = record.size != found.size || record.mtime != found.mtime;
    if (row.moved || touched) row.state = State::kTouched;
  }
  record.size = found.size;
  record.mtime = found.mtime;
  record.line = span.line;
  record.whole = fingerprint_;
  return row;
}

Status CatalogueRows::check_map() const {
  if (mapped_) return Ok{};
  for (const auto& [field, column] : map_) {
    if (columns_.contains(column_key(column))) continue;
    if (example_.empty()) {
      return Error{Code::kUsage, "there is no catalogue that --map could be for",
                   "name a folder or file with CSV or JSON in it", (base_ / "").string()};
    }
    return Error{Code::kUsage, fmt::format("--map: no catalogue has a column {}", column),
                 "the columns are, in " + example_, ""};
  }
  return Ok{};
}

}  // namespace tome
