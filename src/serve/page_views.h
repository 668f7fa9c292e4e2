// SPDX-License-Identifier: GPL-2.0-or-later
// The pages behind the addresses, one file each.
#pragma once

#include "serve/message.h"
#include "serve/page_parts.h"
#include "tome/search.h"

namespace tome {

// / with ?q=; with fragment=1 only what tome.js puts into #answer.
Response ask_page(Shelf& shelf, const Request& request);
Response passage_page(Shelf& shelf, const Request& request, std::string_view id);
Response work_page(Shelf& shelf, const Request& request, std::string_view id);
Response shelf_page(Shelf& shelf, const Request& request);

// What stands where no question does: what the shelf holds and what could be asked.
Status add_welcome(Html& out, Shelf& shelf);
// Topics that most works have, as questions; titles where there are few topics.
Status add_examples(Html& out, Shelf& shelf);

// The filters that `facets` offer and those that the question has.
void add_filters(Html& out, std::string_view question, const Facets& facets, std::string_view view);

}  // namespace tome
