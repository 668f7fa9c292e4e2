// SPDX-License-Identifier: GPL-2.0-or-later
// What several pages share: the frame around them, works, passages, why they were found.
#pragma once

#include <string>
#include <string_view>

#include "serve/html.h"
#include "serve/message.h"
#include "tome/search.h"

namespace tome {

inline constexpr std::size_t kLongestTitle =
    240;  // bytes in a list; a work's own page has it whole

struct PageFrame {
  std::string title;         // of the browser's window, before "tome"
  std::string question;      // in the search box
  std::string_view place{};  // "shelf": marked in the navigation
};

// A whole document with `content` in its <main>.
std::string framed(const PageFrame& frame, const Html& content);

Response html_response(std::string body, int status = 200);

// The page for an error; 404 for kNotFound.
Response error_page(const Error& error);

// The first value of a parameter; empty when it is not there.
std::string parameter(const Request& request, const std::string& name);
// A number within bounds; `otherwise` when the parameter is none.
std::uint64_t number_parameter(const Request& request, const std::string& name,
                               std::uint64_t otherwise, std::uint64_t most);
// ?q=, at most kLongestQuestion bytes of it.
std::string question_of(const Request& request);

std::string work_address(const WorkRef& work);
std::string passage_address(const PassageHit& hit, std::string_view question);

// Its title with the subtitle, or "Untitled".
void add_title(Html& out, const WorkInfo& work, std::size_t limit = kLongestTitle);
// "Ann Author, Bob Author, 2019"; nothing when neither is known.
void add_byline(Html& out, const WorkInfo& work);
// "corpus/books/x.md, line 12"
void add_place(Html& out, const Locator& where);
// Its language as an attribute, for hyphens and for voices.
void add_language(Html& out, const WorkInfo& work);

// The text of a passage with its marks.
void add_text(Html& out, const PassageHit& hit);

// A passage of a list as <li>.
void add_hit(Html& out, const PassageHit& hit, std::string_view question);
// A work of a list as <li>: its title, evidence and, with parts, why.
void add_book(Html& out, const BookHit& hit, std::string_view question);
// The parts of a score as bars; nothing without parts.
void add_why(Html& out, const std::vector<ScorePart>& parts, double score,
             const std::vector<PassageHit>& named);

// A list of topics as links that ask for them.
void add_topics(Html& out, const std::vector<std::string>& topics);

// A heading path: "A › B"; nothing when empty.
void add_path(Html& out, const std::vector<std::string>& headings, std::size_t count);

}  // namespace tome
