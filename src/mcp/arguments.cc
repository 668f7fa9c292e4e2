// SPDX-License-Identifier: GPL-2.0-or-later
#include "mcp/arguments.h"

#include <fmt/format.h>

#include <cmath>

#include "mcp/plain.h"

namespace tome::mcp {

const Input* Arguments::find(const char* name) {
  known_.insert(name);
  const auto it = given_.find(name);
  return it == given_.end() || it->is_null() ? nullptr : &*it;
}

void Arguments::refuse(std::string why) {
  if (wrong_.empty()) wrong_ = std::move(why);
}

std::string Arguments::text(const char* name, std::size_t most) {
  const Input* value = find(name);
  if (value == nullptr) return "";
  if (!value->is_string()) {
    refuse(fmt::format("{} must be a string", name));
    return "";
  }
  const auto& text = value->get_ref<const std::string&>();
  if (text.size() > most) {
    refuse(fmt::format("{} must not be longer than {} bytes", name, most));
    return "";
  }
  return text;
}

std::string Arguments::needed_text(const char* name, std::size_t most) {
  std::string value = text(name, most);
  if (plain_line(value).empty()) refuse(fmt::format("{} is needed and must not be empty", name));
  return value;
}

std::string Arguments::one_of(const char* name, const std::set<std::string>& values) {
  std::string value = text(name, 100);
  if (!value.empty() && !values.contains(value)) {
    std::string all;
    for (const std::string& each : values) all += (all.empty() ? "" : " or ") + each;
    refuse(fmt::format("{} must be {}", name, all));
  }
  return value;
}

std::uint64_t Arguments::number(const char* name, std::uint64_t fallback, std::uint64_t least,
                                std::uint64_t most) {
  const Input* value = find(name);
  if (value == nullptr) return fallback;
  // Also 5.0: some clients know only one kind of number.
  if (value->is_number()) {
    const double number = value->get<double>();
    if (number == std::floor(number) && number >= static_cast<double>(least) &&
        number <= static_cast<double>(most)) {
      return static_cast<std::uint64_t>(number);
    }
  }
  refuse(fmt::format("{} must be a whole number from {} to {}", name, least, most));
  return fallback;
}

bool Arguments::flag(const char* name) {
  const Input* value = find(name);
  if (value == nullptr) return false;
  if (!value->is_boolean()) refuse(fmt::format("{} must be true or false", name));
  return value->is_boolean() && value->get<bool>();
}

std::string Arguments::unknown() const {
  std::vector<std::string> names;
  for (const auto& [name, value] : given_.items()) {
    if (!known_.contains(name) && names.size() < 6) names.push_back(name);
  }
  return plain_list(names, ", ", 5);
}

}  // namespace tome::mcp
