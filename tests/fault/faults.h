// SPDX-License-Identifier: GPL-2.0-or-later
// Damage to files, by seed, and the index that it is done to.
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "support/folder.h"

namespace tome::test {

// One thing that is done to an index.
struct Fault {
  std::string what;
  std::filesystem::path file;  // that it is done to
  std::function<void()> apply;
};

using Faults = std::vector<Fault>;

inline void flip_bit(const std::filesystem::path& file, std::uint64_t bit) {
  std::string bytes = bytes_of(file);
  bytes.at(bit / 8) = static_cast<char>(bytes.at(bit / 8) ^ (1 << bit % 8));
  write_bytes(file, bytes);
}

inline void zero_block(const std::filesystem::path& file, std::uint64_t begin) {
  std::string bytes = bytes_of(file);
  for (std::uint64_t i = begin; i < std::min<std::uint64_t>(begin + 8192, bytes.size()); ++i) {
    bytes[i] = '\0';
  }
  write_bytes(file, bytes);
}

inline void swap_files(const std::filesystem::path& one, const std::filesystem::path& two) {
  const std::string bytes = bytes_of(one);
  write_bytes(one, bytes_of(two));
  write_bytes(two, bytes);
}

// Bits flipped in `flips` places, a block zeroed, cut at four lengths, grown, emptied, deleted.
inline void add_faults(const std::filesystem::path& file, int flips, std::mt19937& random,
                       Faults& faults) {
  const std::uint64_t size = std::filesystem::file_size(file);
  const auto add = [&](std::string what, std::function<void()> apply) {
    faults.push_back({std::move(what) + " " + file.filename().string(), file, std::move(apply)});
  };
  for (int i = 0; i < flips; ++i) {
    const std::uint64_t bit = random() % (size * 8);
    add(fmt::format("flip bit {} of", bit), [=] { flip_bit(file, bit); });
  }
  const std::uint64_t block = random() % (size / 8192 + 1) * 8192;
  const bool something = bytes_of(file).find_first_not_of('\0', block) < block + 8192;
  if (block < size && something) add("zero a block of", [=] { zero_block(file, block); });
  for (const std::uint64_t length : {size - 1, size / 2, std::uint64_t{0}}) {
    add(fmt::format("cut to {} bytes", length),
        [=] { std::filesystem::resize_file(file, length); });
  }
  add("add a byte to", [=] { write_bytes(file, bytes_of(file) + "x"); });
  add("delete", [=] { std::filesystem::remove(file); });
}

}  // namespace tome::test
