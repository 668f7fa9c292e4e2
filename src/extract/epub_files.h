// SPDX-License-Identifier: GPL-2.0-or-later
// The files of an EPUB in memory, and the links between them. Safe from any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "extract/archive.h"

namespace tome::epub {

// A link's target: `path` within the ZIP, percent-decoded; empty when it leads out of the archive
// (another scheme, too many "..", a NUL). "#a" leads into `base` itself.
struct Target {
  std::string path;
  std::string fragment;
};

// What `href` means in the file `base` (a path within the ZIP; empty: the root).
Target resolve(std::string_view base, std::string_view href);

class Files {
 public:
  explicit Files(Members members);

  // The name under which the ZIP holds `path`: the same one, else one that differs in case and
  // Unicode form only, as archives packed on another system have them. Empty when there is none.
  std::string_view name_of(const std::string& path) const;

  // The bytes of a file; nullptr when there is none of that name.
  const std::string* find(const std::string& path) const;

  const Members& all() const { return members_; }

 private:
  Members members_;
  std::map<std::string, std::string_view> folded_;  // -> the name in members_
};

// Whether a file of this name may hold text (or what leads to it), so that it is worth unpacking.
bool may_hold_text(std::string_view name);

}  // namespace tome::epub
