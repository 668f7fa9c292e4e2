// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/stemmer.h"

#include <libstemmer.h>

#include <algorithm>
#include <array>

#include "text/text.h"

namespace tome {
namespace {

constexpr std::array<std::string_view, 6> kNeedAccents = {"ru", "tr", "hu", "ro", "lt", "sr"};
constexpr std::array<std::string_view, 3> kElide = {"fr", "it", "ca"};
constexpr std::array<std::string_view, 29> kElided = {
    "l",     "d",      "j",   "m",   "t",    "s",      "n",      "c",      "v",    "qu",
    "jusqu", "lorsqu", "un",  "all", "dall", "dell",   "nell",   "sull",   "coll", "quell",
    "quest", "bell",   "dov", "com", "cos",  "puisqu", "quoiqu", "presqu", "dagl"};

template <std::size_t N>
bool is_among(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

void Stemmer::Delete::operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }

Stemmer::Stemmer(std::string_view language) {
  std::string name(language);
  if (name == "nb" || name == "nn") name = "no";
  // Two letters only: libstemmer would take the names of algorithms too ("porter").
  if (name.size() == 2) stemmer_.reset(sb_stemmer_new(name.c_str(), "UTF_8"));
  elides_ = is_among(kElide, name);
  french_ = name == "fr";
  needs_accents_ = is_among(kNeedAccents, name);
}

std::string_view Stemmer::base(std::string_view folded) const {
  if (elides_) {
    const std::size_t quote = folded.find('\'');
    if (quote != std::string_view::npos && quote + 1 < folded.size() &&
        is_among(kElided, folded.substr(0, quote))) {
      folded.remove_prefix(quote + 1);
    }
  }
  if (folded.size() > 2 && folded.substr(folded.size() - 2) == "'s") folded.remove_suffix(2);
  return folded;
}

std::string Stemmer::stem(std::string_view folded, std::string_view exact) {
  if (!stemmer_) return std::string(base(folded));
  if (needs_accents_) return fold(run(base(exact)));
  std::string word(base(folded));
  if (french_) {
    // Without its accent a participle's or noun's "-ée(s)" would keep an e that "-é" loses.
    if (word.size() > 4 && word.ends_with("ees")) word.resize(word.size() - 2);
    if (word.size() > 3 && word.ends_with("ee")) word.pop_back();
  }
  return run(word);
}

std::string Stemmer::run(std::string_view word) {
  const sb_symbol* const stem =
      sb_stemmer_stem(stemmer_.get(), reinterpret_cast<const sb_symbol*>(word.data()),
                      static_cast<int>(word.size()));
  if (stem == nullptr) return std::string(word);  // out of memory inside Snowball
  return std::string(reinterpret_cast<const char*>(stem),
                     static_cast<std::size_t>(sb_stemmer_length(stemmer_.get())));
}

}  // namespace tome
