// SPDX-License-Identifier: GPL-2.0-or-later
// A real server, asked over sockets by clients that behave and clients that do not.
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>
#include <vector>

#include "serve/served.h"

namespace tome::test {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

class Serving : public testing::Test {
 protected:
  // A request that never becomes whole is waited for no longer than a test may.
  void use_short_limits() {
    ServerOptions options;
    options.limits.asking = milliseconds(500);
    server_ = server_on(shelf_, options);
  }
  void expect_alive() {
    Client client(server_->port());
    ASSERT_TRUE(client.send(request_of("/api/v1/search?q=flour")));
    EXPECT_EQ(status_in(client.answer()), 200);
  }

  ServedShelf shelf_;
  std::unique_ptr<Server> server_ = server_on(shelf_);
};

TEST_F(Serving, KeepsTheConnection) {
  Client client(server_->port());
  for (int i = 0; i < 50; ++i) {
    ASSERT_TRUE(client.send(request_of("/api/v1/search?q=flour&n=" + std::to_string(i + 1))));
    const std::string answer = client.answer();
    EXPECT_EQ(status_in(answer), 200);
    EXPECT_TRUE(answer.ends_with("}\n"));
  }
}

TEST_F(Serving, HeadHasNoBody) {
  Client client(server_->port());
  client.send("HEAD /api/v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  const std::string answer = client.rest();
  EXPECT_EQ(status_in(answer), 200);
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

// An answer without a body leaves nothing behind that the next would begin with.
TEST_F(Serving, AKnownAnswerLeavesTheConnectionClean) {
  Client client(server_->port());
  client.send(request_of("/api/v1/status"));
  const std::string first = client.answer();
  const std::size_t begin = first.find("ETag: ") + 6;
  const std::string tag = first.substr(begin, first.find("\r\n", begin) - begin);
  client.send(request_of("/api/v1/status", "If-None-Match: " + tag + "\r\n") +
              request_of("/healthz"));
  EXPECT_EQ(status_in(client.answer()), 304);
  EXPECT_TRUE(client.answer().ends_with("\r\n\r\nok\n"));
}

TEST_F(Serving, PipelinedRequestsAreAnsweredInOrder) {
  Client client(server_->port());
  std::string all;
  for (int i = 1; i <= 20; ++i) all += request_of("/api/v1/works?n=1&offset=" + std::to_string(i));
  ASSERT_TRUE(client.send(all));
  for (int i = 1; i <= 20; ++i) {
    EXPECT_TRUE(has(client.answer(), "\"offset\": " + std::to_string(i) + ",")) << i;
  }
}

// Each ends in a 4xx or 5xx or a closed connection, and the next client is served.
TEST_F(Serving, BadRequestsHarmNobody) {
  use_short_limits();
  const std::string host = "Host: localhost\r\n";
  const std::string mega(1 << 20, 'a');
  std::string many_headers;
  for (int i = 0; i < 5000; ++i) many_headers += "X-" + std::to_string(i) + ": y\r\n";
  const std::vector<std::pair<std::string, std::string>> table{
      {"nothing", ""},
      {"no request", "\r\n\r\n\r\n"},
      {"noise", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 \r\n\r\n", 16)},
      {"bad UTF-8", "GET /api/v1/search?q=%ff%fe HTTP/1.1\r\n" + host + "\r\n"},
      {"raw bad UTF-8", "GET /api/v1/search?q=\xff\xfe HTTP/1.1\r\n" + host + "\r\n"},
      {"broken escape", "GET /%zz HTTP/1.1\r\n" + host + "\r\n"},
      {"1 MB question", "GET /api/v1/search?q=" + mega + " HTTP/1.1\r\n" + host + "\r\n"},
      {"10 KB question",
       "GET /api/v1/search?q=" + mega.substr(0, 10'000) + " HTTP/1.1\r\n" + host + "\r\n"},
      {"1 MB header", "GET / HTTP/1.1\r\n" + host + "X: " + mega + "\r\n\r\n"},
      {"1 MB header name", "GET / HTTP/1.1\r\n" + host + mega + ": y\r\n\r\n"},
      {"many headers", "GET / HTTP/1.1\r\n" + host + many_headers + "\r\n"},
      {"no host", "GET / HTTP/1.1\r\n\r\n"},
      {"two hosts", "GET / HTTP/1.1\r\n" + host + "Host: evil.example\r\n\r\n"},
      {"other host", "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"},
      {"HTTP/1.0 without host", "GET / HTTP/1.0\r\n\r\n"},
      {"HTTP/9.9", "GET / HTTP/9.9\r\n" + host + "\r\n"},
      {"HTTP/0.9", "GET /\r\n\r\n"},
      {"odd method", "BREW / HTTP/1.1\r\n" + host + "\r\n"},
      {"long method", mega.substr(0, 5000) + " / HTTP/1.1\r\n" + host + "\r\n"},
      {"body", "POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nabcde"},
      {"body of a GET", "GET / HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nabcde"},
      {"huge body", "POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999\r\n\r\n" + mega},
      {"length that is none", "GET / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n"},
      {"length overflow",
       "GET / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999999\r\n\r\n"},
      {"broken chunks",
       "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"},
      {"endless chunk", "POST / HTTP/1.1\r\n" + host +
                            "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n" + mega},
      {"chunked and length",
       "POST / HTTP/1.1\r\n" + host +
           "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"},
      {"expectation",
       "PUT / HTTP/1.1\r\n" + host + "Expect: 100-continue\r\nContent-Length: 9\r\n\r\n"},
      {"absolute target", "GET http://localhost/ HTTP/1.1\r\n" + host + "\r\n"},
      {"star", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n"},
      {"tunnel", "CONNECT evil.example:443 HTTP/1.1\r\n" + host + "\r\n"},
      {"space in the name", "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n"},
      {"folded header", "GET / HTTP/1.1\r\nHost:\r\n evil.example\r\n\r\n"},
      {"NUL in the line", std::string("GET /\0x HTTP/1.1\r\nHost: x\r\n\r\n", 30)},
      {"path that climbs", "GET /../../../etc/passwd HTTP/1.1\r\n" + host + "\r\n"},
      {"many arguments", "GET /?" + std::string(20'000, '&') + " HTTP/1.1\r\n" + host + "\r\n"},
  };
  for (const auto& [what, bytes] : table) {
    Client client(server_->port());
    ASSERT_TRUE(client.connected()) << what;
    client.send(bytes);
    client.end();
    const std::string answer = client.rest();
    EXPECT_FALSE(client.hung()) << what;
    const int status = status_in(answer);
    const bool harmless = what == "many arguments" || what == "folded header";  // 200 is right too
    if (!answer.empty() && !harmless) {
      EXPECT_TRUE(status >= 400) << what << ": " << answer.substr(0, 200);
    }
    EXPECT_FALSE(has(answer, "root:")) << what;
    expect_alive();
  }
}

std::size_t resident_kilobytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t size = 0;
  std::size_t resident = 0;
  file >> size >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)) / 1024;
}

// The library has no room for so many: it neither answers nor says that it is done with them, and
// 20 KB of each stayed for good. They are cut as slow clients are.
TEST_F(Serving, RequestsOfTooManyArgumentsLeaveNothingBehind) {
  use_short_limits();
  const std::string request =
      "GET /?" + std::string(20'000, '&') + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const auto ask = [&] {
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 100; ++i) {
      clients.push_back(std::make_unique<Client>(server_->port()));
      clients.back()->send(request);
    }
    for (const auto& client : clients) {
      client->rest();
      EXPECT_FALSE(client->hung());
    }
  };
  ask();
  [[maybe_unused]] const std::size_t before = resident_kilobytes();
  for (int i = 0; i < 4; ++i) ask();
#ifndef TOME_SANITIZED  // which keeps what was freed, and finds by itself what was not
  EXPECT_LT(resident_kilobytes(), before + 2048);
#endif
  expect_alive();
}

TEST_F(Serving, EveryPrefixOfARequestIsHarmless) {
  use_short_limits();
  const std::string whole = request_of("/api/v1/search?q=a%20b", "Accept: */*\r\n");
  std::vector<std::unique_ptr<Client>> clients;
  for (std::size_t n = 0; n < whole.size(); ++n) {
    clients.push_back(std::make_unique<Client>(server_->port()));
    clients.back()->send(std::string_view(whole).substr(0, n));
    if (n % 2 == 0) clients.back()->end();
  }
  for (const auto& client : clients) {
    client->rest();
    EXPECT_FALSE(client->hung());
  }
  expect_alive();
}

TEST_F(Serving, ClientsThatLeaveBeforeTheAnswer) {
  for (int i = 0; i < 200; ++i) {
    Client client(server_->port());
    client.send(request_of("/api/v1/search?q=flour+water&n=100&explain=1"));
  }
  expect_alive();
}

TEST_F(Serving, AHundredAtOnce) {
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 100; ++i) {
    threads.emplace_back([&, i] {
      Client client(server_->port());
      const bool flour = i % 2 == 0;
      for (int n = 0; n < 5; ++n) {
        client.send(request_of(flour ? "/api/v1/search?q=flour" : "/api/v1/search?q=pendulum"));
        const std::string answer = client.answer();
        right += status_in(answer) == 200 &&
                 has(answer, flour ? "The Patient Loaf" : "Clockwork <at> Home");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 500);
}

TEST_F(Serving, AGenerationIsPublishedWhileAsking) {
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0};
  std::atomic<int> backwards{0};
  std::atomic<int> asked{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      Client client(server_->port());
      std::size_t most = 0;
      while (!stop) {
        client.send(request_of("/api/v1/search?q=zeppelin+flour&n=100&all=1"));
        const std::string answer = client.answer();
        ++asked;
        wrong += status_in(answer) != 200 || !has(answer, "The Patient Loaf");
        std::size_t found = 0;
        for (std::size_t at = 0; (at = answer.find("\"rank\"", at)) != answer.npos; ++at) ++found;
        backwards += found < most;
        most = std::max(most, found);
      }
    });
  }
  for (int i = 0; i < 5; ++i) {
    shelf_.write("shelf/ship" + std::to_string(i) + ".md",
                 "# Ship " + std::to_string(i) + "\n\nThe zeppelin number " + std::to_string(i) +
                     " flew over the lake in the morning.\n");
    shelf_.update();
    std::this_thread::sleep_for(milliseconds(250));
  }
  const auto deadline = Clock::now() + std::chrono::seconds(60);
  while ((server_->generation() < 6 || asked <= 20) && Clock::now() < deadline) {
    std::this_thread::sleep_for(milliseconds(20));
  }
  stop = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(backwards, 0);
  EXPECT_GT(asked, 20);
  EXPECT_EQ(server_->generation(), 6u);
}

TEST_F(Serving, SlowClientsAreCutAndHoldNobodyUp) {
  ServerOptions options;
  options.limits.asking = milliseconds(600);
  const std::unique_ptr<Server> server = server_on(shelf_, options);
  const auto begin = Clock::now();
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 40; ++i) {
    slow.push_back(std::make_unique<Client>(server->port()));
    slow.back()->send("GET / HTTP/1.1\r\n");
  }
  std::size_t cut = 0;
  for (int round = 0; round < 400 && cut < slow.size(); ++round) {
    Client client(server->port());
    client.send(request_of("/api/v1/search?q=flour"));
    EXPECT_EQ(status_in(client.answer()), 200);
    cut = 0;
    for (const auto& one : slow) cut += !one->send("X");  // a byte now and then
    std::this_thread::sleep_for(milliseconds(50));
  }
  EXPECT_EQ(cut, slow.size());
  EXPECT_GE(Clock::now() - begin, milliseconds(500));
}

// More than there are places: whoever does nothing with his makes room.
TEST_F(Serving, IdleConnectionsMakeRoom) {
  ServerOptions options;
  options.limits.connections = 20;
  options.limits.pressed = milliseconds(300);
  const std::unique_ptr<Server> server = server_on(shelf_, options);
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 60; ++i) idle.push_back(std::make_unique<Client>(server->port()));
  Client client(server->port());
  client.send(request_of("/api/v1/search?q=flour"));
  EXPECT_EQ(status_in(client.answer()), 200);
}

TEST_F(Serving, AClientThatDoesNotReadIsCut) {
  for (const bool cut : {false, true}) {
    ServerOptions options;
    if (cut) options.limits.reading = milliseconds(500);
    const std::unique_ptr<Server> server = server_on(shelf_, options);
    Client client(server->port());
    std::string many;
    for (int i = 0; i < 500; ++i) many += request_of("/api/v1/openapi.json");  // 20 MB of answers
    client.send(many);
    std::this_thread::sleep_for(milliseconds(200));
    EXPECT_EQ(server->drain(milliseconds(cut ? 30'000 : 1500)), cut);
  }
}

TEST_F(Serving, TooManyAtOnceAreToldSo) {
  ServerOptions options;
  options.threads = 1;
  options.waiting = 1;
  const std::unique_ptr<Server> server = server_on(shelf_, options);
  std::atomic<int> served{0};
  std::atomic<int> told{0};
  std::atomic<int> other{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      Client client(server->port());
      for (int n = 0; n < 20 || (told == 0 && n < 2000); ++n) {
        client.send(request_of("/api/v1/books?q=flour+water+wheel&n=100&explain=1&articles=1"));
        const int status = status_in(client.answer());
        (status == 200 ? served : status == 503 ? told : other)++;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(other, 0);
  EXPECT_GT(served, 0);
  EXPECT_GT(told, 0);
}

TEST_F(Serving, DrainingFinishesWhatRuns) {
  std::vector<std::thread> threads;
  std::atomic<bool> stop{false};
  std::atomic<int> broken{0};
  std::atomic<int> whole{0};
  const std::uint16_t port = server_->port();  // the server goes while they ask
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      while (!stop) {
        Client client(port);
        if (!client.connected() || !client.send(request_of("/api/v1/search?q=flour"))) return;
        const std::string answer = client.answer();
        if (answer.empty()) return;  // not accepted any more
        (answer.ends_with("}\n") ? whole : broken)++;
      }
    });
  }
  const auto deadline = Clock::now() + std::chrono::seconds(60);
  while (whole < 50 && Clock::now() < deadline) std::this_thread::sleep_for(milliseconds(10));
  EXPECT_TRUE(server_->drain(std::chrono::seconds(60)));
  stop = true;
  server_.reset();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(broken, 0);
  EXPECT_GT(whole, 0);
}

TEST_F(Serving, StopsWithRequestsUnderWay) {
  for (int i = 0; i < 10; ++i) {
    std::unique_ptr<Server> server = server_on(shelf_);
    std::vector<std::unique_ptr<Client>> clients;
    for (int n = 0; n < 20; ++n) {
      clients.push_back(std::make_unique<Client>(server->port()));
      clients.back()->send(request_of("/api/v1/search?q=flour") +
                           request_of("/api/v1/books?q=flour"));
    }
    server.reset();
  }
}

}  // namespace
}  // namespace tome::test
