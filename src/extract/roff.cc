// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/roff.h"

#include <array>
#include <utility>

#include "extract/roff_expression.h"
#include "extract/roff_names.h"

namespace tome {
namespace {

constexpr int kDeepestString = 8;
constexpr std::size_t kMostElses = 256;
constexpr int kMostConditions = 64;  // in one line

// A name ends at a blank or an escape: "el\{" is "el".
std::string_view take_request(std::string_view& text) {
  text = skip_blanks(text);
  const std::size_t end = std::min(text.find_first_of(" \t\\"), text.size());
  const std::string_view name = text.substr(0, end);
  text = skip_blanks(text.substr(end));
  return name;
}

// How many blocks the line opens (positive) or closes.
long braces(std::string_view line) {
  long open = 0;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (line[i] != '\\') continue;
    ++i;
    if (line[i] == '{') ++open;
    if (line[i] == '}') --open;
    if (line[i] == '"') break;
  }
  return open;
}

// Strings that the macros bring along; source: mandoc_char(7), PREDEFINED STRINGS.
std::string_view predefined(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kStrings = {
      {{"lq", "\\[lq]"},
       {"rq", "\\[rq]"},
       {"Tm", "\\[tm]"},
       {"R", "\\[rg]"},
       {"lp", "("},
       {"rp", ")"},
       {"q", "\\[dq]"},
       {"aq", "'"},
       {"Am", "&"},
       {"Ba", "|"},
       {"Lt", "<"},
       {"Gt", ">"},
       {"Le", "\\[<=]"},
       {"Ge", "\\[>=]"},
       {"Ne", "\\[!=]"},
       {"Pm", "\\[+-]"}}};
  for (const auto& [known, value] : kStrings) {
    if (known == name) return value;
  }
  return {};
}

}  // namespace

std::vector<RoffArgument> split_arguments(std::string_view text) {
  std::vector<RoffArgument> out;
  for (std::size_t i = 0; i < text.size();) {
    if (is_blank(text[i])) {
      ++i;
      continue;
    }
    RoffArgument argument;
    argument.quoted = text[i] == '"';
    if (argument.quoted) ++i;
    while (i < text.size()) {
      const char c = text[i];
      if (argument.quoted && c == '"') {
        ++i;
        if (i == text.size() || text[i] != '"') break;
      } else if (!argument.quoted && is_blank(c)) {
        break;
      } else if (c == '\\' && i + 1 < text.size()) {
        argument.text += c;
        ++i;
      }
      argument.text += text[i++];
    }
    out.push_back(std::move(argument));
  }
  return out;
}

RoffReader::RoffReader(std::string_view text) : budget_((4u << 20) + text.size()) {
  inputs_.emplace_back();
  inputs_.back().rest = text;
}

bool RoffReader::spend(std::size_t bytes) {
  if (bytes > budget_) {
    cut_ = true;
    budget_ = 0;
    return false;
  }
  budget_ -= bytes;
  return true;
}

bool RoffReader::known(const std::string& name) const {
  return strings_.count(name) > 0 || macros_.count(name) > 0;
}

// The next line as it stands; that of the innermost macro first.
bool RoffReader::physical(std::string_view& line) {
  while (inputs_.size() > 1 && inputs_.back().rest.empty()) inputs_.pop_back();
  Input& input = inputs_.back();
  if (input.rest.empty()) return false;
  const std::size_t end = std::min(input.rest.find('\n'), input.rest.size());
  line = input.rest.substr(0, end);
  input.rest.remove_prefix(std::min(end + 1, input.rest.size()));
  if (!input.macro) ++input.line;
  line_ = inputs_.front().line;
  return true;
}

// Lines that end in a backslash are one with the next.
bool RoffReader::logical(std::string& line) {
  std::string_view piece;
  if (!physical(piece)) return false;
  line = piece;
  const std::uint32_t first = line_;
  for (;;) {
    // What was joined before ends in an even number of backslashes, so the piece alone decides.
    std::size_t slashes = 0;
    while (slashes < piece.size() && piece[piece.size() - 1 - slashes] == '\\') ++slashes;
    if (slashes % 2 == 0 || inputs_.back().rest.empty() || !physical(piece)) break;
    line.pop_back();
    line += piece;
  }
  line_ = first;
  return true;
}

// Puts in the string or register named after the backslash at i - 1.
void RoffReader::interpolate(std::string_view line, std::size_t& i, std::string& out, int depth) {
  const char kind = line[i++];
  if (kind == 'n' && i < line.size() && (line[i] == '+' || line[i] == '-')) ++i;
  std::string name(take_name(line, i));
  if (kind == '*') {
    name.resize(std::min(name.find(' '), name.size()));
    const auto found = strings_.find(name);
    if (found == strings_.end() || depth >= kDeepestString) {
      if (found == strings_.end()) out += predefined(name);
      return;
    }
    if (spend(found->second.size() + 1)) out += expand(found->second, depth + 1);
  } else if (kind == 'n') {
    const auto found = registers_.find(name);
    const long builtin = name == ".g" ? 1 : 0;
    out += std::to_string(found == registers_.end() ? builtin : found->second);
  }
}

// Strings and registers put in, the comment left out.
std::string RoffReader::expand(std::string_view line, int depth) {
  std::string out;
  for (std::size_t i = 0; i < line.size();) {
    const std::size_t slash = std::min(line.find('\\', i), line.size());
    out.append(line.substr(i, slash - i));
    if (slash == line.size()) break;
    i = slash + 1;
    const char c = i < line.size() ? line[i] : '\0';
    if (c == '"' || c == '#') {
      while (!out.empty() && is_blank(out.back())) out.pop_back();
      break;
    }
    if (c == '*' || c == 'n' || c == '$') {
      interpolate(line, i, out, depth);
    } else if (c == 'w') {
      ++i;
      out += std::to_string(take_quoted(line, i).size());
    } else {
      out += '\\';
      if (i < line.size()) out += line[i++];
    }
  }
  return out;
}

bool RoffReader::next(RoffLine& out) {
  std::string line;
  while (logical(line)) {
    const std::string_view start = line;
    // Most lines have no escapes to put in, and comments are many.
    if (start.starts_with(".\\\"") || start.starts_with("'\\\"")) continue;
    line = expand(start, 0);
    if (control(std::move(line), out)) return true;
  }
  return false;
}

// Whether the line, its conditions and requests of the language done, is one for the macros.
bool RoffReader::control(std::string line, RoffLine& out) {
  for (int conditions = 0; conditions < kMostConditions; ++conditions) {
    if (!is_control(line)) {
      out.name.clear();
      out.text = std::move(line);
      out.line = line_;
      return true;
    }
    std::string_view rest = std::string_view(line).substr(1);
    const std::string name(take_request(rest));
    if (name == "if" || name == "ie" || name == "while" || name == "el") {
      bool taken = false;
      if (name == "el") {
        taken = !elses_.empty() && elses_.back();
        if (!elses_.empty()) elses_.pop_back();
      } else {
        taken = condition(rest);
        if (name == "ie" && elses_.size() < kMostElses) elses_.push_back(!taken);
      }
      rest = skip_blanks(rest);
      if (!taken) {
        skip(rest);
        return false;
      }
      bool block = false;
      while (rest.starts_with("\\{")) {
        rest = skip_blanks(rest.substr(2));
        block = true;
      }
      if (block && rest.empty()) return false;
      line = std::string(rest);
    } else if (name == "do" || name == "nop") {
      line = (name == "do" ? "." : "") + std::string(rest);
    } else if (name == "de" || name == "de1" || name == "dei" || name == "am" || name == "am1") {
      define(rest, name[0] == 'a');
      return false;
    } else if (name == "ig") {
      body_until(rest.empty() ? "." : rest);
      return false;
    } else if (name == "ds" || name == "ds1" || name == "as" || name == "as1") {
      set_string(rest, name[0] == 'a');
      return false;
    } else if (name == "nr") {
      set_register(rest);
      return false;
    } else if (name == "rn" || name == "als") {
      rename(rest, name == "als");
      return false;
    } else if (name == "rm" || name == "rr") {
      while (!rest.empty()) {
        const std::string gone(take_word(rest));
        if (name == "rr") registers_.erase(gone);
        if (name == "rr") continue;
        strings_.erase(gone);
        macros_.erase(gone);
      }
      return false;
    } else if (name == "tr") {
      translate(rest);
      return false;
    } else if (name == "return") {
      if (inputs_.size() > 1) inputs_.back().rest = {};
      return false;
    } else if (name.empty() || call(name, rest)) {
      return false;
    } else {
      out.name = name;
      out.text = std::string(rest);
      out.line = line_;
      return true;
    }
  }
  cut_ = true;
  return false;
}

// Reads the condition at the beginning of `rest`, which is moved past it.
bool RoffReader::condition(std::string_view& rest) {
  rest = skip_blanks(rest);
  bool wanted = true;
  while (!rest.empty() && (rest[0] == '!' || is_blank(rest[0]))) {
    if (rest[0] == '!') wanted = !wanted;
    rest.remove_prefix(1);
  }
  if (rest.empty()) return false;
  const char c = rest[0];
  bool value = false;
  if (std::string_view("ntoev").find(c) != std::string_view::npos) {
    value = c == 'n' || c == 'o';
    rest.remove_prefix(1);
  } else if (std::string_view("drcmFS").find(c) != std::string_view::npos) {
    rest = skip_blanks(rest.substr(1));
    const std::string name(take_request(rest));
    value = c == 'd' ? known(name) : c == 'r' ? registers_.count(name) > 0 : c == 'c';
  } else if ((c >= '0' && c <= '9') || c == '(' || c == '-' || c == '+' || c == '.') {
    value = roff_number(rest) > 0;
  } else {
    const std::size_t middle = rest.find(c, 1);
    if (middle == std::string_view::npos) return false;
    const std::size_t end = std::min(rest.find(c, middle + 1), rest.size());
    value = rest.substr(1, middle - 1) == rest.substr(middle + 1, end - middle - 1);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return value == wanted;
}

// Leaves out what belongs to a condition that does not hold.
void RoffReader::skip(std::string_view rest) {
  long open = rest.starts_with("\\{") ? braces(rest) : 0;
  std::string_view line;
  while (open > 0 && physical(line)) open += braces(line);
}

}  // namespace tome
