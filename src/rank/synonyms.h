// SPDX-License-Identifier: GPL-2.0-or-later
// Words that people use for one another, and acronyms with what they stand for: a short shipped
// table (programming, English), a file of the user, and what the shelf's own text explains. A
// synonym weighs less than the word itself (weights.synonym).
//
// A plain value once it is filled; all words are kept folded.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "store/acronym_table.h"

namespace tome {

class Synonyms {
 public:
  Synonyms();  // the shipped table

  // Lines "k8s = kubernetes = kube" (words for one another) and "cqrs: command query responsibility
  // segregation"; # begins a comment. Returns the lines that are neither: "line 3".
  std::vector<std::string> add_lines(std::string_view text);

  // Acronyms of the shelf: at most kMostReadings count for one of them.
  void learn(AcronymTable found) { learned_ = std::move(found); }

  // The other words for `surface` (folded); an entry with spaces is a phrase of several words.
  // Empty when there are none.
  std::vector<std::string> of(const std::string& surface) const;

  // Acronyms whose words stand in a row in `surfaces`: "domain", "driven", "design" -> "ddd".
  std::vector<std::string> acronyms_in(const std::vector<std::string>& surfaces) const;

  static constexpr std::size_t kMostReadings = 3;

 private:
  struct Expansion {
    std::vector<std::string> words;
    std::string acronym;
  };

  void add_group(const std::vector<std::string>& group);
  void add_acronym(const std::string& acronym, const std::string& expansion);

  std::unordered_map<std::string, std::vector<std::string>> others_;
  std::unordered_map<std::string, std::vector<Expansion>> expansions_;  // by their first word
  AcronymTable learned_;
};

}  // namespace tome
