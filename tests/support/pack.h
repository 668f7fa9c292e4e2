// SPDX-License-Identifier: GPL-2.0-or-later
// Compressed files, by libarchive.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <string>
#include <string_view>

namespace tome::test {

enum class Packing { kGzip, kXz, kZstd, kBzip2 };

// `inside` packed, as a raw stream or as the only file of a tar.
inline std::string pack(std::string_view inside, Packing packing, bool tar = false) {
  archive* writer = archive_write_new();
  if (packing == Packing::kGzip) archive_write_add_filter_gzip(writer);
  if (packing == Packing::kXz) archive_write_add_filter_xz(writer);
  if (packing == Packing::kZstd) archive_write_add_filter_zstd(writer);
  if (packing == Packing::kBzip2) archive_write_add_filter_bzip2(writer);
  if (tar) {
    archive_write_set_format_pax_restricted(writer);
  } else {
    archive_write_set_format_raw(writer);
  }
  archive_write_set_bytes_in_last_block(writer, 1);
  std::string out(inside.size() + (1 << 20), '\0');
  std::size_t used = 0;
  archive_write_open_memory(writer, out.data(), out.size(), &used);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_pathname(entry, "file");
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_size(entry, static_cast<la_int64_t>(inside.size()));
  archive_write_header(writer, entry);
  archive_write_data(writer, inside.data(), inside.size());
  archive_entry_free(entry);
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

}  // namespace tome::test
