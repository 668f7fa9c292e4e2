// SPDX-License-Identifier: GPL-2.0-or-later
// What another engine needs beside the feed: its schema, and how a question is to be ranked there,
// as near to tome's own weights as that engine comes. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "export/feed.h"
#include "tome/weights.h"

namespace tome {

struct ProfileFile {
  std::string name;
  std::string text;
};

// Vespa: passage.sd, query-profile.xml. OpenSearch: mapping.json, search-template.json. Nothing for
// JSON lines. `language`: in which most passages are; "" when it is not known.
std::vector<ProfileFile> profile_files(FeedFormat format, const std::string& language,
                                       const RankWeights& weights = {});

}  // namespace tome
