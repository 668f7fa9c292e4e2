// SPDX-License-Identifier: GPL-2.0-or-later
// Documents built by hand, and short ways to look at what becomes of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "structure/structure.h"
#include "text/text.h"

namespace tome {

// Puts blocks one after the other as extractors do: "\n" between lines of a list or a table and
// after a label, "\n\n" elsewhere; the block's line is the line of the text.
class Doc {
 public:
  explicit Doc(std::string format = "markdown") { document_.format = std::move(format); }

  Doc& h(int level, std::string_view text) { return add(Style::kHeading, level, text); }
  Doc& n(int level, std::string_view text) {
    add(Style::kHeading, level, text);
    document_.blocks.back().numbered = true;
    return *this;
  }
  Doc& p(std::string_view text) { return add(Style::kParagraph, 0, text); }
  Doc& li(std::string_view text, int depth = 1) { return add(Style::kListItem, depth, text); }
  Doc& row(std::string_view text) { return add(Style::kTableRow, 0, text); }
  Doc& code(std::string_view text) { return add(Style::kCode, 0, text); }
  Doc& label(std::string_view text) { return add(Style::kLabel, 0, text); }
  Doc& anchor(std::string_view text) {
    document_.blocks.back().anchor = text;
    return *this;
  }
  Doc& title(std::string_view text) {
    document_.title = text;
    return *this;
  }
  Doc& meta(WorkInfo info) {
    document_.meta = std::move(info);
    return *this;
  }

  const Document& get() const { return document_; }

 private:
  Doc& add(Style style, int level, std::string_view text) {
    std::string& all = document_.text;
    const bool line = style == Style::kListItem || style == Style::kTableRow;
    if (!document_.blocks.empty()) {
      const Style before = document_.blocks.back().style;
      const std::string_view between =
          (line && before == style) || before == Style::kLabel ? "\n" : "\n\n";
      all += between;
      line_ += static_cast<std::uint32_t>(between.size());
    }
    Block block;
    block.style = style;
    block.level = level;
    block.begin = static_cast<std::uint32_t>(all.size());
    all += text;
    block.end = static_cast<std::uint32_t>(all.size());
    block.line = line_;
    for (const char c : text) line_ += c == '\n' ? 1u : 0u;
    document_.blocks.push_back(block);
    return *this;
  }

  Document document_;
  std::uint32_t line_ = 1;
};

inline StructureContext named(std::string file_name) {
  StructureContext context;
  context.file_name = std::move(file_name);
  return context;
}

// `count` words in sentences of `length`; no two calls with another `seed` give the same text.
inline std::string words(std::size_t count, std::size_t length = 12, std::size_t seed = 0) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) text += ' ';
    text += i % length == 0 ? "Alpha" : "beta";
    text += std::to_string(seed * 1000 + i);
    if (i % length == length - 1 || i + 1 == count) text += '.';
  }
  return text;
}

// `count` lines of different words.
inline std::string lines(int count, std::size_t words_a_line) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    if (i > 0) text += '\n';
    text += words(words_a_line, 100, static_cast<std::size_t>(i));
  }
  return text;
}

inline std::string joined(const std::vector<std::string>& parts, std::string_view by = " > ") {
  std::string all;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) all += by;
    all += part;
  }
  return all;
}

// "Article / First Book / Second Book".
inline std::string titles(const Structured& structured) {
  std::vector<std::string> all;
  for (const WorkInfo& work : structured.works) all.push_back(work.title);
  return joined(all, " / ");
}

// Words of each passage: "120 60".
inline std::string sizes_of(const Doc& doc) {
  std::vector<std::string> sizes;
  for (const PassageDraft& passage : structure(doc.get(), {}).passages) {
    sizes.push_back(std::to_string(count_words(
        std::string_view(doc.get().text).substr(passage.begin, passage.end - passage.begin))));
  }
  return joined(sizes, " ");
}

inline std::string_view text_of(const Document& document, const PassageDraft& passage) {
  return std::string_view(document.text).substr(passage.begin, passage.end - passage.begin);
}

// Where the passage that holds `needle` stands: "1,0: Fluent Lisp > Verdict"; "none" without one.
inline std::string place_of(const Document& document, const Structured& made,
                            std::string_view needle) {
  for (const PassageDraft& passage : made.passages) {
    if (text_of(document, passage).find(needle) == std::string_view::npos) continue;
    std::string place;
    for (const std::uint32_t work : passage.works) {
      if (!place.empty()) place += ',';
      place += std::to_string(work);
    }
    return place + ": " + joined(passage.headings);
  }
  return "none";
}

}  // namespace tome
