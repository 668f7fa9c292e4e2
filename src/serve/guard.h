// SPDX-License-Identifier: GPL-2.0-or-later
// Who may ask: names of this server, other sites in a browser, the token; and the headers that tell
// a browser how little the answers may do.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "serve/message.h"
#include "tome/result.h"

namespace tome {

struct Guard {
  std::set<std::string> names;  // hosts that a Host header may name, lower case, without port
  bool any_address = false;     // and any numeric address: bound to all of this machine's
  std::string token;            // empty: none is asked for
};

// "[::1]:7700" -> "::1", "LocalHost:80" -> "localhost"; empty when it is not a host and a port.
std::string host_of(std::string_view authority);

// Whether `host` (without brackets) is a numeric address.
bool is_address(const std::string& host);

// The answer to a request that may not pass; nothing when it may. A page that another name leads
// to, by DNS rebinding, sends that name as Host: 421. A script of another site sends its Origin or
// says cross-site: 403. Without the token: 401. ?token= sets a cookie and leads on without it: 303.
std::optional<Response> refuse(const Guard& guard, const Request& request);

// Adds what every answer carries: Content-Security-Policy unless it has one, nosniff,
// no-referrer ...
void add_safety(Response& response);

// An error as the JSON document that the API answers.
Response error_response(int status, const Error& error);
// The status that stands for the error's code.
int status_of(const Error& error);

}  // namespace tome
