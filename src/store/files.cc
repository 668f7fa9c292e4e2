// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>

#include "store/file_parts.h"
#include "store/step.h"
#include "text/hash.h"

namespace tome {
namespace {

Status sync_path(const std::filesystem::path& path, int flags) {
  const Fd fd(::open(path.c_str(), flags | O_CLOEXEC));
  if (fd.get() < 0) return system_error("open", path);
  if (::fsync(fd.get()) != 0) return system_error("sync", path);
  return Ok{};
}

constexpr std::size_t kPiece = 256u << 10;  // stays in the processor's cache

// Where bytes are read to.
struct Room {
  char* begin = nullptr;
  std::size_t size = 0;
};

// Reads a regular file to its end, into room(size of the file) each time, then calls read(how many
// bytes); the size in all.
template <class Make, class Read>
Result<std::uint64_t> read_pieces(const std::filesystem::path& path, std::uint64_t limit, Make room,
                                  Read read) {
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return system_error("open", path);
  struct stat st {};
  if (::fstat(fd.get(), &st) != 0) return system_error("read", path);
  if (!S_ISREG(st.st_mode)) return Error{Code::kIo, "not a regular file", "", path.string()};
  std::uint64_t total = 0;
  while (true) {
    const Room to = room(static_cast<std::uint64_t>(st.st_size));
    const ssize_t n = ::read(fd.get(), to.begin, to.size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_error("read", path);
    if (n == 0) return total;
    total += static_cast<std::uint64_t>(n);
    if (total > limit) {
      return Error{Code::kLimit, fmt::format("larger than {} bytes", limit), "", path.string()};
    }
    read(static_cast<std::size_t>(n));
  }
}

constexpr std::string_view kFaultyDisk =
    "look for faults of that disk in the system's log, then run it again";

// What to do about what a system call may say.
constexpr std::array<std::pair<int, std::string_view>, 9> kHints = {{
    {ENOSPC, "free some space on that disk and run it again"},
    {EDQUOT, "free some space on that disk and run it again"},
    {EFBIG, "raise the bound on the size of files (ulimit -f) and run it again"},
    {EROFS, "make that disk writable and run it again"},
    {EACCES, "check the permissions of that path"},
    {EPERM, "check the permissions of that path"},
    {EMFILE, "raise the bound on open files (ulimit -n) and run it again"},
    {ENFILE, "end programs that hold many files open and run it again"},
    {EIO, kFaultyDisk},
}};

Status write_new(const std::filesystem::path& path, std::string_view bytes) {
  const Fd fd(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (fd.get() < 0) return system_error("create", path);
  step("new file opened");
  if (!write_all(fd.get(), bytes)) return system_error("write", path);
  step("new file written");
  if (::fsync(fd.get()) != 0) return system_error("sync", path);
  step("new file synced");
  return Ok{};
}

}  // namespace

Error system_error(std::string_view what, const std::filesystem::path& path) {
  return system_error(what, path, errno);
}

Error system_error(std::string_view what, const std::filesystem::path& path, int number) {
  Error error;
  error.code = number == ENOENT ? Code::kNotFound : Code::kIo;
  error.message = fmt::format("cannot {}: {}", what, std::generic_category().message(number));
  error.path = path.string();
  for (const auto& [known, hint] : kHints) {
    if (known == number) error.hint = hint;
  }
  return error;
}

bool is_denial(int number) {
  return number == EACCES || number == EPERM || number == EMFILE || number == ENFILE;
}

int error_named_in(std::string_view message) {
  for (const auto& [known, hint] : kHints) {
    if (message.find(std::generic_category().message(known)) != message.npos) return known;
  }
  return 0;
}

Result<std::vector<std::filesystem::path>> list_folder(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> list;
  std::error_code code;
  std::filesystem::directory_iterator entry(folder, code);
  for (; !code && entry != std::filesystem::directory_iterator(); entry.increment(code)) {
    list.push_back(entry->path());
  }
  if (code) return system_error("list", folder, code.value());
  return list;
}

Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit) {
  std::string bytes;
  std::size_t size = 0;
  const auto grow = [&](std::uint64_t expected) {
    // One more than expected: sees growth and the end at once.
    if (bytes.empty()) bytes.resize(static_cast<std::size_t>(expected) + 1);
    if (size == bytes.size()) bytes.resize(size * 2);
    return Room{bytes.data() + size, bytes.size() - size};
  };
  Result<std::uint64_t> read = read_pieces(path, limit, grow, [&](std::size_t n) { size += n; });
  if (!read) return read.error();
  bytes.resize(size);
  return bytes;
}

Result<FileDigest> digest_file(const std::filesystem::path& path, std::uint64_t limit) {
  std::string piece(kPiece, '\0');
  DigestStream digest;
  const Result<std::uint64_t> size = read_pieces(
      path, limit,
      [&](std::uint64_t) {
        return Room{piece.data(), piece.size()};
      },
      [&](std::size_t n) { digest.add(std::string_view(piece).substr(0, n)); });
  if (!size) return size.error();
  return FileDigest{*size, digest.hex()};
}

Status write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
  const std::filesystem::path temporary = path.string() + ".new";
  Status status = write_new(temporary, bytes);
  if (status.ok() && ::rename(temporary.c_str(), path.c_str()) != 0) {
    status = system_error("rename to", path);
  }
  if (!status) {
    ::unlink(temporary.c_str());
    return status;
  }
  step("new file renamed");
  const std::filesystem::path folder = path.parent_path();
  return sync_path(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

Status copy_new_file(const std::filesystem::path& from, const std::filesystem::path& to) {
  const Fd out(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
  if (out.get() < 0) return system_error("create", to);
  std::string piece(kPiece, '\0');
  Status status = Ok{};
  const Result<std::uint64_t> size = read_pieces(
      from, UINT64_MAX,
      [&](std::uint64_t) {
        return Room{piece.data(), status.ok() ? piece.size() : 0};  // no room: that is the end
      },
      [&](std::size_t n) {
        if (!write_all(out.get(), std::string_view(piece).substr(0, n))) {
          status = system_error("write", to);
        }
      });
  if (!size) return size.error();
  return status;
}

Status sync_folder(const std::filesystem::path& folder) {
  const Result<std::vector<std::filesystem::path>> files = list_folder(folder);
  if (!files) return files.error();
  for (const std::filesystem::path& file : *files) {
    std::error_code code;
    if (!std::filesystem::is_regular_file(file, code)) continue;
    if (Status status = sync_path(file, O_RDONLY); !status) return status;
  }
  return sync_path(folder, O_RDONLY | O_DIRECTORY);
}

Result<WriterLock> WriterLock::acquire(const std::filesystem::path& file,
                                       std::chrono::milliseconds patience) {
  Fd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (fd.get() < 0) return system_error("open", file);
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (::fcntl(fd.get(), F_OFD_SETLK, &lock) != 0) {
    if (errno != EAGAIN && errno != EACCES && errno != EINTR) return system_error("lock", file);
    if (std::chrono::steady_clock::now() >= deadline) {
      std::string holder = read_file(file, 4096).ok() ? *read_file(file, 4096) : std::string();
      while (!holder.empty() && holder.back() == '\n') holder.pop_back();
      return Error{Code::kLocked,
                   holder.empty() ? "another tome is writing this index"
                                  : "another tome is writing this index: " + holder,
                   "wait until it is done, or end it, and run this again",
                   file.parent_path().string()};
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  std::string command = "tome";
  if (Result<std::string> name = read_file("/proc/self/comm"); name.ok()) command = *name;
  while (!command.empty() && command.back() == '\n') command.pop_back();
  const std::string line = fmt::format("process {} ({})\n", ::getpid(), command);
  if (::ftruncate(fd.get(), 0) != 0 || !write_all(fd.get(), line))
    return system_error("write", file);
  return WriterLock(fd.release());
}

WriterLock& WriterLock::operator=(WriterLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

WriterLock::~WriterLock() {
  if (fd_ >= 0) {
    [[maybe_unused]] const int cleared = ::ftruncate(fd_, 0);
    ::close(fd_);
  }
}

}  // namespace tome
