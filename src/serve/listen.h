// SPDX-License-Identifier: GPL-2.0-or-later
// The socket that a server listens on.
#pragma once

#include <cstdint>
#include <string>

#include "serve/guard.h"
#include "tome/result.h"

namespace tome {

struct Listening {
  int socket = -1;  // the caller closes it
  bool six = false;
  bool loopback = false;
  std::uint16_t port = 0;
  std::string url;  // "http://127.0.0.1:7700/"
  Guard guard;      // the names that a Host header may have; no token
};

// Binds and listens. `port` 0: any that is free. kUsage when `host` is not known, kIo when the port
// is taken.
Result<Listening> listen_at(const std::string& host, std::uint16_t port);

}  // namespace tome
