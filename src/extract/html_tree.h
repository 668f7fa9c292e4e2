// SPDX-License-Identifier: GPL-2.0-or-later
// HtmlTree: a parsed page. Owns gumbo's tree in one arena; nodes live as long as it. One thread.
#pragma once

#include <gumbo.h>

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "tome/result.h"

namespace tome {

class HtmlTree {
 public:
  // `html` is what thin_markup() made of a page, which bounds the nesting, and must outlive the
  // tree. kLimit when the tree would need far more memory than pages of this size do.
  static Result<HtmlTree> parse(std::string_view html);

  const GumboNode* document() const { return output_->document; }
  const GumboNode* root() const { return output_->root; }

 private:
  // gumbo frees its tree by recursion, which a deep page turns into a crash, and node by node. The
  // arena frees all at once and knows how much there is.
  class Arena {
   public:
    explicit Arena(std::size_t limit) : limit_(limit) {}
    void* take(std::size_t bytes);  // nullptr when the limit is hit

   private:
    std::vector<std::unique_ptr<char[]>> chunks_;
    std::size_t used_ = 0;
    std::size_t size_ = 0;
    std::size_t total_ = 0;
    std::size_t limit_;
  };
  struct Parsing;

  HtmlTree() = default;

  std::unique_ptr<Arena> arena_;
  const GumboOutput* output_ = nullptr;
};

// The children of an element or a document; nullptr for any other node.
inline const GumboVector* children_of(const GumboNode* node) {
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

}  // namespace tome
