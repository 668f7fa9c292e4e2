// SPDX-License-Identifier: GPL-2.0-or-later
// A disk that is full, a bound on the size of files, a disk or a folder that may not be written:
// with more and more room an update ends with an error and the old generation, until it succeeds.
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

#include "fault/starved.h"
#include "support/as_nobody.h"
#include "support/long.h"

namespace tome::test {
namespace {

namespace fs = std::filesystem;

class Full : public StarvedTest {
 protected:
  void prepare() {
    for (int i = 0; i < 12; ++i) write_note(i);
    ASSERT_EQ(tome({"index", "shelf"}).code, 0);
    for (int i = 6; i < 16; ++i) write_note(i, 1);
    before_ = passages();
    found_ = tome({"search", "item7"}).out;
  }

  // What an error must say, and leave.
  void expect_old(const Ran& ran, const char* why) {
    expect_helpful(ran, false);
    EXPECT_TRUE(has(ran.err, why)) << ran.err;
    EXPECT_TRUE(passages() == before_);
    EXPECT_EQ(tome({"search", "item7"}).out, found_);
  }

  std::optional<std::set<std::string>> before_;
  std::string found_;
};

// Whether TMP/ix could be mounted, in a name space that ends with this process.
bool mounted(const fs::path& folder, std::uint64_t bytes) {
  const std::string options = "size=" + std::to_string(bytes);
  fs::create_directories(folder);
  return ::unshare(CLONE_NEWNS) == 0 &&
         ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("tmpfs", folder.c_str(), "tmpfs", 0, options.c_str()) == 0;
}

TEST_F(Full, ASmallDisk) {
  if (!mounted(index(), 4u << 20)) GTEST_SKIP() << "mounting a disk needs root";
  prepare();
  struct statvfs disk {};
  ASSERT_EQ(::statvfs(index().c_str(), &disk), 0);
  const std::uint64_t free = disk.f_bavail * disk.f_bsize;
  int tried = 0;
  bool done = false;
  for (std::uint64_t room = 0; !done; room += static_cast<std::uint64_t>(in_long(3, 1)) * 4096) {
    ASSERT_LT(room, free);
    const fs::path ballast = index() / "ballast";
    write_bytes(ballast, std::string(free - room, 'x'));
    const Ran ran = tome({"index"});
    SCOPED_TRACE(fmt::format("{} bytes free: {}", room, ran.err));
    done = ran.code == 0;
    ++tried;
    if (!done) expect_old(ran, "No space left on device");
    fs::remove(ballast);
    expect_sound();
  }
  EXPECT_GT(tried, 5);
  EXPECT_EQ(count(tome({"search", "version1"}).out, "Version1"), 10u);
  std::printf("small disk: %d sizes, %d refused, lost 0\n", tried, tried - 1);
  ::umount2(index().c_str(), MNT_DETACH);
}

TEST_F(Full, ADiskThatIsReadOnly) {
  if (!mounted(index(), 4u << 20)) GTEST_SKIP() << "mounting a disk needs root";
  prepare();
  const auto remount = [&](unsigned long flags) {
    return ::mount("none", index().c_str(), nullptr, MS_REMOUNT | flags, nullptr) == 0;
  };
  ASSERT_TRUE(remount(MS_RDONLY));
  for (const Words& command : {Words{"index"}, Words{"rebuild"}, Words{"remove", "shelf/n1.md"}}) {
    expect_old(tome(command), "Read-only file system");
  }
  EXPECT_EQ(tome({"check"}).code, 0);
  ASSERT_TRUE(remount(0));
  EXPECT_EQ(tome({"index"}).code, 0);
  expect_sound();
  ::umount2(index().c_str(), MNT_DETACH);
}

TEST_F(Full, ABoundOnTheSizeOfFiles) {
  prepare();
  rlimit usual{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &usual), 0);
  int tried = 0;
  bool done = false;
  for (rlim_t bound = 1024; !done; bound += 1024) {
    ASSERT_LT(bound, 1u << 20);
    rlimit small = usual;
    small.rlim_cur = bound;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const pid_t process = start({"index"});
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &usual), 0);
    const Ran ran = finish(process);
    SCOPED_TRACE(fmt::format("{} bytes: {}", bound, ran.err));
    done = ran.code == 0;
    ++tried;
    if (!done) expect_old(ran, "File too large");
    expect_sound();
  }
  EXPECT_GT(tried, 5);
  EXPECT_EQ(count(tome({"search", "version1"}).out, "Version1"), 10u);
  std::printf("bound on files: %d bounds, %d refused, lost 0\n", tried, tried - 1);
}

TEST_F(Full, FoldersThatMayNotBeWrittenOrRead) {
  prepare();
  const AsNobody nobody(at(""));
  if (!nobody.ok()) GTEST_SKIP() << "cannot act as another user";
#ifdef TOME_SANITIZED
  GTEST_SKIP()
      << "a sanitizer in a process of another user can read neither its options nor itself";
#endif
  const auto mode = [&](const char* path, unsigned bits) {
    fs::permissions(at(path), static_cast<fs::perms>(bits));
  };
  int refused = 0;
  for (const char* closed : {"ix", "ix/segments", "ix/generations", "ix/lock"}) {
    SCOPED_TRACE(closed);
    mode(closed, std::string_view(closed) == "ix/lock" ? 0400 : 0500);
    expect_old(tome({"index"}), "Permission denied");
    expect_old(tome({"rebuild"}), "Permission denied");
    mode(closed, 0700);
    expect_sound(std::string_view(closed) == "ix");  // what was made could not be removed
    refused += 2;
  }
  for (const char* closed : {"ix", "ix/segments", "ix/generations", "ix/current"}) {
    mode(closed, 0);
    for (const Words& command :
         {Words{"search", "item7"}, Words{"list"}, Words{"status"}, Words{"index"},
          Words{"remove", "shelf/n1.md"}, Words{"check"}, Words{"repair"}}) {
      const Ran ran = tome(command);
      SCOPED_TRACE(fmt::format("{} {}: {}{}", closed, command[0], ran.err, ran.out));
      EXPECT_EQ(ran.code, 3);
      EXPECT_TRUE(has(ran.err + ran.out, "TMP/ix"));
      EXPECT_TRUE(has(ran.err + ran.out, "ermission"));
      EXPECT_FALSE(has(ran.err, "there is no index"));
      ++refused;
    }
    mode(closed, 0700);
  }
  EXPECT_EQ(tome({"search", "item7"}).out, found_);
  EXPECT_EQ(tome({"index"}).code, 0);
  expect_sound();
  std::printf("permissions: %d refused, lost 0\n", refused);
}

}  // namespace
}  // namespace tome::test
