// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/description.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "extract/builder.h"
#include "extract/readers.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::array<std::string_view, 33> kTags = {
    "p",  "br", "div", "i",  "b",  "em", "strong", "span", "ul",  "ol",         "li",
    "a",  "h1", "h2",  "h3", "h4", "h5", "h6",     "u",    "sup", "blockquote", "sub",
    "hr", "tr", "td",  "th", "dl", "dt", "dd",     "pre",  "img", "table",      "font"};

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& item : list) out += (out.empty() ? "" : ", ") + item;
  return out;
}

// Paragraphs stand apart by blank lines when there are any, else each line is one.
void add_plain(std::string_view text, std::uint32_t line, DocumentBuilder& builder) {
  const std::string_view mark = text.find("\n\n") != std::string_view::npos ? "\n\n" : "\n";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(mark), text.size());
    builder.add_paragraph(text.substr(0, end), line, "");
    text.remove_prefix(std::min(end + mark.size(), text.size()));
  }
}

Status add_text(std::string text, std::uint32_t line, DocumentBuilder& builder) {
  repair_utf8(text);
  if (!has_tags(text)) {
    add_plain(text, line, builder);
    return Ok{};
  }
  Result<Document> page = read_html(text);
  if (!page) return page.error();
  for (Block& block : page->blocks) {
    const std::string part = page->text.substr(block.begin, block.end - block.begin);
    if (block.style == Style::kHeading) block.level = std::min(6, block.level + 1);
    block.line = line;
    block.anchor.clear();
    builder.add(std::move(block), part);
  }
  return Ok{};
}

}  // namespace

bool has_tags(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    std::size_t begin = at + 1;
    if (begin < text.size() && text[begin] == '/') ++begin;
    std::string name;
    while (begin < text.size() && name.size() < 11 && is_letter_or_digit(text[begin])) {
      const char c = text[begin++];
      name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    const char next = begin < text.size() ? text[begin] : ' ';
    const bool ended = next == '>' || next == '/' || next == ' ' || next == '\n';
    if (ended && std::find(kTags.begin(), kTags.end(), name) != kTags.end()) return true;
  }
  return false;
}

std::string canonical_text(const BookDescription& book) {
  std::string out;
  const auto put = [&out](std::string_view text) {
    out += std::to_string(text.size());
    out += ':';
    out += text;
  };
  const WorkInfo& info = book.info;
  put(std::to_string(static_cast<int>(info.kind)));
  for (const std::string* text :
       {&info.title, &info.subtitle, &info.publisher, &info.isbn, &info.language, &info.url,
        &book.id, &book.series, &book.description, &book.review}) {
    put(*text);
  }
  put(std::to_string(info.year));
  put(std::to_string(info.edition));
  for (const auto* list : {&info.authors, &info.topics, &info.features}) {
    put(std::to_string(list->size()));
    for (const std::string& item : *list) put(item);
  }
  return out;
}

Result<Document> describe_book(const BookDescription& book) {
  DocumentBuilder builder;
  const WorkInfo& info = book.info;
  Block heading;
  heading.style = Style::kHeading;
  heading.level = 1;
  heading.line = book.line;
  builder.add(std::move(heading),
              info.subtitle.empty() ? info.title : info.title + ": " + info.subtitle);
  if (Status status = add_text(book.description, book.line, builder); !status) {
    return status.error();
  }
  if (Status status = add_text(book.review, book.line, builder); !status) return status.error();
  if (tidy(book.description).empty() && tidy(book.review).empty()) {
    builder.add_paragraph(joined(info.authors), book.line, "");
    if (!info.topics.empty()) {
      builder.add_paragraph("Topics: " + joined(info.topics), book.line, "");
    }
  }
  if (!book.series.empty()) builder.add_paragraph("Series: " + book.series, book.line, "");
  Document document = std::move(builder).finish();
  document.meta = info;
  document.encoding = "UTF-8";
  return document;
}

}  // namespace tome
