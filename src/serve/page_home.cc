// SPDX-License-Identifier: GPL-2.0-or-later
// The page before a question: what is there, what to ask.
#include <algorithm>
#include <map>

#include "serve/page_question.h"
#include "serve/page_views.h"

namespace tome {
namespace {

constexpr std::size_t kExamples = 12;

// Topics by falling number of works.
std::vector<std::string> common_topics(const std::vector<WorkView>& works) {
  std::map<std::string, std::size_t> counts;
  for (const WorkView& view : works) {
    for (const std::string& topic : view.work.info.topics) ++counts[topic];
  }
  std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> topics;
  for (const auto& [topic, count] : sorted) {
    if (topics.size() < kExamples) topics.push_back(topic);
  }
  return topics;
}

// A topic as words to ask for: "data-structures" -> "data structures".
std::string as_words(std::string topic) {
  std::replace(topic.begin(), topic.end(), '-', ' ');
  return clean_line(topic);
}

void add_example_list(Html& out, const std::vector<WorkView>& works) {
  std::vector<std::string> examples;
  for (const std::string& topic : common_topics(works)) examples.push_back(as_words(topic));
  for (const WorkView& view : works) {
    if (examples.size() >= kExamples / 2) break;
    if (!view.work.info.title.empty()) examples.push_back(clean_line(view.work.info.title));
  }
  if (examples.empty()) return;
  out.add("<p id=\"examples\">Much of this shelf is about:</p>\n");
  out.add("<ul class=\"chips\" aria-labelledby=\"examples\">");
  for (const std::string& example : examples) {
    out.add("<li><a class=\"chip\" href=\"").name(address("/", {{"q", example}})).add("\"><bdi>");
    out.line(example, 80).add("</bdi></a></li>");
  }
  out.add("</ul>\n");
}

}  // namespace

Status add_examples(Html& out, Shelf& shelf) {
  const Result<std::vector<WorkView>> works = shelf.works();
  if (!works) return works.error();
  add_example_list(out, *works);
  return Ok{};
}

Status add_welcome(Html& out, Shelf& shelf) {
  const Result<std::vector<WorkView>> works = shelf.works();
  if (!works) return works.error();
  out.add("<section class=\"home\" data-view=\"home\" data-said=\"\">\n");
  if (works->empty()) {
    out.add(R"(<h1>The shelf is empty</h1>
<p class="lead">Put a folder of books and articles on it: <code>tome index PATH</code></p>
</section>
)");
    return Ok{};
  }
  std::uint64_t books = 0;
  for (const WorkView& view : *works) books += view.work.info.kind == Kind::kBook;
  const std::uint64_t others = works->size() - books;
  out.add("<h1>Ask the shelf</h1>\n<p class=\"lead\">");
  if (books != 0) out.counted(books, "book");
  if (books != 0 && others != 0) out.add(" and ");
  if (others != 0) out.counted(others, books == 0 ? "work" : "article");
  out.add(
      ", read passage by passage: a question in plain words finds the passages that answer it "
      "and the books that treat it best.</p>\n");
  add_example_list(out, *works);
  out.add(R"(<h2>More than words</h2>
<dl class="forms">
<div><dt><code>"a phrase"</code></dt><dd>these words in a row</dd></div>
<div><dt><code>+word</code> <code>-word</code></dt><dd>passages with it, without it</dd></div>
<div><dt><code>author:name</code></dt><dd>also <code>title:</code> <code>topic:</code> <code>kind:book</code> <code>lang:de</code></dd></div>
<div><dt><code>year:2015..2022</code></dt><dd>a year or a range</dd></div>
</dl>
</section>
)");
  return Ok{};
}

}  // namespace tome
