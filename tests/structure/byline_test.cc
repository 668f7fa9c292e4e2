// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "documents.h"
#include "structure/structure.h"

namespace tome {
namespace {

struct Case {
  const char* line;
  const char* names;  // joined by '/'; empty: no byline
};

class BylineTest : public testing::TestWithParam<Case> {};

TEST_P(BylineTest, Names) {
  EXPECT_EQ(joined(parse_byline(GetParam().line), "/"), GetParam().names) << GetParam().line;
}

INSTANTIATE_TEST_SUITE_P(
    Lines, BylineTest,
    testing::Values(
        Case{"by Ann Lee", "Ann Lee"}, Case{"By Ann Lee and Bob Ray", "Ann Lee/Bob Ray"},
        Case{"BY ANN LEE", "ANN LEE"}, Case{"  by   Ann\tLee  ", "Ann Lee"},
        Case{"by Ann Lee, Bob Ray, and Cy Dee", "Ann Lee/Bob Ray/Cy Dee"},
        Case{"by Ann Lee with Bob Ray", "Ann Lee/Bob Ray"}, Case{"by Ann Lee.", "Ann Lee"},
        Case{"written by Ann Lee", "Ann Lee"}, Case{"by: Ann Lee", "Ann Lee"},
        Case{"Author: Ann Lee", "Ann Lee"}, Case{"AUTHOR: Ann Lee", "Ann Lee"},
        Case{"Author(s): Ann Lee", "Ann Lee"}, Case{"Author: bell hooks", "bell hooks"},
        Case{"Authors: Ann Lee & Bob Ray, Cy Dee", "Ann Lee/Bob Ray/Cy Dee"},
        Case{"Authors: Ann Lee&Bob Ray", "Ann Lee/Bob Ray"},
        Case{"Authors: Ann Lee; Bob Ray", "Ann Lee/Bob Ray"},
        Case{"Authors: Lee, Ann; Ray, Bob", "Ann Lee/Bob Ray"},
        Case{"Authors: Ann Lee, Bob Ray; Cy Dee", "Ann Lee/Bob Ray/Cy Dee"},
        Case{"Authors: Ann Lee, Bob Ray et al.", "Ann Lee/Bob Ray"},
        Case{"Authors: Ann Lee and others", "Ann Lee"},
        Case{"Editors: Ann Lee & Bob Ray", "Ann Lee/Bob Ray"},
        // Emphasis.
        Case{"*by Ann Lee*", "Ann Lee"}, Case{"_By Ann Lee_", "Ann Lee"},
        Case{"**Author:** Ann Lee", "Ann Lee"}, Case{"**Authors**: Ann Lee", "Ann Lee"},
        // Suffixes, initials, particles, other letters.
        Case{"by Frederick P. Brooks Jr.", "Frederick P. Brooks Jr."},
        Case{"Author: Frederick P. Brooks, Jr.", "Frederick P. Brooks Jr."},
        Case{"by Ann Lee, PhD", "Ann Lee"}, Case{"by J.R.R. Tolk", "J.R.R. Tolk"},
        Case{"by W. Richard Stevens and Kevin R. Fall", "W. Richard Stevens/Kevin R. Fall"},
        Case{"by Maarten van Steen & Andrew S. Tanenbaum", "Maarten van Steen/Andrew S. Tanenbaum"},
        Case{"by Ludwig van der Berg", "Ludwig van der Berg"},
        Case{"by Jean d'Arcy-O'Neil", "Jean d'Arcy-O'Neil"},
        Case{"by \u00D8rjan \u0141ukasiewicz and \u00C9mile \u015Awi\u0119ty",
             "\u00D8rjan \u0141ukasiewicz/\u00C9mile \u015Awi\u0119ty"},
        Case{"by \u041B\u0435\u0432 \u0422\u043E\u043B\u0441\u0442\u043E\u0439",
             "\u041B\u0435\u0432 \u0422\u043E\u043B\u0441\u0442\u043E\u0439"},
        Case{"Author: \u7D50\u57CE\u6D69", "\u7D50\u57CE\u6D69"},
        // What may follow.
        Case{"by Ann Lee, May 3, 2020", "Ann Lee"}, Case{"by Ann Lee (Northgate, 2021)", "Ann Lee"},
        Case{"by Ann Lee | 3 May 2020", "Ann Lee"},
        Case{"by Ann Lee and Bob Ray, with contributions from the Rust Community",
             "Ann Lee/Bob Ray"},
        Case{"by Ann Lee, translated by Bob Ray", "Ann Lee"}));

INSTANTIATE_TEST_SUITE_P(
    Prose, BylineTest,
    testing::Values(
        Case{"", ""}, Case{"by", ""}, Case{"by ", ""}, Case{"Author:", ""}, Case{"Ann Lee", ""},
        Case{"by the end of the chapter the reader can write a parser", ""},
        Case{"By the end of Part Two you will have a compiler.", ""},
        Case{"By now Ann Lee is known to everybody.", ""},
        Case{"By Monday, with luck, the tests were green.", ""},
        Case{"By Monday, 3 engineers had left.", ""},
        Case{"BY USING THE SOFTWARE YOU ACCEPT AND AGREE TO BE BOUND", ""}, Case{"By design.", ""},
        Case{"By Design.", ""}, Case{"By contrast, Ann Lee starts from types.", ""},
        Case{"By Ann Lee. The next chapter is longer", ""}, Case{"by 2020", ""},
        Case{"Bystanders Ann Lee", ""}, Case{"Authors: this one is written for all of you", ""},
        Case{"Author: see http://example.org/", ""}, Case{"Authors write books", ""}));

TEST(Byline, RefusesEndlessLines) {
  std::string line = "by Ann Lee";
  for (int i = 0; i < 100000; ++i) line += ", Ann Lee";
  EXPECT_TRUE(parse_byline(line).empty());
}

}  // namespace
}  // namespace tome
