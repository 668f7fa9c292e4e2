// SPDX-License-Identifier: GPL-2.0-or-later
// read_passage and similar_passages.
#include <fmt/format.h>

#include <algorithm>

#include "mcp/answer.h"
#include "mcp/describe.h"
#include "mcp/tools.h"
#include "mcp/view.h"

namespace tome::mcp {
namespace {

constexpr std::size_t kMaxId = 64;  // bytes

// In the words of these tools, not of the command line.
Error told(Error error) {
  if (error.code == Code::kNotFound && error.message.starts_with("no passage")) {
    error.hint = "IDs stand beside each result of search_passages; one goes when its file changes";
  }
  return error;
}

Result<Called> read_passage(Session& session, Arguments& arguments) {
  const std::string id = arguments.needed_text("id", kMaxId);
  const std::uint64_t context = arguments.number("context", 1, 0, kMaxContext);
  if (!arguments.wrong().empty()) return Called{};
  Result<Shelf*> shelf = newest_shelf(session);
  if (!shelf) return shelf.error();
  Result<PassageView> view = (*shelf)->show(id, context);
  if (!view) return told(view.error());
  const bool cut = keep_what_fits(*view);
  Json before = Json::array();
  Json after = Json::array();
  for (const PassageHit& hit : view->before) before.push_back(passage_json(hit));
  for (const PassageHit& hit : view->after) after.push_back(passage_json(hit));
  return Called{view_text(*view, cut),
                {{"passage", passage_json(view->passage)},
                 {"before", std::move(before)},
                 {"after", std::move(after)},
                 {"cut", cut}}};
}

Result<Called> similar_passages(Session& session, Arguments& arguments) {
  const std::string id = arguments.needed_text("id", kMaxId);
  SearchOptions options;
  options.count = arguments.number("count", 5, 1, kMaxCount);
  if (!arguments.wrong().empty()) return Called{};
  Result<Shelf*> shelf = newest_shelf(session);
  if (!shelf) return shelf.error();
  Result<Answer<PassageHit>> answer = (*shelf)->similar(id, options);
  if (!answer) return told(answer.error());
  Page page;
  Json passages = Json::array();
  for (const PassageHit& hit : answer->hits) {
    if (!page.add(passage_text(hit, fmt::format("[{}] ", passages.size() + 1)) + '\n')) break;
    passages.push_back(passage_json(hit));
  }
  if (passages.empty()) page.say("No other passage is like it.");
  if (passages.size() < answer->hits.size()) {
    page.say(
        fmt::format("{} of {}, cut here to keep the answer short; more: similar_passages of "
                    "the last one",
                    passages.size(), answer->hits.size()));
  }
  const std::string words = plain_line(answer->understood);
  if (!words.empty()) page.say("by the words: " + words);
  return Called{page.text(), {{"passages", std::move(passages)}, {"words", words}}};
}

}  // namespace

Tool read_passage_tool() {
  return {
      "read_passage",
      "Read a passage",
      "Gives the whole text of a passage and of the passages around it. Use it after "
      "search_passages, before quoting, or to read on.",
      schema_object({{"id", schema_text("12 characters, from the other tools")},
                     {"context", schema_number("passages before and after it", 0, kMaxContext, 1)}},
                    {"id"}),
      schema_object(
          {{"passage", passage_schema()},
           {"before", schema_list(passage_schema(), "in reading order")},
           {"after", schema_list(passage_schema(), "in reading order")},
           {"cut", {{"type", "boolean"}, {"description", "less context than was asked for"}}}},
          {"passage", "before", "after", "cut"}),
      read_passage};
}

Tool similar_passages_tool() {
  return {"similar_passages",
          "Similar passages",
          "Finds passages like a given one, in any work. Use it to compare what several books say, "
          "or when a good passage was found and more of its kind is wanted.",
          schema_object({{"id", schema_text("12 characters, from the other tools")},
                         {"count", schema_number("results", 1, kMaxCount, 5)}},
                        {"id"}),
          schema_object({{"passages", schema_list(passage_schema(), "best first")},
                         {"words", schema_text("the words by which they were found")}},
                        {"passages", "words"}),
          similar_passages};
}

}  // namespace tome::mcp
