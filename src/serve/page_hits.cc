// SPDX-License-Identifier: GPL-2.0-or-later
// Passages and works as the items of lists.
#include <algorithm>
#include <cmath>

#include "serve/page_parts.h"
#include "serve/page_question.h"

namespace tome {
namespace {

constexpr std::size_t kLongestHeading = 200;
constexpr std::size_t kHeadingsShown = 6;
constexpr std::size_t kAuthorsShown = 4;
constexpr std::size_t kTopicsShown = 24;
constexpr std::size_t kPlacesShown = 3;

// What a part of a score is, for people who do not know the formula.
void add_part_name(Html& out, const ScorePart& part, const std::vector<PassageHit>& named) {
  if (part.what == "passage") {
    const auto hit = std::find_if(named.begin(), named.end(),
                                  [&](const PassageHit& one) { return one.id == part.detail; });
    const bool known = hit != named.end() && !hit->locator.headings.empty();
    out.add(known ? Markup("passage ") : Markup("another passage"));
    if (known) {
      out.add("<span class=\"detail\">").line(hit->locator.headings.back(), kLongestHeading);
      out.add("</span>");
    }
    return;
  }
  if (part.what == "bm25") {
    out.add("words");
  } else if (part.what == "proximity") {
    out.add("close together");
  } else if (part.what == "coverage") {
    out.add("share of the question");
  } else if (part.what == "breadth") {
    out.add("words that its passages have together");
  } else if (part.what == "topics") {
    out.add("topics in common with the best");
  } else {
    out.line(part.what, kLongestHeading);
  }
  if (!part.detail.empty()) {
    out.add(" <span class=\"detail\">").line(part.detail, kLongestHeading).add("</span>");
  }
}

// Its own heading alone; the path above it stands apart.
void add_hit_heading(Html& out, const PassageHit& hit) {
  const std::vector<std::string>& headings = hit.locator.headings;
  if (!headings.empty()) {
    out.line(headings.back(), kLongestHeading);
  } else if (!hit.works.empty() && !hit.works.front().info.title.empty()) {
    out.line(hit.works.front().info.title, kLongestTitle);
  } else {
    out.line(hit.locator.path, kLongestTitle);
  }
}

}  // namespace

std::string work_address(const WorkRef& work) { return address("/work/" + work.id); }

std::string passage_address(const PassageHit& hit, std::string_view question) {
  return address("/passage/" + hit.id, {{"q", std::string(question)}});
}

void add_title(Html& out, const WorkInfo& work, std::size_t limit) {
  if (work.title.empty()) {
    out.add("Untitled");
    return;
  }
  out.line(work.title + (work.subtitle.empty() ? "" : ": " + work.subtitle), limit);
}

void add_byline(Html& out, const WorkInfo& work) {
  const std::size_t shown = std::min(kAuthorsShown, work.authors.size());
  for (std::size_t i = 0; i < shown; ++i) {
    if (i != 0) out.add(", ");
    out.line(work.authors[i], kLongestHeading);
  }
  if (shown < work.authors.size()) {
    out.add(" and ").number(work.authors.size() - shown).add(" more");
  }
  if (work.year != 0) {
    if (shown != 0) out.add(", ");
    out.line(std::to_string(work.year));
  }
}

void add_place(Html& out, const Locator& where) {
  out.add("<code>").name(where.root.empty() ? where.path : where.root + "/" + where.path);
  out.add("</code>");
  if (where.line != 0) out.add(", line ").line(std::to_string(where.line));
  if (where.page != 0) {
    const std::string number = std::to_string(where.page);
    const bool labelled = !where.page_label.empty() && where.page_label != number;
    out.add(", page ").line(labelled ? where.page_label : number, kLongestHeading);
    if (labelled) out.add(" (").line(number).add(")");
  }
  if (!where.chapter.empty()) {
    const std::string anchor = where.anchor.empty() ? "" : "#" + where.anchor;
    out.add(", <code>").name(where.chapter + anchor).add("</code>");
  }
}

void add_language(Html& out, const WorkInfo& work) {
  const std::string& language = work.language;
  const bool plain =
      !language.empty() && language.size() <= 8 &&
      std::all_of(language.begin(), language.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (plain) out.add(" lang=\"").name(language).add("\"");
}

void add_text(Html& out, const PassageHit& hit) {
  out.add("<div class=\"text\" dir=\"auto\"");
  if (!hit.works.empty()) add_language(out, hit.works.front().info);
  out.add(">");
  if (hit.snippet.cut_before) out.add("<span class=\"cut\">… </span>");
  out.marked(hit.snippet.text, hit.snippet.highlights);
  if (hit.snippet.cut_after) out.add("<span class=\"cut\"> …</span>");
  out.add("</div>\n");
}

void add_path(Html& out, const std::vector<std::string>& headings, std::size_t count) {
  const std::size_t first = count > kHeadingsShown ? count - kHeadingsShown : 0;
  if (first != 0) out.add("… <span class=\"sep\">›</span> ");
  for (std::size_t i = first; i < count; ++i) {
    if (i != first) out.add(" <span class=\"sep\">›</span> ");
    out.line(headings[i], kLongestHeading);
  }
}

void add_why(Html& out, const std::vector<ScorePart>& parts, double score,
             const std::vector<PassageHit>& named) {
  if (parts.empty()) return;
  double most = 0;
  for (const ScorePart& part : parts) most = std::max(most, std::abs(part.value));
  out.add(R"(<details class="why"><summary>Why this result</summary>
<table><caption class="unseen">Parts of the score</caption>
<tbody>
)");
  for (const ScorePart& part : parts) {
    out.add("<tr><th scope=\"row\">");
    add_part_name(out, part, named);
    const double width = most > 0 ? 100 * std::abs(part.value) / most : 0;
    out.add("</th><td class=\"bar\">");
    out.add(R"(<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">)");
    out.add(part.value < 0 ? Markup("<rect class=\"less\" height=\"8\" width=\"")
                           : Markup("<rect height=\"8\" width=\""));
    out.decimal(width, 1).add("\"/></svg></td><td class=\"value\">");
    out.decimal(part.value, 2).add("</td></tr>\n");
  }
  out.add("</tbody>\n<tfoot><tr><th scope=\"row\">score</th><td></td><td class=\"value\">");
  out.decimal(score, 2).add("</td></tr></tfoot>\n</table></details>\n");
}

void add_hit(Html& out, const PassageHit& hit, std::string_view question) {
  out.add("<li class=\"hit\"><article>\n");
  if (!hit.works.empty()) {
    out.add("<p class=\"from\"><a href=\"").name(work_address(hit.works.front())).add("\"><bdi>");
    const WorkInfo& info = hit.works.front().info;
    out.line(info.title.empty() ? "Untitled" : info.title, kLongestTitle);
    out.add("</bdi></a> <span class=\"by\">");
    add_byline(out, hit.works.front().info);
    out.add("</span></p>\n");
  }
  out.add("<h3><a data-move href=\"").name(passage_address(hit, question)).add("\"><bdi>");
  add_hit_heading(out, hit);
  out.add("</bdi></a></h3>\n");
  const std::size_t above = hit.locator.headings.empty() ? 0 : hit.locator.headings.size() - 1;
  if (above != 0) {
    out.add("<p class=\"path\"><span class=\"unseen\">under </span>");
    add_path(out, hit.locator.headings, above);
    out.add("</p>\n");
  }
  add_text(out, hit);
  out.add("<p class=\"where\">");
  add_place(out, hit.locator);
  for (std::size_t i = 1; i < hit.works.size() && i <= kPlacesShown; ++i) {
    out.add(i == 1 ? Markup("; in <a href=\"") : Markup(", <a href=\""));
    out.name(work_address(hit.works[i])).add("\"><bdi>");
    out.line(hit.works[i].info.title.empty() ? "Untitled" : hit.works[i].info.title, kLongestTitle);
    out.add("</bdi></a>");
  }
  for (std::size_t i = 0; i < hit.also.size() && i < kPlacesShown; ++i) {
    out.add("; also in ");
    add_place(out, hit.also[i]);
  }
  if (hit.also.size() > kPlacesShown) {
    out.add(" and ").counted(hit.also.size() - kPlacesShown, "other place");
  }
  out.add("</p>\n");
  add_why(out, hit.parts, hit.score, {});
  out.add("</article></li>\n");
}

void add_book(Html& out, const BookHit& hit, std::string_view question) {
  out.add("<li class=\"book\"><article>\n<h3><a data-move href=\"").name(work_address(hit.work));
  out.add("\"><bdi>");
  out.line(hit.work.info.title.empty() ? "Untitled" : hit.work.info.title, kLongestTitle);
  out.add("</bdi></a></h3>\n");
  if (!hit.work.info.subtitle.empty()) {
    out.add("<p class=\"subtitle\" dir=\"auto\">").line(hit.work.info.subtitle, kLongestTitle);
    out.add("</p>\n");
  }
  out.add("<p class=\"by\">");
  add_byline(out, hit.work.info);
  out.add("</p>\n");
  if (!hit.best.empty()) {
    out.add("<p class=\"speaks\">").counted(hit.passages, "passage");
    out.add(hit.passages == 1 ? Markup(" speaks of it, best under:")
                              : Markup(" speak of it, best under:"));
    out.add("</p>\n<ul class=\"best\">\n");
    const std::vector<std::string>* heading = nullptr;
    for (const PassageHit& best : hit.best) {
      // Two passages under one heading would look like one link twice.
      if (heading != nullptr && *heading == best.locator.headings) continue;
      heading = &best.locator.headings;
      out.add("<li><a href=\"").name(passage_address(best, question)).add("\"><bdi>");
      add_hit_heading(out, best);
      out.add("</bdi></a></li>\n");
    }
    out.add("</ul>\n");
  }
  add_why(out, hit.parts, hit.score, hit.best);
  out.add("</article></li>\n");
}

void add_topics(Html& out, const std::vector<std::string>& topics) {
  if (topics.empty()) return;
  out.add("<ul class=\"chips\">");
  for (std::size_t i = 0; i < topics.size() && i < kTopicsShown; ++i) {
    const std::string question = with_filter("", "topic", clean_line(topics[i]));
    out.add("<li><a class=\"chip\" href=\"").name(address("/", {{"q", question}}));
    out.add("\"><bdi>");
    out.line(topics[i], kLongestHeading).add("</bdi></a></li>");
  }
  out.add("</ul>\n");
}

}  // namespace tome
