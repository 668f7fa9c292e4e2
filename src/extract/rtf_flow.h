// SPDX-License-Identifier: GPL-2.0-or-later
// The running text of an RTF file -> blocks: paragraphs, rows, notes, text boxes. One thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/office_blocks.h"

namespace tome {

// What \pard resets.
struct RtfParagraph {
  int style = 0;
  int outline = -1;  // from 0; 9: body text; -1: what the style says
  bool in_table = false;
  int list = 0;        // \ls; 0: none
  int list_level = 0;  // from 0
  int left = 0;        // indent, twips
  int first = 0;       // of the first line, against `left`
};

struct RtfStyle {
  std::string name;
  int based_on = -1;
  int outline = -1;
};

class RtfFlow {
 public:
  void set_style(int number, RtfStyle style) { styles_[number] = std::move(style); }

  // `fixed`: in a font whose characters are all of one width.
  void text(std::string_view text, bool fixed);
  void marker() { frames_.back().marked = true; }  // the paragraph has a bullet or a number
  void end_paragraph(const RtfParagraph& paragraph);
  void end_cell();
  void end_row();

  // What follows is the text of a note to what came before it, or of a box beside it.
  void open_note();
  void open_box();
  void close();  // REQUIRES: opened

  // The text that is there. Paragraphs in a font of fixed width are code, unless half of the text
  // is.
  Document finish() &&;

 private:
  enum class Kind { kBody, kNote, kBox };
  struct Frame {
    Kind kind = Kind::kBody;
    std::string text;     // of the paragraph or cell at hand
    bool varied = false;  // some of it is not in a font of fixed width
    bool marked = false;
    std::string cell;
    std::vector<std::string> cells;
    std::vector<std::string> boxes;
    std::string lines;  // of a note or box, whole
    std::string mark;   // of a note
  };
  // A block that waits until it is known what a fixed font means.
  struct Waiting {
    enum class Kind { kHeading, kParagraph, kItem, kRow, kCode, kFixed, kNote };
    Kind kind = Kind::kParagraph;
    int level = 0;
    std::vector<std::string> texts;
  };

  void emit(const RtfParagraph& paragraph, Frame& frame);
  void emit_boxes(Frame& frame);
  NamedStyle role_of(const RtfParagraph& paragraph) const;
  int depth_of(const RtfParagraph& paragraph);

  std::map<int, RtfStyle> styles_;
  std::vector<Frame> frames_ = std::vector<Frame>(1);
  std::vector<Waiting> waiting_;
  std::vector<int> indents_;  // of the lists around
  std::string title_;
  int notes_ = 0;
};

}  // namespace tome
