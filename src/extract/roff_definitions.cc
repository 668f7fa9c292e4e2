// SPDX-License-Identifier: GPL-2.0-or-later
// What a page defines itself: macros, strings, number registers.
#include <array>
#include <utility>

#include "extract/roff.h"
#include "extract/roff_expression.h"
#include "extract/roff_names.h"

namespace tome {
namespace {

constexpr std::size_t kLongestString = 64 << 10;
constexpr std::size_t kMostNames = 10'000;
constexpr std::size_t kDeepestMacro = 16;

// Pages bring these along for formatters without them; the readers know them better.
constexpr std::array<std::string_view, 8> kBuiltIn = {"TQ", "EX", "EE", "UR",
                                                      "UE", "MT", "ME", "URL"};

// The body of a macro with its arguments put in; what was escaped for copying is no longer.
std::string with_arguments(std::string_view body, const std::vector<RoffArgument>& arguments,
                           std::size_t limit) {
  std::string out;
  for (std::size_t i = 0; i < body.size() && out.size() < limit; ++i) {
    if (body[i] != '\\' || i + 1 == body.size()) {
      out += body[i];
      continue;
    }
    std::size_t at = i + 1;
    const bool twice = body[at] == '\\';
    if (twice) ++at;
    const std::string_view rest = body.substr(at);
    if (rest.starts_with("$")) {
      ++at;
      const std::string name(take_name(body, at));
      i = at - 1;
      if (name == "*" || name == "@") {
        for (std::size_t k = 0; k < arguments.size() && out.size() < limit; ++k) {
          if (k > 0) out += ' ';
          out += name == "@" ? '"' + arguments[k].text + '"' : arguments[k].text;
        }
      } else if (!name.empty() && name[0] >= '1' && name[0] <= '9') {
        std::string_view digits = name;
        const auto index = static_cast<std::size_t>(roff_number(digits));
        if (index <= arguments.size()) out += arguments[index - 1].text;
      }
    } else if (rest.starts_with("n(.$") || rest.starts_with("n[.$]")) {
      out += std::to_string(arguments.size());
      i = at + (rest[1] == '(' ? 3 : 4);
    } else {
      out += '\\';
      if (twice) {
        i = at - 1;
      } else {
        out += body[++i];
      }
    }
  }
  return out;
}

}  // namespace

// The lines of the input up to one of nothing but "." and `end`, which is passed by.
std::string RoffReader::body_until(std::string_view end) {
  const std::string last(end);
  std::string body;
  std::string_view line;
  while (physical(line)) {
    if (is_control(line)) {
      std::string_view rest = line.substr(1);
      if (take_word(rest) == last) break;
    }
    body += line;
    body += '\n';
  }
  return body;
}

void RoffReader::define(std::string_view rest, bool append) {
  const std::string name(take_word(rest));
  const std::string_view given = take_word(rest);
  std::string body = body_until(given.empty() ? "." : given);
  if (macros_.size() >= kMostNames || body.size() > kLongestString) {
    cut_ = true;
    return;
  }
  std::string& macro = macros_[name];
  if (!append) macro.clear();
  if (macro.size() + body.size() <= kLongestString) macro += body;
}

void RoffReader::set_string(std::string_view rest, bool append) {
  const std::string name(take_word(rest));
  if (!rest.empty() && rest[0] == '"') rest.remove_prefix(1);
  if (strings_.size() >= kMostNames) return;
  std::string& value = strings_[name];
  if (!append) value.clear();
  for (std::size_t i = 0; i < rest.size() && value.size() < kLongestString; ++i) {
    if (rest.substr(i, 2) == "\\\\") ++i;
    value += rest[i];
  }
}

void RoffReader::set_register(std::string_view rest) {
  const std::string name(take_word(rest));
  if (registers_.size() >= kMostNames || rest.empty()) return;
  const char sign = rest[0];
  const long value = roff_number(rest);
  long& out = registers_[name];
  constexpr long kLargest = 1'000'000'000;
  out = sign == '+' || sign == '-' ? out + value : value;
  out = std::min(std::max(out, -kLargest), kLargest);
}

// rn old new; als new old.
void RoffReader::rename(std::string_view rest, bool keep) {
  std::string from(take_word(rest));
  std::string to(take_word(rest));
  if (keep) std::swap(from, to);
  if (from == to) return;
  const auto found = macros_.find(from);
  if (found == macros_.end() || macros_.size() >= kMostNames || !spend(found->second.size())) {
    return;
  }
  std::string body = found->second;
  if (!keep) macros_.erase(found);
  macros_[to] = std::move(body);
}

// Only named characters: pod2man turns \(*W into a dash.
void RoffReader::translate(std::string_view rest) {
  for (std::size_t i = 0; i < rest.size();) {
    if (rest[i] != '\\') {
      i += 2;
      continue;
    }
    ++i;
    const std::string name(take_name(rest, i));
    if (i >= rest.size() || rest[i] == '\\' || translations_.size() >= kMostNames) return;
    const std::string_view to = rest.substr(i, character_size(rest, i));
    translations_[name] = std::string(to);
    i += to.size();
  }
}

// Whether `name` is a macro of the page's own; its lines come next.
bool RoffReader::call(const std::string& name, std::string_view rest) {
  const auto found = macros_.find(name);
  if (found == macros_.end()) return false;
  for (const std::string_view known : kBuiltIn) {
    if (known == name) return false;
  }
  while (inputs_.size() > 1 && inputs_.back().rest.empty()) inputs_.pop_back();
  if (inputs_.size() > kDeepestMacro || budget_ == 0) {
    cut_ = true;
    return true;
  }
  std::string body = with_arguments(found->second, split_arguments(rest), kLongestString);
  if (!spend(body.size() + 16)) return true;
  Input input;
  input.owned = std::move(body);
  input.macro = true;
  inputs_.push_back(std::move(input));
  inputs_.back().rest = inputs_.back().owned;
  return true;
}

}  // namespace tome
