// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/page.h"

#include "serve/page_assets.h"
#include "serve/page_views.h"

namespace tome {

Response page(Shelf& shelf, const Request& request) {
  const std::string_view path = request.path;
  constexpr std::string_view kPassage = "/passage/";
  constexpr std::string_view kWork = "/work/";
  if (path == "/") return ask_page(shelf, request);
  if (path == "/shelf") return shelf_page(shelf, request);
  if (path.starts_with("/assets/") || path == "/favicon.ico") return asset_response(request);
  if (path.starts_with(kPassage)) {
    return passage_page(shelf, request, path.substr(kPassage.size()));
  }
  if (path.starts_with(kWork)) return work_page(shelf, request, path.substr(kWork.size()));
  return error_page({Code::kNotFound, "there is no such page", "", ""});
}

}  // namespace tome
