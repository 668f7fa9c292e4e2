// SPDX-License-Identifier: GPL-2.0-or-later
// The three records that an index stores: passages, sources, works. Plain values with a binary
// form; decoding fails (false) on what is none. Whether it is what was encoded is told by the
// checksum of the block that it stands in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/codec.h"
#include "tome/work.h"

namespace tome {

// What stands behind one ranked passage; the data of its Xapian document.
struct PassageRecord {
  std::string id;      // 12 characters, see passage_id()
  std::string source;  // source ID
  std::string root;    // root name
  std::string path;    // relative to the root, / between folders
  std::uint32_t ordinal = 0;
  std::uint32_t count = 0;  // passages of this source
  std::uint32_t begin = 0;  // byte range in the extracted text of the source
  std::uint32_t end = 0;
  std::uint32_t body = 0;  // offset in `text` where the headings that open it end
  std::uint32_t line = 0;  // 1-based line of the file; 0: not known
  std::string anchor;
  std::uint32_t page = 0;  // 1-based, of a PDF; 0: no pages
  std::string page_label;  // what is printed on that page; empty: its number
  std::string chapter;     // file within an EPUB; else empty
  std::string language;
  std::vector<std::string> headings;  // heading path, outermost first
  std::vector<std::string> works;     // work keys; own work first
  std::string title;                  // of the own work, as context for ranking
  std::vector<std::string> authors;   // of the own work
  std::string text;
};

enum class SourceState : std::uint8_t { kIndexed = 0, kFailed = 1, kEmpty = 2 };

struct SourceRecord {
  std::string id;  // see source_id()
  std::string root;
  std::string path;
  std::uint64_t size = 0;
  std::int64_t mtime = 0;  // nanoseconds since the epoch
  std::string digest;      // of the bytes, 32 hexadecimal digits
  SourceState state = SourceState::kIndexed;
  std::string reason;  // why it failed
  std::string format;
  std::string language;
  std::uint32_t passages = 0;
  std::uint64_t text_bytes = 0;
  std::uint64_t replaced = 0;  // invalid sequences in it
  std::string whole;           // what it was a chapter of, see WholePlan; empty: a work by itself
  // What the page says of the whole it belongs to (extract/document.h), kept so that an unchanged
  // file need not be opened again: <title>, home link, its title, site name.
  std::string hint_title, hint_home, hint_home_title, hint_site;
  std::vector<std::string> warnings;
  // Of a row of a catalogue: the line it stands on now. Its passages know only the line it stood on
  // when it was indexed, and rows above it come and go.
  std::uint32_t line = 0;
};

// The fields of a source record where they stand in its encoded bytes, valid as long as these; its
// warnings are left out.
struct SourceFields {
  std::string_view id, root, path;
  std::uint64_t size = 0;
  std::int64_t mtime = 0;
  std::string_view digest;
  SourceState state = SourceState::kIndexed;
  std::string_view reason, format, language;
  std::uint32_t passages = 0;
  std::uint64_t text_bytes = 0;
  std::uint64_t replaced = 0;
  std::string_view whole, hint_title, hint_home, hint_home_title, hint_site;
  std::uint32_t line = 0;
};

// How sure a record's words are; the higher wins when records of one work are joined.
enum class Origin : std::uint8_t { kInferred = 0, kReview = 1, kFrontMatter = 2 };

struct WorkRecord {
  std::string key;     // see work_key()
  std::string source;  // the source that says so; empty for a whole of many files
  std::string place;   // of a whole: its root and folder, "root/folder"; else empty
  Origin origin = Origin::kInferred;
  WorkInfo info;
};

void put_info(Encoder& out, const WorkInfo& info);
WorkInfo info_of(Decoder& in);

// In blocks of passages (store/passage_block.h). An ID that is empty is read as that of its place.
std::string write_passage(const PassageRecord& record);
bool read_passage(std::string_view bytes, PassageRecord& record);

// In the table of records (store/record_table.h).
std::string encode(const SourceRecord& record);
std::string encode(const WorkRecord& record);
bool decode(std::string_view bytes, SourceRecord& record);
bool decode(std::string_view bytes, WorkRecord& record);
bool decode(std::string_view bytes, SourceFields& fields);

// "books.csv.gz" -> "books.csv": without the ending of one packing (.gz, .xz, .zst, .bz2), if it
// has one.
std::string_view unpacked_name(std::string_view path);

// Whether the name of a file is one that catalogues have: csv, tsv, jsonl, ndjson, json, packed or
// not.
bool has_catalogue_name(std::string_view path);

// The file that a source stands in: of the row "books.csv#17" it is "books.csv"; any other source
// is a file itself.
std::string_view file_of_source(std::string_view path);

// 16 characters of the hash of (root name, relative path).
std::string source_id(std::string_view root, std::string_view path);

// 12 characters of the hash of (root name, relative path, ordinal).
std::string passage_id(std::string_view root, std::string_view path, std::uint32_t ordinal);

// The main title: before ": ".
std::string_view main_title(std::string_view title);

// Folded family name of "Ann van Lee Jr.": "lee".
std::string family_name(std::string_view author);

// 16 characters that stand for a work in terms: from the folded main title and the family names; a
// work without authors is told from its namesakes by `place` (a source ID, a folder).
std::string work_key(const WorkInfo& info, std::string_view place);

}  // namespace tome
