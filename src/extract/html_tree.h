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
  // kLimit when elements nest deeper than 20,000, or the tree would need far more memory than
  // pages of this size do. `html` must outlive the tree.
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

}  // namespace tome
