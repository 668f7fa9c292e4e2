// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/csv_rows.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>

namespace tome {
namespace {

// Owns a csv_parser; takes line after line until they make a row.
class RowParser {
 public:
  RowParser(char separator, bool strict) : separator_(separator), strict_(strict) { start(); }
  ~RowParser() { csv_free(&parser_); }
  RowParser(const RowParser&) = delete;
  RowParser& operator=(const RowParser&) = delete;

  // Forgets what was fed.
  void reset() {
    csv_free(&parser_);
    start();
  }

  // `line` without its end. Whether it ends the row.
  bool feed(std::string_view line) {
    // Its buffer grows by so much: doubling, and enough for this line.
    csv_set_blk_size(&parser_, std::max({kSmallest, csv_get_buffer_size(&parser_), line.size()}));
    const auto parse = [&](const void* bytes, std::size_t size) {
      failed_ = failed_ || csv_parse(&parser_, bytes, size, on_field, on_row, this) != size;
    };
    idle_ = false;
    parse(line.data(), line.size());
    parse("\n", 1);
    return ended_;
  }

  // Nothing of a row was fed yet.
  bool idle() const { return idle_; }

  // The text ends here, perhaps within a quotation.
  void finish() { csv_fini(&parser_, on_field, on_row, this); }

  bool failed() const { return failed_; }
  std::vector<std::string>& fields() { return fields_; }

 private:
  void start() {
    csv_init(&parser_, strict_ ? CSV_STRICT : 0);
    csv_set_delim(&parser_, static_cast<unsigned char>(separator_));
    fields_.clear();
    ended_ = failed_ = false;
    idle_ = true;
  }
  static void on_field(void* text, std::size_t size, void* self) {
    static_cast<RowParser*>(self)->fields_.emplace_back(static_cast<const char*>(text), size);
  }
  static void on_row(int, void* self) { static_cast<RowParser*>(self)->ended_ = true; }

  csv_parser parser_{};
  char separator_;
  bool strict_;
  std::vector<std::string> fields_;
  bool idle_ = true;
  bool ended_ = false;
  bool failed_ = false;
  static constexpr std::size_t kSmallest = 256;
};

std::string_view line_at(std::string_view text, std::size_t begin) {
  return text.substr(begin, text.find('\n', begin) - begin);
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

// Whether the first line of `text` is a whole row without any doubt.
bool opens_with_row(std::string_view text, char separator, std::size_t columns) {
  RowParser parser(separator, true);
  return parser.feed(line_at(text, 0)) && !parser.failed() && parser.fields().size() == columns;
}

bool reads_strictly(std::string_view row, char separator) {
  RowParser parser(separator, true);
  for (std::size_t at = 0; at < row.size() && !parser.failed();) {
    const std::string_view line = line_at(row, at);
    parser.feed(line);
    at += line.size() + 1;
  }
  return !parser.failed();
}

class Splitter {
 public:
  Splitter(std::string_view text, char separator, std::size_t columns)
      : text_(text), separator_(separator), columns_(columns), parser_(separator, false) {}

  void run(const std::function<bool(RowSpan, std::vector<std::string>&)>& row, const BadRow& bad) {
    Rereading rereading(text_.size());
    std::size_t at = 0;
    std::uint32_t line = 1;
    while (at < text_.size()) {
      const std::string_view first = line_at(text_, at);
      if (is_blank(first)) {
        at += first.size() + 1;
        ++line;
        continue;
      }
      const RowSpan span = read(at, line);
      const std::string why = fault(span);
      if (why.empty()) {
        if (!row(span, parser_.fields())) return;
      } else {
        bad(line, why);
      }
      const std::size_t length = span.end - span.begin;
      if (torn_ && rereading.allow(length)) {
        at += first.size() + 1;
        ++line;
      } else {
        at = span.end + 1;
        line += lines_;
      }
    }
  }

 private:
  // The row that begins at `at`, read as far as it goes.
  RowSpan read(std::size_t at, std::uint32_t line) {
    RowSpan span{at, at, line};
    parser_.reset();
    lines_ = 0;
    whole_ = false;
    while (span.end < text_.size() && span.end - at <= kLargestRow) {
      const std::string_view next = line_at(text_, lines_ == 0 ? at : span.end + 1);
      span.end = static_cast<std::size_t>(next.data() - text_.data()) + next.size();
      ++lines_;
      whole_ = next.size() <= kLargestRow && parser_.feed(next);
      if (whole_ || span.end + 1 >= text_.size()) break;
    }
    return span;
  }

  // Why the row is none; empty when it is one. Sets torn_.
  std::string fault(const RowSpan& span) {
    torn_ = false;
    std::vector<std::string>& fields = parser_.fields();
    if (span.end - span.begin > kLargestRow) {
      torn_ = lines_ > 1;
      return "the row is larger than 16 MB, or a quote in it is not closed";
    }
    if (!whole_) {
      torn_ = lines_ > 1;
      return "a quote is not closed";
    }
    while (fields.size() > columns_ && fields.back().empty()) fields.pop_back();
    const std::string_view row = text_.substr(span.begin, span.end - span.begin);
    if (lines_ > 1) {
      const std::string_view rest = row.substr(std::min(row.size(), row.find('\n') + 1));
      torn_ = fields.size() != columns_ ||
              (!reads_strictly(row, separator_) && opens_with_row(rest, separator_, columns_));
      if (torn_) return "a quote is not closed";
    }
    if (fields.size() > columns_) {
      return fmt::format("the row has {} fields, the first line {}", fields.size(), columns_);
    }
    return {};
  }

  std::string_view text_;
  char separator_;
  std::size_t columns_;
  RowParser parser_;
  std::uint32_t lines_ = 0;  // of the row that was just read
  bool whole_ = false;       // it ended
  bool torn_ = false;        // it took in lines of others
};

}  // namespace

char csv_separator(std::string_view text) {
  const std::string_view line = line_at(text, std::min(text.size(), text.find_first_not_of('\n')));
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char separator : {',', ';', '\t'}) {
    bool quoted = false;
    const std::ptrdiff_t count = std::count_if(line.begin(), line.end(), [&](char c) {
      quoted = quoted != (c == '"');
      return c == separator && !quoted;
    });
    if (count > most) {
      most = count;
      best = separator;
    }
  }
  return best;
}

std::vector<std::string> csv_fields(std::string_view text, char separator) {
  std::size_t at = 0;
  while (at < text.size() && is_blank(line_at(text, at))) at += line_at(text, at).size() + 1;
  RowParser parser(separator, false);
  const std::size_t end = std::min(text.size(), at + kLargestRow);
  while (at < end) {
    const std::string_view line = line_at(text, at);
    if (line.size() > kLargestRow) break;
    if (parser.feed(line)) return std::move(parser.fields());
    at += line.size() + 1;
  }
  return {};
}

std::vector<CsvRow> csv_table(std::string_view text, char separator) {
  std::vector<CsvRow> rows;
  RowParser parser(separator, false);
  std::uint32_t line = 0;
  std::uint32_t first = 0;
  const auto take = [&] {
    if (!parser.fields().empty()) rows.push_back({std::move(parser.fields()), first});
    parser.reset();
    first = line;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view next = line_at(text, at);
    at += next.size() + 1;
    ++line;
    if (parser.idle() && is_blank(next)) {
      first = line;
    } else if (parser.feed(next)) {
      take();
    }
  }
  parser.finish();
  take();
  return rows;
}

void each_csv_row(std::string_view text, char separator, std::size_t columns,
                  const std::function<bool(RowSpan, std::vector<std::string>&)>& row,
                  const BadRow& bad) {
  Splitter(text, separator, columns).run(row, bad);
}

}  // namespace tome
