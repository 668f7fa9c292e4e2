// SPDX-License-Identifier: GPL-2.0-or-later
// Arguments of a tool, read by name and checked. A plain value of one call.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "mcp/json.h"

namespace tome::mcp {

// Reads each argument once. The first that is missing, of another type or out of range is told in
// `wrong`, and what is read from then on means nothing. null is as good as not given.
class Arguments {
 public:
  // `given`, an object, must live as long.
  explicit Arguments(const Input& given) : given_(given) {}

  // Not only white space; at most `most` bytes.
  std::string needed_text(const char* name, std::size_t most);
  // Empty when not given.
  std::string text(const char* name, std::size_t most);
  std::string one_of(const char* name, const std::set<std::string>& values);
  std::uint64_t number(const char* name, std::uint64_t fallback, std::uint64_t least,
                       std::uint64_t most);
  bool flag(const char* name);

  const std::string& wrong() const { return wrong_; }
  // Names that were given and not asked for, joined by ", ". Not wrong: clients add their own.
  std::string unknown() const;

 private:
  const Input* find(const char* name);
  void refuse(std::string why);

  const Input& given_;
  std::set<std::string> known_;
  std::string wrong_;
};

}  // namespace tome::mcp
