// SPDX-License-Identifier: GPL-2.0-or-later
// Feed: the passages of a shelf as another engine reads them, one JSON object a line.
//
//   vespa       {"put": "id:tome:passage::ID", "fields": {...}}, for `vespa feed`
//   opensearch  {"index": {"_id": ID}} and the fields on the next line, for POST INDEX/_bulk
//   jsonl       the fields alone
//
// The fields are the same: id, text, title, authors, headings, language, kind, topics, year, work,
// and the locator: source, root, path, ordinal, line, page, page_label, chapter, anchor, begin,
// end. What is not known is left out. Valid UTF-8; any other byte is U+FFFD.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "store/reader.h"
#include "tome/result.h"

namespace tome {

enum class FeedFormat { kVespa, kOpenSearch, kJsonLines };

// The line or two of one passage, each ended by \n. `work` may be null.
std::string feed_lines(FeedFormat format, const PassageRecord& record, const Work* work);

struct FeedCounts {
  std::uint64_t passages = 0;
  std::uint64_t bytes = 0;
};

// Hands the lines of every passage to `write`, one passage at a time, until it says false.
Result<FeedCounts> write_feed(const Reader& reader, FeedFormat format,
                              const std::function<bool(std::string_view)>& write);

}  // namespace tome
