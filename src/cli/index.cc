// SPDX-License-Identifier: GPL-2.0-or-later
// tome index, tome rebuild, tome remove
#include "tome/index.h"

#include <algorithm>
#include <chrono>
#include <memory>

#include "cli/config.h"
#include "cli/context.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/resources.h"
#include "store/shelf_config.h"

namespace tome::cli {
namespace {

struct Called {
  std::vector<std::string> paths;
  std::vector<std::string> maps;  // "title=Name"
  IndexOptions options;
  unsigned wait = 10;  // seconds
  bool quiet = false;
};

void add_common(CLI::App& command, Called& called) {
  add_resource_options(command, called.options);
  command.add_option("--wait", called.wait, "Wait so long for another tome that writes this index")
      ->check(CLI::Range(0u, 86400u))
      ->type_name("SECONDS")
      ->capture_default_str();
  command.add_flag("--quiet", called.quiet, "No progress and no report, only errors");
}

// Runs update(options) with the filters of the user's configuration and with progress, prints the
// report; returns the exit code.
template <class Update>
int run(const Context& context, Called& called, Update update) {
  if (Status status = one_folder(context); !status) return fail(context, status.error());
  Result<Config> config = read_config(context.config);
  if (!config) return fail(context, config.error());
  called.options.filters = std::move(config->filters);
  Progress progress(called.quiet);
  called.options.progress = [&](const IndexProgress& done) { return progress.show(done); };
  called.options.patience = std::chrono::seconds(called.wait);
  Result<IndexReport> report = update(called.options);
  progress.clear();
  if (!report) {
    const int code = fail(context, report.error());
    // There is an index, so what was not found is the path that was typed.
    const bool named = report.error().code == Code::kNotFound && !called.paths.empty();
    return named ? kUsage : code;
  }
  return print_report(*report, index_folder(context), called.quiet, progress.seconds());
}

}  // namespace

void add_index_commands(CLI::App& app, Context& context) {
  auto index = std::make_shared<Called>();
  CLI::App* command = app.add_subcommand(
      "index", "Put files and folders on the shelf, and bring it up to date with them");
  command->add_option("path", index->paths, "Files and folders; none: all that are on the shelf");
  command
      ->add_option("--exclude", index->options.excludes, "Leave out, as in .gitignore (repeatable)")
      ->type_name("PATTERN")
      ->take_all()
      ->allow_extra_args(false);
  command
      ->add_option("--map", index->maps,
                   "Which columns of catalogues (CSV, JSON) hold what: title=Name,authors=Writer")
      ->type_name("FIELD=COLUMN")
      ->delimiter(',')
      ->take_all()
      ->allow_extra_args(false);
  command->add_flag("--force", index->options.force, "Drop even more than half of the sources");
  command->add_flag("--keep-missing", index->options.keep_missing,
                    "Keep what was indexed of files that are gone");
  command->add_flag("--retry", index->options.retry, "Read files that failed before again");
  command
      ->add_option("--shards", index->options.shards,
                   "Spread a new index over so many shards (docs/shards.md)")
      ->check(CLI::Range(1u, 256u))
      ->type_name("N");
  add_common(*command, *index);
  command->callback([index, &context] {
    context.run = [index, &context] {
      return run(context, *index, [&](const IndexOptions& options) {
        const std::vector<std::filesystem::path> paths(index->paths.begin(), index->paths.end());
        IndexOptions mapped = options;
        for (const std::string& map : index->maps) {
          const std::size_t equals = std::min(map.find('='), map.size());
          mapped.maps[map.substr(0, equals)] = map.substr(std::min(equals + 1, map.size()));
        }
        return update_index(index_folder(context), paths, mapped);
      });
    };
  });

  auto rebuild = std::make_shared<Called>();
  command = app.add_subcommand("rebuild", "Build the index anew from its shelf.toml alone");
  command->add_flag("--force", rebuild->options.force, "Go on when a root is missing or empty");
  add_common(*command, *rebuild);
  command->callback([rebuild, &context] {
    context.run = [rebuild, &context] {
      return run(context, *rebuild, [&](const IndexOptions& options) {
        return rebuild_index(index_folder(context), options);
      });
    };
  });

  auto remove = std::make_shared<Called>();
  command = app.add_subcommand("remove", "Take a file or folder off the shelf; the files stay");
  command->add_option("path", remove->paths, "A root, or what lies below one")
      ->required()
      ->expected(1);
  add_common(*command, *remove);
  command->callback([remove, &context] {
    context.run = [remove, &context] {
      if (Status status = one_folder(context); !status) return fail(context, status.error());
      if (!is_index(index_folder(context))) {
        return fail(context, no_index(index_folder(context)));
      }
      return run(context, *remove, [&](const IndexOptions& options) {
        return remove_from_index(index_folder(context), remove->paths.front(), options);
      });
    };
  });
}

}  // namespace tome::cli
