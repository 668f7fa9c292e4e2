// SPDX-License-Identifier: GPL-2.0-or-later
// Filters with counts, as links that change the question.
#include <algorithm>

#include "serve/page_question.h"
#include "serve/page_views.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kLongestValue = 120;

std::string ask_address(const std::string& question, std::string_view view) {
  return address("/", {{"q", question}, {"in", std::string(view)}});
}

// A passage may be of no language that was recognised.
void add_value(Html& out, std::string_view field, const std::string& value) {
  if (field == "lang" && value.empty()) {
    out.add("unknown");
  } else {
    out.line(value, kLongestValue);
  }
}

struct Group {
  std::string_view field;
  std::string_view label;
  std::vector<FacetValue> values;
};

void add_group(Html& out, const Group& group, std::string_view question,
               const std::vector<Node>& active, std::string_view view) {
  out.add("<details class=\"filter\" name=\"filter\"><summary>").line(group.label);
  out.add("</summary>\n<ul>\n");
  for (const FacetValue& value : group.values) {
    const std::string wanted = with_filter("", group.field, clean_line(value.value));
    const std::vector<Node> filter = filters_of(wanted);
    if (filter.empty()) continue;
    const auto on = std::find_if(active.begin(), active.end(), [&](const Node& one) {
      return one.field == filter.front().field && one.from == filter.front().from &&
             one.to == filter.front().to && fold(one.text) == fold(filter.front().text);
    });
    const std::string next = on != active.end()
                                 ? without_filter(question, *on)
                                 : with_filter(question, group.field, clean_line(value.value));
    out.add("<li><a href=\"").name(ask_address(next, view)).add("\"");
    if (on != active.end()) out.add(" aria-current=\"true\"");
    out.add("><bdi>");
    add_value(out, group.field, value.value);
    out.add("</bdi> <span class=\"count\">").number(value.works);
    out.add("<span class=\"unseen\">").add(value.works == 1 ? Markup(" work") : Markup(" works"));
    out.add("</span></span></a></li>\n");
  }
  out.add("</ul></details>\n");
}

}  // namespace

void add_filters(Html& out, std::string_view question, const Facets& facets,
                 std::string_view view) {
  const std::vector<Node> active = filters_of(question);
  std::vector<Group> groups = {{"topic", "Topic", facets.topics},
                               {"kind", "Kind", facets.kinds},
                               {"author", "Author", facets.authors},
                               {"year", "Year", facets.years},
                               {"lang", "Language", facets.languages}};
  // A filter with one value that all have does not choose.
  std::erase_if(groups, [&](const Group& group) {
    return group.values.empty() ||
           (group.values.size() == 1 && group.values.front().works == facets.works);
  });
  std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
    return (a.field == "lang") < (b.field == "lang");
  });
  for (Group& group : groups) {
    if (group.field != "year") continue;
    std::sort(group.values.begin(), group.values.end(),
              [](const FacetValue& a, const FacetValue& b) { return a.value > b.value; });
  }
  if (groups.empty() && active.empty()) return;
  out.add("<nav class=\"filters\" aria-label=\"Filters\">\n");
  for (const Group& group : groups) add_group(out, group, question, active, view);
  if (!active.empty()) {
    out.add("<ul class=\"chips\">");
    for (const Node& filter : active) {
      out.add("<li><a class=\"chip on\" href=\"");
      out.name(ask_address(without_filter(question, filter), view));
      out.add("\"><span class=\"unseen\">Remove </span><bdi>");
      out.line(filter_name(filter), kLongestValue);
      out.add("</bdi><span class=\"cross\" aria-hidden=\"true\">×</span></a></li>");
    }
    out.add("</ul>\n");
  }
  out.add("</nav>\n");
}

}  // namespace tome
