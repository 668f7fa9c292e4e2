// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/office_meta.h"

#include <algorithm>

#include "extract/field_values.h"
#include "extract/tags.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMaxKeywords = 100;

}  // namespace

std::vector<std::string> split_keywords(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty() && out.size() < kMaxKeywords) {
    const std::size_t end = std::min(text.find_first_of(",;"), text.size());
    std::string word = squeeze(text.substr(0, end));
    if (!word.empty() && std::find(out.begin(), out.end(), word) == out.end()) {
      out.push_back(std::move(word));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

void take_named_field(std::string_view name, std::string_view value, WorkInfo& info) {
  const std::string text = squeeze(value);
  if (text.empty()) return;
  if (same_name(name, "publisher")) {
    info.publisher = text;
  } else if (same_name(name, "isbn")) {
    info.isbn = isbn_in(text);
  } else if (same_name(name, "subtitle")) {
    info.subtitle = text;
  } else if (same_name(name, "date")) {
    if (const int year = year_in(text); year != 0) info.year = year;
  }
}

}  // namespace tome
