// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/api.h"

#include <algorithm>
#include <vector>

#include "present/json.h"
#include "serve/parameters.h"

namespace tome {
namespace {

constexpr std::uint64_t kMostResults = 100;
constexpr std::uint64_t kMostOffset = 10'000;
constexpr std::uint64_t kMostContext = 50;
constexpr std::uint64_t kMostCompletions = 20;

template <class T, class Json>
Result<std::string> as_json(const Result<T>& answer, Json json) {
  if (!answer) return answer.error();
  return json(*answer);
}

void read_page(Parameters& parameters, SearchOptions& options) {
  options.count = parameters.number("n", 10, 1, kMostResults);
  options.offset = parameters.number("offset", 0, 0, kMostOffset);
}

// The question and what search and books share.
Result<std::string> read_question(Parameters& parameters, SearchOptions& options) {
  std::string question = parameters.text("q");
  read_page(parameters, options);
  options.explain = parameters.flag("explain");
  options.facets = parameters.flag("facets");
  options.correct = !parameters.flag("as_typed");
  if (Status status = parameters.finish(); !status) return status.error();
  if (question.find_first_not_of(" \t\r\n") == std::string::npos) {
    return Error{Code::kUsage, "the question is empty", "q=how+do+descriptors+work", ""};
  }
  return question;
}

Result<ApiCall> read_search(Parameters& parameters) {
  SearchOptions options;
  options.all = parameters.flag("all");
  Result<std::string> question = read_question(parameters, options);
  if (!question) return question.error();
  return ApiCall{"search", [options, question = *question](Shelf& shelf) {
                   return as_json(shelf.search(question, options), [&](const auto& answer) {
                     return json_passages(answer, options.offset);
                   });
                 }};
}

Result<ApiCall> read_books(Parameters& parameters) {
  SearchOptions options;
  options.articles = parameters.flag("articles");
  Result<std::string> question = read_question(parameters, options);
  if (!question) return question.error();
  return ApiCall{"books", [options, question = *question](Shelf& shelf) {
                   return as_json(shelf.books(question, options), [&](const auto& answer) {
                     return json_books(answer, options.offset);
                   });
                 }};
}

Result<ApiCall> read_passage(Parameters& parameters, const std::string& id) {
  const std::uint64_t context = parameters.number("context", 1, 0, kMostContext);
  if (Status status = parameters.finish(); !status) return status.error();
  return ApiCall{"passage", [id, context](Shelf& shelf) {
                   return as_json(shelf.show(id, context), json_passage_view);
                 }};
}

Result<ApiCall> read_similar(Parameters& parameters, const std::string& id) {
  SearchOptions options;
  read_page(parameters, options);
  options.all = parameters.flag("all");
  options.explain = parameters.flag("explain");
  if (Status status = parameters.finish(); !status) return status.error();
  return ApiCall{"similar", [id, options](Shelf& shelf) {
                   return as_json(shelf.similar(id, options), [&](const auto& answer) {
                     return json_passages(answer, options.offset);
                   });
                 }};
}

Result<ApiCall> read_suggest(Parameters& parameters) {
  const std::string typed = parameters.text("q");
  const std::uint64_t count = parameters.number("n", 8, 1, kMostCompletions);
  if (Status status = parameters.finish(); !status) return status.error();
  return ApiCall{"suggest", [typed, count](Shelf& shelf) {
                   return as_json(shelf.suggest(typed, count), json_completions);
                 }};
}

Result<ApiCall> read_works(App& app, Parameters& parameters) {
  SearchOptions page;
  read_page(parameters, page);
  if (Status status = parameters.finish(); !status) return status.error();
  return ApiCall{"works", [&app, page](Shelf& shelf) -> Result<std::string> {
                   const auto contents = app.contents.of(shelf);
                   if (!contents) return contents.error();
                   const std::vector<WorkView>& works = (*contents)->works;
                   const auto place = [&](std::uint64_t n) {
                     return works.begin() +
                            static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(n, works.size()));
                   };
                   return json_works({place(page.offset), place(page.offset + page.count)},
                                     page.offset, works.size());
                 }};
}

Result<ApiCall> read_work(Parameters& parameters, const std::string& id) {
  if (Status status = parameters.finish(); !status) return status.error();
  return ApiCall{"work", [id](Shelf& shelf) { return as_json(shelf.work(id), json_work); }};
}

Result<ApiCall> read_status(App& app, Parameters& parameters) {
  if (Status status = parameters.finish(); !status) return status.error();
  return ApiCall{"status", [&app](Shelf& shelf) -> Result<std::string> {
                   const auto contents = app.contents.of(shelf);
                   if (!contents) return contents.error();
                   return json_status((*contents)->status);
                 }};
}

// An ID as tome makes them; anything else names nothing.
bool is_id(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  return !text.empty() && text.size() <= kLongest &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

}  // namespace

Result<ApiCall> read_call(App& app, const Request& request) {
  Parameters parameters(request);
  std::string_view path = request.path;
  path.remove_prefix(kApiRoot.size());
  if (path == "search") return read_search(parameters);
  if (path == "books") return read_books(parameters);
  if (path == "suggest") return read_suggest(parameters);
  if (path == "works") return read_works(app, parameters);
  if (path == "status") return read_status(app, parameters);
  const std::size_t slash = path.find('/');
  if (slash == path.npos) return ApiCall{};
  const std::string_view list = path.substr(0, slash);
  const std::string_view rest = path.substr(slash + 1);
  const std::string id(rest.substr(0, rest.find('/')));
  const std::string_view after = rest.substr(id.size());
  if (!is_id(id)) return ApiCall{};
  if (list == "passages" && after.empty()) return read_passage(parameters, id);
  if (list == "passages" && after == "/similar") return read_similar(parameters, id);
  if (list == "works" && after.empty()) return read_work(parameters, id);
  return ApiCall{};
}

}  // namespace tome
