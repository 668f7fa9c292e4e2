// SPDX-License-Identifier: GPL-2.0-or-later
// Shelves for many threads: each request borrows one, and keeps its generation to the end.
//
// At most every kLookAgain a borrower looks whether there is a newer generation; from then on
// nobody is lent an older one, so answers never go back in time. Safe from any thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "tome/result.h"
#include "tome/search.h"

namespace tome {

class ShelfPool {
 public:
  static constexpr std::chrono::milliseconds kLookAgain{200};

  // A Shelf on loan; given back when this goes. The pool outlives it.
  class Loan {
   public:
    Loan(ShelfPool& pool, Shelf shelf) : pool_(&pool), shelf_(std::move(shelf)) {}
    Loan(Loan&& other) noexcept : pool_(other.pool_), shelf_(std::move(other.shelf_)) {
      other.pool_ = nullptr;
    }
    Loan& operator=(Loan&&) = delete;
    ~Loan() {
      if (pool_ != nullptr) pool_->give_back(std::move(shelf_));
    }
    Shelf& operator*() { return shelf_; }
    Shelf* operator->() { return &shelf_; }

   private:
    ShelfPool* pool_;
    Shelf shelf_;
  };

  // Opens the first shelf, so that a missing or damaged index is said at once. `kept`: shelves that
  // stay open between requests.
  static Result<std::unique_ptr<ShelfPool>> open(std::filesystem::path index,
                                                 std::filesystem::path synonyms, std::size_t kept);

  // Of the newest generation; of the one before while the newest cannot be opened.
  Result<Loan> borrow();

  std::uint64_t generation() const;
  // Why the newest generation could not be opened when it was last tried; nothing when it could.
  std::optional<Error> trouble() const;

  const std::filesystem::path& index() const { return index_; }

 private:
  ShelfPool(std::filesystem::path index, std::filesystem::path synonyms, std::size_t kept);
  void give_back(Shelf shelf);
  std::optional<Shelf> take_idle(bool& look);  // `look`: it is time to look for a generation

  const std::filesystem::path index_;
  const std::filesystem::path synonyms_;
  const std::size_t kept_;
  mutable std::mutex mutex_;  // guards all below
  std::vector<Shelf> idle_;   // all of `generation_`
  std::uint64_t generation_ = 0;
  std::chrono::steady_clock::time_point looked_;
  std::optional<Error> trouble_;
};

}  // namespace tome
