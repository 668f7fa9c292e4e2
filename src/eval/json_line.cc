// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/json_line.h"

#include <fmt/format.h>

#include "eval/lines.h"

namespace tome {

Result<JsonLine> JsonLine::parse(const std::filesystem::path& file, std::uint64_t number,
                                 std::string_view line) {
  nlohmann::json json = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return line_error(file, number, "not JSON");
  if (!json.is_object()) return line_error(file, number, "not a JSON object");
  return JsonLine(file, number, std::move(json));
}

Result<std::string> JsonLine::identifier() const {
  const auto found = json_.find("_id");
  if (found != json_.end() && found->is_number_integer()) return found->dump();
  if (found == json_.end() || !found->is_string()) {
    return line_error(file_, number_, "has no \"_id\" that is a string");
  }
  std::string id = found->get<std::string>();
  if (id.empty()) return line_error(file_, number_, "\"_id\" is empty");
  return id;
}

Result<std::string> JsonLine::text(const char* key) const {
  const auto found = json_.find(key);
  if (found == json_.end() || found->is_null()) return std::string();
  if (!found->is_string()) {
    return line_error(file_, number_, fmt::format("\"{}\" is not a string", key));
  }
  return found->get<std::string>();
}

}  // namespace tome
