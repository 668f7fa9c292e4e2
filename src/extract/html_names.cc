// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/html_names.h"

#include <algorithm>
#include <array>

#include "extract/html_tree.h"

namespace tome {
namespace {

// Words of a class attribute, and whole ids, that plainly say navigation. Each was seen in pages of
// the tool named; a name that might also stand on content ("nav", "menu", "index") is not here.
constexpr std::array<std::string_view, 50> kFurnitureNames = {
    // Sphinx, Read the Docs, furo
    "sphinxsidebar", "sphinxsidebarwrapper", "related", "related-pages", "headerlink",
    "viewcode-link", "viewcode-back", "toctree-wrapper", "contents", "indextable", "modindextable",
    "genindextable", "genindex-jumpbox", "modindex-jumpbox", "linenos", "linenodiv", "wy-nav-side",
    "wy-breadcrumbs", "rst-footer-buttons", "toc-drawer", "sidebar-drawer", "prev-next-area",
    // DocBook XSL
    "navheader", "navfooter", "toc", "list-of-tables", "list-of-figures", "list-of-examples",
    "indexdiv", "spirit-nav",
    // mdBook
    "menu-bar", "nav-chapters", "nav-wrapper", "mobile-nav-chapters", "sidebar-toggle",
    // Asciidoctor, MkDocs, Docusaurus, Doxygen, Javadoc
    "toc2", "md-sidebar", "md-header", "md-footer", "theme-doc-sidebar-container",
    "table-of-contents", "pagination-nav", "navpath", "skip-nav",
    // anywhere
    "sidebar", "breadcrumb", "breadcrumbs", "navbar", "pagination", "skip-link"};

// Boxes with a note or warning in them.
constexpr std::array<std::string_view, 7> kNoteNames = {
    "note", "tip", "warning", "caution", "important", "admonition", "admonitionblock"};

// The marks that lead to a note and back, as Pandoc and Sphinx call them.
constexpr std::array<std::string_view, 3> kMarkNames = {"footnote-ref", "footnote-back",
                                                        "footnote-reference"};

// An <aside> with one of these is text, as is one with a note in it.
constexpr std::array<std::string_view, 4> kAsideNames = {"footnote", "footnote-list", "admonition",
                                                         "topic"};

constexpr std::array<std::string_view, 9> kFurnitureRoles = {"navigation",  "search", "banner",
                                                             "contentinfo", "menu",   "menubar",
                                                             "toolbar",     "dialog", "tooltip"};

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_furniture_name(std::string_view name) { return is_one_of(name, kFurnitureNames); }

template <class Test>
bool any_word(std::string_view list, Test test) {
  for (std::size_t begin = 0; begin < list.size();) {
    std::size_t end = list.find_first_of(" \t\n", begin);
    if (end == std::string_view::npos) end = list.size();
    if (end > begin && test(list.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

bool holds_heading(const GumboNode* element) {
  const GumboVector& children = element->v.element.children;
  for (unsigned i = 0; i < children.length; ++i) {
    const auto* child = static_cast<const GumboNode*>(children.data[i]);
    if (child->type != GUMBO_NODE_ELEMENT) continue;
    const GumboTag tag = child->v.element.tag;
    if (tag == GUMBO_TAG_H1 || tag == GUMBO_TAG_H2) return true;
  }
  return false;
}

bool is_dropped_tag(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MENU:
      return true;
    default:
      return false;
  }
}

// The printed page's number, the mark of a note and the way back from it, in the words of EPUB 3
// (epub:type="noteref") and, behind "doc-", of DPUB-ARIA (role="doc-noteref").
bool is_mark(std::string_view types, std::string_view prefix) {
  return any_word(types, [&](std::string_view type) {
    if (!type.starts_with(prefix)) return false;
    type.remove_prefix(prefix.size());
    return type == "pagebreak" || type == "noteref" || type == "backlink";
  });
}

bool is_note_mark(std::string_view classes) {
  return any_word(classes, [](std::string_view name) { return is_one_of(name, kMarkNames); });
}

}  // namespace

std::string_view attribute_of(const GumboNode* element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element->v.element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool has_word(std::string_view list, std::string_view word) {
  return any_word(list, [&](std::string_view w) { return w == word; });
}

bool has_known_class(std::string_view classes) {
  return any_word(classes, [](std::string_view name) {
    return is_furniture_name(name) || is_one_of(name, kNoteNames) || is_one_of(name, kMarkNames) ||
           is_one_of(name, kAsideNames);
  });
}

bool is_furniture(const GumboNode* element, bool in_main, bool of_book) {
  const GumboTag tag = element->v.element.tag;
  if (is_dropped_tag(tag) && !(of_book && tag == GUMBO_TAG_FOOTER)) return true;
  const GumboVector& attributes = element->v.element.attributes;
  std::string_view role;
  std::string_view classes;
  for (unsigned i = 0; i < attributes.length; ++i) {
    const auto* attribute = static_cast<const GumboAttribute*>(attributes.data[i]);
    const std::string_view name = attribute->name;
    const std::string_view value = attribute->value;
    if (name == "class") {
      classes = value;
      if (has_word(value, "footnote-back") || (of_book && is_note_mark(value))) return true;
      const bool box = of_book && has_word(value, "sidebar");
      if (!box && any_word(value, is_furniture_name)) return true;
    } else if (name == "id") {
      // A section about breadcrumbs may well be called so.
      if (tag == GUMBO_TAG_DIV && is_furniture_name(value)) return true;
    } else if (name == "role") {
      role = value;
      if (value == "doc-backlink" || (of_book && is_mark(value, "doc-"))) return true;
      if (is_one_of(value, kFurnitureRoles)) return true;
    } else if (name == "epub:type") {
      if (of_book && is_mark(value, "")) return true;
    } else if (name == "hidden") {
      return true;
    } else if (name == "aria-hidden") {
      if (value == "true") return true;
    } else if (name == "style") {
      if (value.find("display:none") != std::string_view::npos ||
          value.find("display: none") != std::string_view::npos) {
        return true;
      }
    }
  }
  // Docutils writes footnotes, notes and topics as <aside>: these are text.
  if (tag == GUMBO_TAG_ASIDE && !of_book) {
    return role != "note" && role != "doc-footnote" &&
           !any_word(classes, [](std::string_view name) { return is_one_of(name, kAsideNames); });
  }
  return tag == GUMBO_TAG_HEADER && !in_main && !holds_heading(element);
}

bool is_inline(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_ACRONYM:
    case GUMBO_TAG_B:
    case GUMBO_TAG_BDI:
    case GUMBO_TAG_BDO:
    case GUMBO_TAG_BIG:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_DATA:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_DFN:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_I:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_INS:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_MI:
    case GUMBO_TAG_MO:
    case GUMBO_TAG_MN:
    case GUMBO_TAG_MS:
    case GUMBO_TAG_MTEXT:
    case GUMBO_TAG_NOBR:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_RUBY:
    case GUMBO_TAG_RB:
    case GUMBO_TAG_S:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_TT:
    case GUMBO_TAG_U:
    case GUMBO_TAG_VAR:
    case GUMBO_TAG_WBR:
    case GUMBO_TAG_RT:
    case GUMBO_TAG_RP:
    case GUMBO_TAG_UNKNOWN:
      return true;
    default:
      return false;
  }
}

int heading_level(GumboTag tag) {
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6 ? tag - GUMBO_TAG_H1 + 1 : 0;
}

bool is_note(const GumboNode* node) {
  if (node->v.element.tag != GUMBO_TAG_DIV && node->v.element.tag != GUMBO_TAG_ASIDE) return false;
  return any_word(attribute_of(node, "class"),
                  [](std::string_view name) { return is_one_of(name, kNoteNames); });
}

bool is_data_table(const GumboNode* table) {
  if (attribute_of(table, "role") == "presentation") return false;
  bool layout = false;
  bool header = false;
  unsigned rows = 0;  // of two cells or more
  each_element(table, [&](const GumboNode* node) {
    const GumboTag tag = node->v.element.tag;
    layout = layout || (node != table && tag == GUMBO_TAG_TABLE) || tag == GUMBO_TAG_PRE ||
             heading_level(tag) != 0;
    header = header || tag == GUMBO_TAG_TH;
    if (tag == GUMBO_TAG_TR) {
      unsigned cells = 0;
      for (unsigned i = 0; i < node->v.element.children.length; ++i) {
        const auto* cell = static_cast<const GumboNode*>(node->v.element.children.data[i]);
        if (cell->type == GUMBO_NODE_ELEMENT) ++cells;
      }
      if (cells > 1) ++rows;
    }
    return !layout;
  });
  return !layout && rows > (header ? 0u : 1u);
}

}  // namespace tome
