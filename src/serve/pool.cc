// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/pool.h"

#include <utility>

namespace tome {

namespace {

ShardOptions for_loans(ShardOptions shards) {
  if (shards.memory == nullptr) shards.memory = new_shard_memory();
  shards.retry = false;  // a request does not wait for what is down; the looker does
  return shards;
}

}  // namespace

ShelfPool::ShelfPool(std::filesystem::path index, std::filesystem::path synonyms, std::size_t kept,
                     ShardOptions shards)
    : index_(std::move(index)),
      synonyms_(std::move(synonyms)),
      kept_(kept),
      shards_(for_loans(std::move(shards))) {}

ShelfPool::~ShelfPool() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  end_.notify_all();
  if (looker_.joinable()) looker_.join();
}

Result<std::unique_ptr<ShelfPool>> ShelfPool::open(std::filesystem::path index,
                                                   std::filesystem::path synonyms, std::size_t kept,
                                                   ShardOptions shards) {
  std::unique_ptr<ShelfPool> pool(new ShelfPool(std::move(index), std::move(synonyms), kept,
                                                std::move(shards)));  // its constructor is private
  ShardOptions own = pool->shards_;
  own.retry = true;
  Result<Shelf> shelf = Shelf::open(pool->index_, pool->synonyms_, own);
  if (!shelf) return shelf.error();
  pool->looked_ = std::chrono::steady_clock::now();
  pool->take_up(*shelf);
  if (shelf->is_sharded()) {
    pool->looker_ = std::thread(
        [looking = pool.get(), own = std::make_shared<Shelf>(std::move(shelf).value())] {
          looking->look_after_shards(std::move(*own));
        });
  } else {
    pool->give_back(std::move(shelf).value(), {});
  }
  return pool;
}

void ShelfPool::look_after_shards(Shelf shelf) {
  std::unique_lock lock(mutex_);
  while (!end_.wait_for(lock, kLookFar, [&] { return ending_; })) {
    lock.unlock();
    const Result<bool> newer = shelf.look_far();
    lock.lock();
    trouble_ = newer.ok() ? std::nullopt : std::optional<Error>(newer.error());
    if (newer.ok() && shelf.state() != state_) take_up(shelf);
  }
}

bool ShelfPool::is_newer(const Shelf& shelf) const {
  return shelf.is_sharded() ? shelf.state() != state_ : shelf.generation() > generation_;
}

void ShelfPool::take_up(const Shelf& shelf) {
  generation_ = shelf.generation();
  state_ = shelf.state();
  idle_.clear();
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
    Result<Shelf> opened = Shelf::open(index_, synonyms_, shards_);
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
  if (is_newer(*shelf)) take_up(*shelf);
  return Loan(*this, std::move(*shelf));
}

void ShelfPool::give_back(Shelf shelf, const std::string& lent) {
  const std::lock_guard lock(mutex_);
  const std::string state = shelf.state();
  // One that lost a shard meanwhile knows more than those that still have to find out; one that was
  // overtaken by another does not.
  if (state != state_ && is_newer(shelf) && (!shelf.is_sharded() || lent == state_)) take_up(shelf);
  if (state == state_ && idle_.size() < kept_) idle_.push_back(std::move(shelf));
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
