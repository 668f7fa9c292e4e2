// SPDX-License-Identifier: GPL-2.0-or-later
// Parameters of an API request, read strictly: an unknown name, a name that stands twice or a value
// out of range is an error that says so, never a default in silence.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "serve/message.h"
#include "tome/result.h"

namespace tome {

class Parameters {
 public:
  explicit Parameters(const Request& request) : query_(request.query) {}

  // Empty when it is not there.
  std::string text(const std::string& name);
  std::uint64_t number(const std::string& name, std::uint64_t otherwise, std::uint64_t least,
                       std::uint64_t most);
  // 1, true or nothing after the name: true; 0, false: false.
  bool flag(const std::string& name);

  // The first fault of what was read; also names that nobody read.
  Status finish() const;

 private:
  const std::string* find(const std::string& name);
  void fault(std::string message);

  const std::multimap<std::string, std::string>& query_;
  std::set<std::string> read_;
  std::string fault_;
};

}  // namespace tome
