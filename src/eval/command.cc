// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "eval/collection.h"
#include "eval/evaluate.h"
#include "eval/measures.h"
#include "eval/report.h"
#include "eval/run.h"

namespace tome {
namespace {

constexpr std::size_t kShown = 5;  // notes and failed documents to name
constexpr const char* kTag = "tome";

int fail(std::ostream& err, const Error& error) {
  err << "tome eval: " << (error.path.empty() ? "" : error.path + ": ") << error.message << "\n";
  if (!error.hint.empty()) err << error.hint << "\n";
  return error.code == Code::kUsage ? 2 : 1;
}

void print_index(std::ostream& err, const CollectionIndex& index, const EvalOptions& options) {
  if (index.reused) {
    err << fmt::format("{} documents, {} passages, as indexed before in {}\n", index.documents,
                       index.passages,
                       options.index.empty() ? "the shards" : options.index.string());
    return;
  }
  err << fmt::format("{} documents, {} passages, indexed in {:.1f} s\n", index.documents,
                     index.passages, index.seconds);
  if (index.failed.empty()) return;
  err << fmt::format("{} documents could not be indexed:\n", index.failed.size());
  for (std::size_t i = 0; i < std::min(kShown, index.failed.size()); ++i) {
    err << "  " << index.failed[i] << "\n";
  }
}

void print_notes(std::ostream& err, const Evaluated& evaluated) {
  std::vector<std::pair<std::size_t, std::string>> notes;
  for (const auto& note : evaluated.notes) notes.emplace_back(note.second, note.first);
  std::sort(notes.rbegin(), notes.rend());
  for (std::size_t i = 0; i < std::min(kShown, notes.size()); ++i) {
    err << fmt::format("{} x {}\n", notes[i].first, notes[i].second);
  }
  if (notes.size() > kShown) err << fmt::format("and {} other notes\n", notes.size() - kShown);
  const std::size_t silent = evaluated.queries.size() - evaluated.run.size();
  if (silent > 0) err << fmt::format("{} queries found nothing\n", silent);
}

}  // namespace

int eval_command(const EvalOptions& options, std::ostream& out, std::ostream& err) {
  // Both are read before the long work, so that a slip of the pen shows at once.
  const Result<Collection> collection = read_collection(options.dir, options.qrels);
  if (!collection) return fail(err, collection.error());
  std::optional<Run> before;
  if (!options.compare_file.empty()) {
    Result<Run> run = read_run(options.compare_file);
    if (!run) return fail(err, run.error());
    before = std::move(*run);
  }

  EvaluateOptions how;
  how.index = options.index;
  how.shards = options.shards;
  how.books = options.books;
  how.as_typed = options.as_typed;
  how.weights = options.weights;
  how.threads = options.threads;
  how.limit_queries = options.limit_queries;
  const Result<Evaluated> evaluated = evaluate(*collection, how);
  if (!evaluated) return fail(err, evaluated.error());

  const Evaluation now = measure_run(evaluated->run, collection->judgements, evaluated->queries);
  print_measures(out, now);
  if (before) {
    const Evaluation earlier = measure_run(*before, collection->judgements, evaluated->queries);
    print_comparison(out, now, earlier, *collection, options.compare_file.string());
  }
  print_index(err, evaluated->index, options);
  print_notes(err, *evaluated);
  if (!options.run_file.empty()) {
    if (Status status = write_run(options.run_file, evaluated->run, kTag); !status) {
      return fail(err, status.error());
    }
  }
  err << fmt::format("{} queries: p50 {:.2f} ms, p99 {:.2f} ms, for the best {} documents each\n",
                     evaluated->queries.size(), percentile(evaluated->milliseconds, 0.5),
                     percentile(evaluated->milliseconds, 0.99), kRunDepth);
  return 0;
}

}  // namespace tome
