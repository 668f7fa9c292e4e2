// SPDX-License-Identifier: GPL-2.0-or-later
// tome check, tome repair
#include "tome/check.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <memory>

#include "cli/context.h"
#include "cli/fatal.h"
#include "present/clean.h"
#include "present/json.h"
#include "store/generation.h"
#include "store/shelf_config.h"

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

// Adds what was found in one shard to what was found in those before.
void add(const CheckReport& shard, CheckReport& all) {
  all.generation += shard.generation;
  all.fallback += shard.fallback;
  all.segments += shard.segments;
  all.files += shard.files;
  all.bytes += shard.bytes;
  all.passages += shard.passages;
  all.sources += shard.sources;
  all.work_records += shard.work_records;
  all.words += shard.words;
  all.problems.insert(all.problems.end(), shard.problems.begin(), shard.problems.end());
  all.notices.insert(all.notices.end(), shard.notices.begin(), shard.notices.end());
}

// The folders that hold the segments of an index: its own, or those of its shards.
std::vector<std::filesystem::path> folders_of(const std::filesystem::path& index) {
  const Result<ShelfConfig> config = read_shelf_config(index);
  if (!config || config->spread == 0) return {index};
  std::vector<std::filesystem::path> folders;
  for (unsigned i = 0; i < config->spread; ++i) folders.push_back(shard_folder(index, i));
  return folders;
}

int check(const Context& context) {
  if (Status status = one_folder(context); !status) return fail(context, status.error());
  const std::filesystem::path index = index_folder(context);
  const Result<ShelfConfig> config = read_shelf_config(index);
  const Result<std::uint64_t> generation = current_generation(index);
  if (!config && config.error().code == Code::kUsage && generation.ok() && *generation == 0) {
    return fail(context, config.error());  // it alone says where the shards are
  }
  CheckReport all;
  std::string text;
  for (const std::filesystem::path& folder : folders_of(index)) {
    const Result<CheckReport> report = check_index(folder, own_checker());
    if (!report) return fail(context, report.error());
    add(*report, all);
    text += present_check(*report, folder.string(), style_of_stdout());
  }
  return print(context.json ? json_check(all, index.string()) : text,
               all.problems.empty() ? kFound : kIndexTrouble);
}

int repair_folder(const Context& context, const Called& called,
                  const std::filesystem::path& index) {
  RepairOptions options;
  options.check = own_checker();
  options.patience = std::chrono::seconds(called.wait);
  const Result<RepairReport> report = repair_index(index, options);
  if (!report) return fail(context, report.error());
  return print(present_repair(*report, index.string(), style_of_stdout()));
}

int repair(const Context& context, const Called& called) {
  if (Status status = one_folder(context); !status) return fail(context, status.error());
  int code = kFound;
  for (const std::filesystem::path& folder : folders_of(index_folder(context))) {
    code = std::max(code, repair_folder(context, called, folder));
  }
  return code;
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
