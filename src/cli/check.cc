// SPDX-License-Identifier: GPL-2.0-or-later
// tome check, tome repair
#include "tome/check.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <memory>

#include "cli/context.h"
#include "cli/fatal.h"
#include "present/clean.h"
#include "present/json.h"

namespace tome::cli {
namespace {

struct Called {
  unsigned wait = 10;  // seconds
  std::string folder;  // of the hidden command
};

// This program, by its hidden command.
CheckOptions own_checker() {
  CheckOptions options;
  options.checker = {"/proc/self/exe", "check-segment"};
  return options;
}

int check(const Context& context) {
  const std::filesystem::path index = index_folder(context);
  const Result<CheckReport> report = check_index(index, own_checker());
  if (!report) return fail(context, report.error());
  return print(context.json ? json_check(*report, index.string())
                            : present_check(*report, index.string(), style_of_stdout()),
               report->problems.empty() ? kFound : kIndexTrouble);
}

int repair(const Context& context, const Called& called) {
  const std::filesystem::path index = index_folder(context);
  RepairOptions options;
  options.check = own_checker();
  options.patience = std::chrono::seconds(called.wait);
  const Result<RepairReport> report = repair_index(index, options);
  if (!report) return fail(context, report.error());
  return print(present_repair(*report, index.string(), style_of_stdout()));
}

// In the process of its own: ends as it ends, so that whoever started it sees the signal.
int check_segment(const std::string& folder) {
  default_fatal_signals();
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  return check_segment_into(folder, STDOUT_FILENO) ? kFound : kIndexTrouble;
}

}  // namespace

void add_check_commands(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("check", "Read the whole index and say whether it is what was written");
  command->add_flag("--json", context.json, "Print JSON (docs/json.md)");
  command->callback([&context] { context.run = [&context] { return check(context); }; });

  auto called = std::make_shared<Called>();
  command = app.add_subcommand(
      "repair", "Go back to the generation before, when the index is damaged and that one is not");
  command
      ->add_option("--wait", called->wait, "Wait so long for another tome that writes this index")
      ->check(CLI::Range(0u, 86400u))
      ->type_name("SECONDS")
      ->capture_default_str();
  command->callback([called, &context] {
    context.run = [called, &context] { return repair(context, *called); };
  });

  command = app.add_subcommand("check-segment", "For tome check")->group("");  // not shown
  command->add_option("folder", called->folder)->required();
  command->callback(
      [called, &context] { context.run = [called] { return check_segment(called->folder); }; });
}

}  // namespace tome::cli
