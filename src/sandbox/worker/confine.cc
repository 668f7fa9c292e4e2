// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/worker/confine.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <memory>
#include <type_traits>

namespace tome {
namespace {

#ifdef TOME_SANITIZED
constexpr bool kSanitized = true;  // shadow memory is terabytes of address space
#else
constexpr bool kSanitized = false;
#endif

constexpr std::uint64_t kReaderFiles = 64;       // descriptors
constexpr std::uint64_t kProgramFile = 1 << 30;  // bytes; converters write temporary files

bool limit(int what, std::uint64_t most) {
  rlimit now{};
  if (::getrlimit(static_cast<__rlimit_resource_t>(what), &now) != 0) return false;
  // One that is lower already stays.
  const rlim_t value = now.rlim_max == RLIM_INFINITY || most < now.rlim_max ? most : now.rlim_max;
  const rlimit next{value, value};
  return ::setrlimit(static_cast<__rlimit_resource_t>(what), &next) == 0;
}

struct Release {
  void operator()(void* filter) const { seccomp_release(filter); }
};

// What is forbidden fails with EPERM, so that a library that tries (a cache of fonts) goes on
// without. Not a list of what is allowed: that would break with each new version of a library.
bool forbid_changes() {
  const std::unique_ptr<void, Release> filter(seccomp_init(SCMP_ACT_ALLOW));
  if (!filter) return false;
  const std::uint32_t no = SCMP_ACT_ERRNO(EPERM);
  const std::uint32_t unknown = SCMP_ACT_ERRNO(ENOSYS);  // the C library then uses an older call
  bool ok = true;
  for (const int call : {SCMP_SYS(execve),
                         SCMP_SYS(execveat),
                         SCMP_SYS(fork),
                         SCMP_SYS(vfork),
                         SCMP_SYS(socket),
                         SCMP_SYS(socketpair),
                         SCMP_SYS(connect),
                         SCMP_SYS(bind),
                         SCMP_SYS(listen),
                         SCMP_SYS(accept),
                         SCMP_SYS(accept4),
                         SCMP_SYS(ptrace),
                         SCMP_SYS(process_vm_readv),
                         SCMP_SYS(process_vm_writev),
                         SCMP_SYS(pidfd_getfd),
                         SCMP_SYS(kill),
                         SCMP_SYS(tkill),
                         SCMP_SYS(pidfd_send_signal),
                         SCMP_SYS(rt_sigqueueinfo),
                         SCMP_SYS(rt_tgsigqueueinfo),
                         SCMP_SYS(prlimit64),
                         SCMP_SYS(setrlimit),
                         SCMP_SYS(creat),
                         SCMP_SYS(unlink),
                         SCMP_SYS(unlinkat),
                         SCMP_SYS(rename),
                         SCMP_SYS(renameat),
                         SCMP_SYS(renameat2),
                         SCMP_SYS(mkdir),
                         SCMP_SYS(mkdirat),
                         SCMP_SYS(rmdir),
                         SCMP_SYS(link),
                         SCMP_SYS(linkat),
                         SCMP_SYS(symlink),
                         SCMP_SYS(symlinkat),
                         SCMP_SYS(mknod),
                         SCMP_SYS(mknodat),
                         SCMP_SYS(truncate),
                         SCMP_SYS(chmod),
                         SCMP_SYS(fchmod),
                         SCMP_SYS(fchmodat),
                         SCMP_SYS(chown),
                         SCMP_SYS(fchown),
                         SCMP_SYS(lchown),
                         SCMP_SYS(fchownat),
                         SCMP_SYS(utimensat),
                         SCMP_SYS(setxattr),
                         SCMP_SYS(lsetxattr),
                         SCMP_SYS(fsetxattr),
                         SCMP_SYS(removexattr),
                         SCMP_SYS(mount),
                         SCMP_SYS(umount2),
                         SCMP_SYS(pivot_root),
                         SCMP_SYS(chroot),
                         SCMP_SYS(unshare),
                         SCMP_SYS(setns),
                         SCMP_SYS(bpf),
                         SCMP_SYS(perf_event_open),
                         SCMP_SYS(userfaultfd),
                         SCMP_SYS(keyctl),
                         SCMP_SYS(add_key),
                         SCMP_SYS(request_key),
                         SCMP_SYS(shmget),
                         SCMP_SYS(shmat),
                         SCMP_SYS(msgget),
                         SCMP_SYS(semget),
                         SCMP_SYS(mq_open)}) {
    ok = ok && seccomp_rule_add(filter.get(), no, call, 0) == 0;
  }
  for (const int call : {SCMP_SYS(clone3), SCMP_SYS(openat2), SCMP_SYS(open_by_handle_at),
                         SCMP_SYS(io_uring_setup), SCMP_SYS(memfd_create)}) {
    ok = ok && seccomp_rule_add(filter.get(), unknown, call, 0) == 0;
  }
  // abort() sends a signal to itself.
  ok = ok && seccomp_rule_add(filter.get(), no, SCMP_SYS(tgkill), 1,
                              SCMP_A0(SCMP_CMP_NE, static_cast<scmp_datum_t>(::getpid()))) == 0;
  // A thread is no process.
  ok = ok && seccomp_rule_add(filter.get(), no, SCMP_SYS(clone), 1,
                              SCMP_A0(SCMP_CMP_MASKED_EQ, 0x00010000 /* CLONE_THREAD */, 0)) == 0;
  for (const unsigned flag : {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC}) {
    const auto bit = static_cast<scmp_datum_t>(flag);
    ok = ok &&
         seccomp_rule_add(filter.get(), no, SCMP_SYS(open), 1,
                          SCMP_A1(SCMP_CMP_MASKED_EQ, bit, bit)) == 0 &&
         seccomp_rule_add(filter.get(), no, SCMP_SYS(openat), 1,
                          SCMP_A2(SCMP_CMP_MASKED_EQ, bit, bit)) == 0;
  }
  return ok && seccomp_load(filter.get()) == 0;
}

}  // namespace

// The harder limit comes later: at it the kernel kills, and nobody could tell why.
bool limit_time(std::uint64_t seconds) {
  rlimit now{};
  if (::getrlimit(RLIMIT_CPU, &now) != 0) return false;
  if (now.rlim_max <= seconds) return true;  // one that is lower already stays
  const rlimit bound{seconds, std::min<rlim_t>(seconds + 1, now.rlim_max)};
  return ::setrlimit(RLIMIT_CPU, &bound) == 0;
}

bool confine_reader(std::uint64_t memory) {
  // When the parent is gone already, its end of the socket is closed and there is nothing to read.
  return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_DUMPABLE, 0) == 0 && limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) &&
         limit(RLIMIT_NOFILE, kReaderFiles) && (kSanitized || limit(RLIMIT_AS, memory)) &&
         forbid_changes();
}

bool confine_program(std::uint64_t memory, std::uint64_t seconds, pid_t parent) {
  return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::getppid() == parent &&
         limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, kProgramFile) && limit_time(seconds) &&
         limit(RLIMIT_AS, memory);
}

}  // namespace tome
