// SPDX-License-Identifier: GPL-2.0-or-later
// HTML -> blocks: one walk over gumbo's tree, without recursion, because pages nest as they like.
#include <gumbo.h>

#include <string>
#include <utility>
#include <vector>

#include "extract/builder.h"
#include "extract/front_matter.h"
#include "extract/html_names.h"
#include "extract/html_tree.h"
#include "extract/readers.h"
#include "extract/tags.h"
#include "text/text.h"

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

const GumboVector* children_of(const GumboNode* node) {
  if (node->type == GUMBO_NODE_ELEMENT) return &node->v.element.children;
  if (node->type == GUMBO_NODE_DOCUMENT) return &node->v.document.children;
  return nullptr;
}

// Visits elements in document order without recursion; visit(element) -> whether to go below.
template <class Visit>
void each_element(const GumboNode* root, Visit visit) {
  std::vector<const GumboNode*> open = {root};
  while (!open.empty()) {
    const GumboNode* node = open.back();
    open.pop_back();
    const GumboVector* children = children_of(node);
    if (children == nullptr) continue;
    if (node->type == GUMBO_NODE_ELEMENT && !visit(node)) continue;
    for (unsigned i = children->length; i-- > 0;) {
      open.push_back(static_cast<const GumboNode*>(children->data[i]));
    }
  }
}

int heading_level(GumboTag tag) {
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6 ? tag - GUMBO_TAG_H1 + 1 : 0;
}

// The boxes of DocBook, Sphinx and Asciidoctor.
bool is_note(const GumboNode* node) {
  if (node->v.element.tag != GUMBO_TAG_DIV && node->v.element.tag != GUMBO_TAG_ASIDE) return false;
  const std::string_view classes = attribute_of(node, "class");
  if (classes.empty()) return false;
  for (const std::string_view name :
       {"note", "tip", "warning", "caution", "important", "admonition", "admonitionblock"}) {
    if (has_word(classes, name)) return true;
  }
  return false;
}

// A table of one column, or around code, headings or another table, only places things.
bool is_data_table(const GumboNode* table) {
  if (attribute_of(table, "role") == "presentation") return false;
  bool layout = false;
  unsigned most = 0;
  each_element(table, [&](const GumboNode* node) {
    const GumboTag tag = node->v.element.tag;
    layout = layout || (node != table && tag == GUMBO_TAG_TABLE) || tag == GUMBO_TAG_PRE ||
             heading_level(tag) != 0;
    if (tag == GUMBO_TAG_TR) {
      unsigned cells = 0;
      for (unsigned i = 0; i < node->v.element.children.length; ++i) {
        const auto* cell = static_cast<const GumboNode*>(node->v.element.children.data[i]);
        if (cell->type == GUMBO_NODE_ELEMENT) ++cells;
      }
      most = std::max(most, cells);
    }
    return !layout;
  });
  return !layout && most > 1;
}

class HtmlReader {
 public:
  Document read(const GumboNode* root, bool in_main) && {
    state_.in_main = in_main;
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
    if (is_furniture(node, state_.in_main)) return;
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
  std::vector<Frame> frames_;
  State state_;
  std::string buffer_;
  unsigned buffer_line_ = 0;  // where the buffer's text begins; 0: nothing visible yet
  unsigned cells_ = 0;
  std::string anchor_;
};

// <main>, else the only <article>, else the body; nullptr when the page has none.
const GumboNode* find_main(const GumboNode* root, const GumboNode*& body) {
  const GumboNode* main = nullptr;
  const GumboNode* article = nullptr;
  int articles = 0;
  each_element(root, [&](const GumboNode* node) {
    const GumboTag tag = node->v.element.tag;
    if (tag == GUMBO_TAG_BODY) body = node;
    if (main == nullptr && (tag == GUMBO_TAG_MAIN || attribute_of(node, "role") == "main")) {
      main = node;
    }
    if (tag == GUMBO_TAG_ARTICLE) {
      if (article == nullptr) article = node;
      ++articles;
    }
    return main == nullptr;
  });
  if (main != nullptr) return main;
  return articles == 1 ? article : nullptr;
}

std::string content_of(const GumboNode* element) {
  std::string out;
  const GumboVector& children = element->v.element.children;
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* child = static_cast<const GumboNode*>(children.data[i]);
    if (child->type == GUMBO_NODE_TEXT) out += child->v.text.text;
  }
  return squeeze(out);
}

void read_head(const GumboNode* root, Document& document) {
  if (root == nullptr) return;
  const std::string_view language = attribute_of(root, "lang");
  document.meta.language = language.substr(0, language.find_first_of("-_"));
  for (char& c : document.meta.language) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  each_element(root, [&](const GumboNode* node) {
    const GumboTag tag = node->v.element.tag;
    if (tag == GUMBO_TAG_TITLE && document.title.empty()) document.title = content_of(node);
    if (tag == GUMBO_TAG_META) {
      const std::string_view name = attribute_of(node, "name");
      const std::string content = squeeze(attribute_of(node, "content"));
      if (same_name(name, "author")) {
        for (std::string& author : split_authors(content)) {
          document.meta.authors.push_back(std::move(author));
        }
      } else if (same_name(name, "keywords")) {
        document.meta.topics = split_commas(content);
      }
    }
    return tag != GUMBO_TAG_BODY;
  });
}

}  // namespace

Result<Document> read_html(std::string_view text) {
  const auto tree = HtmlTree::parse(text);
  if (!tree.ok()) return tree.error();
  const GumboNode* body = nullptr;
  const GumboNode* main = find_main(tree->document(), body);
  Document document;
  if (main != nullptr) document = HtmlReader().read(main, true);
  // A <main> that a script would have filled holds nothing.
  if (document.blocks.empty() && body != nullptr) document = HtmlReader().read(body, false);
  read_head(tree->root(), document);
  return document;
}

}  // namespace tome
