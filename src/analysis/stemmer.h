// SPDX-License-Identifier: GPL-2.0-or-later
// Snowball stems by language. One thread a Stemmer.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct sb_stemmer;

namespace tome {

class Stemmer {
 public:
  // `language`: a primary subtag in lower case; without a Snowball stemmer words stay as they are.
  explicit Stemmer(std::string_view language);

  // The term of a word: `folded` without and `exact` with accents. Most languages stem the form
  // without accents, so that a question typed without them meets the text. Where accents make
  // letters of their own that the stemmer's endings need (Russian, Turkish, Hungarian, Romanian,
  // Lithuanian, Serbian), the exact form is stemmed and the stem folded.
  std::string stem(std::string_view folded, std::string_view exact);

  // The folded word without an elided article (French, Italian and Catalan: "l'homme" -> "homme")
  // or a final 's.
  std::string_view base(std::string_view folded) const;

 private:
  struct Delete {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::string run(std::string_view word);

  std::unique_ptr<sb_stemmer, Delete> stemmer_;
  bool elides_ = false;
  bool french_ = false;
  bool needs_accents_ = false;
};

}  // namespace tome
