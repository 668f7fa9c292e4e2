// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/rows.h"

#include <algorithm>
#include <set>
#include <utility>

#include "extract/csv_rows.h"
#include "extract/decode.h"
#include "extract/json_rows.h"
#include "text/hash.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr int kRowsThatShowColumns = 20;
constexpr std::size_t kMostColumns = 1000;
constexpr std::size_t kLongestKey = 64;
constexpr const char* kNoObject = "the row is no JSON object, or nested too deeply";

bool is_csv(std::string_view name) {
  std::string lower(name.substr(name.size() - std::min<std::size_t>(name.size(), 4)));
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return lower == ".csv" || lower == ".tsv";
}

}  // namespace

RowFile::RowFile(Form form, std::string text, const ColumnMap& map)
    : form_(form), text_(std::move(text)), names_(map) {}

std::optional<RowFile> RowFile::open(std::string_view name, std::string bytes,
                                     const ColumnMap& map) {
  Decoded decoded = decode(bytes, "");
  bytes = std::string();  // it may be large
  const std::size_t first = decoded.text.find_first_not_of(" \t\n");
  if (first == std::string::npos) return std::nullopt;
  Form form = Form::kCsv;
  if (!is_csv(name)) {
    const char opening = decoded.text[first];
    if (opening != '{' && opening != '[') return std::nullopt;
    form = opening == '{' ? Form::kJsonLines : Form::kJsonArray;
  }
  RowFile file(form, std::move(decoded.text), map);
  file.replaced_ = decoded.replaced;
  file.read_columns();
  if (file.columns_.empty() || file.columns_.size() > kMostColumns) return std::nullopt;
  return file;
}

std::string_view RowFile::format() const {
  return form_ == Form::kCsv ? "csv" : form_ == Form::kJsonLines ? "jsonl" : "json";
}

void RowFile::read_columns() {
  if (form_ == Form::kCsv) {
    separator_ = csv_separator(text_);
    columns_ = csv_fields(text_, separator_);
    return;
  }
  std::set<std::string> columns;
  int rows = 0;
  const auto look = [&](RowSpan span) {
    const auto cells = json_cells(row_at(span));
    if (cells) {
      for (const Cell& cell : *cells) columns.insert(cell.column);
    }
    return ++rows < kRowsThatShowColumns;
  };
  const BadRow ignore = [](std::uint32_t, const std::string&) {};
  if (form_ == Form::kJsonLines) {
    each_json_line(text_, look, ignore);
  } else {
    each_json_element(
        text_, [&](RowSpan span) { return look(span) ? Next::kGoOn : Next::kStop; }, ignore);
  }
  columns_.assign(columns.begin(), columns.end());
}

std::string_view RowFile::row_at(RowSpan span) const {
  return std::string_view(text_).substr(span.begin, span.end - span.begin);
}

std::vector<Cell> RowFile::cells_of(std::vector<std::string>& fields) const {
  std::vector<Cell> cells;
  for (std::size_t i = 0; i < std::min(fields.size(), columns_.size()); ++i) {
    if (!fields[i].empty()) cells.push_back({columns_[i], {std::move(fields[i])}, false});
  }
  return cells;
}

std::vector<RowSpan> RowFile::spans(const BadRow& bad) const {
  std::vector<RowSpan> spans;
  const auto add = [&](RowSpan span) {
    spans.push_back(span);
    return true;
  };
  if (form_ == Form::kCsv) {
    const auto add_row = [&](RowSpan span, const std::vector<std::string>&) { return add(span); };
    each_csv_row(text_, separator_, columns_.size(), add_row, bad);
    if (!spans.empty()) spans.erase(spans.begin());  // the header
  } else if (form_ == Form::kJsonLines) {
    each_json_line(text_, add, bad);
  } else {
    // Where an element ends that is none is not known.
    const auto add_element = [&](RowSpan span) {
      if (json_cells(row_at(span))) {
        add(span);
        return Next::kGoOn;
      }
      bad(span.line, kNoObject);
      return Next::kMend;
    };
    each_json_element(text_, add_element, bad);
  }
  return spans;
}

Result<BookDescription> RowFile::read(RowSpan span) const {
  std::vector<Cell> cells;
  if (form_ == Form::kCsv) {
    std::vector<std::string> fields = csv_fields(row_at(span), separator_);
    cells = cells_of(fields);
  } else {
    auto read = json_cells(row_at(span));
    if (!read) return Error{Code::kUsage, kNoObject, "", ""};
    cells = *std::move(read);
  }
  BookDescription book = describe_row(cells, names_);
  if (book.info.title.empty()) return Error{Code::kUsage, "the row has no title", "", ""};
  book.line = span.line;
  return book;
}

std::string row_key(const BookDescription& book) {
  std::string key;
  for (const char c : book.id.empty() ? book.info.isbn : book.id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '_' || c == '-';
    if (plain) {
      key += c;
    } else if (!key.empty() && key.back() != '-') {
      key += '-';
    }
  }
  if (!key.empty() && key.size() <= kLongestKey) return key;
  std::string named = book.id;
  if (named.empty()) {
    named = fold(book.info.title + "\n" + book.info.subtitle);
    for (const std::string& author : book.info.authors) named += "\n" + fold(author);
  }
  return short_digest(named, 12);
}

}  // namespace tome
