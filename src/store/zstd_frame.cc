// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/zstd_frame.h"

#include <zstd.h>

#include <cstdint>
#include <memory>
#include <new>

namespace tome {
namespace {

constexpr std::uint64_t kLargest = 256u << 20;

template <auto Free>
struct Freed {
  template <class Context>
  void operator()(Context* context) const {
    Free(context);
  }
};

// One a thread: making one costs more than a block.
ZSTD_CCtx* compressor() {
  thread_local const std::unique_ptr<ZSTD_CCtx, Freed<ZSTD_freeCCtx>> context(ZSTD_createCCtx());
  return context.get();
}
ZSTD_DCtx* decompressor() {
  thread_local const std::unique_ptr<ZSTD_DCtx, Freed<ZSTD_freeDCtx>> context(ZSTD_createDCtx());
  return context.get();
}

}  // namespace

std::string compress(std::string_view bytes, int level) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compressCCtx(compressor(), out.data(), out.size(), bytes.data(), bytes.size(), level);
  if (ZSTD_isError(size) != 0) throw std::bad_alloc();  // there is room: it lacks memory
  out.resize(size);
  return out;
}

bool decompress(std::string_view frame, std::string& out) {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size > kLargest) return false;  // not known and not a frame are such sizes too
  out.resize(size);
  return ZSTD_decompressDCtx(decompressor(), out.data(), out.size(), frame.data(), frame.size()) ==
         size;
}

}  // namespace tome
