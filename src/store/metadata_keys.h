// SPDX-License-Identifier: GPL-2.0-or-later
// Keys of a segment's table of records. Each source and work record has one of its own, so that a
// merge, which keeps the first value of a key that two parts share, loses none; the chapters of a
// whole write one and the same work record under the same key.
#pragma once

#include <string>
#include <string_view>

namespace tome {

inline constexpr std::string_view kSourcePrefix = "source/";
inline constexpr std::string_view kWorkPrefix = "work/";

inline std::string source_key(std::string_view source) {
  return std::string(kSourcePrefix).append(source);
}

// `source` is empty for a whole of many files.
inline std::string work_record_key(std::string_view source, std::string_view work) {
  return std::string(kWorkPrefix).append(source.empty() ? "-" : source).append("/").append(work);
}

// Of such a key the source: "-" for a whole of many files.
inline std::string_view source_of(std::string_view key) {
  const std::size_t begin = key.find('/') + 1;
  return key.substr(begin, key.find('/', begin) - begin);
}

}  // namespace tome
