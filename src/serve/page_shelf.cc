// SPDX-License-Identifier: GPL-2.0-or-later
// The works by topic, author, year or title: the groups, and the works of one of them.
#include <algorithm>
#include <map>

#include "serve/page_views.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kWorksOnPage = 100;
constexpr std::size_t kGroupsOnPage = 300;
constexpr std::size_t kLongestGroup = 120;
constexpr std::uint64_t kLast = 1'000'000;
constexpr std::string_view kNone = "-";  // the group of works that say nothing

using Works = std::vector<const WorkView*>;
using Groups = std::vector<std::pair<std::string, Works>>;

// The first letter that people would look under.
std::string initial(const std::string& title) {
  const std::string folded = fold(clean_line(title));
  std::size_t i = 0;
  if (folded.empty() || next_character(folded, i) < 0) return std::string(kNone);
  std::string letter = folded.substr(0, i);
  if (letter[0] >= 'a' && letter[0] <= 'z') return {static_cast<char>(letter[0] - 'a' + 'A')};
  if (letter[0] >= '0' && letter[0] <= '9') return "0-9";
  return letter;
}

std::vector<std::string> groups_of(const WorkInfo& info, std::string_view by) {
  if (by == "author") return info.authors;
  if (by == "year") {
    return info.year == 0 ? std::vector<std::string>{}
                          : std::vector<std::string>{std::to_string(info.year)};
  }
  if (by == "title") return {initial(info.title)};
  return info.topics;
}

// By name, years newest first; works that say nothing last.
Groups group(const std::vector<WorkView>& works, std::string_view by) {
  std::map<std::string, Works> found;
  for (const WorkView& view : works) {
    std::vector<std::string> names = groups_of(view.work.info, by);
    if (names.empty()) names.emplace_back(kNone);
    for (const std::string& name : names) {
      Works& list = found[name];
      if (list.empty() || list.back() != &view) list.push_back(&view);
    }
  }
  Groups groups(found.begin(), found.end());
  std::vector<std::string> keys;
  if (by == "year") std::reverse(groups.begin(), groups.end());
  if (by != "year") {
    std::vector<std::pair<std::string, std::size_t>> order;
    for (std::size_t i = 0; i < groups.size(); ++i) order.emplace_back(fold(groups[i].first), i);
    std::sort(order.begin(), order.end());
    Groups sorted;
    for (const auto& [key, i] : order) sorted.push_back(std::move(groups[i]));
    groups = std::move(sorted);
  }
  std::stable_partition(groups.begin(), groups.end(),
                        [](const auto& one) { return one.first != kNone; });
  return groups;
}

void add_group_name(Html& out, const std::string& name, std::string_view by) {
  if (name != kNone) {
    out.line(name, kLongestGroup);
  } else {
    out.add("no ").line(by);
  }
}

void add_tabs(Html& out, std::string_view by) {
  constexpr std::string_view kOrders[] = {"topic", "author", "year", "title"};
  out.add("<nav class=\"tabs\" aria-label=\"Order of the shelf\">");
  for (const std::string_view order : kOrders) {
    out.add("<a href=\"").name(address("/shelf", {{"by", std::string(order)}})).add("\"");
    if (order == by) out.add(" aria-current=\"page\"");
    out.add(">By ").line(order).add("</a>");
  }
  out.add("</nav>\n");
}

void add_work(Html& out, const WorkView& view) {
  const WorkInfo& info = view.work.info;
  out.add("<li><a data-move href=\"").name(work_address(view.work)).add("\"><bdi>");
  if (info.title.empty() && !view.files.empty()) {
    out.name(view.files.front());
  } else {
    out.line(info.title.empty() ? "Untitled" : info.title, kLongestTitle);
  }
  out.add("</bdi></a>");
  if (!info.subtitle.empty()) {
    out.add("<p class=\"subtitle\" dir=\"auto\">").line(info.subtitle, kLongestTitle).add("</p>");
  }
  out.add("<p class=\"by\">");
  add_byline(out, info);
  if (info.kind == Kind::kArticle) out.add(" <span class=\"kind\">article</span>");
  out.add("</p>");
  out.add("</li>\n");
}

void add_pages(Html& out, std::string_view name, std::uint64_t from, std::uint64_t size,
               std::uint64_t all, AddressParts parts) {
  if (all <= size) return;
  const auto step = [&](Markup opening, Markup label, std::uint64_t to) {
    parts.emplace_back(name, to == 0 ? "" : std::to_string(to));
    out.add(opening).name(address("/shelf", parts)).add("\">").add(label).add("</a>");
    parts.pop_back();
  };
  out.add("<nav class=\"pages\" aria-label=\"Pages of the shelf\">");
  if (from != 0) step("<a rel=\"prev\" href=\"", "Previous", from - std::min(from, size));
  out.add("<span>").number(from + 1).add(" to ").number(std::min(from + size, all)).add(" of ");
  out.number(all).add("</span>");
  if (from + size < all) step("<a rel=\"next\" href=\"", "Next", from + size);
  out.add("</nav>\n");
}

}  // namespace

Response shelf_page(Shelf& shelf, const Request& request) {
  std::string by = parameter(request, "by");
  const std::string of = parameter(request, "of");
  const Result<std::vector<WorkView>> works = shelf.works();
  if (!works) return error_page(works.error());
  if (by != "author" && by != "year" && by != "title" && by != "topic") by = "topic";
  Groups groups = group(*works, by);
  // A shelf without topics has nothing to show by them.
  if (parameter(request, "by").empty() && groups.size() == 1 && groups.front().first == kNone) {
    by = "title";
    groups = group(*works, by);
  }

  Html out;
  out.add("<div class=\"shelf\">\n<h1>On the shelf <span class=\"count\">");
  out.counted(works->size(), "work").add("</span></h1>\n");
  if (works->empty()) {
    out.add(
        "<p>The shelf is empty. Put a folder on it: <code>tome index PATH</code></p>\n</div>\n");
    return html_response(framed({"Shelf", "", "shelf"}, out));
  }
  add_tabs(out, by);
  auto chosen =
      std::find_if(groups.begin(), groups.end(), [&](const auto& one) { return one.first == of; });
  if (chosen == groups.end() && !of.empty()) {
    return error_page({Code::kNotFound, "no work of the shelf stands under this " + by, "", ""});
  }
  if (chosen == groups.end()) {  // what most works have; the newest year, the first letter
    chosen = by == "topic" || by == "author"
                 ? std::max_element(groups.begin(), groups.end(),
                                    [](const auto& a, const auto& b) {
                                      return (a.first != kNone ? a.second.size() : 0) <
                                             (b.first != kNone ? b.second.size() : 0);
                                    })
                 : groups.begin();
  }
  const auto own = static_cast<std::uint64_t>(chosen - groups.begin());
  const std::uint64_t group_page = own - own % kGroupsOnPage;
  const std::uint64_t wanted = number_parameter(request, "groups", group_page, kLast);
  const std::uint64_t first = wanted < groups.size() ? wanted : group_page;

  out.add("<div class=\"split\">\n<nav class=\"groups\" aria-label=\"Groups\">\n<ul>\n");
  for (std::size_t i = first; i < groups.size() && i < first + kGroupsOnPage; ++i) {
    const auto& [name, list] = groups[i];
    out.add("<li><a href=\"").name(address("/shelf", {{"by", by}, {"of", name}})).add("\"");
    if (i == own) out.add(" aria-current=\"true\"");
    out.add("><bdi>");
    add_group_name(out, name, by);
    out.add("</bdi> <span class=\"count\">").number(list.size()).add("</span></a></li>\n");
  }
  out.add("</ul>\n");
  add_pages(out, "groups", first, kGroupsOnPage, groups.size(), {{"by", by}});
  out.add("</nav>\n<section aria-labelledby=\"group\">\n<h2 id=\"group\"><bdi>");
  add_group_name(out, chosen->first, by);
  out.add("</bdi> <span class=\"count\">").number(chosen->second.size()).add("</span></h2>\n");
  const Works& list = chosen->second;
  std::uint64_t from = number_parameter(request, "offset", 0, kLast);
  if (from >= list.size()) from = 0;
  out.add("<ul class=\"works\">\n");
  for (std::size_t i = from; i < list.size() && i < from + kWorksOnPage; ++i) {
    add_work(out, *list[i]);
  }
  out.add("</ul>\n");
  add_pages(out, "offset", from, kWorksOnPage, list.size(), {{"by", by}, {"of", chosen->first}});
  out.add("</section>\n</div>\n</div>\n");
  return html_response(framed({"Shelf", "", "shelf"}, out));
}

}  // namespace tome
