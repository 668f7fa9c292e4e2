// SPDX-License-Identifier: GPL-2.0-or-later
// The files of src/serve/assets, which CMake puts into the program. They never change while it
// runs.
#pragma once

#include <span>
#include <string_view>

#include "serve/message.h"

namespace tome {

struct Asset {
  std::string_view name;  // "tome.css"
  std::string_view type;
  std::string_view body;
  std::string_view hash;     // of the body
  std::string_view address;  // "/assets/tome.css?v=" and the hash
};

std::span<const Asset> assets();
// Null when there is none of that name.
const Asset* find_asset(std::string_view name);

// The asset at a path of /assets/: to be kept for a year when the request names the hash that it
// has, since another body has another address.
Response asset_response(const Request& request);

}  // namespace tome
