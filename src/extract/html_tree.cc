// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/html_tree.h"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdint>
#include <utility>

#include "extract/tags.h"

namespace tome {
namespace {

constexpr std::size_t kChunk = 256 * 1024;
constexpr std::int64_t kMaxDepth = 20'000;
// gumbo looks through the open elements at many a tag; this many looks take a few seconds.
constexpr std::int64_t kMaxLooks = 1'000'000'000;
// Real pages need 11 bytes of tree a byte of HTML.
constexpr std::size_t kTreePerByte = 40;
constexpr std::size_t kTreeAtLeast = std::size_t{64} << 20;

// Elements that hold nothing or that authors leave open without nesting anything.
bool leaves_open(std::string_view name) {
  constexpr std::array<std::string_view, 26> kNames = {
      "p",  "li",   "br",     "hr",       "img",   "td",    "tr",    "th",   "dt",
      "dd", "meta", "link",   "input",    "col",   "area",  "base",  "wbr",  "option",
      "rp", "rt",   "source", "colgroup", "thead", "tbody", "tfoot", "param"};
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view n) { return same_name(name, n); });
}

bool nests_too_deeply(std::string_view html) {
  std::int64_t depth = 0;
  std::int64_t looks = 0;
  for (Tag tag = next_tag(html, 0); !tag.name.empty();) {
    std::size_t next = tag.end;
    looks += depth;
    if (looks > kMaxLooks) return true;
    if (!leaves_open(tag.name) && !(tag.end >= 2 && html[tag.end - 2] == '/')) {
      depth = std::max<std::int64_t>(depth + (tag.closing ? -1 : 1), 0);
      if (depth > kMaxDepth) return true;
    }
    if (!tag.closing && (same_name(tag.name, "script") || same_name(tag.name, "style"))) {
      next = after_raw(html, tag.end, tag.name);
    }
    tag = next_tag(html, next);
  }
  return false;
}

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
  if (nests_too_deeply(html)) {
    return Error{Code::kLimit, "the page nests its elements too deeply", "", ""};
  }
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
    if (out == nullptr) std::longjmp(state->out_of_memory, 1);
    return out;
  };
  options.deallocator = [](void*, void*) {};
  if (setjmp(parsing.out_of_memory) != 0) {
    return Error{Code::kLimit, "the page needs too much memory for its size", "", ""};
  }
  tree.output_ = gumbo_parse_with_options(&options, html.data(), html.size());
  return tree;
}

}  // namespace tome
