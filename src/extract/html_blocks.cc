// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/html_blocks.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/builder.h"
#include "extract/html_names.h"

namespace tome {
namespace {

// What the elements around a text make of it.
struct State {
  int heading = 0;  // 1 to 6 within <h1> to <h6>
  int depth = 0;    // lists around
  bool item = false;
  bool code = false;
  bool table = false;  // within a table that is one, not a means of layout
  bool row = false;
  bool in_main = false;
  bool note = false;  // within a note or warning, whose title opens no section
};

class HtmlReader {
 public:
  // `ids`: of a chapter of a book; nullptr for a page.
  explicit HtmlReader(std::vector<IdPlace>* ids = nullptr) : ids_(ids) {}

  Document read(const GumboNode* root, bool in_main) && {
    state_.in_main = in_main;
    if (ids_ != nullptr) take_anchor(root, true);
    push(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const GumboVector& children = frame.node->v.element.children;
      if (frame.next < children.length) {
        visit(static_cast<const GumboNode*>(children.data[frame.next++]));
      } else {
        close(frame.node);
        state_ = frame.outer;
        frames_.pop_back();
      }
    }
    flush();
    return std::move(builder_).finish();
  }

 private:
  struct Frame {
    const GumboNode* node;
    unsigned next;
    State outer;
  };

  void push(const GumboNode* node) { frames_.push_back({node, 0, state_}); }

  void visit(const GumboNode* node) {
    if (node->type == GUMBO_NODE_ELEMENT) {
      open(node);
    } else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA ||
               node->type == GUMBO_NODE_WHITESPACE) {
      text(node->v.text.text, node->v.text.start_pos.line);
    }
  }

  void text(std::string_view text, unsigned line) {
    if (buffer_line_ == 0) {
      const std::size_t first = text.find_first_not_of(" \t\r\n\f");
      if (first == std::string_view::npos && !state_.code) {
        if (!buffer_.empty()) buffer_ += ' ';
        return;
      }
      for (const char c : text.substr(0, first)) line += c == '\n';
      buffer_line_ = line;
    }
    const std::size_t begin = buffer_.size();
    buffer_ += text;
    if (state_.code) return;
    for (std::size_t i = begin; i < buffer_.size(); ++i) {
      if (buffer_[i] == '\n') buffer_[i] = ' ';
    }
  }

  // Headings, rows and code are one block whatever stands in them.
  bool keeps_together() const { return state_.heading != 0 || state_.row || state_.code; }

  void break_line() {
    if (state_.code) {
      if (!buffer_.empty() && buffer_.back() != '\n') buffer_ += '\n';
    } else if (keeps_together()) {
      buffer_ += ' ';
    } else {
      flush();
    }
  }

  void open(const GumboNode* node) {
    const GumboTag tag = node->v.element.tag;
    if (is_furniture(node, state_.in_main, ids_ != nullptr)) return;
    const bool block = !is_inline(tag);
    if (tag == GUMBO_TAG_BR) {
      buffer_ += state_.code || !keeps_together() ? '\n' : ' ';
      return;
    }
    if (tag == GUMBO_TAG_IMG) {
      text(attribute_of(node, "alt"), node->v.element.start_pos.line);
      return;
    }
    if (block) break_line();
    take_anchor(node, block);
    push(node);
    if (keeps_together() && !state_.row) return;
    if (is_note(node)) state_.note = true;
    if (const int level = heading_level(tag); level != 0 && !state_.row) {
      state_.heading = level;
      return;
    }
    switch (tag) {
      case GUMBO_TAG_PRE:
      case GUMBO_TAG_LISTING:
      case GUMBO_TAG_XMP:
        state_.code = !state_.row;
        break;
      case GUMBO_TAG_UL:
      case GUMBO_TAG_OL:
      case GUMBO_TAG_DIR:
        ++state_.depth;
        break;
      case GUMBO_TAG_LI:
        state_.item = true;
        break;
      case GUMBO_TAG_DL:
        state_.item = false;
        break;
      case GUMBO_TAG_TABLE:
        state_.table = is_data_table(node);
        break;
      case GUMBO_TAG_TR:
        state_.row = state_.table;
        cells_ = 0;
        break;
      case GUMBO_TAG_TD:
      case GUMBO_TAG_TH:
        if (state_.row && cells_++ > 0) buffer_ += " | ";
        break;
      case GUMBO_TAG_MAIN:
      case GUMBO_TAG_ARTICLE:
        state_.in_main = true;
        break;
      default:
        break;
    }
  }

  void close(const GumboNode* node) {
    const GumboTag tag = node->v.element.tag;
    const State& outer = frames_.back().outer;
    const bool ends_together = (state_.heading != 0 && outer.heading == 0) ||
                               (state_.row && !outer.row) || (state_.code && !outer.code);
    if (ends_together) {
      flush();
    } else if (!is_inline(tag)) {
      break_line();
    }
  }

  // The anchor goes to the next block: a heading's own id or that of the section around it. An
  // inline one (<a name>, <span id>) counts when there is no other.
  void take_anchor(const GumboNode* node, bool block) {
    std::string_view id = attribute_of(node, "id");
    if (id.empty() && node->v.element.tag == GUMBO_TAG_A) id = attribute_of(node, "name");
    if (id.empty()) return;
    if (ids_ != nullptr) ids_->push_back({std::string(id), builder_.size()});
    if (anchor_.empty() || (block && buffer_line_ == 0)) anchor_ = id;
  }

  void flush() {
    if (buffer_line_ == 0) {
      buffer_.clear();
      return;
    }
    if (!state_.code) drop_pilcrow();
    Block block;
    block.line = buffer_line_;
    block.anchor = std::move(anchor_);
    if (state_.heading != 0 && state_.note) {
      block.style = Style::kLabel;
      builder_.add(std::move(block), buffer_);
    } else if (state_.heading != 0) {
      builder_.add_heading(state_.heading, buffer_, block.line, std::move(block.anchor));
    } else if (state_.row) {
      block.style = Style::kTableRow;
      if (buffer_.find_first_not_of(" |") != std::string::npos) {
        builder_.add(std::move(block), buffer_);
      }
    } else if (state_.code) {
      block.style = Style::kCode;
      builder_.add(std::move(block), buffer_);
    } else if (state_.item) {
      block.style = Style::kListItem;
      block.level = std::max(state_.depth, 1);
      builder_.add(std::move(block), buffer_);
    } else {
      builder_.add_paragraph(buffer_, block.line, std::move(block.anchor));
    }
    buffer_.clear();
    buffer_line_ = 0;
    anchor_.clear();
  }

  // The sign that links a heading to itself.
  void drop_pilcrow() {
    constexpr std::string_view kPilcrow = "\xC2\xB6";
    const std::size_t end = buffer_.find_last_not_of(' ') + 1;
    if (end >= 2 && std::string_view(buffer_).substr(end - 2, 2) == kPilcrow) {
      buffer_.resize(end - 2);
    }
  }

  DocumentBuilder builder_;
  std::vector<IdPlace>* ids_;
  std::vector<Frame> frames_;
  State state_;
  std::string buffer_;
  unsigned buffer_line_ = 0;  // where the buffer's text begins; 0: nothing visible yet
  unsigned cells_ = 0;
  std::string anchor_;
};

}  // namespace

Document read_blocks(const GumboNode* root, bool in_main) {
  return HtmlReader().read(root, in_main);
}

Document read_book_blocks(const GumboNode* root, std::vector<IdPlace>& ids) {
  return HtmlReader(&ids).read(root, true);
}

}  // namespace tome
