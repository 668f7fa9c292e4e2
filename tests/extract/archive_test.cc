// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/archive.h"

#include <gtest/gtest.h>

#include <random>

#include "support/zip.h"
#include "text/text.h"

namespace tome {
namespace {

using test::compressed;
using test::NamedFiles;
using test::zip;

// "name=bytes name=bytes", or "! message".
std::string unzipped(std::string_view bytes, bool (*wanted)(std::string_view) = nullptr) {
  const Result<Members> members = unzip(bytes, wanted);
  if (!members) return "! " + members.error().message;
  std::string out;
  for (const auto& [name, data] : *members) out += (out.empty() ? "" : " ") + name + "=" + data;
  return out;
}

// The text with every `from` replaced by `to` of the same length, as in both headers of a ZIP.
std::string patched(std::string text, std::string_view from, std::string_view to) {
  EXPECT_EQ(from.size(), to.size());
  std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  for (; at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

TEST(Unzip, GivesFilesByName) {
  const NamedFiles files = {{"b/two.txt", "2"}, {"a.txt", "1"}, {"b/", ""}, {"empty", ""}};
  for (const char* options : {"", "zip:compression=store", "zip:zip64"}) {
    for (const bool sized : {true, false}) {
      EXPECT_EQ(unzipped(zip(files, options, sized)), "a.txt=1 b/two.txt=2 empty=")
          << options << " " << sized;
    }
  }
  EXPECT_EQ(unzipped(zip({})), "");
}

TEST(Unzip, UnpacksWhatIsWanted) {
  const auto wanted = [](std::string_view name) { return name.ends_with(".txt"); };
  EXPECT_EQ(unzipped(zip({{"a.txt", "1"}, {"a.png", "x"}}), wanted), "a.txt=1");
}

TEST(Unzip, LeavesOutOddNames) {
  struct Case {
    std::string name, out;
  };
  const std::vector<Case> cases = {{"../up", ""},
                                   {"a/../../up", ""},
                                   {"a/..", ""},
                                   {"..", ""},
                                   {"/root", ""},
                                   {"a\\b", "a/b=x"},
                                   {"..\\up", ""},
                                   {"./here", "here=x"},
                                   {"a/./b", "a/./b=x"},
                                   {"..a", "..a=x"},
                                   {"a..b/c", "a..b/c=x"},
                                   {std::string(512, 'n'), std::string(512, 'n') + "=x"},
                                   {std::string(513, 'n'), ""}};
  for (const Case& c : cases) EXPECT_EQ(unzipped(zip({{c.name, "x"}})), c.out) << c.name;
}

TEST(Unzip, ANameEndsAtItsNul) {
  const std::string bytes =
      patched(zip({{"name0more", "x"}}), "name0more", std::string_view("name\0more", 9));
  EXPECT_EQ(unzipped(bytes), "name=x");
}

TEST(Unzip, LeavesOutLinks) {
  // The file type stands in the upper half of the external attributes of the central directory.
  std::string bytes = zip({{"link", "/etc/passwd"}, {"file", "x"}});
  const std::size_t central = bytes.find("PK\x01\x02");
  ASSERT_NE(central, std::string::npos);
  bytes[central + 41] = '\xA1';  // S_IFLNK
  EXPECT_EQ(unzipped(bytes), "file=x");
}

TEST(Unzip, NamesAreUtf8) {
  // Without saying so.
  EXPECT_EQ(unzipped(zip({{"K\u00e4se", "x"}})), "K\u00e4se=x");
  // Saying so: bit 11 of the flags, in the local header and in the directory. libarchive lost such
  // names where the locale was C.
  std::string flagged = zip({{"K\u00e4se", "x"}});
  flagged[7] = static_cast<char>(flagged[7] | 8);
  const std::size_t central = flagged.find("PK\x01\x02");
  flagged[central + 9] = static_cast<char>(flagged[central + 9] | 8);
  EXPECT_EQ(unzipped(flagged), "K\u00e4se=x");
  const std::string latin = patched(zip({{"Kaese", "x"}}), "Kaese", "K\x84se!");
  // In CP 437, as old packers do.
  const Result<Members> members = unzip(latin);
  ASSERT_TRUE(members.ok());
  ASSERT_EQ(members->size(), 1u);
  std::string name = members->begin()->first;
  EXPECT_EQ(repair_utf8(name), 0u) << name;
}

TEST(Unzip, OfTwoOfOneNameTheFirstCounts) {
  EXPECT_EQ(unzipped(zip({{"a", "1"}, {"a", "2"}})), "a=1");
}

TEST(Unzip, RefusesWhatIsEncrypted) {
  const std::string bytes = zip({{"secret.txt", "x"}}, "zip:encryption=zipcrypt");
  EXPECT_EQ(unzipped(bytes), "! encrypted: secret.txt");
  EXPECT_EQ(unzip(bytes).error().code, Code::kUnsupported);
  EXPECT_EQ(unzipped(zip({{"s", "x"}}, "zip:encryption=aes256")), "! encrypted: s");
  EXPECT_EQ(unzipped(bytes, [](std::string_view) { return false; }), "");
}

TEST(Unzip, RefusesWhatIsNoZip) {
  for (const std::string_view bytes :
       {"", "P", "PK", "PK\x03\x04", "plain text, longer than a header", "\x1F\x8B\x08"}) {
    const Result<Members> members = unzip(bytes);
    ASSERT_FALSE(members.ok()) << bytes;
    EXPECT_EQ(members.error().code, Code::kUnsupported);
    EXPECT_TRUE(members.error().message.starts_with("damaged ZIP")) << members.error().message;
  }
}

TEST(Unzip, ATruncatedOneIsDamagedUnlessAllFilesAreThere) {
  for (const bool sized : {true, false}) {
    const std::string whole = zip({{"a", std::string(300, 'a')}, {"b", "bbb"}}, "", sized);
    const std::size_t central = whole.find("PK\x01\x02");
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const Result<Members> members = unzip(std::string_view(whole).substr(0, size));
      if (size < central) {
        EXPECT_FALSE(members.ok()) << size << " of " << whole.size();
      } else if (members.ok()) {
        EXPECT_EQ(members->size(), 2u) << size;
      }
    }
  }
}

TEST(Unzip, WrongChecksumIsDamage) {
  const std::string bytes = zip({{"a", "some text"}}, "zip:compression=store");
  EXPECT_TRUE(unzipped(patched(bytes, "some text", "same text")).starts_with("! damaged ZIP"));
}

// libarchive finds members by the central directory and believes the header at each.
TEST(Unzip, HeadersMayDisagree) {
  const std::string bytes = zip({{"name", "some text"}, {"other", "x"}}, "zip:compression=store");
  const std::size_t central = bytes.find("PK\x01\x02");
  std::string name = bytes;
  name.replace(name.find("name"), 4, "liar");
  EXPECT_EQ(unzipped(name), "liar=some text other=x");
  std::string size = bytes;
  size[22] = 2;  // the local header's unpacked size
  const std::string sized = unzipped(size);
  EXPECT_TRUE(sized == "name=some text other=x" || sized.starts_with("! damaged")) << sized;
  std::string method = bytes;
  method[8] = 8;  // the local header says deflated
  const std::string read = unzipped(method);
  EXPECT_TRUE(read == "name=some text other=x" || read.starts_with("! damaged")) << read;
  std::string far = bytes;
  far[central + 42] = '\x7F';  // the offset of the first local header, past the end
  far[central + 43] = '\x7F';
  EXPECT_TRUE(unzipped(far).starts_with("! damaged")) << unzipped(far);
}

TEST(Unzip, KeepsToTheBounds) {
  ArchiveLimits limits;
  limits.bytes = 1000;
  const auto code = [&](const NamedFiles& files) {
    const Result<Members> members = unzip(zip(files), nullptr, limits);
    return members ? Code::kUsage : members.error().code;
  };
  EXPECT_EQ(code({{"a", std::string(1000, 'a')}}), Code::kUsage);
  EXPECT_EQ(code({{"a", std::string(1001, 'a')}}), Code::kLimit);
  EXPECT_EQ(code({{"a", std::string(600, 'a')}, {"b", std::string(600, 'b')}}), Code::kLimit);
  limits.members = 2;
  EXPECT_EQ(code({{"a", ""}, {"b", ""}}), Code::kUsage);
  EXPECT_EQ(code({{"a", ""}, {"b", ""}, {"c", ""}}), Code::kLimit);
}

TEST(Unzip, RefusesABomb) {
  const std::string bomb = zip({{"a", std::string(20u << 20, '\0')}});
  ASSERT_LT(bomb.size(), 100'000u);
  const Result<Members> members = unzip(bomb);
  ASSERT_FALSE(members.ok());
  EXPECT_EQ(members.error().code, Code::kLimit);
  EXPECT_EQ(members.error().message, "unpacks to more than 200 times its size");
  // Below 16 MB anything may be that regular.
  EXPECT_TRUE(unzip(zip({{"a", std::string(15u << 20, '\0')}})).ok());
}

TEST(Unzip, SurvivesAnyBytes) {
  std::mt19937 random(20240608);
  const std::string whole =
      zip({{"a/b.txt", std::string(500, 'a')}, {"c", "ccc"}}, "", false) + zip({{"d", "x"}});
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = whole;
    for (int i = 0; i < 4; ++i) bytes[random() % bytes.size()] = static_cast<char>(random() % 256);
    if (round % 3 == 0) bytes.resize(random() % bytes.size());
    const Result<Members> members = unzip(bytes);
    EXPECT_TRUE(members.ok() || !members.error().message.empty());
  }
}

TEST(Decompress, GivesWhatWasPacked) {
  const std::string text = "some text\n" + std::string(100'000, 'x');
  for (const char* filter : {"gzip", "xz", "zstd", "bzip2"}) {
    for (const std::string& packed : {text, std::string()}) {
      const Result<std::string> out = decompress(compressed(packed, filter));
      ASSERT_TRUE(out.ok()) << filter << " " << packed.size() << " " << out.error().message;
      EXPECT_EQ(*out, packed) << filter;
    }
  }
}

TEST(Decompress, TruncatedIsDamaged) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * 7919);
  for (const char* filter : {"gzip", "xz", "zstd", "bzip2"}) {
    const std::string packed = compressed(text, filter);
    for (const std::size_t size : {packed.size() - 1, packed.size() / 2, std::size_t{12}}) {
      const Result<std::string> out = decompress(std::string_view(packed).substr(0, size));
      ASSERT_FALSE(out.ok()) << filter << " " << size << " of " << packed.size();
      EXPECT_EQ(out.error().code, Code::kUnsupported);
    }
  }
}

TEST(Decompress, RefusesWhatIsNotCompressed) {
  for (const std::string_view bytes : {"", "plain text", "\x1F\x8B", "PK\x03\x04"}) {
    const Result<std::string> out = decompress(bytes);
    ASSERT_FALSE(out.ok()) << bytes;
    EXPECT_EQ(out.error().code, Code::kUnsupported);
    EXPECT_TRUE(out.error().message.starts_with("damaged compressed file")) << out.error().message;
  }
}

TEST(Decompress, KeepsToTheBounds) {
  ArchiveLimits limits;
  limits.bytes = 1000;
  for (const char* filter : {"gzip", "xz", "zstd", "bzip2"}) {
    EXPECT_TRUE(decompress(compressed(std::string(1000, 'a'), filter), limits).ok()) << filter;
    const auto large = decompress(compressed(std::string(1001, 'a'), filter), limits);
    ASSERT_FALSE(large.ok()) << filter;
    EXPECT_EQ(large.error().code, Code::kLimit);
    const auto bomb = decompress(compressed(std::string(20u << 20, 'a'), filter));
    ASSERT_FALSE(bomb.ok()) << filter;
    EXPECT_EQ(bomb.error().code, Code::kLimit);
  }
}

TEST(Decompress, SurvivesAnyBytes) {
  std::mt19937 random(20240609);
  for (const char* filter : {"gzip", "xz", "zstd", "bzip2"}) {
    const std::string whole = compressed("some text, " + std::string(500, 'x'), filter);
    for (int round = 0; round < 500; ++round) {
      std::string bytes = whole;
      for (int i = 0; i < 3; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
      const Result<std::string> out = decompress(bytes);
      EXPECT_TRUE(out.ok() || !out.error().message.empty());
    }
  }
}

}  // namespace
}  // namespace tome
