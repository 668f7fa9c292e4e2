// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/notifier.h"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "store/files.h"

namespace tome {
namespace {

// IN_MODIFY keeps a batch open while a file is being written.
constexpr std::uint32_t kChanges = IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE |
                                   IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF;

class Inotify : public Notifier {
 public:
  explicit Inotify(int fd) : fd_(fd) {}
  ~Inotify() override { ::close(fd_); }
  Inotify(const Inotify&) = delete;
  Inotify& operator=(const Inotify&) = delete;

  int descriptor() const override { return fd_; }

  int add(const std::filesystem::path& folder) override {
    const int watch =
        ::inotify_add_watch(fd_, folder.c_str(), kChanges | IN_ONLYDIR | IN_EXCL_UNLINK);
    return watch < 0 ? -errno : watch;
  }

  void remove(int watch) override { ::inotify_rm_watch(fd_, watch); }

  std::vector<FolderEvent> read() override {
    std::vector<FolderEvent> events;
    alignas(inotify_event) std::array<char, 64u << 10> buffer;
    // Bounded, so that a storm of events cannot keep the caller here.
    for (int round = 0; round < 64; ++round) {
      const ssize_t size = ::read(fd_, buffer.data(), buffer.size());
      if (size < 0 && errno == EINTR) continue;
      if (size <= 0) break;
      for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
        inotify_event event;
        std::memcpy(&event, buffer.data() + at, sizeof event);
        FolderEvent& out = events.emplace_back();
        out.watch = event.wd;
        out.mask = event.mask;
        const char* name = buffer.data() + at + sizeof event;
        out.name.assign(name, ::strnlen(name, event.len));
        at += sizeof event + event.len;
      }
    }
    return events;
  }

 private:
  int fd_;
};

}  // namespace

Result<std::unique_ptr<Notifier>> make_notifier() {
  const int fd = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (fd < 0 && errno == EMFILE) {
    return Error{Code::kLimit, "the system lets nobody watch more folders",
                 "raise it: sysctl fs.inotify.max_user_instances=1024", ""};
  }
  if (fd < 0) return system_error("watch folders", "");
  return std::unique_ptr<Notifier>(std::make_unique<Inotify>(fd));
}

}  // namespace tome
