// SPDX-License-Identifier: GPL-2.0-or-later
// tome eval
#include <iostream>
#include <memory>

#include "cli/context.h"
#include "eval/command.h"

namespace tome::cli {

void add_eval_command(CLI::App& app, Context& context) {
  auto options = std::make_shared<EvalOptions>();
  CLI::App* command =
      app.add_subcommand("eval", "Measure the ranking on a collection of judged questions");
  command
      ->add_option("dir", options->dir, "corpus.jsonl, queries.jsonl, qrels/ (the layout of BEIR)")
      ->required();
  command->add_option("--qrels", options->qrels, "Which judgements: a file of qrels/");
  command->add_option("--run", options->run_file, "Write a TREC run")->type_name("FILE");
  command->add_option("--compare", options->compare_file, "Compare with a TREC run")
      ->type_name("RUN");
  command->add_flag("--books", options->books, "Ask for books: documents are works");
  command->add_flag("--as-typed", options->as_typed,
                    "Do not correct words that the collection does not have");
  command->add_option("--threads", options->threads, "Threads (0: one a core)");
  command->add_option("--limit", options->limit_queries, "Ask the first N questions alone");
  auto weights = std::make_shared<std::vector<std::string>>();
  command
      ->add_option("--weight", *weights, "Set a weight of the ranking: proximity=0.3 (repeatable)")
      ->type_name("NAME=VALUE")
      ->take_all()
      ->allow_extra_args(false);
  command->callback([options, weights, &context] {
    context.run = [options, weights, &context] {
      for (const std::string& text : *weights) {
        if (!set_weight(text, options->weights)) {
          return fail(context,
                      {Code::kUsage, "not a weight: " + text, "their names: docs/ranking.md", ""});
        }
      }
      options->shards = shard_options(context);
      if (!context.indexes.empty() && options->shards.shards.empty()) {
        options->index = context.indexes.front();
      }
      return eval_command(*options, std::cout, std::cerr);
    };
  });
}

}  // namespace tome::cli
