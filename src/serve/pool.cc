// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/pool.h"

#include <utility>

namespace tome {

ShelfPool::ShelfPool(std::filesystem::path index, std::filesystem::path synonyms, std::size_t kept)
    : index_(std::move(index)), synonyms_(std::move(synonyms)), kept_(kept) {}

Result<std::unique_ptr<ShelfPool>> ShelfPool::open(std::filesystem::path index,
                                                   std::filesystem::path synonyms,
                                                   std::size_t kept) {
  std::unique_ptr<ShelfPool> pool(
      new ShelfPool(std::move(index), std::move(synonyms), kept));  // its constructor is private
  Result<Shelf> shelf = Shelf::open(pool->index_, pool->synonyms_);
  if (!shelf) return shelf.error();
  pool->looked_ = std::chrono::steady_clock::now();
  pool->give_back(std::move(shelf).value());
  return pool;
}

std::optional<Shelf> ShelfPool::take_idle(bool& look) {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  look = now - looked_ >= kLookAgain;
  if (look) looked_ = now;
  if (idle_.empty()) return std::nullopt;
  Shelf shelf = std::move(idle_.back());
  idle_.pop_back();
  return shelf;
}

Result<ShelfPool::Loan> ShelfPool::borrow() {
  bool look = false;
  std::optional<Shelf> shelf = take_idle(look);
  if (!shelf) {
    Result<Shelf> opened = Shelf::open(index_, synonyms_);
    const std::lock_guard lock(mutex_);
    if (!opened) {
      trouble_ = opened.error();
      return opened.error();
    }
    trouble_.reset();
    shelf = std::move(opened).value();
  } else if (look) {
    const Result<bool> newer = shelf->refresh();
    const std::lock_guard lock(mutex_);
    trouble_ = newer.ok() ? std::nullopt : std::optional<Error>(newer.error());
  }
  const std::lock_guard lock(mutex_);
  if (shelf->generation() > generation_) {
    generation_ = shelf->generation();
    idle_.clear();
  }
  return Loan(*this, std::move(*shelf));
}

void ShelfPool::give_back(Shelf shelf) {
  const std::lock_guard lock(mutex_);
  if (shelf.generation() > generation_) {
    generation_ = shelf.generation();
    idle_.clear();
  }
  if (shelf.generation() == generation_ && idle_.size() < kept_) idle_.push_back(std::move(shelf));
}

std::uint64_t ShelfPool::generation() const {
  const std::lock_guard lock(mutex_);
  return generation_;
}

std::optional<Error> ShelfPool::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

}  // namespace tome
