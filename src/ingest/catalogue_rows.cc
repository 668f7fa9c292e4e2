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
std::vector<const PackedSource*> rows_of(KnownSources known, const std::string& file) {
  std::vector<const PackedSource*> rows;
  const std::string prefix = file + "#";
  for (const PackedSource& source : from_path(known, prefix)) {
    if (!source.path().starts_with(prefix)) break;
    if (file_of_source(source.path()) == file) rows.push_back(&source);
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

std::optional<Files> CatalogueRows::inspect(const FoundFile& found, KnownSources known) {
  if (!has_catalogue_name(found.path)) return std::nullopt;
  const auto as_found = [&](const SourceFields& fields) {
    return fields.size == found.size && fields.mtime == found.mtime &&
           !(options_.retry && fields.state == SourceState::kFailed);
  };
  const std::vector<const PackedSource*> rows = rows_of(known, found.path);
  const auto kept = [&] {
    Files files;
    for (const PackedSource* row : rows) files.push_back(as_indexed(*row, options_));
    return files;
  };
  if (!rows.empty()) {
    const bool same = std::all_of(rows.begin(), rows.end(), [&](const PackedSource* row) {
      const SourceFields fields = row->fields();
      return as_found(fields) && fields.whole == fingerprint_;
    });
    mapped_ = mapped_ || rows.front()->fields().whole == fingerprint_;
    if (same) return kept();
  } else if (const PackedSource* plain = find_path(known, found.path);
             map_.empty() && plain != nullptr && as_found(plain->fields())) {
    return std::nullopt;  // it was looked at, and is none
  }
  std::uint64_t mended = 0;
  Result<std::string> bytes = read_text(found.path, mended);
  if (!bytes) {
    if (rows.empty()) return std::nullopt;
    Error error = bytes.error();
    failures.push_back({error.code, error.message, error.hint, root_ + "/" + found.path});
    return kept();
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
                          KnownSources known) {
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
                             KnownSources known) const {
  const std::string path = found.path + "#" + key;
  const PackedSource* old = find_path(known, path);
  File row;
  row.apart = true;
  row.fingerprint = fingerprint_;
  SourceRecord record;
  row.state = State::kNew;
  if (old != nullptr) {
    const SourceFields fields = old->fields();
    const bool changed = fields.digest != digest || (options_.retry && !fields.reason.empty());
    row.state = changed ? State::kChanged : State::kSame;
  }
  if (row.to_read()) {
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
    record = old->unpack();
    row.moved = record.line != span.line || record.whole != fingerprint_;
    const bool touched = record.size != found.size || record.mtime != found.mtime;
    if (!row.moved && !touched) {
      row.same = old;
      return row;
    }
    row.state = State::kTouched;
  }
  record.size = found.size;
  record.mtime = found.mtime;
  record.line = span.line;
  record.whole = fingerprint_;
  row.fresh = PackedSource(record);
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
