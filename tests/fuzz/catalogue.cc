// SPDX-License-Identifier: GPL-2.0-or-later
// Catalogues. An input that begins with "map " has the columns of `tome index --map` in its first
// line: "map title=Name,authors=Who".
#include "documents.h"
#include "extract/extract.h"
#include "extract/rows.h"
#include "support/each_row.h"
#include "target.h"

namespace tome::fuzz {
namespace {

ColumnMap take_map(std::string_view& bytes) {
  ColumnMap map;
  if (!bytes.starts_with("map ")) return map;
  std::string_view line = take_line(bytes).substr(4);
  while (!line.empty()) {
    const std::size_t comma = line.find(',');
    const std::string_view entry = line.substr(0, comma);
    const std::size_t sign = entry.find('=');
    if (sign != entry.npos && is_mappable(std::string(entry.substr(0, sign)))) {
      map[std::string(entry.substr(0, sign))] = std::string(entry.substr(sign + 1));
    }
    line.remove_prefix(comma == line.npos ? line.size() : comma + 1);
  }
  return map;
}

bool is_key(std::string_view key) {
  const auto fits = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '_' || c == '-';
  };
  for (const char c : key) {
    if (!fits(c)) return false;
  }
  return !key.empty();
}

void run(std::string_view name, std::string_view bytes) {
  const ColumnMap map = take_map(bytes);
  const std::optional<RowFile> file = RowFile::open(name, std::string(bytes), map);
  if (!file) return;
  file->is_catalogue();
  each_row(
      *file,
      [&](RowSpan span, const BookDescription& book) {
        require(span.begin < span.end, "an empty row");
        require(span.line > 0, "a row without a line");
        require(!book.info.title.empty(), "a row without a title");
        require(is_key(row_key(book)), "a key of other characters");
        Result<Document> document = describe_book(book);
        if (document.ok())
          document->format = format_name(Format::kMarkdown);  // has none of its own
        check(document, canonical_text(book).size());
      },
      [](std::uint32_t line, const std::string& why) {
        require(line > 0 && !why.empty(), "a row is left out without line or reason");
      });
}

}  // namespace

void run_csv(std::string_view bytes) { run("books.csv", bytes); }
void run_jsonl(std::string_view bytes) { run("books.jsonl", bytes); }
void run_json(std::string_view bytes) { run("books.json", bytes); }

}  // namespace tome::fuzz
