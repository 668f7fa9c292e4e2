// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/breaks.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <memory>
#include <stdexcept>

namespace tome {
namespace {

using Iterator = std::unique_ptr<icu::BreakIterator>;

Iterator checked(icu::BreakIterator* iterator, UErrorCode status) {
  if (U_FAILURE(status) || iterator == nullptr) {
    throw std::runtime_error(std::string("ICU has no break data: ") + u_errorName(status));
  }
  return Iterator(iterator);
}

Iterator word_iterator() {
  UErrorCode status = U_ZERO_ERROR;
  icu::BreakIterator* iterator =
      icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status);
  return checked(iterator, status);
}

Iterator sentence_iterator(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  icu::BreakIterator* iterator = icu::BreakIterator::createSentenceInstance(locale, status);
  return checked(iterator, status);
}

// Lends `text` to the iterator; the iterator keeps a shallow copy, so `ut` may be closed early.
void set_text(icu::BreakIterator& iterator, std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  UText ut = UTEXT_INITIALIZER;
  utext_openUTF8(&ut, text.data(), static_cast<std::int64_t>(text.size()), &status);
  iterator.setText(&ut, status);
  utext_close(&ut);
  if (U_FAILURE(status)) throw std::runtime_error(u_errorName(status));
}

}  // namespace

void for_each_word(std::string_view text,
                   const std::function<void(std::size_t, std::size_t, bool)>& visit) {
  thread_local const Iterator iterator = word_iterator();
  set_text(*iterator, text);
  auto begin = static_cast<std::size_t>(iterator->first());
  for (std::int32_t end = iterator->next(); end != icu::BreakIterator::DONE;
       end = iterator->next()) {
    const auto stop = static_cast<std::size_t>(end);
    // ICU calls a run of underscores a word, and of "@".
    const bool word = iterator->getRuleStatus() >= UBRK_WORD_NONE_LIMIT &&
                      text.substr(begin, stop - begin).find_first_not_of("_@") != text.npos;
    visit(begin, stop, word);
    begin = stop;
  }
}

void for_each_sentence_end(std::string_view text, bool greek,
                           const std::function<void(std::size_t)>& visit) {
  thread_local const Iterator root = sentence_iterator(icu::Locale::getRoot());
  thread_local const Iterator el = sentence_iterator(icu::Locale("el"));
  icu::BreakIterator& iterator = greek ? *el : *root;
  set_text(iterator, text);
  iterator.first();
  for (std::int32_t end = iterator.next(); end != icu::BreakIterator::DONE; end = iterator.next()) {
    visit(static_cast<std::size_t>(end));
  }
}

}  // namespace tome
