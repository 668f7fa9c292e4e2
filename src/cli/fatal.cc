// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/fatal.h"

#include <unistd.h>

#include <array>
#include <csignal>
#include <string_view>

#include "cli/context.h"

namespace tome::cli {
namespace {

constexpr std::array kFatal = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
constexpr std::string_view kMessage =
    "tome: crashed: the index may be damaged\n"
    "try: tome check; if it finds nothing wrong, this is a fault of tome\n";

// Nothing but what a signal handler may call.
extern "C" void on_fatal(int) {
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, kMessage.data(), kMessage.size());
  ::_exit(kIndexTrouble);
}

void handle(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_ONSTACK;
  for (const int signal : kFatal) ::sigaction(signal, &action, nullptr);
}

}  // namespace

void report_fatal_signals() {
#ifndef TOME_SANITIZED  // a sanitizer reports these itself
  static std::array<char, 64u << 10> room;
  stack_t stack{};
  stack.ss_sp = room.data();
  stack.ss_size = room.size();
  ::sigaltstack(&stack, nullptr);
  handle(on_fatal);
#endif
}

void default_fatal_signals() { handle(SIG_DFL); }

}  // namespace tome::cli
