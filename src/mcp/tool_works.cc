// SPDX-License-Identifier: GPL-2.0-or-later
// list_works.
#include <fmt/format.h>

#include <algorithm>

#include "mcp/describe.h"
#include "mcp/plain.h"
#include "mcp/tools.h"
#include "present/paint.h"
#include "text/text.h"

namespace tome::mcp {
namespace {

constexpr int kMostWorks = 100;  // of a call
constexpr std::size_t kMaxFilter = 500;

// What was asked for, folded; empty matches all.
struct Wanted {
  std::string kind, topic, author, title;
};

bool holds(const std::vector<std::string>& texts, const std::string& part) {
  return part.empty() || std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
           return fold(text).find(part) != std::string::npos;
         });
}

bool is_wanted(const WorkInfo& info, const Wanted& wanted) {
  return (wanted.kind.empty() || kind_name(info.kind) == wanted.kind) &&
         holds(info.topics, wanted.topic) && holds(info.authors, wanted.author) &&
         holds({info.title + ": " + info.subtitle}, wanted.title);
}

Result<Called> list_works(Session& session, Arguments& arguments) {
  Wanted wanted;
  wanted.kind = arguments.one_of("kind", {"article", "book"});
  wanted.topic = fold(arguments.text("topic", kMaxFilter));
  wanted.author = fold(arguments.text("author", kMaxFilter));
  wanted.title = fold(arguments.text("title", kMaxFilter));
  const std::uint64_t count = arguments.number("count", 30, 1, kMostWorks);
  const std::string cursor = arguments.text("cursor", 100);
  if (!arguments.wrong().empty()) return Called{};
  Result<Shelf*> shelf = newest_shelf(session);
  if (!shelf) return shelf.error();
  Result<std::vector<WorkView>> works = (*shelf)->works();
  if (!works) return works.error();

  const auto total = static_cast<std::uint64_t>(
      std::count_if(works->begin(), works->end(),
                    [&](const WorkView& view) { return is_wanted(view.work.info, wanted); }));
  // A cursor is the last work shown: works that come and go meanwhile do not shift the page.
  auto at = works->begin();
  if (!cursor.empty()) {
    at = std::find_if(at, works->end(),
                      [&](const WorkView& view) { return view.work.id == cursor; });
    if (at == works->end()) {
      return Error{Code::kUsage, "the cursor is unknown, or its work has left the shelf",
                   "begin again without a cursor", ""};
    }
    ++at;
  }
  Page page;
  Json list = Json::array();
  std::string last;
  bool more = false;
  for (; at != works->end(); ++at) {
    if (!is_wanted(at->work.info, wanted)) continue;
    more = list.size() == count || !page.add(work_text(*at));
    if (more) break;
    Json work = work_json(at->work);
    work["passages"] = at->passages;
    list.push_back(std::move(work));
    last = at->work.id;
  }
  if (works->empty()) {
    page.say("The shelf is empty.\ntry: tome index PATH");
  } else {
    page.say(fmt::format("{} of {}{}", list.size(), counted(total, "work"),
                         more ? "; more: cursor " + plain_name(last) : ""));
  }
  Json out = {{"works", std::move(list)}, {"total", total}};
  if (more) out["next_cursor"] = plain_name(last);
  return Called{page.text(), std::move(out)};
}

}  // namespace

Tool list_works_tool() {
  return {
      "list_works",
      "List works",
      "Lists the books and articles on the shelf by title, with authors, year and topics. Use it "
      "to see what is there, or whether a work, an author or a topic is there at all.",
      schema_object({{"kind",
                      {{"type", "string"},
                       {"enum", {"book", "article"}},
                       {"description", "only works of this kind"}}},
                     {"topic", schema_text("only works with a topic that has this in it")},
                     {"author", schema_text("only works with an author whose name has this in it")},
                     {"title", schema_text("only works whose title or subtitle has this in it")},
                     {"count", schema_number("works", 1, kMostWorks, 30)},
                     {"cursor", schema_text("next_cursor of the page before")}},
                    {}),
      schema_object({{"works", schema_list(work_schema(), "by title")},
                     {"total", {{"type", "integer"}, {"description", "that fit the filters"}}},
                     {"next_cursor", schema_text("for the next page; none on the last")}},
                    {"works", "total"}),
      list_works};
}

}  // namespace tome::mcp
