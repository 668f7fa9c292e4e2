// SPDX-License-Identifier: GPL-2.0-or-later
// The acronyms that a shelf's text explains, to be looked up in both directions without being read
// as a whole: a question knows few of them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/word_list.h"

namespace tome {

class AcronymTable {
 public:
  AcronymTable() = default;  // of none

  // `sorted`: by acronym, then expansion.
  static std::string encode(const std::vector<AcronymCount>& sorted);

  // What encode() gave; nothing for other bytes. The table looks into `bytes`, which live as long
  // as `owner`.
  static std::optional<AcronymTable> decode(std::string_view bytes,
                                            std::shared_ptr<const void> owner);

  // The same of a list, which the table then holds itself.
  static AcronymTable of(const std::vector<AcronymCount>& sorted);

  std::string_view bytes() const { return bytes_; }  // as encoded; empty for a table of none

  // What `acronym` stands for, by expansion.
  std::vector<AcronymCount> readings(std::string_view acronym) const;

  // Those whose expansion begins with `word`, a whole one, by expansion.
  std::vector<AcronymCount> beginning_with(std::string_view word) const;

 private:
  AcronymCount entry(std::size_t number) const;
  std::size_t by_expansion(std::size_t rank) const;  // the number of an entry

  std::size_t size_ = 0;
  std::string_view bytes_, offsets_, order_, entries_;
  std::shared_ptr<const void> owner_;
};

}  // namespace tome
