// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "serve/message.h"

namespace tome {

// Compresses the body with gzip when the client takes it, it is text and long enough to be worth
// it; says in Vary that the answer depends on that.
void compress(const Request& request, Response& response);

// Whether an Accept-Encoding header takes gzip: "gzip", "x, gzip;q=0.5", "*"; not "gzip;q=0".
bool takes_gzip(std::string_view accept_encoding);

}  // namespace tome
