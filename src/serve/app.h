// SPDX-License-Identifier: GPL-2.0-or-later
// The server without its sockets: a request in, an answer out.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "serve/contents.h"
#include "serve/guard.h"
#include "serve/message.h"
#include "serve/metrics.h"
#include "serve/pool.h"
#include "tome/result.h"
#include "tome/shards.h"

namespace tome {

struct AppOptions {
  std::filesystem::path index;
  std::filesystem::path synonyms;  // the user's own; may be empty
  ShardOptions shards;             // of a shelf that has several
  std::size_t shelves = 4;         // kept open: one a thread that calls handle()
  Guard guard;
  bool files = false;  // serve the original files
};

struct App {
  std::unique_ptr<ShelfPool> pool;
  Guard guard;
  bool files = false;
  std::string salt;  // differs between runs of the server: part of every ETag
  ContentsCache contents;
  Metrics metrics;
};

using Moment = std::chrono::steady_clock::time_point;

Result<std::unique_ptr<App>> open_app(AppOptions options);

// Never fails: what goes wrong is an answer too. `received`: when the request was whole. Safe from
// any thread.
Response handle(App& app, const Request& request,
                Moment received = std::chrono::steady_clock::now());

// The answer to what never became a Request: a broken address, a body, too many at once.
Response handle_fault(App& app, int status, const Error& error);

}  // namespace tome
