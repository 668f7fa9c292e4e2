// SPDX-License-Identifier: GPL-2.0-or-later
// Replicas: copies of an index on other machines that answer questions and are never indexed into.
//
// A replica gets whole generations: rsync copies the segments that it has not, they are read
// against the manifest's digests, and the pointer to the generation in force is replaced last. So
// it answers from one generation or the next, and a copy that is cut off changes nothing; the next
// one goes on where it ended. A replica is an index whose shelf.toml says `replica = true`. The
// receiver's lock is held all the while; the sender takes none. Safe to call from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

#include "tome/result.h"

namespace tome {

struct CopyOptions {
  std::string ssh = "ssh";           // program and arguments, cut at spaces
  std::string remote_tome = "tome";  // what push runs on the other machine
  bool force = false;  // make a replica of what is none, or go back to an older generation
  bool all = false;    // read every segment of the receiver, not only those that were copied
  std::chrono::milliseconds patience{10000};  // wait for the receiver's lock
};

struct CopyReport {
  std::uint64_t generation = 0;  // in force at the receiver afterwards
  std::uint64_t passages = 0;
  bool switched = false;       // false: the receiver had this generation
  std::uint64_t segments = 0;  // that the generation names
  std::uint64_t copied = 0;    // segments of which something was sent
  std::uint64_t files = 0;     // that were sent
  std::uint64_t bytes = 0;     // of those files
};

// Makes `place` hold the generation that is in force here. `place` is HOST, HOST:PATH, or a local
// path (one with a slash before any colon); without PATH it is ~/.local/share/tome there. kUsage
// for a place or an ssh that is not understood, kRefused when the receiver is no replica or is
// ahead, kIo when rsync or ssh fails, kDamaged when what arrived is not what the manifest says.
Result<CopyReport> push_index(const std::filesystem::path& index, const std::string& place,
                              const CopyOptions& options);

// The same the other way: the index at `place` is copied to `index`. Needs no tome there.
Result<CopyReport> pull_index(const std::filesystem::path& index, const std::string& place,
                              const CopyOptions& options);

// The receiver's end of push_index(), on two descriptors; 0 when a generation was received.
int receive_push(int in, int out);

}  // namespace tome
