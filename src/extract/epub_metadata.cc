// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/epub_metadata.h"

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
      std::string isbn = isbn_in(value_of(node));  // or any number that the publisher gave it
      if (is_isbn(isbn)) return isbn;
    }
  }
  return "";
}

std::string read_language(pugi::xml_node metadata) {
  for (const pugi::xml_node node : all_below(metadata, "language")) {
    std::string code = language_code(value_of(node));
    if (!code.empty()) return code;
  }
  return "";
}

}  // namespace

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
