// SPDX-License-Identifier: GPL-2.0-or-later
// Indexing for tests, and all that can be said of an index, to be compared with another.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "analysis/analyser.h"
#include "store/reader.h"
#include "support/folder.h"
#include "tome/index.h"

namespace tome {

inline IndexOptions serial() {
  IndexOptions options;
  options.workers = 1;
  options.patience = std::chrono::milliseconds(2000);
  return options;
}

inline IndexOptions forced() {
  IndexOptions options = serial();
  options.force = true;
  return options;
}

inline IndexReport expect_update(const std::filesystem::path& index,
                                 const std::vector<std::filesystem::path>& paths = {},
                                 const IndexOptions& options = serial()) {
  const Result<IndexReport> report = update_index(index, paths, options);
  EXPECT_TRUE(report.ok()) << report.error().message << " " << report.error().path;
  return report.ok() ? *report : IndexReport{};
}

// "added 1 changed 0 removed 0 unchanged 2 kept 0", with "moved 1" when one was and
// "published" when it was.
inline std::string counts(const IndexReport& report) {
  return "added " + std::to_string(report.added) + " changed " + std::to_string(report.changed) +
         " removed " + std::to_string(report.removed) + " unchanged " +
         std::to_string(report.unchanged) + " kept " + std::to_string(report.kept) +
         (report.moved > 0 ? " moved " + std::to_string(report.moved) : "") +
         (report.published ? " published" : "");
}

// Words of a question as the terms they are posted under, joined by OR.
inline Match any_of(const std::string& question) {
  Analyser analyser("en");
  std::vector<Match> terms;
  for (const Token& token : analyser.analyse(question)) {
    terms.push_back(match_term(std::string(token.term)));
  }
  return match_of(Match::Op::kOr, std::move(terms));
}

// Paths of the sources with a passage that has any of the words, joined by spaces.
inline std::string files_with(const std::filesystem::path& index, const std::string& words) {
  const Result<Reader> reader = Reader::open(index);
  if (!reader) return "error: " + reader.error().message;
  const Result<Candidates> candidates = reader->match(any_of(words), 0, 10'000);
  if (!candidates) return "error: " + candidates.error().message;
  std::set<std::string> paths;
  for (const Candidate& candidate : candidates->list) {
    const Result<PassageRecord> passage = reader->read(candidate.document);
    if (!passage) return "error: " + passage.error().message;
    paths.insert(passage->path);
  }
  std::string out;
  for (const std::string& path : paths) out += (out.empty() ? "" : " ") + path;
  return out;
}

// IDs of all passages.
inline std::set<std::string> passages_in(const Reader& reader) {
  std::set<std::string> ids;
  const Result<Candidates> all = reader.match(match_of(Match::Op::kAll, {}), 0, 1'000'000);
  EXPECT_TRUE(all.ok());
  for (const Candidate& candidate : all->list) {
    const Result<PassageRecord> passage = reader.read(candidate.document);
    EXPECT_TRUE(passage.ok());
    if (passage.ok()) ids.insert(passage->id + " " + passage->text);
  }
  return ids;
}

struct Snapshot {
  std::vector<std::string> sources, works, words, frequencies;
  std::set<std::string> passages;
  std::vector<std::map<std::string, double>> answers;  // passage ID -> weight
};

inline std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& item : list) out += item + "|";
  return out;
}

inline Snapshot snapshot(const std::filesystem::path& index,
                         const std::vector<std::string>& questions) {
  Snapshot all;
  const Result<Reader> reader = Reader::open(index);
  EXPECT_TRUE(reader.ok()) << reader.error().message;
  if (!reader) return all;
  const Result<std::vector<SourceRecord>> sources = reader->sources();
  const Result<const Catalogue*> catalogue = reader->catalogue();
  const Result<std::vector<WordCount>> words = reader->words("");
  EXPECT_TRUE(sources.ok() && catalogue.ok() && words.ok());
  for (const SourceRecord& s : *sources) {
    all.sources.push_back(s.root + "/" + s.path + " " + s.id + " " + std::to_string(s.size) + " " +
                          s.digest + " " + std::to_string(static_cast<int>(s.state)) + " " +
                          s.format + " " + s.language + " " + std::to_string(s.passages) + " " +
                          std::to_string(s.text_bytes) + " " + s.whole + " " + s.reason);
  }
  for (const Work& w : (*catalogue)->works()) {
    all.works.push_back(w.id + " " + w.info.title + ": " + w.info.subtitle + " by " +
                        joined(w.info.authors) + " " + std::to_string(w.info.year) + " " +
                        joined(w.info.topics) + " " + joined(w.info.features) + " " +
                        joined(w.keys) + " " + joined(w.sources) +
                        std::to_string(static_cast<int>(w.info.kind)));
  }
  Analyser analyser("en");
  for (const WordCount& word : *words) {
    all.words.push_back(word.word + ":" + std::to_string(word.count));
    for (const Token& token : analyser.analyse(word.word)) {
      const std::string term(token.term);
      all.frequencies.push_back(term + ":" + std::to_string(*reader->frequency(term)));
    }
  }
  all.passages = passages_in(*reader);
  for (const std::string& question : questions) {
    std::map<std::string, double>& answer = all.answers.emplace_back();
    const Result<Candidates> found = reader->match(any_of(question), 0, 1'000'000);
    for (const Candidate& candidate : found->list) {
      answer[reader->read(candidate.document)->id] = candidate.weight;
    }
  }
  return all;
}

inline void expect_same(const Snapshot& a, const Snapshot& b) {
  EXPECT_EQ(a.sources, b.sources);
  EXPECT_EQ(a.works, b.works);
  EXPECT_EQ(a.words, b.words);
  EXPECT_EQ(a.frequencies, b.frequencies);
  EXPECT_EQ(a.passages, b.passages);
  ASSERT_EQ(a.answers.size(), b.answers.size());
  for (std::size_t i = 0; i < a.answers.size(); ++i) {
    ASSERT_EQ(a.answers[i].size(), b.answers[i].size()) << "question " << i;
    for (const auto& [id, weight] : a.answers[i]) {
      const auto other = b.answers[i].find(id);
      ASSERT_NE(other, b.answers[i].end()) << "question " << i;
      EXPECT_NEAR(weight, other->second, 1e-6) << "question " << i;
    }
  }
}

}  // namespace tome
