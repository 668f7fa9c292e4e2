// SPDX-License-Identifier: GPL-2.0-or-later
// Markdown (CommonMark and GitHub's tables) -> blocks, by cmark-gfm's tree.
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "extract/builder.h"
#include "extract/front_matter.h"
#include "extract/readers.h"
#include "extract/slug.h"
#include "extract/tags.h"
#include "text/text.h"

namespace tome {
namespace {

struct NodeFreer {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};

constexpr std::size_t kMostMissingCells = 100'000;

std::size_t cells_of(std::string_view row) {
  const auto bars = static_cast<std::size_t>(std::count(row.begin(), row.end(), '|'));
  return bars + 1 - (row.front() == '|' ? 1 : 0) - (row.back() == '|' && bars > 1 ? 1 : 0);
}

// Whether the rows of tables lack so many cells of their head's that cmark, which makes them all,
// would need a gigabyte for a page of 50 KB. Counts too many rather than too few: a table ends at a
// blank line, or before.
bool lacks_many_cells(std::string_view text) {
  std::size_t columns = 0;  // of the widest line of dashes since the last blank line
  std::size_t missing = 0;
  while (!text.empty() && missing <= kMostMissingCells) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of("> \t"), line.size()));
    if (line.empty()) {
      columns = 0;
      continue;
    }
    line = line.substr(0, line.find_last_not_of(" \t") + 1);
    const std::size_t cells = cells_of(line);
    const bool dashes = line.find_first_not_of("|-: \t\v\f") == std::string_view::npos;
    if (dashes && line.find('|') != std::string_view::npos) columns = std::max(columns, cells);
    missing += columns - std::min(columns, cells);
  }
  return missing > kMostMissingCells;
}

// Only the table extension: strikethrough and autolink change character tables that cmark shares
// between all parsers while they run, so that two threads would read each other's Markdown
// differently. Links need no marking here, and strip_strikes() does the rest.
std::unique_ptr<cmark_node, NodeFreer> parse(std::string_view text) {
  static std::once_flag registered;
  std::call_once(registered, cmark_gfm_core_extensions_ensure_registered);
  cmark_parser* parser = cmark_parser_new(CMARK_OPT_DEFAULT);
  cmark_syntax_extension* table = cmark_find_syntax_extension("table");
  if (table != nullptr && !lacks_many_cells(text)) {
    cmark_parser_attach_syntax_extension(parser, table);
  }
  cmark_parser_feed(parser, text.data(), text.size());
  std::unique_ptr<cmark_node, NodeFreer> root(cmark_parser_finish(parser));
  cmark_parser_free(parser);
  return root;
}

// "~~gone~~" -> "gone": the marks go, the words stay findable.
std::string strip_strikes(std::string_view text) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t at = text.find("~~"); at != std::string_view::npos; at = text.find("~~", from)) {
    out.append(text.substr(from, at - from));
    from = at + 2;
  }
  out.append(text.substr(from));
  return out;
}

std::string_view literal(cmark_node* node) {
  const char* text = cmark_node_get_literal(node);
  return text == nullptr ? std::string_view() : std::string_view(text);
}

// The text of raw HTML: tags, comments, scripts and styles dropped.
std::string text_of_html(std::string_view html) {
  std::string out;
  std::size_t from = 0;
  for (;;) {
    const Tag tag = next_tag(html, from);
    std::string_view text = html.substr(from, tag.name.empty() ? html.size() : tag.begin - from);
    for (std::size_t open = text.find("<!"); open != std::string_view::npos;
         open = text.find("<!")) {
      out += decode_entities(text.substr(0, open));
      const bool comment = text.substr(open, 4) == "<!--";
      const std::size_t close = text.find(comment ? "-->" : ">", open);
      text = close == std::string_view::npos ? "" : text.substr(close + (comment ? 3 : 1));
    }
    out += decode_entities(text);
    if (tag.name.empty()) return out;
    from = tag.end;
    if (!tag.closing && (same_name(tag.name, "script") || same_name(tag.name, "style"))) {
      from = after_raw(html, from, tag.name);
    }
    out += same_name(tag.name, "br") ? '\n' : ' ';
  }
}

struct IterFreer {
  void operator()(cmark_iter* iter) const { cmark_iter_free(iter); }
};
using Iter = std::unique_ptr<cmark_iter, IterFreer>;

// The text of the inline nodes below `block`; soft breaks are spaces, hard breaks \n.
std::string inline_text(cmark_node* block) {
  std::string out;
  const Iter iter(cmark_iter_new(block));
  for (cmark_event_type event = cmark_iter_next(iter.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iter.get())) {
    if (event != CMARK_EVENT_ENTER) continue;
    cmark_node* node = cmark_iter_get_node(iter.get());
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_TEXT) {
      out += strip_strikes(literal(node));
    } else if (type == CMARK_NODE_CODE) {
      out += literal(node);
    } else if (type == CMARK_NODE_SOFTBREAK) {
      out += ' ';
    } else if (type == CMARK_NODE_LINEBREAK ||
               (type == CMARK_NODE_HTML_INLINE && literal(node).substr(0, 3) == "<br")) {
      out += '\n';
    }
  }
  repair_utf8(out);  // cmark writes &#xFFFE; as the byte FE
  return out;
}

// "Title {#anchor}" (mdBook, pandoc) -> "anchor", cut off `text`; else empty.
std::string explicit_anchor(std::string& text) {
  const std::size_t open = text.rfind("{#");
  if (open == std::string::npos || text.back() != '}') return {};
  std::string anchor = text.substr(open + 2, text.size() - open - 3);
  anchor.resize(std::min(anchor.find(' '), anchor.size()));
  text.resize(open);
  return anchor;
}

class MarkdownReader {
 public:
  explicit MarkdownReader(std::uint32_t lines_before) : lines_before_(lines_before) {}

  Document read(cmark_node* root) && {
    const Iter iter(cmark_iter_new(root));
    for (cmark_event_type event = cmark_iter_next(iter.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iter.get())) {
      cmark_node* node = cmark_iter_get_node(iter.get());
      if (cmark_node_get_type(node) == CMARK_NODE_ITEM) {
        depth_ += event == CMARK_EVENT_ENTER ? 1 : -1;
      } else if (event == CMARK_EVENT_ENTER) {
        block(node);
      }
    }
    return std::move(builder_).finish();
  }

 private:
  // cmark leaves some nodes of tables without a line: they get that of the node before.
  std::uint32_t line_of(cmark_node* node) {
    const int line = cmark_node_get_start_line(node);
    if (line > 0) line_ = static_cast<std::uint32_t>(line) + lines_before_;
    return line_;
  }

  void paragraph(const std::string& text, std::uint32_t line) {
    if (depth_ == 0) {
      builder_.add_paragraph(text, line, "");
      return;
    }
    Block item;
    item.style = Style::kListItem;
    item.level = depth_;
    item.line = line;
    builder_.add(std::move(item), text);
  }

  void block(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_PARAGRAPH) {
      paragraph(inline_text(node), line_of(node));
    } else if (type == CMARK_NODE_HEADING) {
      std::string text = tidy(inline_text(node));
      const std::string given = explicit_anchor(text);
      const std::string slug = slugs_.make(tidy(text));
      builder_.add_heading(cmark_node_get_heading_level(node), text, line_of(node),
                           given.empty() ? slug : given);
    } else if (type == CMARK_NODE_CODE_BLOCK) {
      Block code;
      code.style = Style::kCode;
      // The text of a fenced block begins below its fence.
      code.line = line_of(node) + (cmark_node_get_fence_info(node) != nullptr && fenced(node));
      builder_.add(std::move(code), literal(node));
    } else if (type == CMARK_NODE_HTML_BLOCK) {
      paragraph(text_of_html(literal(node)), line_of(node));
    } else if (const std::string_view name = cmark_node_get_type_string(node);
               name == "table_row" || name == "table_header") {
      row(node);
    }
  }

  static bool fenced(cmark_node* node) {
    int length = 0;
    int offset = 0;
    char character = 0;
    return cmark_node_get_fenced(node, &length, &offset, &character) != 0;
  }

  void row(cmark_node* node) {
    std::string text;
    for (cmark_node* cell = cmark_node_first_child(node); cell != nullptr;
         cell = cmark_node_next(cell)) {
      if (cell != cmark_node_first_child(node)) text += " | ";
      text += tidy(inline_text(cell));
    }
    if (text.find_first_not_of(" |") == std::string::npos) return;
    Block block;
    block.style = Style::kTableRow;
    block.line = line_of(node);
    builder_.add(std::move(block), text);
  }

  DocumentBuilder builder_;
  Slugs slugs_;
  std::uint32_t lines_before_;
  std::uint32_t line_ = 1;  // of the last node that had one
  int depth_ = 0;
};

}  // namespace

Document read_markdown(std::string_view text) {
  FrontMatter front = read_front_matter(text);
  const auto root = parse(text.substr(front.end));
  Document document = MarkdownReader(front.lines).read(root.get());
  document.meta = std::move(front.info);
  document.warnings = std::move(front.warnings);
  return document;
}

}  // namespace tome
