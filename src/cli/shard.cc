// SPDX-License-Identifier: GPL-2.0-or-later
// tome shard serve
#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <csignal>
#include <memory>
#include <set>

#include "cli/context.h"
#include "cli/shard_door.h"
#include "present/clean.h"
#include "sandbox/program.h"
#include "store/files.h"
#include "store/generation.h"
#include "store/served.h"

namespace tome::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kServer = "xapian-progsrv";
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLook{500};  // for a new generation
constexpr std::chrono::seconds kLookClosely{5};
constexpr const char* kFooter =
    "Runs xapian-progsrv (package xapian-tools) for each connection. A connection is neither\n"
    "encrypted nor asked for a password: listen at an address of a network that you trust, or use\n"
    "ssh://host/path, for which nothing need run but --once after each tome index "
    "(docs/shards.md).";

struct Called {
  std::string host = "127.0.0.1";
  std::uint16_t port = 7701;
  unsigned connections = 256;  // at a time
  unsigned idle = 600;         // seconds
  unsigned active = 15;        // seconds
  bool once = false;
};

// Databases below `home` of which a process has a file open, as far as this one may know.
std::set<fs::path> databases_in_use(const fs::path& home) {
  std::set<fs::path> used;
  std::error_code code;
  for (const auto& process : fs::directory_iterator("/proc", code)) {
    const std::string name = process.path().filename().string();
    pid_t number = 0;
    const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
    if (read.ec != std::errc() || read.ptr != name.data() + name.size()) continue;
    std::error_code gone;
    for (const auto& file : fs::directory_iterator(process.path() / "fd", gone)) {
      const fs::path target = fs::read_symlink(file.path(), gone);
      if (target.string().starts_with(home.string() + "/")) used.insert(target.parent_path());
    }
  }
  return used;
}

// A process of it is started for each connection, and reads then which database is in force.
Result<std::vector<std::string>> server_command(const Called& called, const fs::path& stub) {
  const Result<std::string> program = find_program(kServer);
  if (!program) {
    return Error{Code::kNotFound, fmt::format("{} is not installed", kServer),
                 "Debian: apt-get install xapian-tools", ""};
  }
  return std::vector<std::string>{*program, "--timeout", std::to_string(called.idle * 1000),
                                  stub.string()};
}

int serve(const Context& context, const Called& called) {
  if (Status status = one_folder(context); !status) return fail(context, status.error());
  const fs::path index = index_folder(context);
  // Two that follow the same index would remove what the other serves.
  std::error_code code;
  fs::create_directories(index / "served", code);
  if (code) return fail(context, system_error("make a folder", index / "served", code.value()));
  Result<WriterLock> lock =
      WriterLock::acquire(index / "served" / "lock", std::chrono::milliseconds(0));
  if (!lock) return fail(context, lock.error());
  Result<Served> served = make_served(index);
  if (!served) return fail(context, served.error());
  if (called.once) {
    drop_served(index, databases_in_use(fs::absolute(index / "served" / "segments", code)));
    return print(fmt::format("Ready to be served: {} (generation {})\n", clean_name(index.string()),
                             served->generation));
  }
  Result<std::vector<std::string>> command =
      server_command(called, fs::absolute(served->stub, code));
  if (!command) return fail(context, command.error());
  sigset_t signals;  // blocked before the door has its thread
  ::sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT}) ::sigaddset(&signals, signal);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const fs::path home = fs::absolute(index / "served" / "segments", code);
  const Result<std::unique_ptr<Door>> door =
      Door::open({called.host, called.port, std::move(command).value(), called.connections,
                  std::chrono::seconds(called.active)});
  if (!door) return fail(context, door.error());
  print(fmt::format("Serving {} (generation {}) at {}\n", clean_name(index.string()),
                    served->generation, (*door)->address()));
  bool tidy = false;    // nothing but what is served lies there
  bool failed = false;  // the generation before goes on answering
  for (auto looked = Clock::now();;) {
    const timespec wait{0, std::chrono::nanoseconds(kLook).count()};
    const int signal = ::sigtimedwait(&signals, nullptr, &wait);
    if (signal == SIGTERM || signal == SIGINT) break;
    const Result<std::uint64_t> now = current_generation(index);
    const bool newer = now.ok() && *now != served->generation && !failed;
    // From time to time also for one of the same number, of an index that was made anew.
    if (!newer && Clock::now() - looked < kLookClosely) continue;
    looked = Clock::now();
    const Result<Served> made = make_served(index);
    if (!made) {
      if (!failed) fail(context, made.error());  // said once
      failed = true;
      continue;
    }
    failed = false;
    if (made->database != served->database) {
      tidy = false;
      print(fmt::format("Serving generation {}\n", made->generation));
    }
    served = made;
    if (!tidy) tidy = drop_served(index, databases_in_use(home));
  }
  return kFound;
}

}  // namespace

void add_shard_commands(CLI::App& app, Context& context) {
  auto called = std::make_shared<Called>();
  CLI::App* shard = app.add_subcommand("shard", "Serve an index as a shard of a larger shelf");
  shard->require_subcommand(1);
  CLI::App* command = shard->add_subcommand(
      "serve", "Serve the index to other machines, and each new generation once it is there");
  command->add_option("--host", called->host, "Address to listen at")
      ->type_name("HOST")
      ->capture_default_str();
  command->add_option("--port", called->port, "Port")
      ->check(CLI::Range(1u, 65535u))
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option("--max-connections", called->connections,
                   "So many at a time; those beyond are closed at once")
      ->check(CLI::Range(1u, 65535u))
      ->type_name("N")
      ->capture_default_str();
  command->add_option("--idle-timeout", called->idle, "End a connection that asks nothing so long")
      ->check(CLI::Range(1u, 86400u))
      ->type_name("SECONDS")
      ->capture_default_str();
  command
      ->add_option("--active-timeout", called->active,
                   "End a connection that does not take its answer so long")
      ->check(CLI::Range(1u, 3600u))
      ->type_name("SECONDS")
      ->capture_default_str();
  command->add_flag("--once", called->once,
                    "Make the generation ready for xapian-progsrv (ssh://) and end");
  command->footer(kFooter);
  command->callback(
      [called, &context] { context.run = [called, &context] { return serve(context, *called); }; });
}

}  // namespace tome::cli
