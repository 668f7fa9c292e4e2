// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/compressed.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

namespace tome {
namespace {

enum class Packing { kGzip, kXz, kZstd, kBzip2 };

// `inside` packed, as a raw stream or as the only file of a tar.
std::string pack(std::string_view inside, Packing packing, bool tar = false) {
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

constexpr std::string_view kMarkdown = "# Knots\n\nA bowline *holds*.\n";

TEST(Compressed, ReadsWhatIsInside) {
  struct Case {
    std::string name;
    Packing packing;
    std::string format;
  };
  for (const Case& c :
       {Case{"a/knots.md.gz", Packing::kGzip, "markdown"},
        Case{"knots.md.xz", Packing::kXz, "markdown"},
        Case{"knots.md.zst", Packing::kZstd, "markdown"},
        Case{"knots.md.bz2", Packing::kBzip2, "markdown"}, Case{"knots.gz", Packing::kGzip, "text"},
        Case{"knots.md", Packing::kGzip, "markdown"}}) {
    const std::string bytes = pack(kMarkdown, c.packing);
    ASSERT_EQ(detect_format(c.name, bytes), Format::kCompressed) << c.name;
    const Result<Document> document = extract_any(c.name, Format::kCompressed, bytes);
    ASSERT_TRUE(document.ok()) << c.name << document.error().message;
    EXPECT_EQ(document->format, c.format) << c.name;
    EXPECT_NE(document->text.find("bowline"), std::string::npos);
  }
}

TEST(Compressed, TwiceButNoMore) {
  const std::string once = pack(kMarkdown, Packing::kXz);
  const std::string twice = pack(once, Packing::kGzip);
  const Result<Document> document = extract_any("k.md.xz.gz", Format::kCompressed, twice);
  ASSERT_TRUE(document.ok()) << document.error().message;
  EXPECT_EQ(document->format, "markdown");
  const std::string thrice = pack(twice, Packing::kGzip);
  EXPECT_EQ(extract_any("k.md.xz.gz.gz", Format::kCompressed, thrice).error().message,
            "is compressed more than twice");
}

TEST(Compressed, SaysWhatItDoesNotRead) {
  const std::string tar = pack(kMarkdown, Packing::kGzip, true);
  EXPECT_EQ(extract_any("k.tar.gz", Format::kCompressed, tar).error().message,
            "an archive of several files, which tome does not read: unpack it");
  const std::string binary = pack(std::string(1000, '\1'), Packing::kGzip);
  EXPECT_EQ(extract_any("k.gz", Format::kCompressed, binary).error().code, Code::kUnsupported);
  const std::string whole = pack(kMarkdown, Packing::kGzip);
  EXPECT_FALSE(extract_any("k.gz", Format::kCompressed, whole.substr(0, 20)).ok());
}

TEST(Compressed, NothingInside) {
  const Result<Document> document =
      extract_any("k.md.gz", Format::kCompressed, pack("", Packing::kGzip));
  ASSERT_TRUE(document.ok()) << document.error().message;
  EXPECT_EQ(document->text, "");
}

// 1 GB in 1 MB, and that in 3 KB.
TEST(Compressed, ABombIsNotUnpacked) {
  const std::string zeros(64 << 20, '\0');
  std::string stream = pack(zeros, Packing::kGzip);  // gzip: members may follow one another
  std::string bomb;
  for (int i = 0; i < 16; ++i) bomb += stream;
  for (const std::string& bytes : {bomb, pack(bomb, Packing::kGzip)}) {
    const Result<Document> document = extract_any("bomb.gz", Format::kCompressed, bytes);
    ASSERT_FALSE(document.ok());
    EXPECT_EQ(document.error().message, "unpacks to more than 200 times its size");
  }
}

// detect_format() looks at bytes that may be fewer than it looks for.
TEST(Compressed, ShortHeadsOfBzip2) {
  for (const std::string_view bytes : {"B", "BZ", "BZh", "BZh9", "BZh91AY&S"}) {
    EXPECT_EQ(detect_format("x", bytes), Format::kText) << bytes;
  }
}

}  // namespace
}  // namespace tome
