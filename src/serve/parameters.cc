// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/parameters.h"

#include <fmt/format.h>

#include <charconv>

namespace tome {
namespace {

// A name from the request as it may be repeated in a message.
std::string shown(const std::string& name) {
  constexpr std::size_t kLongest = 40;
  std::string out;
  for (const char c : name.substr(0, kLongest)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '_' || c == '-' || c == '.';
    out += plain ? c : '?';
  }
  return out;
}

}  // namespace

void Parameters::fault(std::string message) {
  if (fault_.empty()) fault_ = std::move(message);
}

const std::string* Parameters::find(const std::string& name) {
  read_.insert(name);
  const auto [first, last] = query_.equal_range(name);
  if (first == last) return nullptr;
  if (std::next(first) != last) fault(fmt::format("{} stands twice in the address", name));
  return &first->second;
}

std::string Parameters::text(const std::string& name) {
  const std::string* value = find(name);
  return value == nullptr ? std::string() : *value;
}

std::uint64_t Parameters::number(const std::string& name, std::uint64_t otherwise,
                                 std::uint64_t least, std::uint64_t most) {
  const std::string* value = find(name);
  if (value == nullptr) return otherwise;
  std::uint64_t number = 0;
  const char* end = value->data() + value->size();
  const auto [rest, code] = std::from_chars(value->data(), end, number);
  if (code != std::errc() || rest != end || number < least || number > most) {
    fault(fmt::format("{} must be a whole number from {} to {}", name, least, most));
    return otherwise;
  }
  return number;
}

bool Parameters::flag(const std::string& name) {
  const std::string* value = find(name);
  if (value == nullptr || *value == "0" || *value == "false") return false;
  if (!value->empty() && *value != "1" && *value != "true") {
    fault(fmt::format("{} must be 1 or 0", name));
  }
  return true;
}

Status Parameters::finish() const {
  constexpr const char* kHint = "the parameters are described in /api/v1/openapi.json";
  if (!fault_.empty()) return Error{Code::kUsage, fault_, kHint, ""};
  for (const auto& [name, value] : query_) {
    if (!read_.contains(name)) {
      return Error{Code::kUsage, fmt::format("there is no parameter {} here", shown(name)), kHint,
                   ""};
    }
  }
  return Ok{};
}

}  // namespace tome
