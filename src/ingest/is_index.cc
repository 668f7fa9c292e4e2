// SPDX-License-Identifier: GPL-2.0-or-later
// By itself: it is all that a program needs of ingest that only asks.
#include "store/shelf_config.h"
#include "tome/index.h"

namespace tome {

bool is_index(const std::filesystem::path& folder) {
  std::error_code code;
  return std::filesystem::is_regular_file(shelf_config_path(folder), code);
}

}  // namespace tome
