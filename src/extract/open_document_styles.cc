// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/open_document_styles.h"

#include <utility>

#include "extract/xml.h"

namespace tome {
namespace {

constexpr std::size_t kMaxName = 256;  // longer names are looked up at a cost
constexpr int kMaxParents = 32;        // a style may be derived from itself

// "Preformatted_20_Text" -> "Preformatted Text".
std::string plain_name(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name.substr(i, 4) == "_20_") {
      out += ' ';
      i += 3;
    } else {
      out += name[i];
    }
  }
  return out;
}

}  // namespace

void OdtStyles::add(const pugi::xml_node& root) {
  for (const pugi::xml_node group : root.children()) {
    for (const pugi::xml_node style : group.children()) {
      if (local_name(style) != "style") continue;
      const std::string_view family = attribute_named(style, "family");
      if (family != "paragraph" && family != "text") continue;
      Entry entry;
      entry.parent = attribute_named(style, "parent-style-name").substr(0, kMaxName);
      const std::string_view name = attribute_named(style, "name");
      const std::string_view display = attribute_named(style, "display-name");
      entry.own.named = role_of_style(display.empty() ? plain_name(name) : display);
      const std::string_view level = attribute_named(style, "default-outline-level");
      if (level.size() == 1 && level[0] >= '1' && level[0] <= '9') {
        entry.own.named = {StyleRole::kHeading, level[0] - '0'};
      }
      entry.own.hidden =
          attribute_named(child_named(style, "text-properties"), "display") == "none";
      entries_.emplace(family.front() + std::string(name), std::move(entry));
    }
  }
}

OdtStyle OdtStyles::find(char family, std::string_view name) const {
  OdtStyle out;
  std::string next(name);
  for (int i = 0; i < kMaxParents && !next.empty(); ++i) {
    const auto entry = entries_.find(family + next);
    const bool known = entry != entries_.end();
    out.hidden = out.hidden || (known && entry->second.own.hidden);
    if (out.named.role == StyleRole::kNone) {
      out.named = known ? entry->second.own.named : role_of_style(plain_name(next));
    }
    next = known ? entry->second.parent : std::string();
  }
  return out;
}

}  // namespace tome
