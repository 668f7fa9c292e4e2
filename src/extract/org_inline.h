// SPDX-License-Identifier: GPL-2.0-or-later
// Inline markup of Org -> the text that a reader sees. One thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "extract/markup.h"

namespace tome {

struct OrgNames {
  std::map<std::string, std::string> macros;  // name -> template with $1 ... $9
  markup::Budget budget{0};                   // for what replaces macros
};

// `depth` counts texts within links and macros; callers leave it.
std::string org_inline(std::string_view text, OrgNames& names, int depth = 0);

}  // namespace tome
