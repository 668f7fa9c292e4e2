// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/pdf_info.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <string>
#include <utility>

#include "extract/front_matter.h"
#include "extract/pdf_letters.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kLongest = 1000;  // bytes of one entry
constexpr std::size_t kMostNames = 50;  // authors, topics

std::string entry(const poppler::ustring& value) {
  std::string text = squeeze(clean_letters(value));
  text.resize(utf8_floor(text, kLongest));
  return text;
}

// "report.doc", "main.dvi": one word, a dot, a short ending with a letter.
bool is_file_name(std::string_view title) {
  constexpr std::array<std::string_view, 16> kEndings = {
      ".doc", ".docx", ".dvi", ".tex", ".pdf", ".ps",   ".indd", ".qxd",
      ".odt", ".rtf",  ".fm",  ".p65", ".ppt", ".pptx", ".xls",  ".txt"};
  const std::string folded = fold(title);
  if (std::any_of(kEndings.begin(), kEndings.end(),
                  [&](std::string_view ending) { return folded.ends_with(ending); })) {
    return true;
  }
  return title.find('/') != std::string_view::npos && title.find(' ') == std::string_view::npos;
}

bool is_placeholder(std::string_view text) {
  constexpr std::array<std::string_view, 19> kNames = {
      "untitled",      "undefined",  "no title given", "no author given", "untitled document",
      "title",         "document",   "user",           "unknown",         "author",
      "administrator", "admin",      "anonymous",      "owner",           "no title",
      "default",       "ohne titel", "sans titre",     "unbenannt"};
  std::string folded = fold(text);
  while (!folded.empty() &&
         std::string_view("0123456789- ()").find(folded.back()) < std::string_view::npos) {
    folded.pop_back();  // "Untitled-1", "Document1"
  }
  return folded.empty() || std::find(kNames.begin(), kNames.end(), folded) != kNames.end();
}

int year_of(std::time_t time) {
  constexpr std::time_t kFirst = 0;             // 1970
  constexpr std::time_t kLast = 4'102'444'800;  // 2100
  if (time <= kFirst || time >= kLast) return 0;
  std::tm parts{};
  return ::gmtime_r(&time, &parts) == nullptr ? 0 : parts.tm_year + 1900;
}

}  // namespace

std::string_view real_title(std::string_view title) {
  constexpr std::string_view kWord = "Microsoft Word - ";
  if (title.starts_with(kWord)) title.remove_prefix(kWord.size());
  if (title.starts_with("Microsoft ") && title.find(" - ") < 24) {  // PowerPoint, Excel
    title.remove_prefix(title.find(" - ") + 3);
  }
  if (is_file_name(title) || is_placeholder(title)) return {};
  return title;
}

WorkInfo read_pdf_info(const poppler::document& document) {
  WorkInfo info;
  info.title = std::string(real_title(entry(document.get_title())));
  for (std::string& author : split_authors(entry(document.get_author()))) {
    if (!is_placeholder(author) && info.authors.size() < kMostNames) {
      info.authors.push_back(std::move(author));
    }
  }
  std::string keywords = entry(document.get_keywords());
  std::replace(keywords.begin(), keywords.end(), ';', ',');
  info.topics = split_commas(keywords);
  if (info.topics.size() > kMostNames) info.topics.resize(kMostNames);
  info.year = year_of(document.get_creation_date_t());
  return info;
}

}  // namespace tome
