// SPDX-License-Identifier: GPL-2.0-or-later
// The language below the macros of man and mdoc: comments, conditionals, strings, number registers
// and macros that a page defines itself. What is left are text lines and requests.
//
// Own code, because Debian has no such library: mandoc and groff are programs. Bounded: strings
// within strings, macros within macros, and what all of them together may grow to.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tome {

struct RoffLine {
  std::string name;        // request or macro; empty: a line of text
  std::string text;        // the line, or what stands after the name; see decode() for its escapes
  std::uint32_t line = 0;  // of the file, from 1
};

struct RoffArgument {
  std::string text;     // escapes as written
  bool quoted = false;  // so it is no macro of mdoc
};

// "a "b c" d" -> a; b c; d. Two double quotes within quotes are one; `\ ` does not divide.
std::vector<RoffArgument> split_arguments(std::string_view text);

struct RoffText {
  std::string text;     // UTF-8, without escapes
  bool joined = false;  // ended by \c: the next line goes on without a space
};

class RoffReader {
 public:
  // `text` must outlive the reader.
  explicit RoffReader(std::string_view text);

  // The next line that is for the macros, read as nroff would; false at the end.
  bool next(RoffLine& out);

  // Escapes of characters, fonts and motions -> text.
  RoffText decode(std::string_view text) const;

  // Whether so many bytes may be repeated; from the first that may not on, none.
  bool spend(std::size_t bytes);

  // Whether a bound cut off strings or macros.
  bool cut() const { return cut_; }

 private:
  struct Input {
    std::string owned;  // the body of a macro with its arguments; empty for the file
    std::string_view rest;
    std::uint32_t line = 0;
    bool macro = false;
  };

  bool physical(std::string_view& line);
  bool logical(std::string& line);
  std::string expand(std::string_view line, int depth);
  void interpolate(std::string_view line, std::size_t& i, std::string& out, int depth);
  bool control(std::string line, RoffLine& out);
  bool condition(std::string_view& rest);
  void skip(std::string_view rest);
  void define(std::string_view rest, bool append);
  std::string body_until(std::string_view end);
  void set_string(std::string_view rest, bool append);
  void set_register(std::string_view rest);
  void rename(std::string_view rest, bool keep);
  void translate(std::string_view rest);
  bool call(const std::string& name, std::string_view rest);
  bool known(const std::string& name) const;

  std::deque<Input> inputs_;  // the file, then the macros that are being expanded
  std::map<std::string, std::string> strings_;
  std::map<std::string, std::string> macros_;
  std::map<std::string, long> registers_;
  std::map<std::string, std::string> translations_;  // name of a character -> text
  std::vector<bool> elses_;                          // whether the `el` to come is taken
  std::size_t budget_;
  std::uint32_t line_ = 0;
  bool cut_ = false;
};

}  // namespace tome
