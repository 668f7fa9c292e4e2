// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/file_parts.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "store/files.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kBuffer = 256u << 10;  // stays in the processor's cache

}  // namespace

Fd::~Fd() {
  if (fd_ >= 0) ::close(fd_);
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

Result<NewFile> NewFile::create(const fs::path& path) {
  Fd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (fd.get() < 0) return system_error("create", path);
  return NewFile(path, std::move(fd));
}

NewFile::NewFile(fs::path path, Fd fd) : path_(std::move(path)), fd_(std::move(fd)) {
  buffer_.reserve(kBuffer);
}

Status NewFile::write(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > kBuffer) {
    if (Status status = flush(); !status) return status;
  }
  buffer_ += bytes;
  return Ok{};
}

Status NewFile::flush() {
  if (!write_all(fd_.get(), buffer_)) return system_error("write", path_);
  buffer_.clear();
  return Ok{};
}

Status NewFile::close() {
  if (Status status = flush(); !status) return status;
  if (::close(fd_.release()) != 0) return system_error("write", path_);
  return Ok{};
}

Result<FileReader> FileReader::open(const fs::path& path) {
  Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return system_error("open", path);
  struct stat st {};
  if (::fstat(fd.get(), &st) != 0) return system_error("read", path);
  if (!S_ISREG(st.st_mode)) return Error{Code::kIo, "not a regular file", "", path.string()};
  return FileReader(path, std::move(fd), static_cast<std::uint64_t>(st.st_size));
}

Result<std::string> FileReader::read(std::uint64_t offset, std::size_t size) const {
  std::string bytes(size, '\0');
  std::size_t done = 0;
  while (done < size) {
    const ssize_t n =
        ::pread(fd_.get(), bytes.data() + done, size - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_error("read", path_);
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  bytes.resize(done);
  return bytes;
}

}  // namespace tome
