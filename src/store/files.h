// SPDX-License-Identifier: GPL-2.0-or-later
// Files as an index needs them: whole reads, atomic writes, fsync, one writer's lock.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tome/result.h"

namespace tome {

// The whole file. kNotFound when it is not there, kIo otherwise, kLimit above `limit` bytes.
Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit = UINT64_MAX);

struct FileDigest {
  std::uint64_t size = 0;
  std::string hex;  // as hex_digest()
};

// Of a whole file, read piece by piece; errors as read_file().
Result<FileDigest> digest_file(const std::filesystem::path& path, std::uint64_t limit = UINT64_MAX);

// What is in a folder, in no order: a folder that cannot be read to its end is an error, never a
// shorter list. kNotFound when it is not there.
Result<std::vector<std::filesystem::path>> list_folder(const std::filesystem::path& folder);

// Writes beside `path`, fsyncs, renames over it, fsyncs the folder. Leaves nothing beside it when
// it fails.
Status write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

// Copies a regular file to one that is not there yet. std::filesystem's says "Input/output error"
// of a full disk.
Status copy_new_file(const std::filesystem::path& from, const std::filesystem::path& to);

// fsyncs every file below `folder` and the folder itself.
Status sync_folder(const std::filesystem::path& folder);

// Error of a failed system call on `path`, "cannot <what>: <strerror>", with what to do about it;
// without `number`, of the last one.
Error system_error(std::string_view what, const std::filesystem::path& path);
Error system_error(std::string_view what, const std::filesystem::path& path, int number);

// Whether it says that this user or this process may not, not that the disk is at fault.
bool is_denial(int number);

// The error that a library's message names in the words of strerror(); 0 for none that is known.
int error_named_in(std::string_view message);

// An exclusive lock that the kernel drops with the process (fcntl OFD lock). Movable; released by
// the destructor.
class WriterLock {
 public:
  // Waits at most `patience`; kLocked names the holder (process number and command).
  static Result<WriterLock> acquire(const std::filesystem::path& file,
                                    std::chrono::milliseconds patience);
  WriterLock(WriterLock&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  WriterLock& operator=(WriterLock&& other) noexcept;
  ~WriterLock();

 private:
  explicit WriterLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace tome
