// SPDX-License-Identifier: GPL-2.0-or-later
// A work: what it is, what it covers, what is like it.
#include <algorithm>

#include "serve/page_question.h"
#include "serve/page_views.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kWholeTitle = 4000;
constexpr std::size_t kFilesShown = 20;
constexpr std::size_t kFeaturesShown = 40;
constexpr std::size_t kLongestHeading = 200;

void add_fact(Html& out, Markup name, const std::string& value) {
  if (value.empty()) return;
  out.add("<div><dt>").add(name).add("</dt><dd>").line(value, 400).add("</dd></div>\n");
}

void add_facts(Html& out, const WorkInfo& info, std::uint64_t passages) {
  out.add("<dl class=\"facts\">\n");
  add_fact(out, "Kind",
           info.kind == Kind::kBook      ? "book"
           : info.kind == Kind::kArticle ? "article"
                                         : "");
  add_fact(out, "Edition", info.edition == 0 ? "" : std::to_string(info.edition));
  add_fact(out, "Publisher", info.publisher);
  add_fact(out, "ISBN", info.isbn);
  add_fact(out, "Language", info.language);
  add_fact(out, "Passages", std::to_string(passages));
  // Other schemes (javascript:, data:) are no addresses to go to.
  const std::string& url = info.url;
  if ((url.starts_with("https://") || url.starts_with("http://")) && url.size() < 2000) {
    out.add("<div><dt>Address</dt><dd><a rel=\"noreferrer noopener\" href=\"").name(url);
    out.add("\">").name(url).add("</a></dd></div>\n");
  }
  out.add("</dl>\n");
}

// Asks for `words` within the work.
std::string within(const WorkInfo& info, const std::string& words) {
  const std::string question = words + (words.empty() ? "" : " ");
  std::string title = clean_line(info.title);
  std::replace(title.begin(), title.end(), '"', ' ');
  return address("/", {{"q", question + "title:\"" + title + "\""}});
}

std::string plain_words(const std::string& text) {
  std::string words = clean_line(text);
  for (char& c : words) {
    if (c == '"' || c == '(' || c == ')' || c == '+' || c == '-' || c == '\\' || c == ':') c = ' ';
  }
  return clean_line(words);
}

void add_headings(Html& out, const WorkDetail& detail) {
  const WorkInfo& info = detail.view.work.info;
  if (detail.headings.empty()) return;
  out.add("<section aria-labelledby=\"covers\">\n<h2 id=\"covers\">What it covers</h2>\n");
  out.add("<ol class=\"headings\">\n");
  for (const std::string& heading : detail.headings) {
    const std::string words = plain_words(heading);
    out.add("<li>");
    if (words.empty() || info.title.empty()) {
      out.line(heading, kLongestHeading);
    } else {
      out.add("<a data-move href=\"").name(within(info, words.substr(0, 400))).add("\"><bdi>");
      out.line(heading, kLongestHeading).add("</bdi></a>");
    }
    out.add("</li>\n");
  }
  out.add("</ol>\n</section>\n");
}

void add_terms(Html& out, const WorkDetail& detail) {
  if (detail.terms.empty()) return;
  out.add("<section aria-labelledby=\"terms\">\n<h2 id=\"terms\">Its strongest words</h2>\n");
  out.add("<ul class=\"chips\">");
  for (const std::string& term : detail.terms) {
    out.add("<li><a class=\"chip\" href=\"");
    out.name(address("/", {{"q", clean_line(term)}})).add("\"><bdi>");
    out.line(term, 80).add("</bdi></a></li>");
  }
  out.add("</ul>\n</section>\n");
}

// A line as a description has it: `so` is code. A mark without its pair stays what it is.
void add_described(Html& out, std::string_view text) {
  constexpr std::size_t kLongest = 400;
  std::string line = clean_line(text);
  if (line.size() > kLongest) {
    line.resize(utf8_floor(line, kLongest));
    line += "…";
  }
  std::string_view rest = line;
  for (;;) {
    const std::size_t begin = rest.find('`');
    const std::size_t end = rest.find('`', begin == std::string_view::npos ? begin : begin + 1);
    if (begin == std::string_view::npos || end == std::string_view::npos) break;
    out.name(rest.substr(0, begin)).add("<code>");
    out.name(rest.substr(begin + 1, end - begin - 1)).add("</code>");
    rest.remove_prefix(end + 1);
  }
  out.name(rest);
}

void add_lines(Html& out, const std::vector<std::string>& lines, std::size_t most) {
  for (std::size_t i = 0; i < lines.size() && i < most; ++i) {
    out.add("<li dir=\"auto\">");
    add_described(out, lines[i]);
    out.add("</li>\n");
  }
  if (lines.size() > most) {
    out.add("<li>and ").number(lines.size() - most).add(" more</li>\n");
  }
}

}  // namespace

Response work_page(Shelf& shelf, const Request&, std::string_view id) {
  const Result<WorkDetail> detail = shelf.work(id);
  if (!detail) return error_page(detail.error());
  const WorkInfo& info = detail->view.work.info;

  Html out;
  out.add("<article class=\"work\">\n<header>\n<h1 dir=\"auto\">");
  if (info.title.empty()) {
    out.add("Untitled");
  } else {
    out.line(info.title, kWholeTitle);
  }
  out.add("</h1>\n");
  if (!info.subtitle.empty()) {
    out.add("<p class=\"subtitle\" dir=\"auto\">").line(info.subtitle, kWholeTitle).add("</p>\n");
  }
  out.add("<p class=\"by\">");
  add_byline(out, info);
  out.add("</p>\n");
  add_topics(out, info.topics);
  if (!info.title.empty()) {
    out.add("<p class=\"more\"><a href=\"").name(within(info, ""));
    out.add("\">Ask within this work</a></p>\n");
  }
  out.add("</header>\n<div class=\"beside\">\n<div>\n");
  if (!info.features.empty()) {
    out.add("<section aria-labelledby=\"features\">\n<h2 id=\"features\">Key features</h2>\n");
    out.add("<ul class=\"features\">\n");
    add_lines(out, info.features, kFeaturesShown);
    out.add("</ul>\n</section>\n");
  }
  add_headings(out, *detail);
  add_terms(out, *detail);
  out.add("</div>\n<div class=\"side\">\n");
  if (!detail->similar.empty()) {
    out.add("<section aria-labelledby=\"similar-title\">\n");
    out.add("<h2 id=\"similar-title\">Works like it</h2>\n<ol class=\"hits\">\n");
    for (const BookHit& hit : detail->similar) add_book(out, hit, "");
    out.add("</ol>\n</section>\n");
  }
  out.add("<section aria-labelledby=\"about\">\n<h2 id=\"about\">About it</h2>\n");
  add_facts(out, info, detail->view.passages);
  out.add("<h3>Described in</h3>\n<ul class=\"files\">\n");
  const std::vector<std::string>& files = detail->view.files;
  for (std::size_t i = 0; i < files.size() && i < kFilesShown; ++i) {
    out.add("<li><code>").name(files[i]).add("</code></li>\n");
  }
  if (files.size() > kFilesShown) {
    out.add("<li>and ").number(files.size() - kFilesShown).add(" more</li>\n");
  }
  out.add("</ul>\n</section>\n</div>\n</div>\n</article>\n");
  return html_response(framed({info.title, "", ""}, out));
}

}  // namespace tome
