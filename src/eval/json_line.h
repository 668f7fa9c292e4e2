// SPDX-License-Identifier: GPL-2.0-or-later
// One line of a .jsonl file: an object, and the fields of it that collections have.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "tome/result.h"

namespace tome {

class JsonLine {
 public:
  // Fails, naming file and line, when `line` is not one JSON object in valid UTF-8.
  static Result<JsonLine> parse(const std::filesystem::path& file, std::uint64_t number,
                                std::string_view line);

  // "_id": a string that is not empty, or a whole number.
  Result<std::string> identifier() const;

  // A string; empty when the key is missing or null.
  Result<std::string> text(const char* key) const;

 private:
  JsonLine(std::filesystem::path file, std::uint64_t number, nlohmann::json json)
      : file_(std::move(file)), number_(number), json_(std::move(json)) {}
  std::filesystem::path file_;
  std::uint64_t number_ = 0;
  nlohmann::json json_;
};

}  // namespace tome
