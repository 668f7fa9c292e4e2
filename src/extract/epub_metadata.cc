// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/epub_metadata.h"

#include <unicode/uloc.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "extract/epub_xml.h"
#include "extract/field_values.h"
#include "extract/front_matter.h"
#include "extract/tags.h"
#include "text/text.h"

namespace tome::epub {
namespace {

constexpr std::size_t kMaxValues = 200;   // authors, topics
constexpr std::size_t kMaxValue = 1'000;  // bytes of one

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string value_of(pugi::xml_node node) {
  std::string text = text_below(node);
  text.resize(utf8_floor(text, std::min(text.size(), kMaxValue)));
  return text;
}

// (id, property) -> value of <meta refines="#id" property="property">value</meta>.
using Refinements = std::map<std::pair<std::string, std::string>, std::string>;

Refinements refinements_of(pugi::xml_node metadata) {
  Refinements all;
  for (const pugi::xml_node meta : all_below(metadata, "meta")) {
    std::string_view id = attribute_of(meta, "refines");
    if (!id.starts_with('#')) continue;
    id.remove_prefix(1);
    all.emplace(std::pair(std::string(id), std::string(attribute_of(meta, "property"))),
                value_of(meta));
  }
  return all;
}

std::string refined(const Refinements& all, pugi::xml_node node, std::string_view property) {
  const auto found = all.find({std::string(attribute_of(node, "id")), std::string(property)});
  return found == all.end() ? std::string() : found->second;
}

void read_titles(pugi::xml_node metadata, const Refinements& refinements, WorkInfo& info) {
  std::string first;
  for (const pugi::xml_node node : all_below(metadata, "title")) {
    const std::string title = value_of(node);
    const std::string type = refined(refinements, node, "title-type");
    if (type == "main" && info.title.empty()) info.title = title;
    if (type == "subtitle" && info.subtitle.empty()) info.subtitle = title;
    if (first.empty() && type != "subtitle") first = title;
  }
  if (info.title.empty()) info.title = first;
  if (info.title.empty()) info.title = std::exchange(info.subtitle, "");
}

bool is_nobody(std::string_view name) {
  return same_name(name, "unknown") || same_name(name, "unknown author") ||
         same_name(name, "anonymous");
}

// Authors; where only others are named (an editor), these.
void read_creators(pugi::xml_node metadata, const Refinements& refinements, WorkInfo& info) {
  std::vector<std::string> others;
  for (const pugi::xml_node node : all_below(metadata, "creator")) {
    std::string role(attribute_of(node, "role"));
    if (role.empty()) role = refined(refinements, node, "role");
    std::vector<std::string>& list = role.empty() || role == "aut" ? info.authors : others;
    for (std::string& name : split_authors(value_of(node))) {
      const bool known = std::find(list.begin(), list.end(), name) != list.end();
      if (!known && !is_nobody(name) && list.size() < kMaxValues) list.push_back(std::move(name));
    }
  }
  if (info.authors.empty()) info.authors = std::move(others);
}

// When it was published, else the first date that is not that of a file.
int read_year(pugi::xml_node metadata) {
  int year = 0;
  for (const pugi::xml_node node : all_below(metadata, "date")) {
    const std::string_view event = attribute_of(node, "event");
    const int found = year_in(value_of(node));
    if (found == 0 || event == "modification" || event == "creation" || event == "conversion") {
      continue;
    }
    if (event == "publication" || event == "original-publication") return found;
    if (year == 0) year = found;
  }
  return year;
}

std::string read_isbn(pugi::xml_node metadata) {
  for (const char* name : {"identifier", "source"}) {
    for (const pugi::xml_node node : all_below(metadata, name)) {
      std::string isbn = isbn_in(value_of(node));
      if (!isbn.empty()) return isbn;
    }
  }
  return "";
}

// "en-GB", "eng" -> "en".
std::string read_language(pugi::xml_node metadata) {
  for (const pugi::xml_node node : all_below(metadata, "language")) {
    const std::string tag = value_of(node);
    char language[ULOC_LANG_CAPACITY] = {};
    UErrorCode status = U_ZERO_ERROR;
    uloc_getLanguage(tag.c_str(), language, sizeof language - 1, &status);
    const std::string_view code = language;
    const bool letters =
        std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    const bool says = letters && code.size() >= 2 && code.size() <= 3 && code != "und" &&
                      code != "mul" && code != "zxx" && code != "mis";
    if (U_SUCCESS(status) && says) return language;
  }
  return "";
}

}  // namespace

std::string isbn_in(std::string_view text) {
  std::string digits;
  const std::size_t colon = text.rfind(':');
  if (colon != std::string_view::npos) text.remove_prefix(colon + 1);
  if (text.size() > 5 && same_name(text.substr(0, 4), "isbn")) text.remove_prefix(4);
  for (const char c : text) {
    if (is_digit(c) || ((c == 'X' || c == 'x') && digits.size() == 9)) {
      digits += c == 'x' ? 'X' : c;
    } else if (c != '-' && c != ' ') {
      return "";
    }
  }
  if (digits.find_first_not_of('0') == std::string::npos) return "";
  int sum = 0;
  if (digits.size() == 10) {
    for (int i = 0; i < 10; ++i) {
      const char c = digits[static_cast<std::size_t>(i)];
      sum += (10 - i) * (c == 'X' ? 10 : c - '0');
    }
    return sum % 11 == 0 ? digits : "";
  }
  if (digits.size() != 13 || !(digits.starts_with("978") || digits.starts_with("979"))) return "";
  for (std::size_t i = 0; i < 13; ++i) sum += (i % 2 == 0 ? 1 : 3) * (digits[i] - '0');
  return sum % 10 == 0 ? digits : "";
}

WorkInfo read_metadata(pugi::xml_node package) {
  WorkInfo info;
  info.kind = Kind::kBook;
  const pugi::xml_node metadata = first_below(package, "metadata");
  if (!metadata) return info;
  const Refinements refinements = refinements_of(metadata);
  read_titles(metadata, refinements, info);
  read_creators(metadata, refinements, info);
  info.year = read_year(metadata);
  info.isbn = read_isbn(metadata);
  info.language = read_language(metadata);
  if (const pugi::xml_node node = first_below(metadata, "publisher"))
    info.publisher = value_of(node);
  for (const pugi::xml_node node : all_below(metadata, "subject")) {
    std::string topic = value_of(node);
    const bool known =
        std::find(info.topics.begin(), info.topics.end(), topic) != info.topics.end();
    if (!known && !topic.empty() && info.topics.size() < kMaxValues) {
      info.topics.push_back(std::move(topic));
    }
  }
  return info;
}

}  // namespace tome::epub
