// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/json_rows.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace tome {
namespace {

constexpr int kDeepest = 64;
constexpr std::size_t kLargestFast = 1u << 20;  // bytes of a row
constexpr std::size_t kMostItems = 1000;        // of one list

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Whether brackets nest deeper than a catalogue's do. A bracket in a string counts only while the
// string is open, so broken JSON is never found too deep for what a parser would see of it.
bool too_deep(std::string_view text) {
  int depth = 0;
  bool string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (string) {
      if (c == '\\') ++i;
      string = c != '"';
    } else if (c == '"') {
      string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > kDeepest) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

// The names under which an object says what it describes.
constexpr std::array<std::string_view, 3> kNames = {"name", "value", "title"};

// What a value says in words: text, number, or the name of what it describes.
std::string words_of(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number()) return value.dump();
  if (!value.is_object()) return {};
  for (const std::string_view key : kNames) {
    const auto found = value.find(key);
    if (found != value.end() && found->is_string()) return found->get<std::string>();
  }
  return {};
}

std::string words_of(simdjson::dom::element value) {
  if (value.is_string()) return std::string(value.get_string().value_unsafe());
  if (value.is_int64()) return std::to_string(value.get_int64().value_unsafe());
  if (value.is_uint64()) return std::to_string(value.get_uint64().value_unsafe());
  if (value.is_double()) return nlohmann::json(value.get_double().value_unsafe()).dump();
  if (!value.is_object()) return {};
  std::array<std::string, kNames.size()> said;  // of two of one name the later counts
  const simdjson::dom::object object = value.get_object().value_unsafe();
  for (const auto& [key, part] : object) {
    const auto name = std::find(kNames.begin(), kNames.end(), key);
    if (name != kNames.end()) {
      said[static_cast<std::size_t>(name - kNames.begin())] =
          part.is_string() ? std::string(part.get_string().value_unsafe()) : std::string();
    }
  }
  for (std::string& words : said) {
    if (!words.empty()) return std::move(words);
  }
  return {};
}

// Adds what `value` says as one more of the values of a cell.
template <class Value>
void add_words(const Value& value, Cell& cell) {
  std::string words = words_of(value);
  if (!words.empty()) cell.values.push_back(std::move(words));
}

// The same as by_nlohmann(), several times as fast, of most objects; nothing of the others. A
// number of more than 64 bits makes it refuse the whole.
std::optional<std::vector<Cell>> by_simdjson(std::string_view text) {
  thread_local simdjson::dom::parser parser;
  // Its memory is proportional to the largest row that it ever saw.
  if (text.size() > kLargestFast) return std::nullopt;
  if (parser.max_depth() != kDeepest &&
      parser.allocate(kLargestFast, kDeepest) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  simdjson::dom::object object;
  if (parser.parse(text.data(), text.size()).get(object) != simdjson::SUCCESS) return std::nullopt;
  std::vector<Cell> cells;
  for (const auto& [column, value] : object) {
    Cell& cell = cells.emplace_back();
    cell.column = column;
    cell.list = value.is_array();
    if (cell.list) {
      std::size_t left = kMostItems;
      const simdjson::dom::array items = value.get_array().value_unsafe();
      for (const simdjson::dom::element item : items) {
        if (left-- == 0) break;
        add_words(item, cell);
      }
    } else {
      add_words(value, cell);
    }
  }
  // By name, and of two of one name the later.
  std::stable_sort(cells.begin(), cells.end(),
                   [](const Cell& a, const Cell& b) { return a.column < b.column; });
  const auto kept = std::unique(cells.rbegin(), cells.rend(),
                                [](const Cell& a, const Cell& b) { return a.column == b.column; });
  cells.erase(cells.begin(), kept.base());
  return cells;
}

std::optional<std::vector<Cell>> by_nlohmann(std::string_view text) {
  if (too_deep(text)) return std::nullopt;
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) return std::nullopt;
  std::vector<Cell> cells;
  for (const auto& [column, value] : json.items()) {
    Cell& cell = cells.emplace_back();
    cell.column = column;
    cell.list = value.is_array();
    if (cell.list) {
      for (std::size_t i = 0; i < std::min(value.size(), kMostItems); ++i) {
        add_words(value[i], cell);
      }
    } else {
      add_words(value, cell);
    }
  }
  return cells;
}

// Where the element of an array that begins at `at` ends. A string that is open at the end of its
// line is torn, since JSON has no line breaks in strings.
std::size_t element_end(std::string_view text, std::size_t at) {
  int depth = 0;
  bool string = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (string) {
      if (c == '\\' && at + 1 < text.size() && text[at + 1] != '\n') ++at;
      string = c != '"' && c != '\n';
    } else if (c == '"') {
      string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth-- == 0) return at;
    } else if (c == ',' && depth == 0) {
      return at;
    }
  }
  return at;
}

// The first line after `begin` and before `end` that opens an object at `indent`; else `end`.
std::size_t next_object(std::string_view text, std::size_t begin, std::size_t end,
                        std::size_t indent) {
  text = text.substr(0, end);
  while ((begin = text.find('\n', begin)) != std::string_view::npos) {
    const std::size_t first = ++begin + indent;
    if (first < end && text[first] == '{' && text.find_first_not_of(" \t", begin) == first) {
      return first;
    }
  }
  return end;
}

}  // namespace

void each_json_line(std::string_view text, const std::function<bool(RowSpan)>& row,
                    const BadRow& bad) {
  std::uint32_t line = 0;
  for (std::size_t at = 0; at < text.size();) {
    ++line;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view whole = text.substr(at, end - at);
    if (whole.size() > kLargestRow) {
      bad(line, "the row is larger than 16 MB");
    } else if (!std::all_of(whole.begin(), whole.end(), is_space)) {
      if (!row(RowSpan{at, end, line})) return;
    }
    at = end + 1;
  }
}

void each_json_element(std::string_view text, const std::function<Next(RowSpan)>& row,
                       const BadRow& bad) {
  Rereading rereading(text.size());
  std::size_t at = std::min(text.find('['), text.size() - 1) + 1;
  std::size_t counted = 0;  // lines before this byte are in `line`
  std::size_t line_begin = 0;
  std::uint32_t line = 1;
  while (at < text.size()) {
    if (is_space(text[at]) || text[at] == ',') {
      ++at;
      continue;
    }
    if (text[at] == ']') return;
    for (; counted < at; ++counted) {
      if (text[counted] != '\n') continue;
      ++line;
      line_begin = counted + 1;
    }
    const std::size_t end = std::max(element_end(text, at), at + 1);
    Next next = Next::kMend;
    if (end - at > kLargestRow) {
      bad(line, "the row is larger than 16 MB");
    } else {
      next = row(RowSpan{at, end, line});
    }
    if (next == Next::kStop) return;
    if (next == Next::kMend && rereading.allow(end - at)) {
      at = next_object(text, at, end, at - line_begin);
    } else {
      at = end;
    }
  }
}

std::optional<std::vector<Cell>> json_cells(std::string_view text) {
  auto cells = by_simdjson(text);
  return cells ? std::move(cells) : by_nlohmann(text);
}

}  // namespace tome
