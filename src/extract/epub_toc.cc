// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/epub_toc.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "extract/decode.h"
#include "extract/epub_chapter.h"
#include "extract/epub_xml.h"
#include "extract/html_names.h"
#include "extract/html_tree.h"
#include "text/text.h"

namespace tome::epub {
namespace {

constexpr int kMaxDepth = 6;
constexpr std::size_t kMaxTitle = 300;  // bytes
constexpr std::size_t kMaxLook = 500;   // nodes of one entry of nav
constexpr std::size_t kMaxPage = 32u << 20;

std::string title_of(std::string_view text) {
  std::string title = squeeze(text);
  title.resize(utf8_floor(title, std::min(title.size(), kMaxTitle)));
  return squeeze(title);
}

bool is_list(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT &&
         (node->v.element.tag == GUMBO_TAG_OL || node->v.element.tag == GUMBO_TAG_UL);
}

void push_children(const GumboNode* node, std::vector<const GumboNode*>& open) {
  const GumboVector* children = children_of(node);
  if (children == nullptr) return;
  for (unsigned i = children->length; i-- > 0;) {
    open.push_back(static_cast<const GumboNode*>(children->data[i]));
  }
}

// What a <li> says before the list within it.
TocEntry entry_of(const GumboNode* li, const std::string& base) {
  TocEntry entry;
  std::string text;
  std::vector<const GumboNode*> open = {li};
  for (std::size_t looked = 0; !open.empty() && looked < kMaxLook; ++looked) {
    const GumboNode* node = open.back();
    open.pop_back();
    if (is_list(node)) break;
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
      if (text.size() < 4 * kMaxTitle) text += node->v.text.text;
      continue;
    }
    if (node->type != GUMBO_NODE_ELEMENT) continue;
    if (node->v.element.tag == GUMBO_TAG_A && entry.file.empty()) {
      Target target = resolve(base, tome::attribute_of(node, "href"));
      entry.file = std::move(target.path);
      entry.fragment = std::move(target.fragment);
    }
    if (node->v.element.tag == GUMBO_TAG_BR) text += ' ';
    push_children(node, open);
  }
  entry.title = title_of(text);
  return entry;
}

// <nav epub:type="toc">, else one that does not say what it is; nullptr: none.
const GumboNode* find_nav(const GumboNode* root) {
  const GumboNode* toc = nullptr;
  const GumboNode* plain = nullptr;
  each_element(root, [&](const GumboNode* node) {
    if (node->v.element.tag != GUMBO_TAG_NAV) return true;
    const std::string_view type = tome::attribute_of(node, "epub:type");
    const std::string_view role = tome::attribute_of(node, "role");
    if (toc == nullptr && (has_word(type, "toc") || role == "doc-toc")) toc = node;
    if (plain == nullptr && type.empty() && role.empty()) plain = node;
    return true;
  });
  return toc != nullptr ? toc : plain;
}

std::vector<TocEntry> read_nav(const std::string& bytes, const std::string& base) {
  std::vector<TocEntry> entries;
  if (bytes.size() > kMaxPage) return entries;
  const Result<std::string> html = html_of(decode(bytes, xml_encoding(bytes)).text);
  if (!html) return entries;
  const Result<HtmlTree> tree = HtmlTree::parse(*html);
  const GumboNode* nav = tree ? find_nav(tree->document()) : nullptr;
  if (nav == nullptr) return entries;
  struct Open {
    const GumboNode* node;
    int depth;
  };
  std::vector<Open> open = {{nav, 0}};
  while (!open.empty()) {
    const Open at = open.back();
    open.pop_back();
    if (at.node->type != GUMBO_NODE_ELEMENT) continue;
    if (at.node->v.element.tag == GUMBO_TAG_LI) {
      entries.push_back(entry_of(at.node, base));
      entries.back().depth = std::max(at.depth, 1);
    }
    const int below = at.depth + (is_list(at.node) ? 1 : 0);
    const GumboVector* children = children_of(at.node);
    for (unsigned i = children->length; i-- > 0;) {
      open.push_back({static_cast<const GumboNode*>(children->data[i]), below});
    }
  }
  return entries;
}

std::vector<TocEntry> read_ncx(const std::string& bytes, const std::string& base) {
  std::vector<TocEntry> entries;
  pugi::xml_document document;
  if (!load_xml(bytes, document)) return entries;
  const pugi::xml_node map = first_below(document, "navMap");
  int depth = 0;
  for (pugi::xml_node at = map.first_child(); at && at != map;) {
    const bool point = local_name(at.name()) == "navPoint";
    if (point) {
      ++depth;
      TocEntry& entry = entries.emplace_back();
      entry.depth = depth;
      for (const pugi::xml_node child : at.children()) {
        const std::string_view name = local_name(child.name());
        if (name == "navLabel") entry.title = title_of(text_below(child));
        if (name != "content") continue;
        Target target = resolve(base, attribute_of(child, "src"));
        entry.file = std::move(target.path);
        entry.fragment = std::move(target.fragment);
      }
      if (at.first_child()) {
        at = at.first_child();
        continue;
      }
      --depth;
    }
    // Only points hold points.
    while (at != map && !at.next_sibling()) {
      at = at.parent();
      if (local_name(at.name()) == "navPoint") --depth;
    }
    if (at != map) at = at.next_sibling();
  }
  return entries;
}

}  // namespace

std::vector<TocEntry> read_toc(const Files& files, const Package& package) {
  std::vector<TocEntry> found;
  if (const std::string* bytes = files.find(package.nav)) found = read_nav(*bytes, package.nav);
  if (found.empty()) {
    if (const std::string* bytes = files.find(package.ncx)) found = read_ncx(*bytes, package.ncx);
  }
  for (std::size_t i = found.size(); i-- > 0;) {
    found[i].parent = i + 1 < found.size() && found[i + 1].depth > found[i].depth;
    if (found[i].parent && found[i].file.empty()) {
      found[i].file = found[i + 1].file;
      found[i].fragment = found[i + 1].fragment;
    }
  }
  std::vector<TocEntry> entries;
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  for (TocEntry& entry : found) {
    entry.file = files.name_of(entry.file);
    entry.depth = std::min(entry.depth, kMaxDepth);
    if (entry.file.empty() || entry.title.empty()) continue;
    if (!seen.emplace(entry.file, entry.fragment, entry.title).second) continue;
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace tome::epub
