// SPDX-License-Identifier: GPL-2.0-or-later
// tome watch
#include "ingest/watch.h"

#include <fmt/chrono.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <memory>

#include "cli/context.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/resources.h"
#include "present/clean.h"

namespace tome::cli {
namespace {

struct Called {
  std::vector<std::string> paths;
  IndexOptions options;
  unsigned debounce = 500;  // milliseconds
  bool quiet = false;
};

std::atomic<int> stop_descriptor{-1};

extern "C" void on_stop(int) {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(stop_descriptor, &one, sizeof one);
}

void handle_signals() {
  struct sigaction action {};
  action.sa_handler = on_stop;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(signal, &action, nullptr);
}

// "1 new, 2 changed", what there is of each.
std::string changes_of(const IndexReport& report) {
  std::string out;
  const auto add = [&](std::uint64_t count, const char* what) {
    if (count > 0) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, what);
  };
  add(report.added, "new");
  add(report.changed, "changed");
  add(report.moved, "moved");
  add(report.removed, "removed");
  return out.empty() ? "nothing new" : out;
}

// One line a batch.
std::string line_of(const IndexReport& report) {
  return fmt::format("{:%H:%M:%S}  {}; {} passage{} (generation {})\n",
                     fmt::localtime(std::time(nullptr)), changes_of(report), report.passages,
                     report.passages == 1 ? "" : "s", report.generation);
}

int run(const Context& context, Called& called) {
  stop_descriptor = ::eventfd(0, EFD_CLOEXEC);
  Progress progress(called.quiet);
  handle_signals();  // in place of those of Progress
  WatchOptions options;
  options.index = called.options;
  options.index.progress = [&](const IndexProgress& done) { return progress.show(done); };
  options.quiet = std::chrono::milliseconds(called.debounce);
  options.longest = std::max(options.longest, options.quiet);
  options.stop = stop_descriptor;
  options.news = [&](const WatchNews& news) {
    progress.clear();
    switch (news.what) {
      case WatchNews::What::kStarted:
        print_report(news.report, index_folder(context), called.quiet, news.seconds);
        if (!called.quiet) {
          print(fmt::format("Watching {} folder{}; Ctrl-C ends it\n", news.folders,
                            news.folders == 1 ? "" : "s"));
        }
        break;
      case WatchNews::What::kUpdated:
        print_failures(news.report);
        if (!called.quiet) print(line_of(news.report));
        break;
      case WatchNews::What::kTrouble:
        fail(context, news.error);
        break;
    }
  };
  const std::vector<std::filesystem::path> paths(called.paths.begin(), called.paths.end());
  if (Status one = one_folder(context); !one) return fail(context, one.error());
  const Status status = watch_index(index_folder(context), paths, options);
  progress.clear();
  if (status.ok()) return kFound;
  const int code = fail(context, status.error());
  return status.error().code == Code::kNotFound && !called.paths.empty() ? kUsage : code;
}

}  // namespace

void add_watch_command(CLI::App& app, Context& context) {
  auto called = std::make_shared<Called>();
  CLI::App* command = app.add_subcommand(
      "watch", "Put files and folders on the shelf, and follow them as they change");
  command->add_option("path", called->paths, "Files and folders; none: all that are on the shelf");
  command
      ->add_option("--exclude", called->options.excludes,
                   "Leave out, as in .gitignore (repeatable)")
      ->type_name("PATTERN")
      ->take_all()
      ->allow_extra_args(false);
  command->add_flag("--keep-missing", called->options.keep_missing,
                    "Keep what was indexed of files that are gone");
  command->add_option("--debounce", called->debounce, "Wait until nothing has changed for so long")
      ->check(CLI::Range(1u, 60000u))
      ->type_name("MS")
      ->capture_default_str();
  add_resource_options(*command, called->options);
  command->add_flag("--quiet", called->quiet, "Print only errors");
  command->callback(
      [called, &context] { context.run = [called, &context] { return run(context, *called); }; });
}

}  // namespace tome::cli
