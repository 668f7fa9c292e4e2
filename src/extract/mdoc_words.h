// SPDX-License-Identifier: GPL-2.0-or-later
// One macro line of mdoc(7) within the text: macros that call macros, fences, punctuation.
// One MdocWords a page; one thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/roff.h"

namespace tome {

// What a macro line says.
struct MdocText {
  std::string text;     // cells of a column list are divided by tabs
  bool joined = false;  // follows what stands before without a space
  bool opened = false;  // a part (.Xo) that its own line did not close
};

class MdocWords {
 public:
  explicit MdocWords(RoffReader& reader) : reader_(reader) {}

  // The text of the line `macro` `arguments`.
  MdocText read(std::string_view macro, const std::vector<RoffArgument>& arguments);

  // Whether the next line of text goes on without a space; asking ends it.
  bool take_joined();

  bool spacing() const { return spacing_; }
  void set_spacing(bool spacing) {
    spacing_ = spacing;
    glue_ = false;
  }

  // In SYNOPSIS, where functions are declared.
  void set_synopsis(bool synopsis) { synopsis_ = synopsis; }

  // The name of the page's program or function: what .Nm alone says.
  std::string name;

 private:
  struct Line;  // of the arguments, while it is read

  void emit(Line& line, std::string_view word);
  void attach(Line& line, std::string_view word);
  void macro(Line& line, std::string_view name);
  void words(Line& line, std::string_view macro);
  void function(Line& line);
  std::string word_at(const Line& line, std::size_t i) const;

  RoffReader& reader_;
  std::vector<std::string> parameters_;  // between .Fo and .Fc
  std::string function_;
  bool in_function_ = false;
  bool glue_ = false;    // no space before the next word
  bool spacing_ = true;  // .Sm
  bool synopsis_ = false;
};

}  // namespace tome
