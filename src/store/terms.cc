// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/terms.h"

namespace tome {
namespace {

std::string prefixed(std::string_view prefix, std::string_view value) {
  std::string term(prefix);
  term.append(value.substr(0, kMaxTermBytes));
  return term;
}

}  // namespace

std::string passage_term(std::string_view id) { return prefixed("Q", id); }
std::string source_term(std::string_view id) { return prefixed("S", id); }
std::string work_term(std::string_view key) { return prefixed("K", key); }
std::string language_term(std::string_view language) { return prefixed("L", language); }

std::string stop_pair_term(std::string_view first, std::string_view second) {
  std::string term("XP");
  term.append(first).append(1, ' ').append(second);
  if (term.size() > 2 + kMaxTermBytes) term.resize(2 + kMaxTermBytes);
  return term;
}

}  // namespace tome
