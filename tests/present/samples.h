// SPDX-License-Identifier: GPL-2.0-or-later
// Answers for the tests of present/, as rank/ would give them.
#pragma once

#include <string>
#include <string_view>

#include "tome/search.h"

namespace tome::samples {

inline WorkRef fluent_python() {
  WorkRef work;
  work.id = "w1";
  work.info.kind = Kind::kBook;
  work.info.title = "Fluent Python";
  work.info.subtitle = "Clear, Concise, and Effective Programming";
  work.info.authors = {"Luciano Ramalho"};
  work.info.year = 2022;
  return work;
}

inline WorkRef review() {
  WorkRef work;
  work.id = "w2";
  work.info.kind = Kind::kArticle;
  work.info.title = "From Coder to Architect";
  return work;
}

// The place of every occurrence of `word` in `text`.
inline std::vector<Span> marks_of(std::string_view text, std::string_view word) {
  std::vector<Span> marks;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + word.size())) {
    marks.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + word.size())});
  }
  return marks;
}

inline Locator place(std::string path, std::uint32_t line) {
  Locator where;
  where.source = "s1";
  where.root = "corpus";
  where.file = "/home/ann/corpus/" + path;
  where.path = std::move(path);
  where.line = line;
  return where;
}

inline PassageHit descriptors() {
  PassageHit hit;
  hit.id = "k3x7q2mzpa4d";
  hit.score = 7.5;
  hit.works = {fluent_python()};
  hit.locator = place("books/fluent-python.md", 41);
  hit.locator.begin = 2100;
  hit.locator.end = 2950;
  hit.locator.headings = {"Metaprogramming", "Attribute Descriptors"};
  hit.snippet.text =
      "A descriptor is a class that implements __get__, __set__ or __delete__. Properties, methods "
      "and slots are built on descriptors, and the order of lookup decides who wins.";
  hit.snippet.highlights = marks_of(hit.snippet.text, "descriptor");
  hit.snippet.offset = 2100;
  hit.snippet.cut_after = true;
  return hit;
}

// Belongs to a book and to the article that reviews it.
inline PassageHit reviewed() {
  PassageHit hit;
  hit.id = "b5m2wq7t4yce";
  hit.score = 3.25;
  hit.works = {fluent_python(), review()};
  hit.locator = place("articles/coder-to-architect.txt", 12);
  hit.locator.headings = {"What It Teaches"};
  hit.snippet.text = "Ramalho shows what the data model gives away for free.";
  hit.snippet.cut_before = true;
  return hit;
}

// Escape characters made visible, so that an expected text can be read.
inline std::string visible(std::string text) {
  for (auto at = text.find('\x1b'); at != text.npos; at = text.find('\x1b', at)) {
    text.replace(at, 1, "␛");
  }
  return text;
}

template <class Hit>
Answer<Hit> answer(std::vector<Hit> hits) {
  Answer<Hit> answer;
  answer.estimate = hits.size();
  answer.complete = true;
  answer.understood = "descriptors";
  answer.hits = std::move(hits);
  return answer;
}

// One passage with this text and nothing else worth reading.
inline Answer<PassageHit> text_only(std::string text, std::vector<Span> highlights = {}) {
  PassageHit hit;
  hit.id = "id";
  hit.locator = place("a.txt", 1);
  hit.snippet.text = std::move(text);
  hit.snippet.highlights = std::move(highlights);
  return answer<PassageHit>({hit});
}

}  // namespace tome::samples
