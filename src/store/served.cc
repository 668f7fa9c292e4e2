// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/served.h"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <optional>

#include "store/block_heads.h"
#include "store/database.h"
#include "store/files.h"
#include "store/metadata_keys.h"
#include "store/passage_block.h"
#include "store/reader_impl.h"
#include "store/segment.h"
#include "store/terms.h"
#include "text/codec.h"
#include "text/hash.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kManifestKey = "served/manifest";
constexpr std::string_view kHeads = "heads/";
constexpr std::size_t kPiece = 1u << 20;
constexpr std::chrono::seconds kGrace{10};

std::string piece_key(std::string_view kind, std::size_t number) {
  return fmt::format("served/{}{:06}", kind, number);
}

// The records under `kind` in pieces, but those that `wanted` declines.
template <class Wanted>
Status add_pieces(Xapian::WritableDatabase& database, const RecordTable& table,
                  std::string_view kind, Wanted wanted) {
  std::vector<std::string> pieces;
  std::vector<std::string> piece;
  std::size_t bytes = 0;
  const auto end_piece = [&] {
    Encoder out;
    out.texts(piece);
    pieces.push_back(seal(out.take()));
    piece.clear();
    bytes = 0;
  };
  Status status = table.visit(kind, [&](std::string_view, std::string_view value) {
    const std::optional<bool> want = wanted(value);
    if (!want) return false;
    if (!*want) return true;
    bytes += value.size();
    piece.emplace_back(value);
    if (bytes >= kPiece) end_piece();
    return true;
  });
  if (!status) return status;
  end_piece();  // at least one, so that a reader need not ask for keys
  pieces.back().insert(0, 1, '\0');
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) pieces[i].insert(0, 1, '\1');  // more follow
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    database.set_metadata(piece_key(kind, i), pieces[i]);
  }
  return Ok{};
}

// Each source by itself, sealed, and the blocks of the list of words, which are.
Status add_values(Xapian::WritableDatabase& database, const RecordTable& table) {
  Status status = table.visit(kSourcePrefix, [&](std::string_view key, std::string_view value) {
    database.set_metadata(std::string(key), seal(value));
    return true;
  });
  if (!status) return status;
  std::size_t number = 0;
  return table.visit(kWordsKey, [&](std::string_view, std::string_view value) {
    database.set_metadata(words_key(number++), std::string(value));
    return true;
  });
}

// Which documents begin a block. False when one is not what was written.
bool add_heads(Xapian::WritableDatabase& database) {
  HeadPieces heads;
  for (auto it = database.postlist_begin(""); it != database.postlist_end(""); ++it) {
    BlockPlace place;
    const std::string data = database.get_document(*it, Xapian::DOC_ASSUME_VALID).get_data();
    if (!read_place(data, place)) return false;
    heads.add(*it, place.back == 0);
  }
  const std::vector<std::string> pieces = heads.take();
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    database.set_metadata(piece_key(kHeads, i), pieces[i]);
  }
  return true;
}

// Takes the table of records, which who reads from afar does not see, into the metadata.
Status add_metadata(const fs::path& folder, const Manifest& manifest) {
  try {
    Xapian::WritableDatabase database(folder.string(), Xapian::DB_OPEN | kPrivate);
    {
      const Result<RecordTable> table = RecordTable::open(folder);
      if (!table) return table.error();
      Status status = add_values(database, *table);
      if (status) {
        status = add_pieces(database, *table, kSourcePrefix,
                            [](std::string_view) { return std::optional(true); });
      }
      if (status) {
        status = add_pieces(database, *table, kWorkPrefix, [&](std::string_view value) {
          WorkRecord record;
          if (!decode(value, record)) return std::optional<bool>();
          return std::optional(database.term_exists(work_term(record.key)));
        });
      }
      if (!status) return status;
    }
    if (!add_heads(database)) return damaged(std::string(kDamagedRecord), folder);
    database.set_metadata(std::string(kManifestKey), encode_manifest(manifest));
    database.commit();
  } catch (const Xapian::Error& error) {
    return write_failed(error, folder);
  }
  std::error_code code;
  if (!fs::remove(folder / kRecordsFile, code)) {
    return system_error("remove a file", folder / kRecordsFile, code ? code.value() : ENOENT);
  }
  return Ok{};
}

// Tells it from one of the same number of an index that was made anew.
std::string name_of(const Manifest& manifest) {
  std::string segments;
  for (const SegmentInfo& segment : manifest.segments) segments += segment.id + '\n';
  return fmt::format("{:06}-{}", manifest.generation, short_digest(segments, 8));
}

}  // namespace

Result<Manifest> served_manifest(const Xapian::Database& database) {
  const std::string text = database.get_metadata(std::string(kManifestKey));
  if (text.empty()) {
    return Error{Code::kUnsupported, "what answers is no shard of tome",
                 "serve one there: tome shard serve", ""};
  }
  return decode_manifest(text);
}

Status each_served(const Xapian::Database& database, std::string_view kind,
                   const std::function<bool(std::string_view)>& visit) {
  for (std::size_t number = 0;; ++number) {
    const std::string piece = database.get_metadata(piece_key(kind, number));
    std::string_view payload;
    const Error broken = damaged(std::string(kDamagedRecord), "");
    if (piece.empty() || !unseal(std::string_view(piece).substr(1), payload)) return broken;
    Decoder in(payload);
    const std::vector<std::string> records = in.texts();
    if (!in.ok() || !in.at_end()) return broken;
    for (const std::string& record : records) {
      if (!visit(record)) return broken;
    }
    if (piece[0] == '\0') return Ok{};
  }
}

Status visit_served(const Xapian::Database& database, std::string_view key,
                    const std::function<bool(std::string_view)>& visit) {
  const std::string value = database.get_metadata(std::string(key));
  std::string_view record;
  if (value.empty()) return Ok{};
  if (unseal(value, record) && visit(record)) return Ok{};
  return damaged(std::string(kDamagedRecord), "");
}

bool read_heads(const Xapian::Database& database, std::uint32_t number,
                std::vector<std::uint32_t>& heads) {
  heads.clear();
  const std::string piece = database.get_metadata(piece_key(kHeads, number));
  return piece.empty() || decode_heads(piece, heads);
}

Result<Served> make_served(const fs::path& index) {
  const Result<Manifest> manifest = read_manifest(index);
  if (!manifest) return manifest.error();
  if (manifest->generation == 0) {
    return Error{Code::kNotFound, "nothing is indexed yet", "run: tome index", index.string()};
  }
  const fs::path home = index / "served";
  const std::string name = name_of(*manifest);
  Served served{manifest->generation, index / kServedStub, segment_path(home, name)};
  std::error_code code;
  const fs::path absolute = fs::absolute(served.database, code);
  if (fs::exists(served.database / "complete", code)) {
    // Made by an earlier run.
  } else {
    fs::create_directories(home / "segments", code);
    if (code) return system_error("make a folder", home, code.value());
    const std::string under_way = name + ".new";
    fs::remove_all(segment_path(home, under_way), code);
    fs::remove_all(served.database, code);
    if (Status status = verify_segments(index, *manifest); !status) return status.error();
    std::vector<fs::path> parts;
    for (const SegmentInfo& segment : manifest->segments) {
      parts.push_back(segment_path(index, segment.id));
    }
    const fs::path folder = segment_path(home, under_way);
    if (parts.empty()) {  // nothing to merge
      try {
        Xapian::WritableDatabase empty(folder.string(),
                                       Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
        empty.commit();
      } catch (const Xapian::Error& error) {
        return write_failed(error, folder);
      }
      if (Status status = write_records(folder, {}); !status) return status.error();
    } else if (Result<SegmentInfo> merged = merge_chunks(home, under_way, parts); !merged) {
      return merged.error();
    }
    if (Status status = add_metadata(folder, *manifest); !status) return status.error();
    // Xapian's server sends a document's values with its data, and looks for them in a table of
    // terms that segments do not have. An empty one is one without values.
    for (const char* name : {"termlist.glass", "complete"}) {
      if (fs::exists(folder / name, code)) continue;
      if (Status status = write_file_atomically(folder / name, ""); !status) return status.error();
    }
    fs::rename(folder, served.database, code);
    if (code) return system_error("rename a folder", folder, code.value());
  }
  const std::string stub = "auto " + absolute.string() + "\n";
  const Result<std::string> there = read_file(served.stub, 1u << 16);
  if (!there || *there != stub) {
    if (Status status = write_file_atomically(served.stub, stub); !status) return status.error();
  }
  return served;
}

bool drop_served(const fs::path& index, const std::set<fs::path>& used) {
  const Result<std::string> stub = read_file(index / kServedStub, 1u << 16);
  const Result<std::vector<fs::path>> list = list_folder(index / "served" / "segments");
  if (!stub || !list) return false;
  // Who has just read the stub before this one may not have opened what it names yet.
  std::error_code unknown;
  const auto written = fs::last_write_time(index / kServedStub, unknown);
  if (unknown || fs::file_time_type::clock::now() - written < kGrace) return false;
  bool none = true;
  for (const fs::path& folder : *list) {
    std::error_code code;
    const fs::path absolute = fs::absolute(folder, code);
    if (*stub == "auto " + absolute.string() + "\n") continue;
    none = none && !code && !used.contains(absolute);
    if (!code && !used.contains(absolute)) fs::remove_all(folder, code);
  }
  return none;
}

}  // namespace tome
