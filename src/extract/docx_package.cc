// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/docx_package.h"

#include <utility>

#include "extract/xml.h"

namespace tome {
namespace {

constexpr std::size_t kMaxName = 256;  // longer names are looked up at a cost
constexpr int kMaxParents = 32;        // a style may be based on itself

// "word/" + "../word/./styles.xml" -> "word/styles.xml".
std::string resolved(std::string_view folder, std::string_view target) {
  std::string path = target.starts_with('/') ? std::string(target.substr(1))
                                             : std::string(folder) + std::string(target);
  std::string out;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view step = std::string_view(path).substr(begin, end - begin);
    if (step == "..") {
      const std::size_t slash = out.rfind('/');
      out.resize(slash == std::string::npos ? 0 : slash);
    } else if (!step.empty() && step != ".") {
      if (!out.empty()) out += '/';
      out += step;
    }
    begin = end + 1;
  }
  return out;
}

}  // namespace

std::string related_part(const Members& members, std::string_view part, std::string_view type) {
  const std::size_t name = part.rfind('/') + 1;  // npos + 1 is 0
  const std::string folder(part.substr(0, name));
  const auto found = members.find(folder + "_rels/" + std::string(part.substr(name)) + ".rels");
  if (found == members.end()) return {};
  const Result<Xml> xml = parse_xml(found->second, found->first);
  if (!xml) return {};
  for (const pugi::xml_node node : xml->tree.document_element().children()) {
    if (attribute_named(node, "Type").ends_with(type) &&
        attribute_named(node, "TargetMode") != "External") {
      return resolved(folder, attribute_named(node, "Target"));
    }
  }
  return {};
}

std::string_view property_value(const pugi::xml_node& properties, std::string_view name) {
  return attribute_named(child_named(properties, name), "val");
}

bool is_on(const pugi::xml_node& properties, std::string_view name) {
  const pugi::xml_node node = child_named(properties, name);
  const std::string_view value = attribute_named(node, "val");
  return node && value != "0" && value != "false" && value != "off";
}

int small_number(std::string_view text, int otherwise) {
  if (text.empty() || text.size() > 2) return otherwise;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return otherwise;
    value = value * 10 + (c - '0');
  }
  return value;
}

void DocxStyles::add(const pugi::xml_node& styles) {
  for (const pugi::xml_node style : styles.children()) {
    if (local_name(style) != "style") continue;
    const std::string_view name = property_value(style, "name");
    const pugi::xml_node paragraph = child_named(style, "pPr");
    Entry entry;
    entry.based_on = property_value(style, "basedOn").substr(0, kMaxName);
    if (attribute_named(style, "type") != "character") entry.own.named = role_of_style(name);
    const int outline = small_number(property_value(paragraph, "outlineLvl"), 9);
    if (entry.own.named.role == StyleRole::kNone && outline < 9) {
      entry.own.named = {StyleRole::kHeading, outline + 1};
    }
    if (const pugi::xml_node list = child_named(paragraph, "numPr")) {
      entry.has_list = true;
      // "List Bullet 3" has numbering of its own, at level 0.
      const bool counted = (name.starts_with("List ") || name.starts_with("list ")) &&
                           name.back() >= '2' && name.back() <= '9';
      const int level = small_number(property_value(list, "ilvl"), 0);
      entry.own.list_depth = counted ? name.back() - '0' : level + 1;
      if (property_value(list, "numId") == "0") entry.own.list_depth = 0;
    }
    entry.own.hidden = is_on(child_named(style, "rPr"), "vanish");
    entries_.emplace(attribute_named(style, "styleId"), std::move(entry));
  }
}

DocxStyle DocxStyles::find(std::string_view id) const {
  DocxStyle out;
  bool has_list = false;
  std::string_view next = id;
  for (int i = 0; i < kMaxParents && !next.empty(); ++i) {
    const auto found = entries_.find(next);
    if (found == entries_.end()) {
      // Its ID is often its name: "Heading1".
      if (out.named.role == StyleRole::kNone) out.named = role_of_style(next);
      break;
    }
    const Entry& entry = found->second;
    if (out.named.role == StyleRole::kNone) out.named = entry.own.named;
    if (entry.has_list && !std::exchange(has_list, true)) out.list_depth = entry.own.list_depth;
    out.hidden = out.hidden || entry.own.hidden;
    next = entry.based_on;
  }
  return out;
}

}  // namespace tome
