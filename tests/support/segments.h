// SPDX-License-Identifier: GPL-2.0-or-later
// Small indexes made by the store alone: one-word-a-term passages, without analyser or extraction.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "store/generation.h"
#include "store/reader.h"
#include "store/records.h"
#include "store/segment.h"
#include "store/versions.h"
#include "support/folder.h"

namespace tome {

// The passage `ordinal` of root/path whose text is `words`.
inline PassageRecord passage_of(const std::string& path, std::uint32_t ordinal,
                                const std::string& words) {
  PassageRecord passage;
  passage.id = passage_id("root", path, ordinal);
  passage.source = source_id("root", path);
  passage.root = "root";
  passage.path = path;
  passage.ordinal = ordinal;
  passage.language = "en";
  passage.end = static_cast<std::uint32_t>(words.size());
  passage.text = words;
  passage.works = {"key-" + path};
  return passage;
}

inline std::vector<std::string> split(const std::string& words) {
  std::istringstream in(words);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

// A term for each word of the passage, in whose text they stand.
inline std::vector<Posting> word_postings(const PassageRecord& passage, WordCounts& words) {
  std::map<std::string_view, std::uint32_t> terms;
  const std::string_view text = passage.text;
  for (std::size_t i = 0; (i = text.find_first_not_of(" \n", i)) != text.npos;) {
    const std::string_view word = text.substr(i, text.find_first_of(" \n", i) - i);
    ++terms[word];
    ++words[word];
    i += word.size();
  }
  std::vector<Posting> postings;
  // Languages count nothing, as in a real index.
  for (const auto& [term, wdf] : terms) postings.push_back({term, term[0] == 'L' ? 0 : wdf});
  return postings;
}

// Source path -> the words of its passages.
using Texts = std::map<std::string, std::vector<std::string>>;

inline void write_chunk(const std::filesystem::path& folder, const Texts& texts) {
  Result<ChunkWriter> chunk = ChunkWriter::create(folder);
  ASSERT_TRUE(chunk.ok()) << chunk.error().message;
  WordCounts counts;
  for (const auto& [path, passages] : texts) {
    for (std::uint32_t i = 0; i < passages.size(); ++i) {
      const PassageRecord passage = passage_of(path, i, passages[i]);
      ASSERT_TRUE(chunk->add(passage, word_postings(passage, counts)).ok());
    }
    SourceRecord source;
    source.id = source_id("root", path);
    source.root = "root";
    source.path = path;
    source.passages = static_cast<std::uint32_t>(passages.size());
    ASSERT_TRUE(chunk->add(source).ok());
    WorkRecord work;
    work.key = "key-" + path;
    work.source = source.id;
    work.info.title = "Title of " + path;
    ASSERT_TRUE(chunk->add(work).ok());
  }
  ASSERT_TRUE(chunk->finish(counts).ok());
}

// The two ways to change a segment.
using EditSegment = Result<SegmentInfo> (*)(const std::filesystem::path&, const std::string&,
                                            const std::string&, const SegmentEdit&,
                                            const PostingsOf&);
inline constexpr std::array<std::pair<const char*, EditSegment>, 2> kEdits = {
    {{"edited", edit_segment}, {"rewritten", rewrite_segment}}};

inline SegmentInfo make_segment(const std::filesystem::path& index, const Texts& texts) {
  const std::filesystem::path chunk = index / "tmp" / ("chunk" + new_segment_id());
  write_chunk(chunk, texts);
  Result<SegmentInfo> segment = merge_chunks(index, new_segment_id(), {chunk});
  EXPECT_TRUE(segment.ok()) << segment.error().message;
  return segment.ok() ? *segment : SegmentInfo{};
}

inline Manifest publish_segments(const std::filesystem::path& index,
                                 std::vector<SegmentInfo> segments) {
  Manifest manifest = this_version();
  manifest.segments = std::move(segments);
  const Status status = publish(index, manifest);
  EXPECT_TRUE(status.ok()) << status.error().message;
  return manifest;
}

inline Manifest publish_texts(const std::filesystem::path& index, const Texts& texts) {
  return publish_segments(index, {make_segment(index, texts)});
}

// "word:count word:count" of all words.
inline std::string words_of(const Reader& reader, const std::string& prefix = "") {
  const Result<std::vector<WordCount>> words = reader.words(prefix);
  if (!words) return "error: " + words.error().message;
  std::string out;
  for (const WordCount& word : *words) {
    out += (out.empty() ? "" : " ") + word.word + ":" + std::to_string(word.count);
  }
  return out;
}

// "path#ordinal" of each passage that matches, best first; equal weights in order of documents.
inline std::string found(const Reader& reader, const Match& match, std::uint64_t first = 0,
                         std::uint64_t count = 1000) {
  const Result<Candidates> candidates = reader.match(match, first, count);
  if (!candidates) return "error: " + candidates.error().message;
  std::string out;
  for (const Candidate& candidate : candidates->list) {
    const Result<PassageRecord> passage = reader.read(candidate.document);
    if (!passage) return "error: " + passage.error().message;
    out += (out.empty() ? "" : " ") + passage->path + "#" + std::to_string(passage->ordinal);
  }
  return out;
}

}  // namespace tome
