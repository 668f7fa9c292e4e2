// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/file_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "store/files.h"

namespace tome {
namespace {

constexpr std::size_t kBuffer = 256u << 10;  // stays in the processor's cache

}  // namespace

FileWriter::FileWriter(std::filesystem::path path, int fd) : path_(std::move(path)), fd_(fd) {
  buffer_.reserve(kBuffer);
}

FileWriter::FileWriter(FileWriter&& other) noexcept
    : path_(std::move(other.path_)),
      fd_(std::exchange(other.fd_, -1)),
      buffer_(std::move(other.buffer_)) {}

FileWriter::~FileWriter() {
  if (fd_ >= 0) ::close(fd_);
}

Result<FileWriter> FileWriter::create(std::filesystem::path path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return system_error("create", path);
  return FileWriter(std::move(path), fd);
}

Status FileWriter::append(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > kBuffer) {
    if (Status status = write_out(); !status) return status;
  }
  buffer_ += bytes;
  return Ok{};
}

Status FileWriter::close() {
  if (Status status = write_out(); !status) return status;
  const int fd = std::exchange(fd_, -1);
  if (::close(fd) != 0) return system_error("write", path_);
  return Ok{};
}

Status FileWriter::write_out() {
  for (std::string_view left = buffer_; !left.empty();) {
    const ssize_t n = ::write(fd_, left.data(), left.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return system_error("write", path_);
    left.remove_prefix(static_cast<std::size_t>(n));
  }
  buffer_.clear();
  return Ok{};
}

}  // namespace tome
