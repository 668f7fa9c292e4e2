// SPDX-License-Identifier: GPL-2.0-or-later
// Exclude patterns, by the rules of gitignore(5): `name` or `*.ext` at any depth, a pattern with a
// / is anchored at the root, `dir/` takes folders alone, `**` spans folders, `!pattern` takes back,
// the last that fits decides. A pure value; safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tome {

class Ignore {
 public:
  explicit Ignore(const std::vector<std::string>& patterns);
  // `path` is relative to the root, with / between folders and none at the end.
  bool excludes(std::string_view path, bool folder) const;

  // The pattern that takes `path` (relative to the root) and nothing else; UTF-8, so that bytes
  // that are not become ?.
  static std::string pattern_for(std::string_view path);

  // `pattern` of a folder as its parents say it: "*.txt" of "a/b" is "/a/b/**/*.txt" of the root.
  // Empty when it is a comment or says nothing.
  static std::string moved(std::string_view pattern, std::string_view folder);

 private:
  struct Pattern {
    std::string text;
    bool negated = false;
    bool folders_only = false;
    bool anchored = false;
  };
  std::vector<Pattern> patterns_;
};

}  // namespace tome
