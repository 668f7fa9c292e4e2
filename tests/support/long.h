// SPDX-License-Identifier: GPL-2.0-or-later
// The long form of a test: tools/test --long sets TOME_LONG.
#pragma once

#include <cstdlib>

namespace tome::test {

inline int in_long(int usual, int in_long_form) {
  return std::getenv("TOME_LONG") == nullptr ? usual : in_long_form;
}

}  // namespace tome::test
