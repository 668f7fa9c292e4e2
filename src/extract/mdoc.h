// SPDX-License-Identifier: GPL-2.0-or-later
// The macros of mdoc(7).
#pragma once

#include <string>
#include <vector>

#include "extract/man_page.h"
#include "extract/mdoc_words.h"
#include "extract/roff.h"

namespace tome {

class Mdoc {
 public:
  Mdoc(RoffReader& reader, ManPage& page) : reader_(reader), page_(page), words_(reader) {}

  // Puts one line of the page on it.
  void read(const RoffLine& line);

  // Ends what waits for a next line.
  void finish();

  // The text of a line within a cell of a table.
  std::string inline_text(const RoffLine& line);

 private:
  enum class List { kTags, kItems, kColumns };

  bool block(const RoffLine& line, const std::vector<RoffArgument>& arguments);
  bool front(const RoffLine& line, const std::vector<RoffArgument>& arguments);
  std::string returns(const std::string& macro, const std::vector<RoffArgument>& arguments);
  void item(const RoffLine& line);
  void display(const std::vector<RoffArgument>& arguments);
  void reference(const RoffLine& line);
  void say(const std::string& macro, const std::vector<RoffArgument>& arguments,
           std::uint32_t line);
  void put(const MdocText& text, std::uint32_t line);
  std::string plain(std::string_view text) const { return reader_.decode(text).text; }

  RoffReader& reader_;
  ManPage& page_;
  MdocWords words_;
  std::vector<List> lists_;
  std::size_t unseen_lists_ = 0;  // opened beyond the bound
  std::vector<bool> filled_;      // before each display that is open
  std::string tag_;               // of an item whose head goes on (.Xo)
  std::uint32_t tag_line_ = 0;
  bool in_tag_ = false;
  bool in_reference_ = false;
  bool first_of_reference_ = false;
  bool after_type_ = false;  // the line before was .Ft
};

}  // namespace tome
