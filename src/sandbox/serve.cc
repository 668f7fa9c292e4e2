// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/serve.h"

#include <fmt/format.h>

#include <new>
#include <string>

#include "sandbox/channel.h"
#include "sandbox/wire.h"

namespace tome {
namespace {

constexpr Moment kNever = Moment::max();

template <class Plain>
std::string_view as_bytes(const Plain& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

bool send_answer(int fd, const std::string& fields, std::string_view text) {
  AnswerHead head;
  head.fields = fields.size();
  head.text = text.size();
  return send_bytes(fd, as_bytes(head), kNever) == Transfer::kDone &&
         send_bytes(fd, fields, kNever) == Transfer::kDone &&
         send_bytes(fd, text, kNever) == Transfer::kDone;
}

struct Readings {
  Reading read;
  Unpacking unpack;
};

Result<Document> read_safely(const Readings& readings, const RequestHead& head,
                             std::string_view name, std::string_view bytes) {
  try {
    if (static_cast<Task>(head.task) == Task::kUnpack) return readings.unpack(bytes);
    return readings.read(name, static_cast<Format>(head.format), bytes);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& exception) {
    return Error{Code::kUnsupported, fmt::format("cannot be read: {}", exception.what()), "", ""};
  }
}

bool answer(int fd, const Readings& readings, const RequestHead& head) {
  std::string name;
  std::string bytes;
  bytes.reserve(head.bytes);  // what asks is trusted: no growing by halves
  if (receive_string(fd, name, head.name, kNever) != Transfer::kDone ||
      receive_string(fd, bytes, head.bytes, kNever) != Transfer::kDone) {
    return false;
  }
  const Result<Document> document = read_safely(readings, head, name, bytes);
  if (!document) return send_answer(fd, encode_answer(document.error()), {});
  return send_answer(fd, encode_answer(*document), document->text);
}

}  // namespace

bool serve(int fd, Reading read, Unpacking unpack) {
  const Readings readings{read, unpack};
  if (send_bytes(fd, as_bytes(kHello), kNever) != Transfer::kDone) return false;
  for (;;) {
    RequestHead head;
    if (receive_bytes(fd, reinterpret_cast<char*>(&head), sizeof head, kNever) != Transfer::kDone) {
      return true;
    }
    try {
      if (!answer(fd, readings, head)) return false;
    } catch (const std::bad_alloc&) {
      // Half of the request may be unread, so this is the last answer.
      send_answer(fd, encode_out_of_memory(), {});
      return false;
    }
  }
}

}  // namespace tome
