// SPDX-License-Identifier: GPL-2.0-or-later
#include "documents.h"

#include <fmt/format.h>

#include <string_view>

#include "sandbox/document_check.h"
#include "structure/sizes.h"
#include "structure/structure.h"
#include "target.h"
#include "text/text.h"

namespace tome::fuzz {
namespace {

bool is_text(const std::string& text) {
  std::string copy = text;
  return repair_utf8(copy) == 0;
}

bool are_texts(const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    if (!is_text(text)) return false;
  }
  return true;
}

bool is_info(const WorkInfo& info) {
  return is_text(info.title) && is_text(info.subtitle) && are_texts(info.authors) &&
         is_text(info.publisher) && is_text(info.isbn) && are_texts(info.topics) &&
         are_texts(info.features) && is_text(info.language) && is_text(info.url);
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\n\r\f\v") == std::string_view::npos;
}

bool on_character(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

// A passage is at most so many bytes: the bound on its words, and white space between blocks.
constexpr std::size_t kLargestPassage = kLargest * kBytesPerWord + 4096;

std::string fault_of(const Document& document, const Structured& made) {
  if (made.passages.empty() != document.text.empty()) return "text without a passage";
  if (made.works.empty()) return "no work";
  for (const WorkInfo& work : made.works) {
    if (!is_info(work)) return "a work's description is not UTF-8";
  }
  std::uint32_t at = 0;
  for (const PassageDraft& passage : made.passages) {
    const std::string where = fmt::format(" in the passage at {}", passage.begin);
    if (passage.begin != at || passage.end <= passage.begin) return "gap or overlap" + where;
    if (passage.body < passage.begin || passage.body > passage.end) return "body outside" + where;
    if (passage.end > document.text.size()) return "end outside" + where;
    if (!on_character(document.text, passage.begin) || !on_character(document.text, passage.body)) {
      return "cut character" + where;
    }
    const std::string_view text =
        std::string_view(document.text).substr(passage.begin, passage.end - passage.begin);
    if (count_words(text) > kLargest) return "too many words" + where;
    if (text.size() > kLargestPassage) return "too many bytes" + where;
    if (!are_texts(passage.headings) || !is_text(passage.anchor)) return "no UTF-8" + where;
    if (passage.works.empty() || passage.works.size() > 2 || passage.works.back() != 0 ||
        passage.works.front() >= made.works.size()) {
      return "works" + where;
    }
    at = passage.end;
  }
  return at == document.text.size() ? "" : "text behind the last passage";
}

}  // namespace

std::string broken_promise(const Document& document) {
  std::string fault = tome::fault_of(document);
  if (!fault.empty()) return fault;
  if (document.text.find('\r') != std::string::npos) return "a line ends in a carriage return";
  if (!is_info(document.meta)) return "the description is not UTF-8";
  if (!is_text(document.title)) return "the title is not UTF-8";
  if (!are_texts(document.page_labels)) return "a page label is not UTF-8";
  if (!are_texts(document.warnings)) return "a warning is not UTF-8";
  std::size_t at = 0;
  for (const Block& block : document.blocks) {
    const std::string where = fmt::format(" in the block at {}", block.begin);
    if (block.style == Style::kListItem && block.level < 1) return "no depth" + where;
    if (is_blank(std::string_view(document.text).substr(block.begin, block.end - block.begin))) {
      return "nothing" + where;
    }
    if (!is_text(block.anchor) || !is_text(block.chapter)) return "no UTF-8" + where;
    at = block.end;
  }
  return is_blank(std::string_view(document.text).substr(at)) ? "" : "text behind the last block";
}

void check_structure(const Document& document) {
  StructureContext context;
  context.file_name = "file-name.md";
  require_none(fault_of(document, structure(document, context)));
  context.chapter = true;
  context.whole.title = "The Whole";
  context.whole_tail = " - The Whole";
  const Structured part = structure(document, context);
  require(part.works.size() == 1, "a chapter has works of its own");
  require_none(fault_of(document, part));
}

void check(const Result<Document>& document, std::size_t bytes) {
  if (!document.ok()) {
    require(!document.error().message.empty(), "an error without a message");
    require(is_text(document.error().message), "an error that is not UTF-8");
    return;
  }
  require_none(broken_promise(*document));
  require(document->text.size() <= 8 * bytes + (1u << 20), "far more text than input");
  check_structure(*document);
}

}  // namespace tome::fuzz
