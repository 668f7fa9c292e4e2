// SPDX-License-Identifier: GPL-2.0-or-later
// The world gets in the way: another writer, an interrupt, a closed pipe, a full disk.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "cli/program.h"

namespace tome::test {
namespace {

namespace fs = std::filesystem;

class Trouble : public ProgramTest {
 protected:
  void SetUp() override { index_shelf(); }

  // Holds the writer's lock as another tome would.
  int hold_lock(const std::string& holder) {
    const int fd = ::open(at("ix/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    EXPECT_EQ(::fcntl(fd, F_OFD_SETLK, &lock), 0);
    EXPECT_EQ(::ftruncate(fd, 0), 0);
    EXPECT_EQ(::write(fd, holder.data(), holder.size()), static_cast<ssize_t>(holder.size()));
    return fd;
  }

  // Enough files that indexing takes a while.
  void write_many() {
    for (int file = 0; file < 400; ++file) {
      std::string text = fmt::format("# File {}\n", file);
      for (int line = 0; line < 200; ++line) {
        text += fmt::format("\nThe miller of place {} grinds {} sacks of word{} a day.\n", line,
                            file, file * 200 + line);
      }
      write(fmt::format("many/{}.md", file), text);
    }
  }
};

TEST_F(Trouble, ASecondWriterNamesTheFirst) {
  const int fd = hold_lock("process 4711 (tome)\n");
  for (const Words& arguments : {Words{"index", "--wait", "0"}, Words{"rebuild", "--wait", "0"},
                                 Words{"remove", "shelf", "--wait", "0"}}) {
    const Ran ran = tome(arguments);
    EXPECT_EQ(ran.code, 3) << arguments[0];
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err,
              "tome: another tome is writing this index: process 4711 (tome): TMP/ix\n"
              "try: wait until it is done, or end it, and run this again\n");
  }
  EXPECT_EQ(tome({"search", "bowline"}).code, 0);  // readers need no lock
  ::close(fd);
  EXPECT_EQ(tome({"index", "--wait", "0"}).code, 0);
}

TEST_F(Trouble, ASecondWriterWaits) {
  const int fd = hold_lock("process 4711 (tome)\n");
  const pid_t waiting = start({"index"});
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  ::close(fd);
  EXPECT_EQ(finish(waiting).code, 0);
}

TEST_F(Trouble, AnInterruptPublishesNothing) {
  write_many();
  for (const int number : {SIGINT, SIGTERM}) {
    const pid_t process = start({"index", "many", "--workers", "1"});
    // A folder of chunks: files are being read.
    for (int i = 0; i < 5000 && (!exists("ix/tmp") || fs::is_empty(at("ix/tmp"))); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ::kill(process, number);
    const Ran ran = finish(process);
    EXPECT_EQ(ran.code, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err, "tome: stopped; nothing was published\n");
    EXPECT_TRUE(read("ix/current").starts_with("1 "));
    EXPECT_EQ(tome({"search", "miller"}).code, 1);
    EXPECT_EQ(tome({"search", "bowline"}).code, 0);
    EXPECT_TRUE(!exists("ix/tmp") || fs::is_empty(at("ix/tmp")));
  }
}

TEST_F(Trouble, KilledInTheMiddleLeavesTheOldIndexAnswering) {
  write_many();
  const std::string before = tome({"search", "bowline"}).out;
  for (const int delay : {0, 60, 150}) {
    const pid_t process = start({"index", "many"});
    std::this_thread::sleep_for(std::chrono::milliseconds(delay));
    ::kill(process, SIGKILL);
    const int code = finish(process).code;
    EXPECT_EQ(tome({"search", "bowline"}).out, before);
    if (code == 0) break;  // a fast machine was done already
    EXPECT_EQ(code, 128 + SIGKILL);
  }
  EXPECT_EQ(tome({"index", "many"}).code, 0);
  EXPECT_EQ(tome({"search", "miller", "-n", "1"}).code, 0);
  EXPECT_TRUE(!exists("ix/tmp") || fs::is_empty(at("ix/tmp")));
}

TEST_F(Trouble, AClosedPipeEndsQuietly) {
  for (const Words& arguments :
       {Words{"search", "the"}, Words{"books", "the"}, Words{"list"}, Words{"status"},
        Words{"search", "the", "--json"}, Words{"--help"}, Words{"index"}, Words{"rebuild"}}) {
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    ::close(ends[0]);
    const Ran ran = finish(start(arguments, ends[1]));
    EXPECT_EQ(ran.code, 0) << arguments[0];
    EXPECT_EQ(ran.err, "") << arguments[0];
  }
}

TEST_F(Trouble, OutputThatCannotBeWrittenIsNoSuccess) {
  for (const Words& arguments :
       {Words{"search", "the"}, Words{"books", "the"}, Words{"list"}, Words{"status", "--json"},
        Words{"index"}, Words{"search", "x", "--show-query"}}) {
    const Ran ran = finish(start(arguments, ::open("/dev/full", O_WRONLY | O_CLOEXEC)));
    EXPECT_EQ(ran.code, 3) << arguments[0];
    EXPECT_EQ(ran.err, "tome: cannot write: No space left on device\n") << arguments[0];
  }
}

TEST_F(Trouble, AnIndexThatCannotBeMade) {
  write("file", "x");
  const Ran ran = tome({"index", "shelf", "--index", "file/ix"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_TRUE(has(ran.err, "tome: cannot ")) << ran.err;
  EXPECT_TRUE(has(ran.err, "file/ix")) << ran.err;
  EXPECT_EQ(tome({"search", "x", "--index", "file"}).code, 3);
}

}  // namespace
}  // namespace tome::test
