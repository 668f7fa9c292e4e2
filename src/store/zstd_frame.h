// SPDX-License-Identifier: GPL-2.0-or-later
// Frames of Zstandard (RFC 8878) that say how long their content is. Safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace tome {

inline constexpr int kZstdLevel = 3;  // of what is kept; 9 saves 3 % and takes four times as long

// Throws std::bad_alloc for want of memory.
std::string compress(std::string_view bytes, int level = kZstdLevel);

// False when `frame` is not one whole frame, or one of more than 256 MB.
bool decompress(std::string_view frame, std::string& out);

}  // namespace tome
