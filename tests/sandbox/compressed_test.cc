// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/compressed.h"

#include <gtest/gtest.h>

#include "support/pack.h"

namespace tome {
namespace {

using test::pack;
using test::Packing;

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

// What a catalogue is unpacked with: any text as it stands, its lines too.
TEST(Compressed, UnpacksTextAsItStands) {
  const Result<Document> text = unpack_text(pack("a,b\r\n# c,\xE9\n", Packing::kZstd));
  ASSERT_TRUE(text.ok()) << text.error().message;
  EXPECT_EQ(text->text, "a,b\n# c,\u00E9\n");
  EXPECT_EQ(text->blocks.size(), 1u);
  EXPECT_EQ(unpack_text(pack("", Packing::kGzip))->text, "");
  EXPECT_EQ(unpack_text(pack(std::string(64 << 20, 'a'), Packing::kXz)).error().message,
            "unpacks to more than 200 times its size");
  EXPECT_EQ(unpack_text("a,b\n").error().code, Code::kUnsupported);
  EXPECT_EQ(unpack_text("").error().message, "the file is empty");
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
