// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace tome {

// docs/openapi.json, as it was when this was built.
std::string_view openapi_json();

}  // namespace tome
