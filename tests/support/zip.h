// SPDX-License-Identifier: GPL-2.0-or-later
// Archives in memory, written by libarchive.
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tome::test {

using NamedFiles = std::vector<std::pair<std::string, std::string>>;  // name, bytes; in order

inline la_ssize_t append_to_string(archive*, void* out, const void* bytes, size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

// A ZIP of `files`; a name that ends in / is a folder. `options` as libarchive takes them, such as
// "zip:compression=store" or "zip:encryption=zipcrypt"; `sized`: the sizes stand before the data,
// else in descriptors behind it.
inline std::string zip(const NamedFiles& files, const char* options = "", bool sized = true) {
  std::string out;
  archive* writer = archive_write_new();
  EXPECT_EQ(archive_write_set_format_zip(writer), ARCHIVE_OK);
  EXPECT_EQ(archive_write_set_passphrase(writer, "secret"), ARCHIVE_OK);
  EXPECT_EQ(archive_write_set_options(writer, options), ARCHIVE_OK) << options;
  archive_write_set_bytes_in_last_block(writer, 1);
  EXPECT_EQ(archive_write_open(writer, &out, nullptr, append_to_string, nullptr), ARCHIVE_OK);
  for (const auto& [name, bytes] : files) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, name.ends_with('/') ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    if (sized) archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    EXPECT_EQ(archive_write_header(writer, entry), ARCHIVE_OK) << name;
    if (!bytes.empty()) {
      EXPECT_EQ(archive_write_data(writer, bytes.data(), bytes.size()),
                static_cast<la_ssize_t>(bytes.size()))
          << name;
    }
    archive_entry_free(entry);
  }
  EXPECT_EQ(archive_write_close(writer), ARCHIVE_OK);
  archive_write_free(writer);
  return out;
}

// `bytes` compressed by a filter of libarchive: "gzip", "xz", "zstd", "bzip2".
inline std::string compressed(std::string_view bytes, const char* filter) {
  std::string out;
  archive* writer = archive_write_new();
  EXPECT_EQ(archive_write_set_format_raw(writer), ARCHIVE_OK);
  EXPECT_EQ(archive_write_add_filter_by_name(writer, filter), ARCHIVE_OK) << filter;
  archive_write_set_bytes_in_last_block(writer, 1);
  EXPECT_EQ(archive_write_open(writer, &out, nullptr, append_to_string, nullptr), ARCHIVE_OK);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_pathname(entry, "data");
  archive_entry_set_filetype(entry, AE_IFREG);
  EXPECT_EQ(archive_write_header(writer, entry), ARCHIVE_OK);
  if (!bytes.empty()) {
    EXPECT_EQ(archive_write_data(writer, bytes.data(), bytes.size()),
              static_cast<la_ssize_t>(bytes.size()));
  }
  archive_entry_free(entry);
  EXPECT_EQ(archive_write_close(writer), ARCHIVE_OK);
  archive_write_free(writer);
  return out;
}

}  // namespace tome::test
