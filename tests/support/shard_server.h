// SPDX-License-Identifier: GPL-2.0-or-later
// A shard served on loopback, as `tome shard serve` does it, without the program.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "store/served.h"
#include "support/loopback.h"

namespace tome {

// xapian-tcpsrv at a port of loopback, with a process group of its own.
class ShardServer {
 public:
  explicit ShardServer(const std::filesystem::path& index, int port = free_port()) : port_(port) {
    const Result<Served> served = make_served(index);
    EXPECT_TRUE(served.ok()) << served.error().message << " " << served.error().path;
    if (served) start(served->stub);
  }
  ShardServer(ShardServer&& other) noexcept : port_(other.port_), process_(other.process_) {
    other.process_ = 0;
  }
  ~ShardServer() { stop(); }

  std::string address() const { return "tcp://127.0.0.1:" + std::to_string(port_); }
  int port() const { return port_; }

  // Ends it with all its connections, as when its host goes.
  void stop() {
    if (process_ == 0) return;
    ::kill(-process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
  }
  // Takes its time from now on: neither answers nor ends.
  void freeze() { ::kill(-process_, SIGSTOP); }
  void thaw() { ::kill(-process_, SIGCONT); }

 private:
  void start(const std::filesystem::path& stub) {
    const std::string port = std::to_string(port_);
    process_ = ::fork();
    if (process_ == 0) {
      ::setpgid(0, 0);
      if (::freopen("/dev/null", "w", stderr) == nullptr)
        ::_exit(127);  // it complains of who connects and leaves
      ::execlp("xapian-tcpsrv", "xapian-tcpsrv", "--port", port.c_str(), "--interface", "127.0.0.1",
               "--quiet", stub.c_str(), nullptr);
      ::_exit(127);
    }
    ::setpgid(process_, process_);
    for (int i = 0; i < 200 && !listens_at(port_); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_TRUE(listens_at(port_)) << "xapian-tcpsrv does not run: is xapian-tools installed?";
  }

  int port_;
  pid_t process_ = 0;
};

}  // namespace tome
