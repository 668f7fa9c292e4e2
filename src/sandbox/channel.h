// SPDX-License-Identifier: GPL-2.0-or-later
// Whole messages over a socket, until a deadline. Raises no SIGPIPE.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace tome {

using Moment = std::chrono::steady_clock::time_point;

enum class Transfer { kDone, kClosed, kLate };  // kClosed: the other side is gone

Transfer send_bytes(int fd, std::string_view bytes, Moment deadline);
Transfer receive_bytes(int fd, char* bytes, std::size_t size, Moment deadline);

// Grows `bytes` as they come, so that a size that is a lie costs no memory.
Transfer receive_string(int fd, std::string& bytes, std::uint64_t size, Moment deadline);

// Milliseconds until `deadline` as poll() takes them: 0 when it is past, rounded up.
int poll_time(Moment deadline);

}  // namespace tome
