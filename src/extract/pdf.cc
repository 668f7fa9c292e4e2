// SPDX-License-Identifier: GPL-2.0-or-later
//
// PDF, by poppler: pages -> lines -> without running headers -> headings named by the outline ->
// paragraphs -> blocks.
//
// Threads: poppler's documents share fonts' and parameters' tables under its own locks, and the
// function that receives its messages is one for the process; it is set once and prints nothing.
// Several documents may be read by several threads, but tome reads PDF in processes of one thread.
#include <fmt/format.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>
#include <poppler-toc.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <map>
#include <memory>
#include <utility>

#include "extract/builder.h"
#include "extract/pdf_info.h"
#include "extract/pdf_letters.h"
#include "extract/pdf_line.h"
#include "extract/pdf_margins.h"
#include "extract/pdf_outline.h"
#include "extract/pdf_page.h"
#include "extract/pdf_paragraphs.h"
#include "extract/readers.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr int kMostPages = 20'000;
constexpr std::size_t kMostText = 64U << 20U;  // bytes
constexpr std::size_t kLongestLabel = 32;      // bytes

Error unsupported(std::string message, std::string hint) {
  return {Code::kUnsupported, std::move(message), std::move(hint), ""};
}

// Whether poppler said on this thread that it lacks poppler-data.
bool& lacks_language_pack() {
  thread_local bool lacks = false;
  return lacks;
}

void listen_to_poppler() {
  static const bool set = [] {
    poppler::set_debug_error_function(
        [](const std::string& message, void*) {
          if (message.find("Missing language pack") != std::string::npos) {
            lacks_language_pack() = true;
          }
        },
        nullptr);
    return true;
  }();
  static_cast<void>(set);
  lacks_language_pack() = false;
}

struct Pages {
  std::vector<PdfPage> pages;
  std::vector<std::string> labels;
  bool labelled = false;  // some label is not the page's number
  std::size_t without_text = 0;
};

Result<Pages> read_pages(const poppler::document& document) {
  Pages out;
  std::size_t text = 0;
  const int count = document.pages();
  for (int i = 0; i < count; ++i) {
    const auto number = static_cast<std::uint32_t>(i + 1);
    const std::unique_ptr<poppler::page> page(document.create_page(i));
    std::string label = std::to_string(number);
    out.pages.emplace_back();
    if (page != nullptr) {
      out.pages.back() = read_pdf_page(*page, number);
      std::string own = squeeze(clean_letters(page->label()));
      own.resize(utf8_floor(own, kLongestLabel));
      out.labelled = out.labelled || (!own.empty() && own != label);
      if (!own.empty()) label = std::move(own);
    }
    out.labels.push_back(std::move(label));
    if (out.pages.back().lines.empty()) ++out.without_text;
    for (const PdfLine& line : out.pages.back().lines) text += line.text.size();
    if (text > kMostText) {
      return Error{Code::kLimit, fmt::format("the text is longer than {} MB", kMostText >> 20U),
                   "split the file", ""};
    }
  }
  return out;
}

// The font size of most text that is not code; 0 without text.
double body_size(const std::vector<PdfPage>& pages) {
  std::map<long, std::size_t> letters;  // by size in tenths of a point
  for (const PdfPage& page : pages) {
    for (const PdfLine& line : page.lines) {
      letters[std::lround(line.size * 10)] += line.text.size() / (line.code ? 4 : 1) + 1;
    }
  }
  const auto most =
      std::max_element(letters.begin(), letters.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == letters.end() ? 0 : static_cast<double>(most->first) / 10;
}

// The outline says what a printed table of contents says, without the dots.
void drop_contents(std::vector<PdfLine>& lines) {
  std::erase_if(lines, [](const PdfLine& line) { return line.leader && line.heading == 0; });
}

std::vector<PdfTitle> outline_of(const poppler::document& document) {
  const std::unique_ptr<poppler::toc> toc(document.create_toc());
  return toc == nullptr || toc->root() == nullptr ? std::vector<PdfTitle>()
                                                  : read_outline(*toc->root());
}

Document make_document(const std::vector<PdfParagraph>& paragraphs) {
  DocumentBuilder builder;
  for (const PdfParagraph& paragraph : paragraphs) {
    if (paragraph.style == Style::kHeading) {
      builder.add_heading(paragraph.level, paragraph.text, 0, "", paragraph.page);
      continue;
    }
    Block block;
    block.style = paragraph.style;
    block.level = paragraph.level;
    block.page = paragraph.page;
    builder.add(std::move(block), paragraph.text);
  }
  return std::move(builder).finish();
}

Result<std::unique_ptr<poppler::document>> open_pdf(std::string_view bytes) {
  if (bytes.size() > INT_MAX) {
    return Error{Code::kLimit, "the file is larger than 2 GB", "split the file", ""};
  }
  listen_to_poppler();
  std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (document == nullptr) {
    return unsupported("damaged: the structure of the PDF cannot be read",
                       "open it in a viewer; if it opens, print it to a new file");
  }
  if (document->is_locked()) {
    return unsupported("encrypted: it needs a password",
                       "remove the password first, e.g. qpdf --decrypt --password=...");
  }
  if (document->pages() <= 0) return unsupported("damaged: the PDF has no pages", "");
  if (document->pages() > kMostPages) {
    return Error{Code::kLimit, fmt::format("it has more than {} pages", kMostPages),
                 "split the file", ""};
  }
  return document;
}

}  // namespace

Result<Document> read_pdf(std::string_view bytes) {
  const auto opened = open_pdf(bytes);
  if (!opened.ok()) return opened.error();
  const poppler::document& pdf = **opened;
  auto read = read_pages(pdf);
  if (!read.ok()) return read.error();
  if (read->without_text == read->pages.size() && lacks_language_pack()) {
    return unsupported("its fonts need a language pack", "install the package poppler-data");
  }
  if (read->without_text == read->pages.size()) {
    return unsupported("holds no text: it seems to be scanned pages",
                       "run OCR first, e.g. ocrmypdf");
  }
  const double body = body_size(read->pages);
  const std::vector<PdfTitle> titles = outline_of(pdf);
  drop_margins(read->pages, read->labels, body, title_test(titles));
  std::vector<PdfLine> lines;
  for (PdfPage& page : read->pages) {
    lines.insert(lines.end(), std::make_move_iterator(page.lines.begin()),
                 std::make_move_iterator(page.lines.end()));
  }
  mark_headings(titles, body, lines);
  if (!titles.empty()) drop_contents(lines);
  std::vector<PdfParagraph> paragraphs = join_lines(lines, body);
  const std::string shown_title = squeeze(guess_title(paragraphs, body));
  if (titles.empty()) guess_headings(paragraphs, body);
  Document document = make_document(paragraphs);
  document.meta = read_pdf_info(pdf);
  document.title = shown_title;
  if (read->labelled) document.page_labels = std::move(read->labels);
  if (read->without_text * 2 > read->pages.size()) {
    document.warnings.push_back(fmt::format("{} of {} pages hold no text; they may be scanned",
                                            read->without_text, read->pages.size()));
  }
  if (lacks_language_pack()) {
    document.warnings.emplace_back(
        "text in Chinese, Japanese or Korean is missing: install the package poppler-data");
  }
  return document;
}

}  // namespace tome
