// SPDX-License-Identifier: GPL-2.0-or-later
// A list that takes time to make, made by several threads a little ahead of who walks it, so that
// only a part of it is in memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

#include "ingest/threads.h"

namespace tome {

template <typename Item>
class Ahead {
 public:
  // `make(i)` makes the item `i` of `size`, in any thread; `part` of them are made at a time, each
  // thread taking `step`.
  Ahead(std::size_t size, std::size_t part, std::size_t step, unsigned threads,
        std::function<Item(std::size_t)> make)
      : size_(size), part_(part), step_(step), threads_(threads), make_(std::move(make)) {}

  // REQUIRES: i < size, and more than in the calls before.
  Item take(std::size_t i) {
    if (i - first_ >= items_.size()) fill(i);
    return std::move(items_[i - first_]);
  }

 private:
  void fill(std::size_t first) {
    first_ = first;
    items_.clear();
    items_.resize(std::min(part_, size_ - first));
    in_threads(threads_, items_.size(), step_, [&](std::size_t at, std::size_t end) {
      for (; at < end; ++at) items_[at] = make_(first + at);
    });
  }

  std::size_t size_, part_, step_;
  unsigned threads_;
  std::function<Item(std::size_t)> make_;
  std::vector<Item> items_;  // from `first_` on
  std::size_t first_ = 0;
};

}  // namespace tome
