// SPDX-License-Identifier: GPL-2.0-or-later
// Relay: stands before a server on loopback, counts what goes through, and may do something before
// a connection is passed on.
#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "support/loopback.h"

namespace tome {

class Relay {
 public:
  // `port_for(n)`: where connection n, from 0, goes; called before it is passed on.
  explicit Relay(std::function<int(int)> port_for)
      : port_(free_port()), port_for_(std::move(port_for)), door_(new_socket()) {
    const int on = 1;
    ::setsockopt(door_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    EXPECT_TRUE(bind_to(door_, port_));
    EXPECT_EQ(::listen(door_, 16), 0);
    thread_ = std::thread([this] { run(); });
  }
  ~Relay() {
    ::shutdown(door_, SHUT_RDWR);
    thread_.join();
    ::close(door_);
  }
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  std::string address() const { return "tcp://127.0.0.1:" + std::to_string(port_); }
  int connections() const { return connections_; }
  // How often a client spoke after the server had: questions that waited for an answer.
  int round_trips() const { return round_trips_; }
  // From now on each answer waits so long.
  void slow_down(std::chrono::milliseconds delay) { delay_ = delay; }

 private:
  static int new_socket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }

  void run() {
    std::vector<std::thread> pumps;
    for (;;) {
      const int client = ::accept4(door_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client < 0) break;
      const int server = new_socket();
      EXPECT_TRUE(connect_to(server, port_for_(connections_++)));
      const int on = 1;
      for (const int end : {client, server}) {
        ::setsockopt(end, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      }
      pumps.emplace_back([this, client, server] { pump(client, server); });
    }
    for (std::thread& pump : pumps) pump.join();
  }

  void pump(int client, int server) {
    pollfd ends[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
    bool server_spoke = true;
    std::vector<char> bytes(1u << 16);
    for (bool open = true; open && ::poll(ends, 2, -1) > 0;) {
      for (const int from : {0, 1}) {
        if (ends[from].revents == 0) continue;
        const ssize_t n = ::recv(ends[from].fd, bytes.data(), bytes.size(), 0);
        if (from == 1 && n > 0 && !server_spoke) std::this_thread::sleep_for(delay_.load());
        open =
            open && n > 0 &&
            ::send(ends[1 - from].fd, bytes.data(), static_cast<std::size_t>(n), MSG_NOSIGNAL) == n;
        if (from == 0 && n > 0 && server_spoke) ++round_trips_;
        if (n > 0) server_spoke = from == 1;
      }
    }
    ::close(client);
    ::close(server);
  }

  int port_;
  std::function<int(int)> port_for_;
  int door_;
  std::atomic<int> connections_ = 0;
  std::atomic<int> round_trips_ = 0;
  std::atomic<std::chrono::milliseconds> delay_{};
  std::thread thread_;
};

}  // namespace tome
