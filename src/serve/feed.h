// SPDX-License-Identifier: GPL-2.0-or-later
// What other programs subscribe to: the OpenSearch description, the Atom feed of newest works.
#pragma once

#include <string>
#include <string_view>

#include "serve/contents.h"

namespace tome {

// Makes the page a search engine of the browser. `base`: "http://127.0.0.1:7700".
std::string opensearch_xml(std::string_view base);

// The 50 works whose files changed last, newest first. An index keeps no time of indexing, so the
// time of an entry is that of its newest file.
std::string feed_atom(const Contents& contents, std::string_view base);

}  // namespace tome
