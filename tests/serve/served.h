// SPDX-License-Identifier: GPL-2.0-or-later
// A small shelf and a server on it, asked without and with a socket.
#pragma once

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "serve/app.h"
#include "serve/server.h"
#include "serve/target.h"
#include "support/folder.h"
#include "support/loopback.h"
#include "tome/index.h"

namespace tome::test {

inline constexpr std::string_view kLoaf =
    "---\nkind: book\ntitle: \"The Patient Loaf\"\nauthors: [Ada Kornfeld]\nyear: 2018\n"
    "topics: [baking]\n---\n# The Patient Loaf\n\n## Starting a starter\n\n"
    "A sourdough starter is flour and water that wild yeast and bacteria have moved into. Feed it "
    "every day at the same hour, and after a week it doubles within four hours.\n\n"
    "## The oven\n\nSteam in the first ten minutes keeps the crust soft enough to rise.\n";
inline constexpr std::string_view kClock =
    "---\nkind: book\ntitle: \"Clockwork <at> Home & Away\"\nauthors: [Bruno Zeiger]\n---\n"
    "# Clockwork\n\n## The escapement\n\nThe escapement lets one tooth of the wheel pass at each "
    "swing of the pendulum. Zeiger builds an anchor escapement from brass sheet.\n";
inline constexpr std::string_view kKnots =
    "<!doctype html><title>Knots</title><h1>Knots</h1><script>alert(1)</script><p>The bowline "
    "makes a loop that neither slips nor jams.</p>";

// An indexed folder.
class ServedShelf {
 public:
  ServedShelf() {
    folder_.write("shelf/loaf.md", kLoaf);
    folder_.write("shelf/clock.md", kClock);
    folder_.write("shelf/knots.html", kKnots);
    update();
  }
  void update() {
    IndexOptions options;
    options.workers = 1;
    const Result<IndexReport> report = update_index(index(), {folder_ / "shelf"}, options);
    EXPECT_TRUE(report.ok()) << report.error().message;
  }
  void write(const std::string& name, std::string_view text) { folder_.write(name, text); }
  std::filesystem::path index() const { return folder_ / "ix"; }
  const TestFolder& folder() const { return folder_; }

 private:
  TestFolder folder_;
};

inline std::unique_ptr<App> app_on(const ServedShelf& shelf, bool files = false,
                                   const std::string& token = "") {
  AppOptions options;
  options.index = shelf.index();
  options.files = files;
  options.guard.names = {"localhost", "127.0.0.1"};
  options.guard.token = token;
  Result<std::unique_ptr<App>> app = open_app(std::move(options));
  EXPECT_TRUE(app.ok()) << app.error().message;
  return std::move(app).value();
}

using Headers = std::map<std::string, std::string>;

inline Response get(App& app, const std::string& target, const Headers& headers = {},
                    const std::string& method = "GET") {
  Request request;
  request.method = method;
  request.headers = headers;
  request.headers.emplace("host", "127.0.0.1:7700");
  const Status read = read_target(target, request);
  EXPECT_TRUE(read.ok()) << target;
  return handle(app, request);
}

inline std::string header_of(const Response& response, std::string_view name) {
  for (const auto& [known, value] : response.headers) {
    if (known == name) return value;
  }
  return {};
}

inline bool has(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

// A client's end of a connection, with a deadline on all it waits for.
class Client {
 public:
  explicit Client(std::uint16_t port)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)),
        connected_(connect_to(socket_, port)) {}
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }

  // False when the server has closed the connection.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  void end() { ::shutdown(socket_, SHUT_WR); }

  // One whole answer, head and body; what there is when the connection ends or hangs.
  std::string answer() {
    while (true) {
      const std::size_t head = buffer_.find("\r\n\r\n");
      if (head != buffer_.npos) {
        const std::size_t field = buffer_.find("Content-Length: ");
        const std::size_t body =
            field < head ? static_cast<std::size_t>(std::stoul(buffer_.substr(field + 16))) : 0;
        const std::size_t whole = head + 4 + body;
        if (buffer_.size() >= whole) {
          std::string out = buffer_.substr(0, whole);
          buffer_.erase(0, whole);
          return out;
        }
      }
      if (!read_some()) return std::exchange(buffer_, {});
    }
  }
  // All until the server closes.
  std::string rest() {
    while (read_some()) {
    }
    return std::exchange(buffer_, {});
  }
  bool hung() const { return hung_; }  // nothing came for too long

 private:
  bool read_some() {
    constexpr int kPatience = 20'000;
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, kPatience) <= 0) {
      hung_ = true;
      return false;
    }
    char bytes[16384];
    const ssize_t n = ::recv(socket_, bytes, sizeof(bytes), 0);
    if (n <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(n));
    return true;
  }

  int socket_;
  bool connected_ = false;
  bool hung_ = false;
  std::string buffer_;
};

inline std::string request_of(const std::string& target, const std::string& more = "") {
  return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
}

// The status of a raw answer; 0 when it is none.
inline int status_in(const std::string& answer) {
  if (!answer.starts_with("HTTP/1.") || answer.size() < 12) return 0;
  return std::stoi(answer.substr(9, 3));
}

inline std::unique_ptr<Server> server_on(const ServedShelf& shelf, ServerOptions options = {}) {
  options.index = shelf.index();
  options.port = 0;
  Result<std::unique_ptr<Server>> server = Server::start(std::move(options));
  EXPECT_TRUE(server.ok()) << server.error().message;
  return std::move(server).value();
}

}  // namespace tome::test
