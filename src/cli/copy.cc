// SPDX-License-Identifier: GPL-2.0-or-later
// tome push, tome pull
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <memory>

#include "cli/context.h"
#include "present/paint.h"
#include "tome/replicate.h"

namespace tome::cli {
namespace {

struct Called {
  std::string place;
  CopyOptions options;
  unsigned wait = 10;  // seconds
  bool quiet = false;
};

using Copy = Result<CopyReport> (*)(const std::filesystem::path&, const std::string&,
                                    const CopyOptions&);

std::string said(const CopyReport& report, const std::string& where, double seconds) {
  const std::string sent =
      report.files == 0
          ? std::string("nothing had to be sent")
          : fmt::format("sent {} in {} of {} segment{}", size_name(report.bytes), report.copied,
                        report.segments, report.segments == 1 ? "" : "s");
  return fmt::format("{}: generation {} {} in force, {}; {} ({:.1f} s)\n", clean_line(where),
                     report.generation, report.switched ? "is now" : "was",
                     counted(report.passages, "passage"), sent, seconds);
}

int run(const Context& context, Called& called, Copy copy, bool push) {
  called.options.patience = std::chrono::seconds(called.wait);
  const auto start = std::chrono::steady_clock::now();
  if (Status status = one_folder(context); !status) return fail(context, status.error());
  const Result<CopyReport> report = copy(index_folder(context), called.place, called.options);
  if (!report) return fail(context, report.error());
  if (called.quiet) return kFound;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return print(said(*report, push ? called.place : index_folder(context).string(), took.count()));
}

void add(CLI::App& app, Context& context, const char* name, const char* about, Copy copy) {
  const bool push = std::string_view(name) == "push";
  auto called = std::make_shared<Called>();
  if (const char* ssh = std::getenv("RSYNC_RSH"); ssh != nullptr && *ssh != '\0') {
    called->options.ssh = ssh;
  }
  CLI::App* command = app.add_subcommand(name, about);
  command
      ->add_option("place", called->place,
                   "HOST or HOST:PATH (the index there; else ~/.local/share/tome), or a local "
                   "path: ./FOLDER")
      ->required();
  command->add_option("--ssh", called->options.ssh, "What runs ssh, with options; $RSYNC_RSH")
      ->type_name("COMMAND")
      ->capture_default_str();
  if (push) {
    command->add_option("--remote-tome", called->options.remote_tome, "Where tome is there")
        ->type_name("PROGRAM")
        ->capture_default_str();
  }
  command->add_flag("--force", called->options.force,
                    "Replace an index that is no replica, or a newer generation");
  command->add_flag("--all", called->options.all,
                    "Read every segment of the replica, and copy anew what is damaged");
  command->add_option("--wait", called->wait, "Wait so long for another tome that writes there")
      ->check(CLI::Range(0u, 86400u))
      ->type_name("SECONDS")
      ->capture_default_str();
  command->add_flag("--quiet", called->quiet, "No report, only errors");
  command->callback([called, &context, copy, push] {
    context.run = [called, &context, copy, push] { return run(context, *called, copy, push); };
  });
}

}  // namespace

void add_copy_commands(CLI::App& app, Context& context) {
  add(app, context, "push", "Copy the index to a replica on another machine", push_index);
  add(app, context, "pull", "Make this index a replica of one on another machine", pull_index);
  CLI::App* command = app.add_subcommand("receive-push", "For tome push")->group("");  // not shown
  command->callback([&context] {
    context.run = [] {
      return receive_push(STDIN_FILENO, STDOUT_FILENO) == 0 ? kFound : kIndexTrouble;
    };
  });
}

}  // namespace tome::cli
