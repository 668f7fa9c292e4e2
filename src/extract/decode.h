// SPDX-License-Identifier: GPL-2.0-or-later
// Bytes of any encoding -> UTF-8. Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tome {

struct Decoded {
  std::string text;            // valid UTF-8 without NUL and BOM; lines end in \n
  std::string encoding;        // "UTF-8", "UTF-16LE", "WINDOWS-1252" ...
  std::uint64_t replaced = 0;  // invalid sequences that became U+FFFD
};

// A BOM decides; then valid UTF-8 is taken as it is; then `declared` (what <meta charset> says; may
// be empty) counts; then UTF-8 with a few bad bytes is repaired; the rest is guessed. CRLF and CR
// become LF, one for one, so a line has the same number in the file and in the text.
Decoded decode(std::string_view bytes, std::string_view declared);

}  // namespace tome
