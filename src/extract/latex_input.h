// SPDX-License-Identifier: GPL-2.0-or-later
// LatexInput: the file and, on top of it, the bodies of commands that are being expanded. All looks
// ahead share one allowance, so that what is never closed costs little. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tome {

class LatexInput {
 public:
  // `text` must outlive it.
  explicit LatexInput(std::string_view text);

  // What has not been read of the innermost text; leaves those that are through. Empty at the end.
  std::string_view rest();
  void skip(std::size_t bytes);
  void skip_all();

  // The line of the file, from 1.
  std::uint32_t line();

  // Reads `body` before all else. False beyond the bounds.
  bool expand(const std::shared_ptr<const std::string>& body);

  // Whether so many bytes may be repeated, of which the file has one copy.
  bool repeat(std::size_t bytes);

  // Past white space, though not past a blank line.
  void skip_space();

  // "{inner}" or "[inner]" at the position, past white space; false when there is none.
  bool take_group(char open, std::string_view& inner);

  // The command at the position ("\foo", "{\foo}"), without its backslash.
  bool take_command_name(std::string_view& name);

  // What stands before `end` within the next `limit` bytes, past `end`; false when it is not there.
  bool take_until(std::string_view end, std::size_t limit, std::string_view& inner);

 private:
  struct Text {
    std::string_view text;
    std::size_t at = 0;
    std::shared_ptr<const std::string> owner;  // null for the file
  };

  bool look(std::size_t bytes);

  std::vector<Text> texts_;
  std::size_t allowance_;    // bytes that looks ahead in vain may still cost
  std::size_t expansion_;    // bytes that may still be repeated
  std::size_t counted_ = 0;  // up to here lines are counted
  std::uint32_t line_ = 1;
};

}  // namespace tome
