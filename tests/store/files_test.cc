// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/files.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <future>
#include <thread>

#include "support/folder.h"
#include "support/small_files.h"
#include "text/hash.h"

namespace tome {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

TEST(ReadFile, WholeContentOrTheReason) {
  const TestFolder folder;
  const std::string bytes = std::string("with\0nul\n", 9) + std::string(100'000, 'x');
  EXPECT_EQ(*read_file(folder.write("file", bytes)), bytes);
  EXPECT_EQ(*read_file(folder.write("empty", "")), "");
  EXPECT_EQ(read_file(folder / "none").error().code, Code::kNotFound);
  EXPECT_EQ(read_file(folder / "none").error().path, (folder / "none").string());
  EXPECT_EQ(read_file(folder.path()).error().code, Code::kIo);
  EXPECT_EQ(read_file(folder / "file" / "below").error().code, Code::kIo);
  EXPECT_EQ(read_file(folder / "file", bytes.size())->size(), bytes.size());
  EXPECT_EQ(read_file(folder / "file", bytes.size() - 1).error().code, Code::kLimit);
  EXPECT_FALSE(read_file("/proc/self/status")->empty());  // says that its size is 0
}

TEST(WriteFileAtomically, ReplacesAndLeavesNothingBeside) {
  const TestFolder folder;
  ASSERT_TRUE(write_file_atomically(folder / "file", "one").ok());
  ASSERT_TRUE(write_file_atomically(folder / "file", "two").ok());
  EXPECT_EQ(bytes_of(folder / "file"), "two");
  EXPECT_FALSE(std::filesystem::exists(folder / "file.new"));
}

TEST(WriteFileAtomically, SaysWhatFailedAndKeepsTheOld) {
  const TestFolder folder;
  const Status nowhere = write_file_atomically(folder / "none" / "file", "x");
  ASSERT_FALSE(nowhere.ok());
  EXPECT_NE(nowhere.error().message.find("cannot create"), std::string::npos);
  folder.write("taken/file", "old");  // a folder cannot be replaced by a file
  ASSERT_FALSE(write_file_atomically(folder / "taken", "x").ok());
  EXPECT_EQ(bytes_of(folder / "taken" / "file"), "old");
  if (std::filesystem::exists("/dev/full")) {
    std::filesystem::create_symlink("/dev/full", folder / "full.new");
    folder.write("full", "old");
    const Status full = write_file_atomically(folder / "full", "x");
    ASSERT_FALSE(full.ok());
    EXPECT_NE(full.error().hint.find("free some space"), std::string::npos);
    EXPECT_EQ(bytes_of(folder / "full"), "old");
  }
}

// A copy by std::filesystem said "Input/output error" of a full disk.
TEST(CopyNewFile, CopiesOrSaysWhy) {
  const TestFolder folder;
  const std::string bytes(700'000, 'x');
  folder.write("from", bytes);
  ASSERT_TRUE(copy_new_file(folder / "from", folder / "to").ok());
  EXPECT_EQ(bytes_of(folder / "to"), bytes);
  EXPECT_FALSE(copy_new_file(folder / "from", folder / "to").ok());  // is there
  EXPECT_EQ(copy_new_file(folder / "none", folder / "a").error().code, Code::kNotFound);
  EXPECT_EQ(copy_new_file(folder.path(), folder / "b").error().code, Code::kIo);
  EXPECT_EQ(copy_new_file(folder / "from", folder / "none" / "c").error().code, Code::kNotFound);
  const SmallFiles small(300'000);
  const Status full = copy_new_file(folder / "from", folder / "d");
  EXPECT_EQ(full.error().message, "cannot write: File too large");
  EXPECT_NE(full.error().hint.find("ulimit -f"), std::string::npos);
}

TEST(SyncFolder, FailsWhereThereIsNone) {
  const TestFolder folder;
  folder.write("a", "1");
  EXPECT_TRUE(sync_folder(folder.path()).ok());
  EXPECT_FALSE(sync_folder(folder / "none").ok());
}

TEST(WriterLock, TheSecondWaitsThenNamesTheHolder) {
  const TestFolder folder;
  Result<WriterLock> first = WriterLock::acquire(folder / "lock", milliseconds(0));
  ASSERT_TRUE(first.ok());
  const auto start = steady_clock::now();
  const Result<WriterLock> second = WriterLock::acquire(folder / "lock", milliseconds(120));
  ASSERT_FALSE(second.ok());
  EXPECT_GE(steady_clock::now() - start, milliseconds(120));
  EXPECT_EQ(second.error().code, Code::kLocked);
  EXPECT_NE(second.error().message.find("process " + std::to_string(::getpid())), std::string::npos)
      << second.error().message;
  EXPECT_FALSE(second.error().hint.empty());
}

TEST(WriterLock, IsReleasedByItsDestructorAndGotByWaiting) {
  const TestFolder folder;
  std::promise<void> refused;
  std::thread holder;
  {
    Result<WriterLock> first = WriterLock::acquire(folder / "lock", milliseconds(0));
    ASSERT_TRUE(first.ok());
    holder = std::thread([lock = std::move(first).value(), &refused] {
      refused.get_future().wait();
      std::this_thread::sleep_for(milliseconds(100));
      static_cast<void>(lock);
    });
  }
  std::thread waiting([&] {  // the moved-from Result released nothing
    EXPECT_FALSE(WriterLock::acquire(folder / "lock", milliseconds(0)).ok());
    refused.set_value();
    EXPECT_TRUE(WriterLock::acquire(folder / "lock", milliseconds(60'000)).ok());
  });
  holder.join();
  holder = std::thread();
  waiting.join();
  EXPECT_TRUE(WriterLock::acquire(folder / "lock", milliseconds(0)).ok());
}

TEST(WriterLock, DiesWithItsProcess) {
  const TestFolder folder;
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const Result<WriterLock> lock = WriterLock::acquire(folder / "lock", milliseconds(0));
    const char byte = lock.ok() ? 'y' : 'n';
    if (::write(ready[1], &byte, 1) == 1) ::pause();
    ::_exit(1);
  }
  char byte = 'n';
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_EQ(byte, 'y');
  const Result<WriterLock> held = WriterLock::acquire(folder / "lock", milliseconds(0));
  ASSERT_FALSE(held.ok());
  EXPECT_NE(held.error().message.find("process " + std::to_string(child)), std::string::npos);
  ::kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WriterLock::acquire(folder / "lock", milliseconds(0)).ok());
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST(DigestFile, IsThatOfTheBytes) {
  const TestFolder folder;
  for (const std::size_t size : {0u, 1u, 262143u, 262144u, 262145u, 1000000u}) {
    std::string bytes(size, 'x');
    for (std::size_t i = 0; i < size; i += 97) bytes[i] = static_cast<char>(i);
    const Result<FileDigest> digest = digest_file(folder.write("file", bytes));
    ASSERT_TRUE(digest.ok()) << size;
    EXPECT_EQ(digest->size, size);
    EXPECT_EQ(digest->hex, hex_digest(bytes)) << size;
  }
  EXPECT_EQ(digest_file(folder / "file", 999'999).error().code, Code::kLimit);
  EXPECT_EQ(digest_file(folder / "none").error().code, Code::kNotFound);
  EXPECT_EQ(digest_file(folder.path()).error().code, Code::kIo);
}

TEST(WriterLock, MovesWithItsHolder) {
  const TestFolder folder;
  Result<WriterLock> one = WriterLock::acquire(folder / "one", milliseconds(0));
  Result<WriterLock> two = WriterLock::acquire(folder / "two", milliseconds(0));
  ASSERT_TRUE(one.ok() && two.ok());
  {
    WriterLock last = std::move(*one);
    last = std::move(*two);
    EXPECT_EQ(WriterLock::acquire(folder / "two", milliseconds(0)).error().code, Code::kLocked);
  }
  EXPECT_TRUE(WriterLock::acquire(folder / "two", milliseconds(0)).ok());
}

TEST(WriterLock, SaysWhyThereIsNone) {
  const TestFolder folder;
  EXPECT_EQ(WriterLock::acquire(folder / "none" / "lock", milliseconds(0)).error().code,
            Code::kNotFound);
  EXPECT_EQ(WriterLock::acquire(folder.path(), milliseconds(0)).error().code, Code::kIo);
  EXPECT_EQ(WriterLock::acquire("/dev/full", milliseconds(0)).error().code, Code::kIo);
  const SmallFiles none(0);
  const Result<WriterLock> full = WriterLock::acquire(folder / "lock", milliseconds(0));
  EXPECT_EQ(full.error().message, "cannot write: File too large");
}

}  // namespace
}  // namespace tome
