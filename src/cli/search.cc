// SPDX-License-Identifier: GPL-2.0-or-later
// tome search, tome books
#include "tome/search.h"

#include <algorithm>
#include <memory>

#include "cli/context.h"
#include "present/clean.h"
#include "present/json.h"
#include "query/query.h"

namespace tome::cli {
namespace {

constexpr const char* kQuestions =
    "Plain words are a question; the best evidence comes first. Also:\n"
    "  \"a phrase\"   +must   -not   one AND other   one OR other   NOT this   ( ... )   prefix*\n";

struct Asked {
  std::vector<std::string> words;
  std::vector<std::string> topics;  // books --topic
  SearchOptions options;
  bool show_query = false;
  bool as_typed = false;
};

std::string question_help() {
  std::string help = kQuestions;
  for (const FieldName& field : field_names()) {
    help += "  " + std::string(field.name) + ":" + std::string(12 - field.name.size(), ' ') +
            std::string(field.help) + "\n";
  }
  return help;
}

void add_common(CLI::App& command, Asked& asked, Context& context) {
  command.add_option("question", asked.words, "The question, in plain words");
  command.add_option("-n,--count", asked.options.count, "Results to show")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command.add_option("--offset", asked.options.offset, "Results to pass over first")
      ->check(CLI::Range(0, 100000))
      ->capture_default_str();
  command.add_flag("--json", context.json, "Print JSON (docs/json.md)");
  command.add_flag("--explain", asked.options.explain, "Show what each score is made of");
  command.add_flag("--facets", asked.options.facets,
                   "Count topics, authors, years ... of the works among the best passages");
  command.add_flag("--as-typed", asked.as_typed,
                   "Do not read unknown words as the nearest on the shelf");
  command.add_flag("--show-query", asked.show_query,
                   "Print how the question was understood, no more");
  command.footer(question_help());
}

// Runs ask(shelf, question) and prints it; returns the exit code.
template <class Ask, class Text, class Json>
int run(const Context& context, const Asked& asked, Ask ask, Text text, Json json) {
  std::string question = join_words(asked.words);
  for (const std::string& topic : asked.topics) {
    std::string plain = topic;
    std::replace(plain.begin(), plain.end(), '"', ' ');
    question += " topic:\"" + plain + "\"";
  }
  if (asked.show_query) {
    return print(clean_line(describe(parse_query(question))) + "\n");
  }
  if (question.find_first_not_of(" \t\r\n") == std::string::npos) {
    return fail(context, {Code::kUsage, "the question is empty",
                          "tome search how do descriptors work?", ""});
  }
  Result<Shelf> shelf = Shelf::open(index_folder(context), synonym_file(), shard_options(context));
  if (!shelf) return fail(context, shelf.error());
  auto answer = ask(*shelf, question);
  if (!answer) return fail(context, answer.error());
  return print(context.json ? json(*answer, asked.options.offset)
                            : text(*answer, asked.options.offset, style_of_stdout()),
               answer->hits.empty() ? kNothingFound : kFound);
}

}  // namespace

void add_search_commands(CLI::App& app, Context& context) {
  auto search = std::make_shared<Asked>();
  CLI::App* command = app.add_subcommand("search", "Find the passages that answer a question");
  add_common(*command, *search, context);
  command->add_flag("--all", search->options.all,
                    "More than three passages of one work among the first ten");
  command->callback([search, &context] {
    context.run = [search, &context] {
      return run(
          context, *search,
          [&](Shelf& shelf, const std::string& question) {
            search->options.correct = !search->as_typed;
            return shelf.search(question, search->options);
          },
          present_passages, json_passages);
    };
  });

  auto books = std::make_shared<Asked>();
  command = app.add_subcommand("books", "Name the best books for a concept");
  add_common(*command, *books, context);
  command->add_option("--topic", books->topics, "Only works on this topic (repeatable)")
      ->take_all()
      ->allow_extra_args(false);
  command->add_flag("--articles", books->options.articles, "Articles too");
  command->callback([books, &context] {
    context.run = [books, &context] {
      return run(
          context, *books,
          [&](Shelf& shelf, const std::string& question) {
            books->options.correct = !books->as_typed;
            return shelf.books(question, books->options);
          },
          present_books, json_books);
    };
  });
}

}  // namespace tome::cli
