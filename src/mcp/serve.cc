// SPDX-License-Identifier: GPL-2.0-or-later
#include "mcp/serve.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "mcp/lines.h"

namespace tome::mcp {
namespace {

Error failed(const char* what) {
  return {Code::kIo, std::string("cannot ") + what + ": " + std::generic_category().message(errno),
          "", ""};
}

// Whether the call that failed may be made again; waits until `fd` is ready where it does not
// block.
bool again(int fd, short events) {
  if (errno == EINTR) return true;
  if (errno != EAGAIN && errno != EWOULDBLOCK) return false;
  pollfd waiting{fd, events, 0};
  return ::poll(&waiting, 1, -1) >= 0 || errno == EINTR;
}

// false when nobody reads any more.
Result<bool> write_line(int fd, std::string line) {
  line += '\n';
  for (std::string_view left = line; !left.empty();) {
    const ssize_t n = ::write(fd, left.data(), left.size());
    if (n >= 0) {
      left.remove_prefix(static_cast<std::size_t>(n));
    } else if (errno == EPIPE) {
      return false;
    } else if (!again(fd, POLLOUT)) {
      return failed("write an answer");
    }
  }
  return true;
}

}  // namespace

Status serve(Session& session, int in, int out) {
  Lines lines(kMaxMessage);
  std::array<char, 65536> buffer;
  const auto answer = [&](const std::string& line) -> Result<bool> {
    std::string reply = handle(session, line);
    return reply.empty() ? Result<bool>(true) : write_line(out, std::move(reply));
  };
  while (true) {
    const ssize_t n = ::read(in, buffer.data(), buffer.size());
    if (n < 0 && again(in, POLLIN)) continue;
    if (n < 0) return failed("read a message");
    if (n == 0) break;
    std::string_view bytes(buffer.data(), static_cast<std::size_t>(n));
    while (const std::optional<std::string> line = lines.next(bytes)) {
      const Result<bool> read = answer(*line);
      if (!read) return read.error();
      if (!*read) return Ok{};
    }
  }
  const Result<bool> read = answer(lines.rest());  // a last message without a line end
  return read ? Status(Ok{}) : Status(read.error());
}

}  // namespace tome::mcp
