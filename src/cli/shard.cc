// SPDX-License-Identifier: GPL-2.0-or-later
// tome shard serve
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstring>
#include <memory>
#include <set>

#include "cli/context.h"
#include "present/clean.h"
#include "store/files.h"
#include "store/generation.h"
#include "store/served.h"

namespace tome::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kServer = "xapian-tcpsrv";
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLook{500};  // for a new generation
constexpr std::chrono::seconds kLookClosely{5};
constexpr const char* kFooter =
    "Runs xapian-tcpsrv (package xapian-tools). A connection is neither encrypted nor asked for a\n"
    "password: listen at an address of a network that you trust, or use ssh://host/path, for "
    "which\n"
    "nothing need run but --once after each tome index (docs/shards.md).";

struct Called {
  std::string host = "127.0.0.1";
  unsigned port = 7701;
  unsigned idle = 600;   // seconds
  unsigned active = 15;  // seconds
  bool once = false;
};

// Ended with its parent: a server must not outlive the one that follows the generations.
Result<pid_t> start_server(const Called& called, const std::string& stub) {
  const std::vector<std::string> words = {kServer,
                                          "--port",
                                          std::to_string(called.port),
                                          "--interface",
                                          called.host,
                                          "--idle-timeout",
                                          std::to_string(called.idle * 1000),
                                          "--active-timeout",
                                          std::to_string(called.active * 1000),
                                          "--quiet",
                                          stub};
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();  // this process has one thread
  if (child < 0) return Error{Code::kIo, "cannot start a process", "", kServer};
  if (child == 0) {
    sigset_t none;
    ::sigemptyset(&none);
    ::pthread_sigmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (::getppid() != parent) ::_exit(1);
    ::setpgid(0, 0);
    ::execvp(kServer, arguments.data());
    ::_exit(127);
  }
  ::setpgid(child, child);
  return child;
}

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

std::string what_ended(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
    return "it is not installed (package xapian-tools)";
  }
  if (WIFSIGNALED(status)) return fmt::format("signal {} ended it", WTERMSIG(status));
  return fmt::format("it ended with code {}; is the port taken?", WEXITSTATUS(status));
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
  sigset_t signals;
  ::sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGCHLD}) ::sigaddset(&signals, signal);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const fs::path home = fs::absolute(index / "served" / "segments", code);
  Result<pid_t> server = start_server(called, fs::absolute(served->stub, code).string());
  if (!server) return fail(context, server.error());
  print(fmt::format("Serving {} (generation {}) at tcp://{}:{}\n", clean_name(index.string()),
                    served->generation, called.host, called.port));
  bool tidy = false;    // nothing but what is served lies there
  bool failed = false;  // the generation before goes on answering
  for (auto looked = Clock::now();;) {
    const timespec wait{0, std::chrono::nanoseconds(kLook).count()};
    const int signal = ::sigtimedwait(&signals, nullptr, &wait);
    if (signal == SIGTERM || signal == SIGINT) break;
    int ended = 0;
    if (::waitpid(*server, &ended, WNOHANG) == *server) {
      return fail(context, {Code::kIo, "xapian-tcpsrv does not run: " + what_ended(ended),
                            "try another --port or --host", ""});
    }
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
  ::kill(-*server, SIGTERM);
  ::waitpid(*server, nullptr, 0);
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
  command->add_option("--idle-timeout", called->idle, "End a connection that asks nothing so long")
      ->check(CLI::Range(1u, 86400u))
      ->type_name("SECONDS")
      ->capture_default_str();
  command
      ->add_option("--active-timeout", called->active,
                   "End a connection whose question or answer is stuck so long")
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
