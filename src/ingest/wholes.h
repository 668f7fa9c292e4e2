// SPDX-License-Identifier: GPL-2.0-or-later
// Which files are chapters of one whole (DESIGN, "Words"): a folder with work.yaml or book.toml;
// else pages that name the same home page, the same site, or share the ending of at least five
// titles.
//
// Decided from all files of a root at once, and from nothing else, so that an update decides as a
// rebuild would.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/records.h"

namespace tome {

// What is known of one file before it is read; views of what the caller keeps.
struct WholeMember {
  std::string_view path;  // relative to the root
  bool html = false;
  bool markdown = false;
  std::string_view title, home, home_title, site;  // WholeHints of extract/document.h
};

// A folder that says of itself what it is.
struct WholeFolder {
  std::string folder;  // relative to the root; empty: the root
  WorkInfo info;
  bool markdown_only = false;  // book.toml: only the Markdown files below `folder` are chapters
  Origin origin = Origin::kFrontMatter;
};

struct Whole {
  WorkRecord record;
  std::string tail;         // ending that the titles of its pages share, with its separator
  std::string fingerprint;  // changes when a chapter would have to be indexed anew
};

struct WholePlan {
  std::vector<Whole> wholes;
  std::vector<std::size_t> of;  // for each member: its index in wholes, or wholes.size()
};

WholePlan find_wholes(const std::string& root, const std::vector<WholeMember>& members,
                      const std::vector<WholeFolder>& folders);

}  // namespace tome
