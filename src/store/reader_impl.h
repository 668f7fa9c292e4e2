// SPDX-License-Identifier: GPL-2.0-or-later
// What a Reader holds. For the sources of Reader alone: it needs <xapian.h>.
#pragma once

#include <xapian.h>

#include <optional>

#include "store/passage_reader.h"
#include "store/reader.h"

namespace tome {

inline constexpr std::string_view kDamagedRecord =
    "the index is damaged: a record is not what was written";

inline Error damaged(const Xapian::Error& error, const std::filesystem::path& path) {
  return damaged("the index is damaged: " + error.get_description(), path);
}

struct Reader::Impl {
  std::filesystem::path index;
  Manifest manifest;
  Xapian::Database all;
  std::vector<Xapian::Database> segments;
  std::vector<PassageReader> passages;  // of each segment
  std::map<std::string, std::uint64_t> languages;
  std::optional<Catalogue> catalogue;
  std::optional<AcronymTable> acronyms;

  // Calls visit(segment number, rest of the key) for each metadata key under `prefix`.
  template <class Visit>
  Status each_key(std::string_view prefix, Visit visit) const {
    for (std::size_t i = 0; i < segments.size(); ++i) {
      try {
        const std::string start(prefix);
        for (auto key = segments[i].metadata_keys_begin(start);
             key != segments[i].metadata_keys_end(start); ++key) {
          visit(i, (*key).substr(start.size()));
        }
      } catch (const Xapian::Error& error) {
        return damaged(error, segment_path(index, manifest.segments[i].id));
      }
    }
    return Ok{};
  }

  // Calls visit(segment number, value) for each metadata value under `prefix`.
  template <class Visit>
  Status each_value(std::string_view prefix, Visit visit) const {
    for (std::size_t i = 0; i < segments.size(); ++i) {
      const std::filesystem::path path = segment_path(index, manifest.segments[i].id);
      try {
        const std::string start(prefix);
        for (auto key = segments[i].metadata_keys_begin(start);
             key != segments[i].metadata_keys_end(start); ++key) {
          if (!visit(i, segments[i].get_metadata(*key))) {
            return damaged(std::string(kDamagedRecord), path);
          }
        }
      } catch (const Xapian::Error& error) {
        return damaged(error, path);
      }
    }
    return Ok{};
  }
};

}  // namespace tome
