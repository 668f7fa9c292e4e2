// SPDX-License-Identifier: GPL-2.0-or-later
#include "structure/structure.h"

#include "structure/passages.h"
#include "structure/sections.h"
#include "structure/sizes.h"
#include "structure/works.h"

namespace tome {

Structured structure(const Document& document, const StructureContext& context) {
  // Words are counted here, once; everything after works with these sizes.
  std::vector<Size> sizes;
  sizes.reserve(document.blocks.size());
  std::size_t words = 0;
  for (const Block& block : document.blocks) {
    sizes.push_back(size_of(block_text(document, block)));
    words += sizes.back().words;
  }
  Outline plan = outline(document, context, words);
  Structured out;
  out.passages =
      make_passages(document, find_sections(document, plan, sizes), sizes,
                    document.meta.language.empty() ? plan.work.language : document.meta.language);
  out.works.reserve(1 + plan.books.size());
  out.works.push_back(std::move(plan.work));
  for (BookPart& book : plan.books) out.works.push_back(std::move(book.work));
  return out;
}

}  // namespace tome
