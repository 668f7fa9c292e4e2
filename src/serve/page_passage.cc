// SPDX-License-Identifier: GPL-2.0-or-later
// A passage where it stands, with its neighbours to step through and passages like it.
#include "serve/page_question.h"
#include "serve/page_views.h"

namespace tome {
namespace {

constexpr std::uint64_t kSimilar = 5;
constexpr std::uint64_t kMostContext = 10;
constexpr std::uint64_t kMoreContext = 3;

void add_heading(Html& out, const std::vector<std::string>& headings) {
  if (headings.empty()) return;
  out.add("<p class=\"under\">");
  add_path(out, headings, headings.size());
  out.add("</p>\n");
}

// A neighbour: as quiet text; its heading where it is another than that of the text before it.
void add_neighbour(Html& out, const PassageHit& hit, std::string_view question,
                   std::vector<std::string>& heading) {
  out.add("<div class=\"near\">\n");
  if (hit.locator.headings != heading) add_heading(out, hit.locator.headings);
  heading = hit.locator.headings;
  add_text(out, hit);
  out.add("<p class=\"step\"><a href=\"").name(passage_address(hit, question));
  out.add("\">Step to this passage</a></p>\n</div>\n");
}

void add_step(Html& out, Markup opening, Markup label, const PassageHit& hit,
              std::string_view question) {
  out.add(opening).name(passage_address(hit, question)).add("\">").add(label).add("</a>");
}

// Where the original stands; a link when the server gives out files.
void add_source(Html& out, const PassageHit& hit, const Request& request) {
  out.add("<p class=\"where\">");
  add_place(out, hit.locator);
  if (request.files && !hit.locator.file.empty()) {
    std::string file = address("/files/" + hit.locator.source);
    if (hit.locator.page != 0) file += "#page=" + std::to_string(hit.locator.page);  // RFC 8118
    out.add(" <a href=\"").name(file).add("\">Open the file</a>");
  }
  for (std::size_t i = 0; i < hit.also.size() && i < kSimilar; ++i) {
    out.add("<br>also in ");
    add_place(out, hit.also[i]);
  }
  out.add("</p>\n");
}

void add_work_line(Html& out, const PassageHit& hit) {
  if (hit.works.empty()) return;
  out.add("<p class=\"from\"><a href=\"").name(work_address(hit.works.front())).add("\"><bdi>");
  add_title(out, hit.works.front().info);
  out.add("</bdi></a> <span class=\"by\">");
  add_byline(out, hit.works.front().info);
  out.add("</span>");
  for (std::size_t i = 1; i < hit.works.size() && i < kSimilar; ++i) {
    out.add(" <span class=\"by\">in</span> <a href=\"").name(work_address(hit.works[i]));
    out.add("\"><bdi>");
    add_title(out, hit.works[i].info);
    out.add("</bdi></a>");
  }
  out.add("</p>\n");
}

}  // namespace

Response passage_page(Shelf& shelf, const Request& request, std::string_view id) {
  const std::string question = question_of(request);
  const std::uint64_t context = number_parameter(request, "context", 1, kMostContext);
  const Result<PassageView> view = shelf.show(id, context, question);
  if (!view) return error_page(view.error());
  const PassageHit& hit = view->passage;

  Html out;
  out.add("<div class=\"reading\">\n");
  if (!question.empty()) {
    out.add("<p class=\"back\"><a href=\"").name(address("/", {{"q", question}}));
    out.add("\">Answer to “").line(question, 120).add("”</a></p>\n");
  }
  out.add("<article class=\"passage\">\n");
  add_work_line(out, hit);
  const std::vector<std::string>& headings = hit.locator.headings;
  if (headings.size() > 1) {
    out.add("<p class=\"path\">");
    add_path(out, headings, headings.size() - 1);
    out.add("</p>\n");
  }
  out.add("<h1><bdi>");
  if (!headings.empty()) {
    out.line(headings.back(), kLongestTitle);
  } else if (!hit.works.empty()) {
    add_title(out, hit.works.front().info);
  } else {
    out.line(hit.locator.path, kLongestTitle);
  }
  out.add("</bdi></h1>\n");

  std::vector<std::string> heading = headings;
  for (const PassageHit& near : view->before) add_neighbour(out, near, question, heading);
  if (heading != headings) add_heading(out, headings);
  heading = headings;
  out.add("<div class=\"this\" id=\"this\">\n");
  add_text(out, hit);
  out.add("</div>\n");
  for (const PassageHit& near : view->after) add_neighbour(out, near, question, heading);

  out.add("<nav class=\"pages\" aria-label=\"Passages of this text\">");
  if (!view->before.empty()) {
    add_step(out, "<a rel=\"prev\" data-move href=\"", "Previous passage", view->before.back(),
             question);
  }
  if (context < kMostContext && (view->before.size() == context || view->after.size() == context)) {
    const std::string more = std::to_string(std::min(kMostContext, context + kMoreContext));
    out.add("<a class=\"middle\" data-move href=\"");
    out.name(address("/passage/" + hit.id, {{"q", question}, {"context", more}}));
    out.add("\">More around it</a>");
  }
  if (!view->after.empty()) {
    add_step(out, "<a rel=\"next\" data-move href=\"", "Next passage", view->after.front(),
             question);
  }
  out.add("</nav>\n");
  add_source(out, hit, request);
  out.add("</article>\n");

  SearchOptions options;
  options.count = kSimilar;
  const Result<Answer<PassageHit>> similar = shelf.similar(hit.id, options);
  if (!similar) return error_page(similar.error());
  if (!similar->hits.empty()) {
    out.add("<aside class=\"similar\" aria-labelledby=\"similar-title\">\n");
    out.add("<h2 id=\"similar-title\">Passages like it</h2>\n<ol class=\"hits\">\n");
    for (const PassageHit& one : similar->hits) add_hit(out, one, "");
    out.add("</ol>\n</aside>\n");
  }
  out.add("</div>\n");
  std::string title = headings.empty() ? "" : headings.back();
  if (!hit.works.empty()) {
    title += (title.empty() ? "" : ", ") + hit.works.front().info.title;
  }
  return html_response(framed({title, question, ""}, out));
}

}  // namespace tome
