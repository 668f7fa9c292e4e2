// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/passage_document.h"

#include "store/terms.h"

namespace tome {

Xapian::Document passage_document(const PassageRecord& passage,
                                  const std::vector<Posting>& postings) {
  Xapian::Document document;
  std::string term;
  for (const Posting& posting : postings) {
    term = posting.term;
    if (posting.wdf == 0) {
      document.add_boolean_term(term);
    } else {
      document.add_term(term, posting.wdf);
    }
  }
  document.add_value(kIdSlot, passage.id);
  document.add_boolean_term(passage_term(passage.id));
  document.add_boolean_term(source_term(passage.source));
  if (!passage.language.empty()) document.add_boolean_term(language_term(passage.language));
  for (const std::string& key : passage.works) document.add_boolean_term(work_term(key));
  return document;
}

}  // namespace tome
