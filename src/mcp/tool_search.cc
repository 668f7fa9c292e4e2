// SPDX-License-Identifier: GPL-2.0-or-later
// search_passages and best_books.
#include <fmt/format.h>

#include "mcp/answer.h"
#include "mcp/describe.h"
#include "mcp/tools.h"
#include "present/paint.h"

namespace tome::mcp {
namespace {

constexpr const char* kQuestion =
    "Plain words, as one would ask a librarian. Also: \"a phrase\", +must, -not, prefix*, AND, OR, "
    "author:name, title:\"words\", kind:book, kind:article, topic:word, lang:de, year:2015..2022";

const char* number_verb(std::uint64_t count, const char* one, const char* many) {
  return count == 1 ? one : many;
}

Result<Called> search_passages(Session& session, Arguments& arguments) {
  const std::string question = arguments.needed_text("question", kMaxQuestion);
  SearchOptions options;
  options.count = arguments.number("count", 8, 1, kMaxCount);
  options.offset = arguments.number("offset", 0, 0, kMaxOffset);
  options.all = arguments.flag("all");
  if (!arguments.wrong().empty()) return Called{};
  Result<Shelf*> shelf = newest_shelf(session);
  if (!shelf) return shelf.error();
  Result<Answer<PassageHit>> answer = (*shelf)->search(question, options);
  if (!answer) return answer.error();

  const Around rest = around(*answer);
  Page page;
  say_first(page, rest);
  Json passages = Json::array();
  for (const PassageHit& hit : answer->hits) {
    const std::string mark = fmt::format("[{}] ", options.offset + passages.size() + 1);
    if (!page.add(passage_text(hit, mark) + '\n')) break;
    passages.push_back(passage_json(hit));
  }
  const std::uint64_t end = options.offset + passages.size();
  const bool cut = passages.size() < answer->hits.size();
  const bool more = cut || (!passages.empty() && end < answer->estimate);
  if (passages.empty() && options.offset > 0 && answer->estimate > 0) {
    page.say(fmt::format("Nothing after the first {}.", counted(answer->estimate, "passage")));
  } else if (passages.empty()) {
    say_nothing(page, rest);
  } else {
    page.say(fmt::format("{} to {} of {}{}{}{}", options.offset + 1, end,
                         answer->complete ? "" : "about ", counted(answer->estimate, "passage"),
                         cut ? "; cut here to keep the answer short" : "",
                         more ? fmt::format("; more: offset {}", end) : ""));
  }
  say_last(page, rest);
  Json out = {{"passages", std::move(passages)}};
  if (more) out["next_offset"] = end;
  add_around(out, rest);
  return Called{page.text(), std::move(out)};
}

std::string book_text(const BookHit& hit, std::uint64_t rank) {
  std::string out = fmt::format("[{}] {} ({}", rank, plain_title(hit.work.info, {}, "(untitled)"),
                                kind_name(hit.work.info.kind));
  const std::string topics = plain_list(hit.work.info.topics, ", ");
  if (!topics.empty()) out += "; topics: " + topics;
  out +=
      fmt::format(") {}\n{} {} of it", work_address(hit.work.id), counted(hit.passages, "passage"),
                  number_verb(hit.passages, "speaks", "speak"));
  out += hit.best.empty() ? "\n\n" : "; the best:\n";
  for (const PassageHit& best : hit.best) out += evidence_text(best, hit.work) + '\n';
  return out;
}

Json book_json(const BookHit& hit) {
  Json out = work_json(hit.work);
  out["passages"] = hit.passages;
  Json& best = out["best"] = Json::array();
  for (const PassageHit& each : hit.best) best.push_back(passage_json(each));
  return out;
}

Result<Called> best_books(Session& session, Arguments& arguments) {
  const std::string question = arguments.needed_text("question", kMaxQuestion);
  SearchOptions options;
  options.count = arguments.number("count", 5, 1, kMaxCount);
  options.articles = arguments.flag("articles");
  if (!arguments.wrong().empty()) return Called{};
  Result<Shelf*> shelf = newest_shelf(session);
  if (!shelf) return shelf.error();
  Result<Answer<BookHit>> answer = (*shelf)->books(question, options);
  if (!answer) return answer.error();

  const Around rest = around(*answer);
  Page page;
  say_first(page, rest);
  Json books = Json::array();
  for (const BookHit& hit : answer->hits) {
    if (!page.add(book_text(hit, books.size() + 1))) break;
    books.push_back(book_json(hit));
  }
  if (books.empty()) {
    say_nothing(page, rest);
  } else {
    page.say(fmt::format("{} of {}{}", books.size(), answer->complete ? "" : "about ",
                         counted(answer->estimate, "work")));
    if (books.size() < answer->hits.size()) {
      page.say(
          "cut here to keep the answer short; for the others ask a narrower question, or "
          "search_passages");
    }
  }
  say_last(page, rest);
  Json out = {{"books", std::move(books)}};
  add_around(out, rest);
  return Called{page.text(), std::move(out)};
}

}  // namespace

Tool search_passages_tool() {
  Json found = around_schema();
  found["passages"] = schema_list(passage_schema(), "best first");
  found["next_offset"] = {{"type", "integer"}, {"description", "offset of the next page"}};
  return {"search_passages",
          "Search passages",
          "Finds the passages of the user's books and articles that answer a question, best first, "
          "each with its work, place and ID. Use it for any question that the shelf may answer; "
          "then read_passage for the whole text around a result.",
          schema_object({{"question", schema_text(kQuestion)},
                         {"count", schema_number("results", 1, kMaxCount, 8)},
                         {"offset", schema_number("results to pass over first", 0, kMaxOffset, 0)},
                         {"all", schema_flag("more than three passages of one work among the first "
                                             "ten")}},
                        {"question"}),
          schema_object(std::move(found), {"passages", "understood", "estimate", "complete", "weak",
                                           "corrections", "suggestions", "notes"}),
          search_passages};
}

Tool best_books_tool() {
  Json book = work_schema();
  book["properties"]["best"] = schema_list(passage_schema(), "its best passages");
  book["required"].push_back("best");
  Json found = around_schema();
  found["books"] = schema_list(std::move(book), "best first");
  return {"best_books",
          "Best books",
          "Names the books of the shelf that treat a concept best, each with its best passages as "
          "evidence. Use it for \"which book should I read on ...\" and \"what do I have on ...\".",
          schema_object({{"question", schema_text(kQuestion)},
                         {"count", schema_number("books", 1, kMaxCount, 5)},
                         {"articles", schema_flag("articles too")}},
                        {"question"}),
          schema_object(std::move(found), {"books", "understood", "estimate", "complete", "weak",
                                           "corrections", "suggestions", "notes"}),
          best_books};
}

}  // namespace tome::mcp
