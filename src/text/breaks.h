// SPDX-License-Identifier: GPL-2.0-or-later
// ICU's break iterators over UTF-8, one of each kind a thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace tome {

// Calls `visit(begin, end, word)` for each piece of `text` between two word boundaries; `word`: it
// holds a letter or digit. Han, kana, Thai, Lao, Khmer and Burmese are cut by ICU's dictionaries.
void for_each_word(std::string_view text,
                   const std::function<void(std::size_t, std::size_t, bool)>& visit);

// Calls `visit(end)` for each sentence boundary of UAX 29 after the first, in order.
void for_each_sentence_end(std::string_view text, bool greek,
                           const std::function<void(std::size_t)>& visit);

}  // namespace tome
