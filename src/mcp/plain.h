// SPDX-License-Identifier: GPL-2.0-or-later
// Plain text for an assistant: clean, bounded, valid UTF-8. Pure, safe from any thread.
//
// No control character but \n, no escape sequence and no bidirectional override of a text or a
// title reaches what these return (present/clean.h).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tome/result.h"
#include "tome/search.h"

namespace tome::mcp {

// A call's text holds about so many bytes. Each part of it has a bound of its own below, so that
// one hostile title does not take the place of ten passages.
inline constexpr std::size_t kPageBytes = 20'000;
inline constexpr std::size_t kLineBytes = 400;        // a title, a heading path, a file name
inline constexpr std::size_t kPassageBytes = 10'000;  // no passage that tome cuts is longer

// At most `limit` bytes of `text` and … where more stood; cut between characters.
std::string shortened(std::string text, std::size_t limit);

std::string plain_line(std::string_view text, std::size_t limit = kLineBytes);
std::string plain_name(std::string_view name);  // of a file
// Joined by `between`; at most `most`, then "and N more".
std::string plain_list(const std::vector<std::string>& lines, std::string_view between,
                       std::size_t most = 10);

// Whole sentences of a passage, with … where more of it stands.
std::string plain_snippet(const Snippet& snippet);
// "Title: Subtitle, A. Author, 2022 (in: The Whole)".
std::string plain_title(const WorkInfo& work, const std::vector<WorkRef>& in,
                        std::string_view untitled);
// The same without authors, year and wholes.
std::string plain_title_alone(const WorkInfo& work, std::string_view untitled);
// The whole path of the file and the line, page or chapter in it.
std::string plain_place(const Locator& where);
// What went wrong, where, and what to do about it.
std::string plain_error(const Error& error);

// Entries of an answer, as many as fit.
class Page {
 public:
  // Adds `entry`; false, and nothing is added, when it does not fit. The first entry always fits.
  bool add(std::string_view entry);
  // What is said about the page; always fits.
  void say(std::string_view line);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  bool any_ = false;
};

}  // namespace tome::mcp
