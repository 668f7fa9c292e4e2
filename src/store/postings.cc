// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/postings.h"

#include "analysis/acronyms.h"
#include "store/terms.h"
#include "store/word_list.h"

namespace tome {

const std::vector<Posting>& PostingMaker::make(Analyser& analyser, const PassageRecord& passage,
                                               WordCounts& words) {
  terms_.clear();
  opening_.clear();
  postings_.clear();
  add_text(analyser, passage, words);
  for (const std::string& heading : passage.headings) {
    add_context(analyser, heading, kHeadingWdf, words);
  }
  add_context(analyser, passage.title, kTitleWdf, words);
  for (const std::string& author : passage.authors) {
    add_context(analyser, author, kAuthorWdf, words);
  }
  for (const Acronym& one : find_acronyms(passage.text)) {
    ++words[acronym_entry(one.acronym, one.expansion)];
  }
  postings_.reserve(terms_.size());
  for (const auto& entry : terms_) {
    if (!entry.word.empty() && entry.word.size() <= kMaxTermBytes) {
      postings_.push_back({entry.word, entry.value.wdf, entry.hash});
    }
  }
  return postings_;
}

void PostingMaker::add_text(Analyser& analyser, const PassageRecord& passage, WordCounts& words) {
  const Token* previous = nullptr;  // the stop word just before
  for (const Token& token : analyser.analyse(passage.text)) {
    Tally& tally = terms_.at(token.term, token.term_hash);
    ++tally.wdf;
    if (token.end <= passage.body) {
      tally.opens = true;
      opening_.at(token.surface, token.surface_hash);
    }
    if (token.kind != TokenKind::kGram) ++words.at(token.surface, token.surface_hash);
    if (!token.atom) continue;
    if (!token.stop) {
      previous = nullptr;
      continue;
    }
    if (previous != nullptr && token.position == previous->position + 1) {
      add_pair(*previous, token);
    }
    previous = &token;
  }
}

void PostingMaker::add_pair(const Token& first, const Token& second) {
  pair_ = stop_pair_term(first.surface, second.surface);
  terms_[pair_];
}

void PostingMaker::add_context(Analyser& analyser, std::string_view text, std::uint32_t wdf,
                               WordCounts& words) {
  for (const Token& token : analyser.analyse(text)) {
    if (token.stop) continue;
    Tally& tally = terms_.at(token.term, token.term_hash);
    if (!tally.opens) tally.wdf += wdf;
    if (token.kind == TokenKind::kGram) continue;
    if (opening_.empty() || opening_.find(token.surface, token.surface_hash) == nullptr) {
      ++words.at(token.surface, token.surface_hash);
    }
  }
}

}  // namespace tome
