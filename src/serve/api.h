// SPDX-License-Identifier: GPL-2.0-or-later
// /api/v1: the questions of the command line, with the same documents as answers (docs/api.md).
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "serve/app.h"
#include "tome/search.h"

namespace tome {

// One question to the shelf, its parameters read.
struct ApiCall {
  std::string_view route;                             // its name for Metrics
  std::function<Result<std::string>(Shelf&)> answer;  // a JSON document; empty: no such address
};

inline constexpr std::string_view kApiRoot = "/api/v1/";

// What `request`, whose path begins with kApiRoot, asks. kUsage for parameters that are not right.
// REQUIRES: `app` and `request` outlive the call.
Result<ApiCall> read_call(App& app, const Request& request);

}  // namespace tome
