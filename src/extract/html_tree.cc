// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/html_tree.h"

#include <algorithm>
#include <csetjmp>
#include <utility>

namespace tome {
namespace {

constexpr std::size_t kChunk = 256 * 1024;
// Real pages need 11 bytes of tree a byte of HTML.
constexpr std::size_t kTreePerByte = 40;
constexpr std::size_t kTreeAtLeast = std::size_t{64} << 20;

}  // namespace

void* HtmlTree::Arena::take(std::size_t bytes) {
  constexpr std::size_t kAlign = alignof(std::max_align_t);
  bytes = (bytes + kAlign - 1) / kAlign * kAlign;
  if (bytes > size_ - used_) {
    const std::size_t chunk = std::max(bytes, kChunk);
    if (total_ + chunk > limit_) return nullptr;
    chunks_.push_back(std::unique_ptr<char[]>(new char[chunk]));
    total_ += chunk;
    size_ = chunk;
    used_ = 0;
  }
  void* out = chunks_.back().get() + used_;
  used_ += bytes;
  return out;
}

struct HtmlTree::Parsing {
  Arena* arena;
  std::jmp_buf out_of_memory;
};

Result<HtmlTree> HtmlTree::parse(std::string_view html) {
  HtmlTree tree;
  tree.arena_ = std::make_unique<Arena>(kTreeAtLeast + kTreePerByte * html.size());
  Parsing parsing{tree.arena_.get(), {}};
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  options.userdata = &parsing;
  options.allocator = [](void* data, std::size_t bytes) {
    auto* state = static_cast<Parsing*>(data);
    void* out = state->arena->take(bytes);
    // gumbo does not check for null. Only its C frames are left by the jump, and all that they
    // own is in the arena.
    // NOLINTNEXTLINE(cert-err52-cpp): an exception may not pass through C
    if (out == nullptr) std::longjmp(state->out_of_memory, 1);
    return out;
  };
  options.deallocator = [](void*, void*) {};
  // NOLINTNEXTLINE(cert-err52-cpp): as above
  if (setjmp(parsing.out_of_memory) != 0) {
    return Error{Code::kLimit, "the page needs too much memory for its size", "", ""};
  }
  tree.output_ = gumbo_parse_with_options(&options, html.data(), html.size());
  return tree;
}

}  // namespace tome
