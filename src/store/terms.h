// SPDX-License-Identifier: GPL-2.0-or-later
// The terms of the index, all of them:
//
//   word      a folded stem or identifier, as the analyser gives it (never begins with A to Z)
//   Q id      the passage             S id    its source
//   K key     a work it belongs to    L lang  its language
//   XP a b    two stop words in a row, for phrases
//
// A passage's heading path and its work's title and authors are posted as words too, so that they
// are context for the words of the text (decision 6); author:, title:, kind:, topic:, year: resolve
// in the catalogue to K terms.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tome {

inline constexpr std::size_t kMaxTermBytes =
    200;  // Xapian's bound is 245, zero bytes counted twice

// Value slot that holds the passage ID: what nothing else puts in order is put in order by it, the
// same however the passages are spread over segments and shards.
inline constexpr std::uint32_t kIdSlot = 0;

std::string passage_term(std::string_view id);
std::string source_term(std::string_view id);
std::string work_term(std::string_view key);
std::string language_term(std::string_view language);
std::string stop_pair_term(std::string_view first, std::string_view second);

}  // namespace tome
