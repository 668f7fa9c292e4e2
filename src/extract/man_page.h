// SPDX-License-Identifier: GPL-2.0-or-later
// ManPage: what the macros of man and mdoc have in common, put on the page in order: headings,
// filled text, text without filling, tagged items within items, table rows. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/builder.h"

namespace tome {

class ManPage {
 public:
  // Takes about `most` bytes of text; what would be more is left out.
  explicit ManPage(std::size_t most) : room_(most) {}
  bool full() const { return full_; }  // something was left out

  // Text of the page. Filled text is joined to what stands before with a space, without one when
  // `joined`; text without filling is a line of its own, of a code block.
  void words(std::string_view text, std::uint32_t line, bool joined);

  // A line of code within filled text.
  void code_line(std::string_view text, std::uint32_t line);

  void heading(int level, std::string_view text, std::uint32_t line);
  void break_line();     // what follows begins a line, of the same paragraph
  void end_paragraph();  // what follows is another one, of the same item
  void leave_item();     // the same, and is not indented below the tag any more
  void begin_item(std::string_view tag, std::uint32_t line);
  void add_tag(std::string_view tag);                    // another name for the item just begun
  void row(std::string_view cells, std::uint32_t line);  // cells divided by tabs
  void begin_row();                                      // words up to the next of these are cells
  void push_indent();                                    // a list or an indented part within
  void pop_indent();
  void set_fill(bool fill);
  bool filled() const { return fill_; }

  // Makes a short paragraph just above the tag of what comes, as `.RS` below it shows it.
  void take_tag();
  // The same for a hanging paragraph (.HP) with `.IP` below it.
  bool take_hanging();
  bool in_item() const { return frames_.back().item; }
  void set_compact(bool compact) { compact_ = compact; }  // items without space between them

  void begin_link(std::string_view target);
  void end_link(std::string_view after);

  bool in_synopsis() const { return synopsis_; }

  // What the page is about, when the macros say so.
  std::string name;
  std::string description;
  std::string section;
  std::string date;
  std::vector<std::string> warnings;

  Document finish() &&;

 private:
  struct Frame {
    bool item = false;       // an item is open, so text stands below its tag
    bool paragraph = false;  // which was a paragraph above the indented part
  };

  int depth() const;
  bool take_room(std::string_view text);
  void add_row(std::string_view cells, std::uint32_t line);
  void flush();
  void flush_code();
  void flush_tag();
  void add_text(std::string_view text, std::uint32_t line);
  void read_name(std::string_view text);

  DocumentBuilder builder_;
  std::vector<Frame> frames_ = std::vector<Frame>(1);
  std::size_t unseen_frames_ = 0;  // opened beyond the bound
  std::size_t room_;
  std::string text_;  // of the paragraph
  std::string code_;
  std::string tag_;
  std::string link_;
  std::map<std::string, int> anchors_;
  std::uint32_t text_line_ = 0;
  std::uint32_t code_line_ = 0;
  std::uint32_t tag_line_ = 0;
  int headings_ = 0;
  bool full_ = false;
  bool fill_ = true;
  bool row_ = false;
  bool soft_tag_ = false;  // the tag was a paragraph to begin with
  bool compact_ = false;
  bool synopsis_ = false;
  bool link_text_ = false;
};

}  // namespace tome
