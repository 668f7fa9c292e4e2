// SPDX-License-Identifier: GPL-2.0-or-later
// Descriptor: an open file descriptor that closes itself; and pairs of them. All are closed on exec
// and are never 0, 1 or 2, even where the program was started without these.
#pragma once

#include <utility>

#include "tome/result.h"

namespace tome {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() { close(); }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  void close();

 private:
  int fd_ = -1;
};

struct DescriptorPair {
  Descriptor ours;
  Descriptor theirs;
};

// Two ends of a stream that goes both ways.
Result<DescriptorPair> make_socket_pair();

// A pipe: `ours` reads and never blocks, `theirs` writes.
Result<DescriptorPair> make_pipe();

}  // namespace tome
