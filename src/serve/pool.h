// SPDX-License-Identifier: GPL-2.0-or-later
// Shelves for many threads: each request borrows one, and keeps its generation to the end.
//
// At most every kLookAgain a borrower looks whether there is a newer generation; from then on
// nobody is lent an older one, so answers never go back in time. Where the shelf has shards, a
// thread looks after them every kLookFar: whether one is down, back, or has a newer generation.
// Safe from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tome/result.h"
#include "tome/search.h"

namespace tome {

class ShelfPool {
 public:
  static constexpr std::chrono::milliseconds kLookAgain{200};
  static constexpr std::chrono::milliseconds kLookFar{2000};

  // A Shelf on loan; given back when this goes. The pool outlives it.
  class Loan {
   public:
    Loan(ShelfPool& pool, Shelf shelf)
        : pool_(&pool), shelf_(std::move(shelf)), state_(shelf_.state()) {}
    Loan(Loan&& other) noexcept
        : pool_(other.pool_), shelf_(std::move(other.shelf_)), state_(std::move(other.state_)) {
      other.pool_ = nullptr;
    }
    Loan& operator=(Loan&&) = delete;
    ~Loan() {
      if (pool_ != nullptr) pool_->give_back(std::move(shelf_), state_);
    }
    Shelf& operator*() { return shelf_; }
    Shelf* operator->() { return &shelf_; }

   private:
    ShelfPool* pool_;
    Shelf shelf_;
    std::string state_;  // when it was lent
  };

  // Opens the first shelf, so that a missing or damaged index is said at once. `kept`: shelves that
  // stay open between requests.
  static Result<std::unique_ptr<ShelfPool>> open(std::filesystem::path index,
                                                 std::filesystem::path synonyms, std::size_t kept,
                                                 ShardOptions shards = {});
  ~ShelfPool();

  // Of the newest generation; of the one before while the newest cannot be opened.
  Result<Loan> borrow();

  std::uint64_t generation() const;
  // Why the newest generation could not be opened when it was last tried; nothing when it could.
  std::optional<Error> trouble() const;

  const std::filesystem::path& index() const { return index_; }

 private:
  ShelfPool(std::filesystem::path index, std::filesystem::path synonyms, std::size_t kept,
            ShardOptions shards);
  void give_back(Shelf shelf, const std::string& lent);
  bool is_newer(const Shelf& shelf) const;  // REQUIRES: mutex_ is held
  void take_up(const Shelf& shelf);         // REQUIRES: mutex_ is held
  void look_after_shards(Shelf shelf);
  std::optional<Shelf> take_idle(bool& look);  // `look`: it is time to look for a generation

  const std::filesystem::path index_;
  const std::filesystem::path synonyms_;
  const std::size_t kept_;
  const ShardOptions shards_;
  mutable std::mutex mutex_;  // guards all below
  std::vector<Shelf> idle_;   // all of `state_`
  std::uint64_t generation_ = 0;
  std::string state_;
  std::chrono::steady_clock::time_point looked_;
  std::optional<Error> trouble_;
  bool ending_ = false;
  std::condition_variable end_;
  std::thread looker_;
};

}  // namespace tome
