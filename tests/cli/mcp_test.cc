// SPDX-License-Identifier: GPL-2.0-or-later
// tome mcp as a program: what it prints and how it ends. What it answers: tests/mcp/.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "cli/program.h"

namespace tome::test {
namespace {

using Mcp = ProgramTest;

TEST_F(Mcp, EndsWithItsInput) {
  const Ran ran = tome({"mcp"});  // from /dev/null
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "");
}

TEST_F(Mcp, AnswersThenEndsWith0OnSigterm) {
  std::array<int, 2> in{}, out{};
  ASSERT_EQ(::pipe2(in.data(), O_CLOEXEC), 0);
  ASSERT_EQ(::pipe2(out.data(), O_CLOEXEC), 0);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, in[0], 0);
  ::posix_spawn_file_actions_adddup2(&actions, out[1], 1);
  std::string program = "tome", command = "mcp", option = "--index", index = at("ix").string();
  const std::array<char*, 5> arguments{program.data(), option.data(), index.data(), command.data(),
                                       nullptr};
  pid_t process = -1;
  ASSERT_EQ(::posix_spawn(&process, TOME_PROGRAM, &actions, nullptr, arguments.data(), environ), 0);
  ::posix_spawn_file_actions_destroy(&actions);
  const std::string ping = "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}\n";
  ASSERT_EQ(::write(in[1], ping.data(), ping.size()), static_cast<ssize_t>(ping.size()));
  pollfd waiting{out[0], POLLIN, 0};
  EXPECT_EQ(::poll(&waiting, 1, 20'000), 1) << "no answer";
  std::array<char, 200> buffer;
  const ssize_t n = ::read(out[0], buffer.data(), buffer.size());
  EXPECT_EQ(std::string(buffer.data(), static_cast<std::size_t>(n)),
            "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}\n");
  ::kill(process, SIGTERM);
  int status = 0;
  ASSERT_EQ(::waitpid(process, &status, 0), process);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  for (const int fd : {in[0], in[1], out[0], out[1]}) ::close(fd);
}

}  // namespace
}  // namespace tome::test
