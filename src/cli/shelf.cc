// SPDX-License-Identifier: GPL-2.0-or-later
// tome show, tome list, tome status
#include <memory>

#include "cli/context.h"
#include "present/json.h"
#include "tome/search.h"

namespace tome::cli {
namespace {

// Opens the shelf and prints what ask(shelf) gives, as JSON or text; returns the exit code.
template <class Ask, class Text, class Json>
int run(const Context& context, Ask ask, Text text, Json json) {
  Result<Shelf> shelf = Shelf::open(index_folder(context));
  if (!shelf) return fail(context, shelf.error());
  auto answer = ask(*shelf);
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

  auto sources = std::make_shared<bool>(false);
  command = app.add_subcommand("list", "List the works on the shelf with their authors");
  command->add_flag("--sources", *sources, "With the files that describe each work");
  command->add_flag("--json", context.json, "Print JSON (docs/json.md)");
  command->callback([sources, &context] {
    context.run = [sources, &context] {
      return run(
          context, [](Shelf& shelf) { return shelf.works(); },
          [&](const std::vector<WorkView>& works, const TerminalStyle& style) {
            return present_works(works, *sources, style);
          },
          json_works);
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
