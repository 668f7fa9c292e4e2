// SPDX-License-Identifier: GPL-2.0-or-later
// Requests to the server without its sockets: "GET /target", then a header a line.
#include <nlohmann/json.hpp>

#include "asked_shelf.h"
#include "serve/served.h"
#include "target.h"
#include "text/text.h"

namespace tome::fuzz {
namespace {

const test::ServedShelf& shelf() {
  static const test::ServedShelf made;
  return made;
}

App& app() {
  static const std::unique_ptr<App> made = test::app_on(shelf(), true);
  return *made;
}

Status read_request(std::string_view bytes, Request& request) {
  std::string_view first = take_line(bytes);
  const std::size_t space = first.find(' ');
  if (space == first.npos) return Error{Code::kUsage, "no target", "", ""};
  request.method = first.substr(0, space);
  const Status read = read_target(first.substr(space + 1), request);
  while (!bytes.empty()) {
    const std::string_view line = take_line(bytes);
    const std::size_t colon = line.find(": ");
    if (colon == line.npos) continue;
    std::string name(line.substr(0, colon));
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    request.headers[name] = line.substr(colon + 2);
  }
  request.headers.emplace("host", "localhost");
  request.files = true;
  return read;
}

bool is_text(std::string_view text) {
  std::string copy(text);
  return repair_utf8(copy) == 0;
}

void check(const Response& response) {
  require(response.status >= 200 && response.status < 600, "no such status");
  require(response.status != 500, "an internal error");
  for (const auto& [name, value] : response.headers) {
    require((name + value).find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
            "a header of two lines");
  }
  bool packed = false;
  for (const auto& [name, value] : response.headers) packed |= name == "Content-Encoding";
  if (packed || response.file != nullptr || response.type.starts_with("image/")) return;
  require(is_text(response.body), "a body that is not UTF-8");
  if (response.type == "application/json" && !response.body.empty()) {
    require(nlohmann::json::accept(response.body), "a body that is not JSON");
  }
}

}  // namespace

const std::filesystem::path& asked_index() {
  static const std::filesystem::path index = shelf().index();
  return index;
}

void run_request(std::string_view bytes) {
  Request request;
  const Status read = read_request(bytes, request);
  if (!read.ok()) {
    check(handle_fault(app(), 400, read.error()));
    return;
  }
  require(request.path.starts_with('/') && is_text(request.path), "a path that is none");
  check(handle(app(), request));
}

}  // namespace tome::fuzz
