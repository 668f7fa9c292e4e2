// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/descriptor.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace tome {
namespace {

constexpr int kFirst = 3;

Error failed(int number) {
  return {Code::kIo,
          std::string("cannot talk to another process: ") + std::generic_category().message(number),
          "", ""};
}

// Takes both over; above the standard three.
Result<DescriptorPair> pair_of(const int (&ends)[2]) {
  DescriptorPair pair{Descriptor(ends[0]), Descriptor(ends[1])};
  for (Descriptor* end : {&pair.ours, &pair.theirs}) {
    if (end->get() >= kFirst) continue;
    Descriptor moved(::fcntl(end->get(), F_DUPFD_CLOEXEC, kFirst));
    if (!moved) return failed(errno);
    *end = std::move(moved);
  }
  return pair;
}

}  // namespace

void Descriptor::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

Result<DescriptorPair> make_socket_pair() {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return failed(errno);
  return pair_of(ends);
}

Result<DescriptorPair> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return failed(errno);
  Result<DescriptorPair> pair = pair_of(ends);
  if (pair && ::fcntl(pair->ours.get(), F_SETFL, O_NONBLOCK) != 0) return failed(errno);
  return pair;
}

}  // namespace tome
