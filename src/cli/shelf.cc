// SPDX-License-Identifier: GPL-2.0-or-later
// tome show, tome similar, tome list, tome status
#include <cstdio>
#include <memory>

#include "cli/context.h"
#include "present/clean.h"
#include "present/json.h"
#include "tome/search.h"

namespace tome::cli {
namespace {

// On standard error, so that what is printed stays what it is.
void warn_of_missing(const Shelf& shelf) {
  for (const MissingShard& shard : shelf.missing()) {
    std::fputs(("tome: this lacks a part of the shelf, " + clean_line(shard.address) + ": " +
                clean_line(shard.reason) + "\n")
                   .c_str(),
               stderr);
  }
}

// Opens the shelf and prints what ask(shelf) gives, as JSON or text; returns the exit code.
template <class Ask, class Text, class Json>
int run(const Context& context, Ask ask, Text text, Json json) {
  Result<Shelf> shelf = Shelf::open(index_folder(context), {}, shard_options(context));
  if (!shelf) return fail(context, shelf.error());
  auto answer = ask(*shelf);
  warn_of_missing(*shelf);
  if (!answer) {
    const int code = fail(context, answer.error());
    return answer.error().code == Code::kNotFound ? kNothingFound : code;  // no such passage
  }
  return print(context.json ? json(*answer) : text(*answer, style_of_stdout()));
}

struct Show {
  std::string id;
  std::uint64_t context = 1;
};

struct Similar {
  std::string id;
  SearchOptions options;
};

struct Listing {
  bool sources = false;
  bool failed = false;
  bool topics = false;
  bool authors = false;
  std::string kind;  // "book", "article"; empty: both
};

Result<std::vector<WorkView>> works_of_kind(Result<std::vector<WorkView>> works,
                                            const std::string& kind) {
  if (!works || kind.empty()) return works;
  const Kind wanted = kind == "book" ? Kind::kBook : Kind::kArticle;
  std::erase_if(*works, [&](const WorkView& view) { return view.work.info.kind != wanted; });
  return works;
}

Counts works_by_topic(const std::vector<WorkView>& works) {
  Counts counts;
  for (const WorkView& view : works) {
    for (const std::string& topic : view.work.info.topics) ++counts[topic];
  }
  return counts;
}

Counts works_by_author(const std::vector<WorkView>& works) {
  Counts counts;
  for (const WorkView& view : works) {
    for (const std::string& author : view.work.info.authors) ++counts[author];
  }
  return counts;
}

}  // namespace

void add_shelf_commands(CLI::App& app, Context& context) {
  auto show = std::make_shared<Show>();
  CLI::App* command = app.add_subcommand("show", "Show a passage in its context");
  command->add_option("id", show->id, "Passage ID, as `tome search` prints it")->required();
  command->add_option("--context", show->context, "Passages before and after it")
      ->check(CLI::Range(0, 50))
      ->capture_default_str();
  command->add_flag("--json", context.json, "Print JSON (docs/json.md)");
  command->callback([show, &context] {
    context.run = [show, &context] {
      return run(
          context, [&](Shelf& shelf) { return shelf.show(show->id, show->context); },
          present_passage_view, json_passage_view);
    };
  });

  auto like = std::make_shared<Similar>();
  command = app.add_subcommand("similar", "Find passages like one");
  command->add_option("id", like->id, "Passage ID, as `tome search` prints it")->required();
  command->add_option("-n,--count", like->options.count, "Results to show")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--offset", like->options.offset, "Results to pass over first")
      ->check(CLI::Range(0, 100000))
      ->capture_default_str();
  command->add_flag("--all", like->options.all,
                    "More than three passages of one work among the first ten");
  command->add_flag("--explain", like->options.explain, "Show what each score is made of");
  command->add_flag("--json", context.json, "Print JSON (docs/json.md)");
  command->callback([like, &context] {
    context.run = [like, &context] {
      return run(
          context, [&](Shelf& shelf) { return shelf.similar(like->id, like->options); },
          [&](const Answer<PassageHit>& answer, const TerminalStyle& style) {
            return present_passages(answer, like->options.offset, style);
          },
          [&](const Answer<PassageHit>& answer) {
            return json_passages(answer, like->options.offset);
          });
    };
  });

  auto wanted = std::make_shared<Listing>();
  command = app.add_subcommand("list", "List the works on the shelf with their authors");
  command->add_flag("--sources", wanted->sources, "With the files that describe each work");
  command->add_option("--kind", wanted->kind, "Only books, or only articles")
      ->check(CLI::IsMember({"book", "article"}));
  auto* topics =
      command->add_flag("--topics", wanted->topics, "The topics, and how many works on each");
  command->add_flag("--authors", wanted->authors, "The authors, and how many works of each")
      ->excludes(topics);
  command
      ->add_flag("--failed", wanted->failed,
                 "Instead, the files that could not be read: why, and when they are read again")
      ->excludes("--sources")
      ->excludes("--kind")
      ->excludes("--topics")
      ->excludes("--authors");
  command->add_flag("--json", context.json, "Print JSON (docs/json.md)");
  command->callback([wanted, &context] {
    context.run = [wanted, &context] {
      if (wanted->failed) {
        return run(
            context, [](Shelf& shelf) { return shelf.failed(); }, present_failures, json_failures);
      }
      return run(
          context, [&](Shelf& shelf) { return works_of_kind(shelf.works(), wanted->kind); },
          [&](const std::vector<WorkView>& works, const TerminalStyle& style) {
            if (wanted->topics) return present_counts(works_by_topic(works), "topic", style);
            if (wanted->authors) return present_counts(works_by_author(works), "author", style);
            return present_works(works, wanted->sources, style);
          },
          [](const std::vector<WorkView>& works) { return json_works(works); });
    };
  });

  command = app.add_subcommand("status", "Say what the index holds");
  command->add_flag("--json", context.json, "Print JSON (docs/json.md)");
  command->callback([&context] {
    context.run = [&context] {
      return run(
          context, [](Shelf& shelf) { return shelf.status(); }, present_status, json_status);
    };
  });
}

}  // namespace tome::cli
