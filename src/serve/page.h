// SPDX-License-Identifier: GPL-2.0-or-later
// The web page: what is not /api, /healthz, /metrics, a feed or a file.
#pragma once

#include "serve/message.h"
#include "tome/search.h"

namespace tome {

// The page that `request` asks for (GET or HEAD, checked before); status 404 when there is none.
// The server adds the headers that keep a browser safe (Content-Security-Policy and the like), so
// no page has inline script or style. What it answers depends on the generation, the path and the
// query alone, as the server's ETag says so.
Response page(Shelf& shelf, const Request& request);

}  // namespace tome
