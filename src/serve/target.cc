// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/target.h"

#include <string>

#include "text/text.h"

namespace tome {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::int32_t c = next_character(text, i);
    if (c <= 0) return false;
  }
  return true;
}

bool decode(std::string_view text, bool plus, std::string& out) {
  out.clear();
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (i + 2 >= text.size()) return false;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return false;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += plus && text[i] == '+' ? ' ' : text[i];
    }
  }
  return is_text(out);
}

Error broken() {
  return {Code::kUsage, "the address is not UTF-8 with percent escapes",
          "write %25 for a percent sign", ""};
}

}  // namespace

Status read_target(std::string_view target, Request& request) {
  if (target.size() > kLongestTarget) {
    return Error{Code::kLimit, "the address is too long", "a question has at most 8 KB", ""};
  }
  if (!target.starts_with('/')) {
    return Error{Code::kUsage, "the address does not begin with /", "", ""};
  }
  const std::size_t mark = target.find('?');
  if (!decode(target.substr(0, mark), false, request.path)) return broken();
  request.query.clear();
  if (mark == target.npos) return Ok{};
  std::string_view rest = target.substr(mark + 1);
  std::string name;
  std::string value;
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(pair.size() < rest.size() ? pair.size() + 1 : rest.size());
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const bool valued = equals != pair.npos;
    if (!decode(pair.substr(0, equals), true, name) ||
        !decode(valued ? pair.substr(equals + 1) : std::string_view(), true, value)) {
      return broken();
    }
    if (value.size() > kLongestValue) {
      return Error{Code::kLimit, "a parameter is too long", "a question has at most 8 KB", ""};
    }
    if (request.query.size() == kMostParameters) {
      return Error{Code::kLimit, "there are too many parameters", "", ""};
    }
    request.query.emplace(name, value);
  }
  return Ok{};
}

}  // namespace tome
