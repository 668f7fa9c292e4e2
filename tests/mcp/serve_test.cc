// SPDX-License-Identifier: GPL-2.0-or-later
// The stream: lines that come in pieces, lines without an end, long ones, a reader that leaves.
#include "mcp/serve.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "mcp/lines.h"

namespace tome::mcp::test {
namespace {

std::vector<std::string> lines_of(std::string_view bytes, std::size_t piece, std::size_t most) {
  Lines lines(most);
  std::vector<std::string> out;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    std::string_view part = bytes.substr(at, piece);
    while (const std::optional<std::string> line = lines.next(part)) out.push_back(*line);
    EXPECT_TRUE(part.empty());
  }
  out.push_back("rest " + lines.rest());
  return out;
}

TEST(Lines, InPiecesOfAnySize) {
  const std::string bytes = "one\n\ntwo\r\n" + std::string(20, 'x') + "\nthree";
  const std::vector<std::string> expected{"one", "", "two\r", "xxxxxxxxxxx", "rest three"};
  for (std::size_t piece = 1; piece < 50; ++piece) {
    EXPECT_EQ(lines_of(bytes, piece, 10), expected) << piece;
  }
}

const std::string kPing = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
const std::string kPong = R"({"jsonrpc":"2.0","id":1,"result":{}})";

// What the server writes while `input` is written to it.
std::string served(const std::string& input) {
  std::array<int, 2> in{}, out{};
  EXPECT_EQ(::pipe(in.data()), 0);
  EXPECT_EQ(::pipe(out.data()), 0);
  std::thread writer([&] {
    for (std::string_view left = input; !left.empty();) {
      const ssize_t n = ::write(in[1], left.data(), left.size());
      if (n <= 0) break;
      left.remove_prefix(static_cast<std::size_t>(n));
    }
    ::close(in[1]);
  });
  std::thread server([&] {
    Session session;
    EXPECT_TRUE(serve(session, in[0], out[1]).ok());
    ::close(out[1]);
  });
  std::string got;
  std::array<char, 4096> buffer;
  for (ssize_t n; (n = ::read(out[0], buffer.data(), buffer.size())) > 0;) {
    got.append(buffer.data(), static_cast<std::size_t>(n));
  }
  writer.join();
  server.join();
  ::close(in[0]);
  ::close(out[0]);
  return got;
}

TEST(Serve, AMessageALine) {
  EXPECT_EQ(served(""), "");
  EXPECT_EQ(served("\n\n"), "");
  EXPECT_EQ(served(kPing + "\n" + kPing + "\r\n\n" + kPing),
            kPong + "\n" + kPong + "\n" + kPong + "\n");
}

TEST(Serve, ALineOf10MBIsRefusedAndTheNextAnswered) {
  const std::string got = served(std::string(10'000'000, '[') + "\n" + kPing + "\n");
  const std::size_t end = got.find('\n');
  ASSERT_NE(end, got.npos);
  EXPECT_EQ(nlohmann::json::parse(got.substr(0, end))["error"]["code"], -32600);
  EXPECT_EQ(got.substr(end + 1), kPong + "\n");
}

TEST(Serve, EndsWhenNobodyReads) {
  ::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> in{}, out{};
  ASSERT_EQ(::pipe(in.data()), 0);
  ASSERT_EQ(::pipe(out.data()), 0);
  ::close(out[0]);
  const std::string line = kPing + "\n";
  ASSERT_EQ(::write(in[1], line.data(), line.size()), static_cast<ssize_t>(line.size()));
  Session session;
  EXPECT_TRUE(serve(session, in[0], out[1]).ok());
  for (const int fd : {in[0], in[1], out[1]}) ::close(fd);
}

TEST(Serve, SaysWhenItCannotWrite) {
  std::array<int, 2> in{};
  ASSERT_EQ(::pipe(in.data()), 0);
  const std::string line = kPing + "\n";
  ASSERT_EQ(::write(in[1], line.data(), line.size()), static_cast<ssize_t>(line.size()));
  const int full = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
  Session session;
  const Status status = serve(session, in[0], full);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().message, "cannot write an answer: No space left on device");
  for (const int fd : {in[0], in[1], full}) ::close(fd);
}

}  // namespace
}  // namespace tome::mcp::test
