// SPDX-License-Identifier: GPL-2.0-or-later
// The sources of a shelf that could not be read.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "store/records.h"
#include "tome/search.h"

namespace tome {

// Those of `sources`, in their order; `roots`: name -> absolute path. Looks at each file.
std::vector<FailedSource> failed_sources(const std::vector<SourceRecord>& sources,
                                         const std::map<std::string, std::string>& roots);

}  // namespace tome
