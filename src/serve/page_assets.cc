// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/page_assets.h"

namespace tome {

const Asset* find_asset(std::string_view name) {
  for (const Asset& asset : assets()) {
    if (asset.name == name) return &asset;
  }
  return nullptr;
}

Response asset_response(const Request& request) {
  constexpr std::string_view kFolder = "/assets/";
  const std::string_view path = request.path;
  const Asset* asset =
      find_asset(path == "/favicon.ico" ? "favicon.svg" : path.substr(kFolder.size()));
  Response response;
  if (asset == nullptr) {
    response.status = 404;
    response.type = "text/plain; charset=utf-8";
    response.body = "no such file\n";
    return response;
  }
  response.type = asset->type;
  response.body = asset->body;
  const auto version = request.query.find("v");
  const bool named = version != request.query.end() && version->second == asset->hash;
  response.headers.emplace_back("Cache-Control",
                                named ? "public, max-age=31536000, immutable" : "no-cache");
  return response;
}

}  // namespace tome
