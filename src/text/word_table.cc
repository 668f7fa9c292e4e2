// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/word_table.h"

#include <random>

#define XXH_INLINE_ALL  // a call would take as long as the hash of a word
#include <xxhash.h>

namespace tome {
namespace {

std::uint64_t draw_seed() {
  std::random_device random;
  return std::uint64_t{random()} << 32 | random();
}

}  // namespace

std::uint32_t word_hash(std::string_view word) {
  static const std::uint64_t seed = draw_seed();
  const std::uint64_t hash = XXH3_64bits_withSeed(word.data(), word.size(), seed);
  return static_cast<std::uint32_t>(hash ^ hash >> 32);
}

}  // namespace tome
