// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>

namespace tome {
namespace {

// What posix_spawn is to do in the child.
class Plan {
 public:
  explicit Plan(const ProcessSetup& setup) {
    ::posix_spawn_file_actions_init(&files);
    ::posix_spawnattr_init(&attributes);
    const int given[] = {setup.in, setup.out, setup.err};
    for (int fd = 0; fd < 3; ++fd) {
      if (given[fd] >= 0) {
        ::posix_spawn_file_actions_adddup2(&files, given[fd], fd);
      } else {
        ::posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
      }
    }
    ::posix_spawn_file_actions_addclosefrom_np(&files, 3);
    sigset_t all;
    sigset_t none;
    ::sigfillset(&all);
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    const int group = setup.own_group ? POSIX_SPAWN_SETPGROUP : 0;
    ::posix_spawnattr_setflags(
        &attributes, static_cast<short>(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | group));
  }
  ~Plan() {
    ::posix_spawn_file_actions_destroy(&files);
    ::posix_spawnattr_destroy(&attributes);
  }
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
};

std::uint64_t bytes_of(const rusage& usage) {
  return static_cast<std::uint64_t>(std::max(usage.ru_maxrss, 0L)) * 1024;
}

}  // namespace

Result<Process> Process::start(const ProcessSetup& setup) {
  const Plan plan(setup);
  std::vector<std::string> words = setup.command;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t pid = -1;
  const int failed = ::posix_spawn(&pid, words.front().c_str(), &plan.files, &plan.attributes,
                                   arguments.data(), environ);
  if (failed != 0) {
    return Error{
        Code::kIo,
        fmt::format("cannot run {}: {}", words.front(), std::generic_category().message(failed)),
        "", ""};
  }
  return Process(pid, setup.own_group);
}

Process::~Process() {
  if (pid_ > 0) finish();
}

bool Process::ended(std::chrono::milliseconds patience) const {
  const auto until = std::chrono::steady_clock::now() + patience;
  for (;;) {
    siginfo_t info{};
    // It stays there to be asked for, so that its number is no other's before its group is killed.
    const int got = ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
    if (got == 0 && info.si_pid == pid_) return true;
    if (got != 0 && errno != EINTR) return true;  // ECHILD: the program does not want to know
    if (std::chrono::steady_clock::now() >= until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

Ending Process::finish() {
  ::kill(own_group_ ? -pid_ : pid_, SIGKILL);
  int status = 0;
  rusage usage{};
  pid_t got = -1;
  do {
    got = ::wait4(pid_, &status, 0, &usage);
  } while (got < 0 && errno == EINTR);
  Ending ending;
  if (got == pid_) {
    if (WIFSIGNALED(status)) ending.signal = WTERMSIG(status);
    if (WIFEXITED(status)) ending.status = WEXITSTATUS(status);
    // Until its exec it shared our memory, and Linux counts that as its own.
    rusage own{};
    ::getrusage(RUSAGE_SELF, &own);
    if (bytes_of(usage) > bytes_of(own)) ending.peak_memory = bytes_of(usage);
  }
  pid_ = -1;
  return ending;
}

}  // namespace tome
