// SPDX-License-Identifier: GPL-2.0-or-later
// The macros of man(7), with the extensions of groff (.SY, .OP, .UR, .EX, .TQ).
#pragma once

#include <string>

#include "extract/man_page.h"
#include "extract/roff.h"

namespace tome {

class ManMacros {
 public:
  ManMacros(RoffReader& reader, ManPage& page) : reader_(reader), page_(page) {}

  // Puts one line of the page on it.
  void read(const RoffLine& line);

  // Ends what waits for a next line.
  void finish() { settle(); }

  // The words of a text line or of a macro for fonts; empty for all others.
  std::string inline_text(const RoffLine& line) const;

 private:
  enum class Waits { kNothing, kHeading, kTag, kMoreTag };

  std::string decoded(const RoffArgument& argument) const;
  void say(const RoffText& text, std::uint32_t line);
  void settle();
  void structure(const RoffLine& line);
  bool links(const RoffLine& line, const std::vector<RoffArgument>& arguments);

  RoffReader& reader_;
  ManPage& page_;
  Waits waits_ = Waits::kNothing;  // for the line of text that is the heading or the tag
  std::string waited_;             // what has come of it
  std::uint32_t waited_line_ = 0;
  int level_ = 0;
  bool joined_ = false;  // the line before ended in \c
  bool hanging_ = false;
};

}  // namespace tome
