// SPDX-License-Identifier: GPL-2.0-or-later
// Reading a text file line by line, and the errors that name a line of it.
#pragma once

#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "tome/result.h"

namespace tome {

// "line 12: <what>" about `file`.
Error line_error(const std::filesystem::path& file, std::uint64_t line, std::string_view what);

// A file's lines without their ends (\n or \r\n) and without a byte order mark; holds one line.
class LineReader {
 public:
  static Result<LineReader> open(const std::filesystem::path& file);

  // The next line; false at the end of the file or when reading failed, which status() tells apart.
  bool next(std::string& line);
  std::uint64_t number() const { return number_; }  // of the line last read, from 1
  std::uint64_t offset() const { return offset_; }  // where it begins, in bytes
  Status status() const;

 private:
  LineReader(std::filesystem::path file, std::ifstream in)
      : file_(std::move(file)), in_(std::move(in)) {}
  std::filesystem::path file_;
  std::ifstream in_;
  std::uint64_t number_ = 0;
  std::uint64_t offset_ = 0;
  std::uint64_t next_offset_ = 0;
};

// Parts between white space; none are empty.
std::vector<std::string_view> split_words(std::string_view line);

// Without white space at either end.
std::string_view trim(std::string_view text);

// True when the whole of `word` is a number that `value` can hold.
template <class Number>
bool read_number(std::string_view word, Number& value) {
  const char* end = word.data() + word.size();
  const std::from_chars_result read = std::from_chars(word.data(), end, value);
  return read.ec == std::errc() && read.ptr == end;
}

}  // namespace tome
