// SPDX-License-Identifier: GPL-2.0-or-later
// Anchors of Markdown headings, as GitHub makes them. One Slugs a document; one thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace tome {

class Slugs {
 public:
  // "Data Model: An Overview" -> "data-model-an-overview"; the second time "...-1".
  std::string make(std::string_view heading);

 private:
  std::map<std::string, int> seen_;
};

}  // namespace tome
