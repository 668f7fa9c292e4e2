// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/glass_version.h"

#include <gtest/gtest.h>

namespace tome {
namespace {

const std::string kMagic("\x0f\x0dXapian Glass\x04\x6e", 16);

// Tables of one root each; `free` is the list of free blocks of the third.
std::string version(char revision, char root, const std::string& free, const std::string& tail) {
  std::string out = kMagic + std::string(16, 'u') + revision;
  for (int table = 0; table < 6; ++table) {
    out += static_cast<char>(root + table);
    out += std::string("\x04\x85\x02\x04\x12", 5);
    out += table == 2 ? static_cast<char>(free.size()) + free : std::string(1, '\0');
  }
  return out + tail;
}

TEST(GlassVersion, OnlyTheTableOfTermsIsLent) {
  const std::string own = version(3, 10, "free", "own");
  const std::string lent = lend_terms(own, version(1, 40, "blocks", "other"));
  std::string wanted = own;
  wanted.replace(wanted.find("\x0c\x04", 33), 11,
                 std::string("\x2a\x04\x85\x02\x04\x12\x06") + "blocks");
  EXPECT_EQ(lent, wanted);
  EXPECT_EQ(lend_terms(own, own), own);
}

TEST(GlassVersion, AnotherFormatIsNotKnown) {
  const std::string known = version(1, 10, "", "tail");
  std::string newer = known;
  newer[15] = '\x6f';
  std::string long_list = version(1, 10, "", "");
  long_list.back() = '\x7f';  // more than there is
  for (const std::string& other : {newer, std::string(), long_list, kMagic}) {
    EXPECT_EQ(lend_terms(known, other), "");
    EXPECT_EQ(lend_terms(other, known), "");
  }
  for (std::size_t size = 0; size < known.size() - 4; ++size) {
    EXPECT_EQ(lend_terms(known.substr(0, size), known), "") << size;
  }
}

// No number of Xapian's has so many bytes.
TEST(GlassVersion, ANumberWithoutEndIsNone) {
  const std::string known = version(1, 10, "", "");
  const std::string endless = kMagic + std::string(16, 'u') + std::string(500, '\xff');
  EXPECT_EQ(lend_terms(endless, known), "");
}

}  // namespace
}  // namespace tome
