// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/field_values.h"

#include <unicode/uloc.h>

#include <algorithm>
#include <array>
#include <utility>

#include "extract/front_matter.h"
#include "text/ascii.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMostText = 16u << 10;  // of a list; far more than any book has
constexpr std::size_t kMostItems = 100;
constexpr std::size_t kLongestItem = 200;

constexpr std::array<std::pair<std::string_view, const char*>, 14> kLanguages = {
    {{"english", "en"},
     {"german", "de"},
     {"deutsch", "de"},
     {"french", "fr"},
     {"spanish", "es"},
     {"italian", "it"},
     {"portuguese", "pt"},
     {"dutch", "nl"},
     {"russian", "ru"},
     {"polish", "pl"},
     {"swedish", "sv"},
     {"chinese", "zh"},
     {"japanese", "ja"},
     {"korean", "ko"}}};

std::string_view bounded(std::string_view text) {
  return text.substr(0, utf8_floor(text, kMostText));
}

std::vector<std::string> split_at(std::string_view text, std::string_view marks) {
  std::vector<std::string> items;
  while (!text.empty() && items.size() < kMostItems) {
    const std::size_t end = std::min(text.find_first_of(marks), text.size());
    std::string item = clean_field(text.substr(0, end), kLongestItem);
    if (!item.empty()) items.push_back(std::move(item));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return items;
}

// The items of "['Ann Lee', \"O'Brien\"]", a list as Python prints it; nothing for other texts.
std::vector<std::string> printed_list(std::string_view text) {
  const std::string whole = squeeze(text);
  if (whole.size() < 2 || whole.front() != '[' || whole.back() != ']') return {};
  const std::string_view inner = std::string_view(whole).substr(1, whole.size() - 2);
  std::vector<std::string> items;
  for (std::size_t i = 0; i < inner.size() && items.size() < kMostItems;) {
    const char quote = inner[i];
    std::string item;
    if (quote == ' ' || quote == ',') {
      ++i;
      continue;
    }
    if (quote == '\'' || quote == '"') {
      for (++i; i < inner.size() && inner[i] != quote; ++i) {
        if (inner[i] == '\\' && i + 1 < inner.size()) ++i;
        item += inner[i];
      }
      ++i;
    } else {
      const std::size_t end = std::min(inner.find(',', i), inner.size());
      item = inner.substr(i, end - i);
      i = end;
    }
    item = clean_field(item, kLongestItem);
    if (!item.empty()) items.push_back(std::move(item));
  }
  return items;
}

}  // namespace

std::string clean_field(std::string_view text, std::size_t limit) {
  // White space may take most of it, so the cut leaves room for some.
  std::string out(text.substr(0, utf8_floor(text, 8 * limit)));
  repair_utf8(out);
  out = squeeze(out);
  out.resize(utf8_floor(out, limit));
  return out;
}

std::string author_name(std::string_view text) {
  std::string name = clean_field(text, kLongestItem);
  if (name.size() > 3 && (name.starts_with("by ") || name.starts_with("By "))) name.erase(0, 3);
  while (name.ends_with(')')) {  // "Ann Lee (Illustrator)"
    const std::size_t open = name.rfind('(');
    if (open == std::string::npos) break;
    name = squeeze(std::string_view(name).substr(0, open));
  }
  const std::size_t comma = name.find(", ");
  if (comma == std::string::npos || comma == 0 || name.find(',', comma + 1) != std::string::npos) {
    return name;
  }
  const std::string after = name.substr(comma + 2);
  const std::string folded = fold(after);
  if (folded == "jr" || folded == "jr." || folded == "sr" || folded == "sr." || folded == "ii" ||
      folded == "iii" || folded == "phd" || folded == "ph.d." || folded == "md") {
    return name;
  }
  return after + " " + name.substr(0, comma);
}

std::vector<std::string> author_names(std::string_view text) {
  text = bounded(text);
  std::vector<std::string> names;
  std::vector<std::string> parts = printed_list(text);
  if (parts.empty()) {
    std::string one(text);
    std::replace_if(
        one.begin(), one.end(), [](char c) { return c == '/' || c == '|' || c == '\n'; }, ';');
    repair_utf8(one);
    one = squeeze(one);
    if (one.starts_with("by ") || one.starts_with("By ")) one.erase(0, 3);
    parts = split_authors(one);
  }
  for (const std::string& part : parts) {
    std::string name = author_name(part);
    if (!name.empty() && names.size() < kMostItems) names.push_back(std::move(name));
  }
  return names;
}

std::vector<std::string> topic_names(std::string_view text) {
  text = bounded(text);
  if (std::vector<std::string> list = printed_list(text); !list.empty()) return list;
  return split_at(text, text.find_first_of(";|\n") != std::string_view::npos ? ";|\n" : ",");
}

int year_in(std::string_view text) {
  text = bounded(text);
  for (std::size_t i = 0; i < text.size();) {
    if (!is_ascii_digit(text[i])) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    int value = 0;
    while (i < text.size() && is_ascii_digit(text[i])) {
      if (i - begin < 4) value = value * 10 + (text[i] - '0');
      ++i;
    }
    const bool whole = i - begin == 4 || i - begin == 8;  // 20190501
    if (whole && value >= 1000 && value < 2200) return value;
  }
  return 0;
}

int edition_in(std::string_view text) {
  const std::string field = clean_field(text, 40);
  int value = 0;
  std::size_t i = 0;
  while (i < field.size() && i < 4 && is_ascii_digit(field[i]))
    value = value * 10 + (field[i++] - '0');
  return i > 0 && i < 4 ? value : 0;
}

std::string isbn_in(std::string_view text) {
  std::string isbn;
  text = text.substr(0, 64);
  const std::size_t colon = text.rfind(':');  // "urn:isbn:", "ISBN: "
  if (colon != std::string_view::npos) text.remove_prefix(colon + 1);
  while (!text.empty() && !is_ascii_digit(text.front())) {
    const char c = text.front();
    const bool mark = c == ' ' || c == '=' || c == '"' || c == '\'' || c == '-' || c == '(';
    if (!mark && std::string_view("ISBNisbn").find(c) == std::string_view::npos) return {};
    text.remove_prefix(1);
  }
  for (const char c : text) {
    if (is_ascii_digit(c)) {
      isbn += c;
    } else if ((c == 'X' || c == 'x') && isbn.size() == 9) {
      isbn += 'X';
    } else if (isbn.size() == 10 || isbn.size() == 13) {
      break;  // the ".0" of a number that a spreadsheet made of it, "(paperback)", or another ISBN
    } else if (c != '-' && c != ' ') {
      return {};
    }
  }
  return isbn.size() == 10 || isbn.size() == 13 ? isbn : std::string();
}

bool is_isbn(std::string_view digits) {
  if (digits.find_first_not_of('0') == std::string_view::npos) return false;
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const int value = digits[i] == 'X' ? 10 : digits[i] - '0';
    sum += value * (digits.size() == 10 ? 10 - static_cast<int>(i) : i % 2 == 0 ? 1 : 3);
  }
  if (digits.size() == 10) return sum % 11 == 0;
  const bool books = digits.starts_with("978") || digits.starts_with("979");
  return digits.size() == 13 && books && sum % 10 == 0;
}

namespace {

std::string look_up_language(std::string_view text) {
  const std::string field = clean_field(text, 40);
  std::string name = fold(field);
  for (const auto& [full, code] : kLanguages) {
    if (name == full) return code;
  }
  name.resize(std::min(name.size(), name.find_first_of("-_,;| ")));
  const bool ascii =
      std::none_of(field.begin(), field.end(), [](char c) { return (c & 0x80) != 0; });
  if (!ascii || name.size() < 2 || name.size() > 3) return {};
  char code[ULOC_LANG_CAPACITY] = {};
  UErrorCode status = U_ZERO_ERROR;
  uloc_getLanguage(name.c_str(), code, ULOC_LANG_CAPACITY, &status);  // "ger" and "deu" to "de"
  if (U_FAILURE(status) || name == "und" || name == "mul") return {};
  const std::string_view known = uloc_getISO3Language(code);  // empty when ICU knows no such code
  return known.empty() ? std::string() : std::string(code);
}

}  // namespace

std::string language_code(std::string_view text) {
  // The rows of a catalogue and the pages of a folder say the same, one after another.
  thread_local std::string said;
  thread_local std::string code;
  if (said != text) {
    code = look_up_language(text);
    said = text;
  }
  return code;
}

}  // namespace tome
