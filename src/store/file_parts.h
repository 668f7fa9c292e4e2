// SPDX-License-Identifier: GPL-2.0-or-later
// Files that are written or read in parts. Each belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "tome/result.h"

namespace tome {

// Owns a file descriptor, or none (-1).
class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}
  ~Fd();
  Fd(Fd&& other) noexcept : fd_(other.release()) {}
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  int get() const { return fd_; }
  int release() {
    const int fd = fd_;
    fd_ = -1;
    return fd;
  }

 private:
  int fd_;
};

// Writes all; false with errno when it cannot.
bool write_all(int fd, std::string_view bytes);

// A new file that is written from its beginning to its end, through a buffer. It is not synced:
// what needs it is synced as a whole with its folder (store/files.h).
class NewFile {
 public:
  // In the place of one that is there.
  static Result<NewFile> create(const std::filesystem::path& path);
  Status write(std::string_view bytes);
  Status close();  // without it the end may not be written

 private:
  NewFile(std::filesystem::path path, Fd fd);
  Status flush();
  std::filesystem::path path_;
  Fd fd_;
  std::string buffer_;
};

// A file that is open for reading, and stays so when its name is removed.
class FileReader {
 public:
  // kNotFound when it is not there, kIo otherwise.
  static Result<FileReader> open(const std::filesystem::path& path);
  std::uint64_t size() const { return size_; }  // when it was opened
  // Fewer bytes where the file ends before.
  Result<std::string> read(std::uint64_t offset, std::size_t size) const;

 private:
  FileReader(std::filesystem::path path, Fd fd, std::uint64_t size)
      : path_(std::move(path)), fd_(std::move(fd)), size_(size) {}
  std::filesystem::path path_;
  Fd fd_;
  std::uint64_t size_;
};

}  // namespace tome
