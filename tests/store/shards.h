// SPDX-License-Identifier: GPL-2.0-or-later
// Fixture: indexes of a few passages, and shelves of which they are the shards.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "support/segments.h"

namespace tome {

class Shards : public testing::Test {
 protected:
  std::filesystem::path make(const std::string& name, const Texts& texts) {
    const std::filesystem::path index = folder_ / name;
    std::filesystem::create_directories(index);
    publish_texts(index, texts);
    return index;
  }
  static ReaderOptions of(std::vector<std::string> shards, int timeout = 2000) {
    ReaderOptions options;
    options.shards.shards = std::move(shards);
    options.shards.timeout = std::chrono::milliseconds(timeout);
    return options;
  }
  // "a#0 b#1" of what matches, or "error CODE".
  static std::string all_of(const Reader& reader, const std::string& word) {
    const Result<Candidates> candidates = reader.match(match_term(word), 0, 100);
    if (!candidates) return "error: " + candidates.error().message;
    const Result<std::vector<PassageRecord>> records = reader.read(candidates->list);
    if (!records) return "error: " + records.error().message;
    std::set<std::string> names;
    for (const PassageRecord& record : *records) {
      names.insert(record.path + "#" + std::to_string(record.ordinal));
    }
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : " ") + name;
    return out;
  }

  TestFolder folder_;
};

}  // namespace tome
