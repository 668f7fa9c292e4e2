// SPDX-License-Identifier: GPL-2.0-or-later
#include "mcp/answer.h"

#include <fmt/format.h>

#include <algorithm>

#include "mcp/tools.h"

namespace tome::mcp {
namespace {

constexpr std::size_t kMaxSaid = 10;       // corrections, suggestions, notes; of each
constexpr std::size_t kWordBytes = 100;    // of a word
constexpr std::size_t kUnderstood = 1000;  // bytes

std::string word(std::string_view text) { return plain_line(text, kWordBytes); }

template <class Item, class Do>
void for_some(const std::vector<Item>& items, Do what) {
  std::for_each_n(items.begin(), std::min(items.size(), kMaxSaid), what);
}

}  // namespace

void say_first(Page& page, const Around& around) {
  for_some(around.corrections, [&](const Correction& one) {
    page.say(fmt::format("\"{}\" is not on the shelf: read as \"{}\" (as typed: +{})",
                         word(one.typed), word(one.used), word(one.typed)));
  });
  if (around.weak) page.say("Nothing on the shelf answers this directly; these are the nearest:");
}

void say_last(Page& page, const Around& around) {
  for_some(around.suggestions, [&](const Suggestion& one) {
    std::string line = fmt::format("\"{}\" is not on the shelf", word(one.word));
    const std::string nearest = plain_list(one.nearest, ", ");
    if (!nearest.empty()) line += "; nearest words there: " + nearest;
    page.say(line);
  });
  for_some(around.notes, [&](const std::string& note) { page.say("note: " + plain_line(note)); });
}

void say_nothing(Page& page, const Around& around) {
  page.say("Nothing found.");
  const std::string understood = plain_line(around.understood, kUnderstood);
  if (!understood.empty()) page.say("understood as: " + understood);
  page.say("try: other words, fewer filters, or what is there: list_works");
}

void add_around(Json& object, const Around& around) {
  object["understood"] = plain_line(around.understood, kUnderstood);
  object["estimate"] = around.estimate;
  object["complete"] = around.complete;
  object["weak"] = around.weak;
  Json& corrections = object["corrections"] = Json::array();
  for_some(around.corrections, [&](const Correction& one) {
    corrections.push_back({{"typed", word(one.typed)}, {"used", word(one.used)}});
  });
  Json& suggestions = object["suggestions"] = Json::array();
  for_some(around.suggestions, [&](const Suggestion& one) {
    Json nearest = Json::array();
    for_some(one.nearest, [&](const std::string& each) { nearest.push_back(word(each)); });
    suggestions.push_back({{"word", word(one.word)}, {"nearest", std::move(nearest)}});
  });
  Json& notes = object["notes"] = Json::array();
  for_some(around.notes, [&](const std::string& note) { notes.push_back(plain_line(note)); });
}

Json around_schema() {
  const Json text = {{"type", "string"}};
  return {
      {"understood", schema_text("the question as it was understood")},
      {"estimate", {{"type", "integer"}, {"description", "about how many match"}}},
      {"complete", {{"type", "boolean"}, {"description", "estimate is exact"}}},
      {"weak",
       {{"type", "boolean"},
        {"description", "nothing answers directly: the results are the nearest there is"}}},
      {"corrections",
       schema_list(schema_object({{"typed", text}, {"used", text}}, {"typed", "used"}),
                   "words that the shelf does not have and that were read as others")},
      {"suggestions",
       schema_list(schema_object({{"word", text}, {"nearest", schema_list(text, "on the shelf")}},
                                 {"word", "nearest"}),
                   "words that the shelf does not have, with the nearest that it has")},
      {"notes", schema_list(text, "what the reader should know")}};
}

}  // namespace tome::mcp
