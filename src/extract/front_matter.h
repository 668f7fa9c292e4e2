// SPDX-License-Identifier: GPL-2.0-or-later
// YAML front matter of Markdown, and work.yaml. Never throws; safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tome/result.h"
#include "tome/work.h"

namespace tome {

struct FrontMatter {
  WorkInfo info;
  std::size_t end = 0;                // bytes of the text that it takes; 0: there is none
  std::uint32_t lines = 0;            // lines that it takes
  std::vector<std::string> warnings;  // one sentence each
};

// Reads the front matter that opens `text` between two lines "---". A key of the wrong type is left
// out, with a warning; what is no YAML mapping is text of the document, with a warning.
FrontMatter read_front_matter(std::string_view text);

// Reads a work.yaml (the keys of front matter). kUnsupported when it is no YAML mapping or a key
// has the wrong type.
Result<WorkInfo> parse_work_yaml(std::string_view yaml);

// "Ann Lee & Bob Ray" -> both; splits at "&", ";", " and ", and at commas between full names
// ("Ann Lee, Bob Ray" but not "Lee, Ann").
std::vector<std::string> split_authors(std::string_view text);

// "a, b" -> both, trimmed, without empty ones.
std::vector<std::string> split_commas(std::string_view text);

}  // namespace tome
