// SPDX-License-Identifier: GPL-2.0-or-later
// tome serve: starts, answers, takes up what is indexed meanwhile, ends when told to.
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "cli/program.h"
#include "cli/shelf.h"
#include "support/loopback.h"

namespace tome::test {
namespace {

class Serve : public ProgramTest {
 protected:
  // Starts the server and waits for its first line; the port that it stands at.
  std::uint16_t serve(Words more = {}) {
    Words arguments{"serve", "--port", "0"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    process_ = start(arguments);
    for (int i = 0; i < 1000; ++i) {
      const std::string line = read("output/out");
      const std::size_t colon = line.rfind(':');
      if (line.ends_with("/\n") && colon != line.npos) {
        return static_cast<std::uint16_t>(std::stoi(line.substr(colon + 1)));
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ADD_FAILURE() << "no line: " << read("output/err");
    return 0;
  }
  Ran stop(int signal) {
    ::kill(process_, signal);
    return finish(process_);
  }

  // The whole answer to a request of this target.
  static std::string ask(std::uint16_t port, const std::string& target,
                         const std::string& more = "") {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    std::string answer;
    if (connect_to(socket, port)) {
      const std::string request =
          "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + more + "\r\n";
      ::send(socket, request.data(), request.size(), MSG_NOSIGNAL);
      char bytes[4096];
      for (ssize_t n = 0; (n = ::recv(socket, bytes, sizeof(bytes), 0)) > 0;) {
        answer.append(bytes, static_cast<std::size_t>(n));
      }
    }
    ::close(socket);
    return answer;
  }

  pid_t process_ = -1;
};

TEST_F(Serve, AnswersUntilItIsToldToEnd) {
  index_shelf();
  for (const int signal : {SIGTERM, SIGINT}) {
    const std::uint16_t port = serve();
    EXPECT_TRUE(has(ask(port, "/api/v1/search?q=escapement"), "Clockwork at Home"));
    const Ran ran = stop(signal);
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.err, "");
    EXPECT_EQ(ran.out,
              "Serving TMP/ix (generation 1) at http://127.0.0.1:" + std::to_string(port) + "/\n");
  }
}

TEST_F(Serve, TakesUpWhatIsIndexedMeanwhile) {
  index_shelf();
  const std::uint16_t port = serve();
  EXPECT_FALSE(has(ask(port, "/api/v1/search?q=annealing"), "The Glass Furnace"));
  write("shelf/later.txt", kLater);
  ASSERT_EQ(finish(start({"index", "--quiet"})).code, 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(250));
  EXPECT_TRUE(has(ask(port, "/api/v1/search?q=annealing"), "The Glass Furnace"));
  EXPECT_EQ(stop(SIGTERM).code, 0);
}

TEST_F(Serve, APortThatIsTakenIsSaid) {
  index_shelf();
  const std::uint16_t port = serve();
  const pid_t first = process_;
  const Ran ran = tome({"serve", "--port", std::to_string(port)});
  EXPECT_EQ(ran.code, 3);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "tome: cannot listen on port " + std::to_string(port) +
                         " of 127.0.0.1: Address already in use\n"
                         "try: another program has that port; --port N takes another\n");
  process_ = first;
  EXPECT_EQ(stop(SIGTERM).code, 0);
}

TEST_F(Serve, AsksForATokenBeyondThisMachine) {
  index_shelf();
  Ran ran = tome({"serve", "--port", "0", "--host", "0.0.0.0"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_TRUE(has(ran.err, "only with a token")) << ran.err;
  write("token", "short\n");
  ran = tome({"serve", "--port", "0", "--token-file", "token"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_TRUE(has(ran.err, "a token is 16 to 256 letters")) << ran.err;
  ran = tome({"serve", "--port", "0", "--token-file", "none"});
  EXPECT_EQ(ran.code, 2);
  write("token", "correct-horse-battery\n");
  const std::uint16_t port = serve({"--host", "0.0.0.0", "--token-file", "token"});
  EXPECT_TRUE(has(ask(port, "/api/v1/status"), " 401 "));
  EXPECT_TRUE(
      has(ask(port, "/api/v1/status", "Authorization: Bearer correct-horse-battery\r\n"), " 200 "));
  EXPECT_EQ(stop(SIGTERM).code, 0);
}

TEST_F(Serve, NoIndexIsAnError) {
  const Ran ran = tome({"serve", "--port", "0"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(has(ran.err, "tome index")) << ran.err;
}

}  // namespace
}  // namespace tome::test
