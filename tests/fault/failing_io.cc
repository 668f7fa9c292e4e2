// SPDX-License-Identifier: GPL-2.0-or-later
// Loaded before the C library (LD_PRELOAD) into the real program: makes one of its calls on files
// below a folder fail, or all from one on. By environment variables:
//   TOME_FAIL_BELOW   the folder, absolute
//   TOME_FAIL_WHAT    "write" (what changes files), "read"
//   TOME_FAIL_ONLY    what "call path" must hold to count; may be missing
//   TOME_FAIL_AT      the number of the call, from 1; 0 only counts
//   TOME_FAIL_ON      when set, all later calls fail too, and a write that fails first writes half
//   TOME_FAIL_WITH    the errno
//   TOME_FAIL_RECORD  a file of sizeof(FailingIo) bytes, where the calls are counted
// Processes that it starts count into the same file; a program of another name is left alone.
#include "fault/failing_io.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace {

using tome::test::FailingIo;

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

struct Plan {
  FailingIo* record = nullptr;  // null: nothing is counted and nothing fails
  std::string below;
  std::string only;
  bool writes = false;
  bool on = false;
  std::uint64_t at = 0;
  int error = EIO;

  Plan() {
    const auto variable = [](const char* name) {
      const char* value = std::getenv(name);
      return std::string(value == nullptr ? "" : value);
    };
    const std::string file = variable("TOME_FAIL_RECORD");
    if (file.empty() || std::string_view(program_invocation_short_name) != "tome") return;
    below = variable("TOME_FAIL_BELOW") + "/";
    only = variable("TOME_FAIL_ONLY");
    writes = variable("TOME_FAIL_WHAT") == "write";
    on = !variable("TOME_FAIL_ON").empty();
    at = std::strtoull(variable("TOME_FAIL_AT").c_str(), nullptr, 10);
    error = std::atoi(variable("TOME_FAIL_WITH").c_str());
    const int fd = next<int(const char*, int, ...)>("open")(file.c_str(), O_RDWR | O_CLOEXEC);
    if (fd < 0) std::abort();
    void* room = ::mmap(nullptr, sizeof(FailingIo), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (room == MAP_FAILED) std::abort();
    ::close(fd);
    record = static_cast<FailingIo*>(room);
  }
};

const Plan& plan() {
  static const Plan plan;
  return plan;
}

std::string path_of(int fd) {
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  char room[4096];
  const ssize_t size = ::readlink(link.c_str(), room, sizeof room);
  return size < 0 ? std::string() : std::string(room, static_cast<std::size_t>(size));
}

std::string path_at(int folder, const char* path) {
  if (path[0] == '/') return path;
  if (folder != AT_FDCWD) return path_of(folder) + "/" + path;
  char room[4096];
  return ::getcwd(room, sizeof room) == nullptr ? path : std::string(room) + "/" + path;
}

enum class Verdict { kPass, kFail, kFirstToFail };

Verdict judge(const char* call, const std::string& path) {
  const Plan& p = plan();
  const std::string said = std::string(call) + " " + path;
  if (!(path + "/").starts_with(p.below) || said.find(p.only) == said.npos) return Verdict::kPass;
  const std::uint64_t number = ++p.record->calls;
  if (p.at == 0 || number < p.at || (number > p.at && !p.on)) return Verdict::kPass;
  errno = p.error;
  if (number > p.at) return Verdict::kFail;
  std::strncpy(p.record->failed, said.c_str(), sizeof p.record->failed - 1);
  return Verdict::kFirstToFail;
}

bool idle(bool writes) { return plan().record == nullptr || plan().writes != writes; }

// Whether the call, which writes or reads, must fail; errno is set then.
bool fails(bool writes, const char* call, int fd) {
  return !idle(writes) && judge(call, path_of(fd)) != Verdict::kPass;
}

bool fails_at(bool writes, const char* call, int folder, const char* path) {
  return !idle(writes) && judge(call, path_at(folder, path)) != Verdict::kPass;
}

bool open_fails(const char* call, int folder, const char* path, int flags) {
  const bool writes = (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0;
  return fails_at(writes, call, folder, path);
}

// How many of `size` bytes are to be written; 0: fail.
std::size_t let_write(const char* call, int fd, std::size_t size) {
  if (idle(true)) return size;
  switch (judge(call, path_of(fd))) {
    case Verdict::kPass:
      return size;
    case Verdict::kFail:
      return 0;
    case Verdict::kFirstToFail:
      break;
  }
  return plan().on ? size / 2 : 0;  // a disk that is filling up takes a part
}

mode_t mode_of(int flags, std::va_list arguments) {
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  std::va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  if (open_fails("open", AT_FDCWD, path, flags)) return -1;
  return next<int(const char*, int, ...)>("open")(path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  std::va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  if (open_fails("open", AT_FDCWD, path, flags)) return -1;
  return next<int(const char*, int, ...)>("open64")(path, flags, mode);
}

int __open_2(const char* path, int flags) {
  if (open_fails("open", AT_FDCWD, path, flags)) return -1;
  return next<int(const char*, int)>("__open_2")(path, flags);
}

int openat(int folder, const char* path, int flags, ...) {
  std::va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  if (open_fails("openat", folder, path, flags)) return -1;
  return next<int(int, const char*, int, ...)>("openat")(folder, path, flags, mode);
}

int __openat_2(int folder, const char* path, int flags) {
  if (open_fails("openat", folder, path, flags)) return -1;
  return next<int(int, const char*, int)>("__openat_2")(folder, path, flags);
}

ssize_t write(int fd, const void* bytes, size_t size) {
  const std::size_t some = let_write("write", fd, size);
  if (size > 0 && some == 0) return -1;
  return next<ssize_t(int, const void*, size_t)>("write")(fd, bytes, some);
}

ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  const std::size_t some = let_write("pwrite", fd, size);
  if (size > 0 && some == 0) return -1;
  return next<ssize_t(int, const void*, size_t, off_t)>("pwrite")(fd, bytes, some, at);
}

ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  const std::size_t some = let_write("pwrite", fd, size);
  if (size > 0 && some == 0) return -1;
  return next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64")(fd, bytes, some, at);
}

ssize_t writev(int fd, const struct iovec* parts, int count) {
  if (fails(true, "writev", fd)) return -1;
  return next<ssize_t(int, const struct iovec*, int)>("writev")(fd, parts, count);
}

ssize_t sendfile(int to, int from, off_t* at, size_t size) {
  const std::size_t some = let_write("sendfile", to, size);
  if (size > 0 && some == 0) return -1;
  return next<ssize_t(int, int, off_t*, size_t)>("sendfile")(to, from, at, some);
}

int fsync(int fd) { return fails(true, "fsync", fd) ? -1 : next<int(int)>("fsync")(fd); }

int fdatasync(int fd) {
  return fails(true, "fdatasync", fd) ? -1 : next<int(int)>("fdatasync")(fd);
}

int rename(const char* from, const char* to) noexcept {
  if (fails_at(true, "rename", AT_FDCWD, to)) return -1;
  return next<int(const char*, const char*)>("rename")(from, to);
}

int link(const char* from, const char* to) noexcept {
  if (fails_at(true, "link", AT_FDCWD, to)) return -1;
  return next<int(const char*, const char*)>("link")(from, to);
}

int mkdir(const char* path, mode_t mode) noexcept {
  if (fails_at(true, "mkdir", AT_FDCWD, path)) return -1;
  return next<int(const char*, mode_t)>("mkdir")(path, mode);
}

int ftruncate(int fd, off_t size) noexcept {
  return fails(true, "ftruncate", fd) ? -1 : next<int(int, off_t)>("ftruncate")(fd, size);
}

int truncate(const char* path, off_t size) noexcept {
  if (fails_at(true, "truncate", AT_FDCWD, path)) return -1;
  return next<int(const char*, off_t)>("truncate")(path, size);
}

ssize_t read(int fd, void* to, size_t size) {
  return fails(false, "read", fd) ? -1 : next<ssize_t(int, void*, size_t)>("read")(fd, to, size);
}

ssize_t __read_chk(int fd, void* to, size_t size, size_t room) {
  if (fails(false, "read", fd)) return -1;
  return next<ssize_t(int, void*, size_t, size_t)>("__read_chk")(fd, to, size, room);
}

ssize_t pread(int fd, void* to, size_t size, off_t at) {
  if (fails(false, "pread", fd)) return -1;
  return next<ssize_t(int, void*, size_t, off_t)>("pread")(fd, to, size, at);
}

ssize_t pread64(int fd, void* to, size_t size, off64_t at) {
  if (fails(false, "pread", fd)) return -1;
  return next<ssize_t(int, void*, size_t, off64_t)>("pread64")(fd, to, size, at);
}

struct dirent* readdir(DIR* folder) {
  if (fails(false, "readdir", ::dirfd(folder))) return nullptr;
  return next<struct dirent*(DIR*)>("readdir")(folder);
}

struct dirent64* readdir64(DIR* folder) {
  if (fails(false, "readdir", ::dirfd(folder))) return nullptr;
  return next<struct dirent64*(DIR*)>("readdir64")(folder);
}

}  // extern "C"
