// SPDX-License-Identifier: GPL-2.0-or-later
// libFuzzer's way in. One program for all targets, for each link of it takes a minute: which one
// runs stands in $TOME_FUZZ_TARGET; without it, their names are printed.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "target.h"

namespace {
const tome::fuzz::Target* chosen = nullptr;
}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  const char* name = std::getenv("TOME_FUZZ_TARGET");
  if (name != nullptr) chosen = tome::fuzz::find_target(name);
  if (chosen != nullptr) return 0;
  for (const tome::fuzz::Target& target : tome::fuzz::targets()) {
    std::printf("%.*s\n", static_cast<int>(target.name.size()), target.name.data());
  }
  std::fflush(stdout);
  std::_Exit(name == nullptr ? 0 : 2);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A view of a null pointer is not one that memcpy and its like may be given.
  chosen->run(size == 0 ? std::string_view("")
                        : std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
