// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/shard_door.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "present/clean.h"
#include "serve/listen.h"

namespace tome::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLook{500};  // for processes that have ended
constexpr std::chrono::seconds kTellEvery{10};
constexpr std::chrono::milliseconds kShortOfMemory{100};

void set(int socket, int level, int option, unsigned value) {
  const int number = static_cast<int>(value);
  ::setsockopt(socket, level, option, &number, sizeof number);
}

// The program knows one bound of time, for who asks nothing. Who does not take what was sent, or is
// no longer there, is found out by the kernel.
void set_bounds(int socket, std::chrono::seconds active) {
  constexpr unsigned kProbeAfter = 60;  // seconds
  constexpr unsigned kProbeEvery = 15;
  set(socket, IPPROTO_TCP, TCP_NODELAY, 1);
  set(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, static_cast<unsigned>(active.count()) * 1000);
  set(socket, SOL_SOCKET, SO_KEEPALIVE, 1);
  set(socket, IPPROTO_TCP, TCP_KEEPIDLE, kProbeAfter);
  set(socket, IPPROTO_TCP, TCP_KEEPINTVL, kProbeEvery);
}

}  // namespace

Result<std::unique_ptr<Door>> Door::open(DoorOptions options) {
  const Result<Listening> listening = listen_at(options.host, options.port);
  if (!listening) {
    Error error = listening.error();
    error.hint = "try another --host or --port";
    return error;
  }
  std::string address = fmt::format("tcp://{}:{}", options.host, listening->port);
  return std::unique_ptr<Door>(
      new Door(std::move(options), Descriptor(listening->socket), std::move(address)));
}

Door::Door(DoorOptions options, Descriptor socket, std::string address)
    : options_(std::move(options)),
      socket_(std::move(socket)),
      address_(std::move(address)),
      told_(Clock::now() - kTellEvery),
      thread_([this] { keep(); }) {}

Door::~Door() {
  closing_ = true;
  ::shutdown(socket_.get(), SHUT_RDWR);  // wakes the thread
  thread_.join();
}

void Door::keep() {
  while (!closing_) {
    pollfd door{socket_.get(), POLLIN, 0};
    const int ready = ::poll(&door, 1, static_cast<int>(kLook.count()));
    std::erase_if(processes_, [](const Process& process) { return process.ended(); });
    tell();
    if (ready <= 0) continue;
    Descriptor connection(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (connection) {
      take(std::move(connection));
    } else if (!closing_ && errno != EINTR && errno != EAGAIN && errno != ECONNABORTED) {
      std::this_thread::sleep_for(kShortOfMemory);
    }
  }
}

void Door::take(Descriptor connection) {
  if (processes_.size() >= options_.connections) {
    return turn_away(
        fmt::format("all {} connections are taken (--max-connections)", options_.connections));
  }
  const int socket = connection.get();
  set_bounds(socket, options_.active);
  Result<Process> process = Process::start({options_.command, socket, socket, -1, false});
  if (!process) return turn_away(process.error().message);
  processes_.push_back(std::move(process).value());
}

void Door::turn_away(std::string why) {
  ++turned_away_;
  why_ = std::move(why);
  tell();
}

// Not a line each: whoever is turned away may come again at once.
void Door::tell() {
  if (turned_away_ == 0 || Clock::now() - told_ < kTellEvery) return;
  std::fprintf(stderr, "tome: turned away %llu: %s\n",
               static_cast<unsigned long long>(std::exchange(turned_away_, 0)),
               clean_line(why_).c_str());
  told_ = Clock::now();
}

}  // namespace tome::cli
