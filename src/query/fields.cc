// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/query.h"

namespace tome {

const std::vector<FieldName>& field_names() {
  static const std::vector<FieldName> names = {
      {"author", Field::kAuthor, "a name or part of one: author:ramalho, author:\"bob gregory\""},
      {"title", Field::kTitle, "words of a work's title: title:\"fluent python\""},
      {"book", Field::kBook, "the same, among books only: book:cookbook"},
      {"kind", Field::kKind, "book or article: kind:book"},
      {"topic", Field::kTopic, "one of a work's topics: topic:concurrency"},
      {"lang", Field::kLanguage, "language of the passage, two letters: lang:de"},
      {"year", Field::kYear,
       "a year or a range: year:2019, year:2015..2022, year:..2000, year:2015.."},
  };
  return names;
}

}  // namespace tome
