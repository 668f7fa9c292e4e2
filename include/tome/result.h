// SPDX-License-Identifier: GPL-2.0-or-later
// Result<T>: a value, or the Error that kept it from being made.
//
// Expected failures (a missing file, a damaged index, a locked directory) travel as Result<T>;
// exceptions are for bugs and exhausted memory. A Result is a plain value: no thread affinity.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace tome {

enum class Code {
  kUsage,        // the caller's words are off
  kNotFound,     // no such index, passage, file
  kIo,           // the operating system refused
  kLocked,       // another writer holds the index
  kDamaged,      // the index is not what was written
  kUnsupported,  // a format or schema this program does not read
  kLimit,        // a bound on size, nesting or time was hit
  kRefused,      // would lose much: needs --force
  kUnreachable,  // a shard does not answer
};

struct Error {
  Code code = Code::kIo;
  std::string message;  // one sentence, no final full stop, no path
  std::string hint;     // what to do; may be empty
  std::string path;     // what it is about; may be empty
};

struct Ok {};  // the value of a Result that carries none

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // REQUIRES: ok()
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }
  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }

  // REQUIRES: !ok()
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

using Status = Result<Ok>;

}  // namespace tome
