// SPDX-License-Identifier: GPL-2.0-or-later
// Man pages -> blocks: man(7) and mdoc(7) on a small reader of roff.
//
// Own code: Debian has no library for them. The program mandoc takes a process a page and gives no
// line numbers.
#include <optional>

#include "extract/man_macros.h"
#include "extract/man_page.h"
#include "extract/mdoc.h"
#include "extract/readers.h"
#include "extract/roff.h"
#include "extract/roff_names.h"
#include "extract/roff_table.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMostWarnings = 20;
constexpr std::size_t kLongestName = 200;  // of a file, in a warning

// A page of ordinary macros is shorter than its file.
constexpr std::size_t most_text(std::size_t bytes) { return 2 * bytes + (256u << 10); }

}  // namespace

Result<Document> read_man(std::string_view text) {
  RoffReader reader(text);
  ManPage page(most_text(text.size()));
  ManMacros man(reader, page);
  std::optional<Mdoc> mdoc;
  const auto inline_text = [&](const RoffLine& line) {
    return mdoc ? mdoc->inline_text(line) : man.inline_text(line);
  };
  RoffLine line;
  while (!page.full() && reader.next(line)) {
    if (!mdoc && (line.name == "Dd" || line.name == "Dt" || line.name == "Sh")) {
      mdoc.emplace(reader, page);
    }
    if (line.name == "TS") {
      read_roff_table(reader, page, inline_text);
    } else if (line.name == "PS") {  // a drawing of pic(1)
      while (reader.next(line) && line.name != "PE" && line.name != "PF") continue;
    } else if (line.name == "so") {
      std::string_view rest = line.text;
      const std::string name = reader.decode(take_word(rest)).text;
      if (page.warnings.size() < kMostWarnings) {
        page.warnings.push_back("the page is read from " +
                                name.substr(0, utf8_floor(name, kLongestName)) +
                                ", which is not opened");
      }
    } else if (mdoc) {
      mdoc->read(line);
    } else {
      man.read(line);
    }
  }
  if (mdoc) {
    mdoc->finish();
  } else {
    man.finish();
  }
  if (reader.cut() || page.full()) {
    page.warnings.push_back("strings or macros of the page grew too large");
  }
  return std::move(page).finish();
}

}  // namespace tome
