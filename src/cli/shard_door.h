// SPDX-License-Identifier: GPL-2.0-or-later
// Door: where the connections to a served shard come in. Each is handed to a process of its own
// that speaks on its standard input and output; so many at a time, and those beyond are closed.
//
// xapian-tcpsrv listens by itself and starts a process for whoever comes, without a bound.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "sandbox/descriptor.h"
#include "sandbox/process.h"
#include "tome/result.h"

namespace tome::cli {

struct DoorOptions {
  std::string host;
  std::uint16_t port = 0;            // 0: any that is free
  std::vector<std::string> command;  // the program's path, and its arguments
  unsigned connections = 256;        // at a time
  std::chrono::seconds active{15};   // what was sent is taken within this time, or the end of it
};

// Answers in a thread of its own as long as it lives; then all connections end. Tells on standard
// error whom it turned away.
class Door {
 public:
  // kUsage when the host is not known, kIo when the port is taken.
  static Result<std::unique_ptr<Door>> open(DoorOptions options);
  ~Door();
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  const std::string& address() const { return address_; }  // "tcp://127.0.0.1:7701"

 private:
  Door(DoorOptions options, Descriptor socket, std::string address);
  void keep();
  void take(Descriptor connection);
  void turn_away(std::string why);
  void tell();

  DoorOptions options_;
  Descriptor socket_;
  std::string address_;
  std::vector<Process> processes_;  // one a connection; of the thread alone
  std::uint64_t turned_away_ = 0;   // since the last line that told it
  std::string why_;                 // the last of them
  std::chrono::steady_clock::time_point told_;
  std::atomic<bool> closing_ = false;
  std::thread thread_;
};

}  // namespace tome::cli
