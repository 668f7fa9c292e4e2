// SPDX-License-Identifier: GPL-2.0-or-later
// HTML -> Document: finds the part of the page that is its text, and what the head says.
#include <gumbo.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "extract/field_values.h"
#include "extract/front_matter.h"
#include "extract/html_blocks.h"
#include "extract/html_names.h"
#include "extract/html_thin.h"
#include "extract/html_tree.h"
#include "extract/readers.h"
#include "extract/tags.h"
#include "text/text.h"

namespace tome {
namespace {

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

// The names under which pages say when they were published; not when they were changed.
bool is_date(std::string_view name, std::string_view property) {
  constexpr std::array<std::string_view, 7> kNames = {"date",
                                                      "dc.date",
                                                      "dcterms.date",
                                                      "dcterms.issued",
                                                      "dc.date.issued",
                                                      "citation_date",
                                                      "citation_publication_date"};
  return same_name(property, "article:published_time") ||
         same_name(property, "book:release_date") ||
         std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view known) { return same_name(name, known); });
}

void read_head(const GumboNode* root, Document& document) {
  if (root == nullptr) return;
  document.meta.language = language_code(attribute_of(root, "lang"));
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
      } else if (document.meta.year == 0 && is_date(name, attribute_of(node, "property"))) {
        document.meta.year = year_in(content);
      }
    }
    return tag != GUMBO_TAG_BODY;
  });
}

}  // namespace

Result<Document> read_html(std::string_view text) {
  const auto thinned = thin_markup(text);
  if (!thinned.ok()) return thinned.error();
  const auto tree = HtmlTree::parse(*thinned);
  if (!tree.ok()) return tree.error();
  const GumboNode* body = nullptr;
  const GumboNode* main = find_main(tree->document(), body);
  Document document;
  if (main != nullptr) document = read_blocks(main, true);
  // A <main> that a script would have filled holds nothing.
  if (document.blocks.empty() && body != nullptr) document = read_blocks(body, false);
  read_head(tree->root(), document);
  return document;
}

}  // namespace tome
