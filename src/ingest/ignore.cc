// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/ignore.h"

#include <fnmatch.h>

#include "text/text.h"

namespace tome {
namespace {

// Matches segment by segment, `**` against any number of them.
bool matches(std::string_view pattern, std::string_view path) {
  const auto head = [](std::string_view text) { return text.substr(0, text.find('/')); };
  const auto tail = [](std::string_view text) {
    const std::size_t slash = text.find('/');
    return slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
  };
  while (true) {
    if (pattern.empty()) return path.empty();
    const std::string_view piece = head(pattern);
    if (piece == "**") {
      const std::string_view rest = tail(pattern);
      if (rest.empty()) return !path.empty();
      for (;; path = tail(path)) {
        if (matches(rest, path)) return true;
        if (path.empty()) return false;
      }
    }
    if (path.empty()) return false;
    if (::fnmatch(std::string(piece).c_str(), std::string(head(path)).c_str(), 0) != 0)
      return false;
    pattern = tail(pattern);
    path = tail(path);
  }
}

}  // namespace

Ignore::Ignore(const std::vector<std::string>& patterns) {
  for (std::string text : patterns) {
    Pattern pattern;
    while (!text.empty() && text.back() == ' ' && !text.ends_with("\\ ")) text.pop_back();
    if (text.empty() || text[0] == '#') continue;
    if (text[0] == '!') {
      pattern.negated = true;
      text.erase(0, 1);
    }
    if (!text.empty() && text.back() == '/') {
      pattern.folders_only = true;
      text.pop_back();
    }
    pattern.anchored = text.find('/') != std::string::npos;
    if (!text.empty() && text[0] == '/') text.erase(0, 1);
    if (text.empty()) continue;
    pattern.text = std::move(text);
    patterns_.push_back(std::move(pattern));
  }
}

std::string Ignore::pattern_for(std::string_view path) {
  std::string pattern = "/";
  for (std::size_t i = 0; i < path.size();) {
    const std::size_t begin = i;
    if (next_character(path, i) < 0) {
      pattern.append(i - begin, '?');
      continue;
    }
    if (std::string_view("*?[]\\").find(path[begin]) != std::string_view::npos) pattern += '\\';
    pattern += path.substr(begin, i - begin);
  }
  if (pattern.ends_with(' ')) pattern.insert(pattern.size() - 1, 1, '\\');
  return pattern;
}

std::string Ignore::moved(std::string_view pattern, std::string_view folder) {
  if (Ignore({std::string(pattern)}).patterns_.empty()) return {};
  const bool negated = pattern[0] == '!';
  if (negated) pattern.remove_prefix(1);
  const bool anchored =
      pattern.substr(0, pattern.find_last_not_of("/ ") + 1).find('/') != std::string_view::npos;
  if (pattern[0] == '/') pattern.remove_prefix(1);
  std::string out = pattern_for(folder);
  if (negated) out.insert(out.begin(), '!');
  return out.append(anchored ? "/" : "/**/").append(pattern);
}

bool Ignore::excludes(std::string_view path, bool folder) const {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  bool excluded = false;
  for (const Pattern& pattern : patterns_) {
    if (pattern.folders_only && !folder) continue;
    if (matches(pattern.text, pattern.anchored ? path : name)) excluded = !pattern.negated;
  }
  return excluded;
}

}  // namespace tome
