// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/channel.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace tome {
namespace {

constexpr std::uint64_t kStep = 16u << 20;

// Waits until `fd` is ready for `events`.
Transfer ready(int fd, short events, Moment deadline) {
  for (;;) {
    pollfd wait{fd, events, 0};
    const int time = poll_time(deadline);
    const int got = ::poll(&wait, 1, time);
    if (got > 0) return Transfer::kDone;
    if (got == 0 && time == 0) return Transfer::kLate;
    if (got < 0 && errno != EINTR) return Transfer::kClosed;
  }
}

}  // namespace

int poll_time(Moment deadline) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000));
}

Transfer send_bytes(int fd, std::string_view bytes, Moment deadline) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(n));
    } else if (errno == EAGAIN) {
      const Transfer state = ready(fd, POLLOUT, deadline);
      if (state != Transfer::kDone) return state;
    } else if (errno != EINTR) {
      return Transfer::kClosed;
    }
  }
  return Transfer::kDone;
}

Transfer receive_bytes(int fd, char* bytes, std::size_t size, Moment deadline) {
  while (size > 0) {
    const ssize_t n = ::recv(fd, bytes, size, MSG_DONTWAIT);
    if (n > 0) {
      bytes += n;
      size -= static_cast<std::size_t>(n);
      // One that sends a byte at a time must not go on for ever.
      if (size > 0 && poll_time(deadline) == 0) return Transfer::kLate;
    } else if (n < 0 && errno == EAGAIN) {
      const Transfer state = ready(fd, POLLIN, deadline);
      if (state != Transfer::kDone) return state;
    } else if (n == 0 || errno != EINTR) {
      return Transfer::kClosed;
    }
  }
  return Transfer::kDone;
}

Transfer receive_string(int fd, std::string& bytes, std::uint64_t size, Moment deadline) {
  while (bytes.size() < size) {
    const std::size_t had = bytes.size();
    const std::size_t step = static_cast<std::size_t>(std::min(kStep, size - had));
    bytes.resize(had + step);
    const Transfer state = receive_bytes(fd, bytes.data() + had, step, deadline);
    if (state != Transfer::kDone) return state;
  }
  return Transfer::kDone;
}

}  // namespace tome
