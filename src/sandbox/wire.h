// SPDX-License-Identifier: GPL-2.0-or-later
// What tome and tome-extract say to each other: a request (a file), and the answer to it (a
// Document or an Error). Both run on one machine, so heads are sent as they stand in memory.
//
// An answer comes from a process that a hostile file may have taken over: decode_answer() believes
// nothing, uses no recursion, and makes nothing much larger than what came.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "extract/document.h"
#include "sandbox/limits.h"
#include "tome/result.h"

namespace tome {

// Told once, when tome-extract is ready; another number is another version's.
constexpr std::uint64_t kHello = 0x746f6d6500000002;

// What is asked of a file.
enum class Task : std::uint64_t {
  kRead,    // extract_any()
  kUnpack,  // unpack_text()
};

// Before the bytes of the name and of the file.
struct RequestHead {
  std::uint32_t format = 0;
  std::uint32_t name = 0;  // bytes
  std::uint64_t bytes = 0;
  std::uint64_t task = 0;  // a Task
};

// Before the fields and the Document's text.
struct AnswerHead {
  std::uint64_t fields = 0;  // bytes
  std::uint64_t text = 0;
};

// The fields of an answer: of a Document all but its text.
std::string encode_answer(const Document& document);
std::string encode_answer(const Error& error);
std::string encode_out_of_memory();

struct DecodedAnswer {
  Result<Document> result = Error{};
  bool out_of_memory = false;
  bool nonsense = false;  // no answer that an honest process gives
};

// A Document holds to all that document.h says of it. `limits` are named in errors.
DecodedAnswer decode_answer(std::string_view fields, std::string text, const ExtractLimits& limits);

}  // namespace tome
