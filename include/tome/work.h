// SPDX-License-Identifier: GPL-2.0-or-later
// Work: a book or an article, as its sources describe it. A plain value.
#pragma once

#include <string>
#include <vector>

namespace tome {

enum class Kind { kUnknown, kBook, kArticle };

// What a source says of a work. Empty strings and year 0 mean "not said".
struct WorkInfo {
  Kind kind = Kind::kUnknown;
  std::string title;  // the main title, without the subtitle where the two are told apart
  std::string subtitle;
  std::vector<std::string> authors;  // as written: "Luciano Ramalho"
  int year = 0;
  int edition = 0;
  std::string publisher;
  std::string isbn;
  std::vector<std::string> topics;
  std::vector<std::string> features;  // the lines of a "Key Features:" list
  std::string language;               // BCP 47 primary subtag: "en"
  std::string url;
};

}  // namespace tome
