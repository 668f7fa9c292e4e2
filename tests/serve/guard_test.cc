// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/guard.h"

#include "serve/listen.h"
#include "serve/served.h"

namespace tome::test {
namespace {

TEST(Host, OfAnAuthority) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"localhost", "localhost"},
      {"LocalHost:7700", "localhost"},
      {"127.0.0.1:80", "127.0.0.1"},
      {"[::1]:7700", "::1"},
      {"[::1]", "::1"},
      {"", ""},
      {":80", ""},
      {"[::1", ""},
      {"[::1]x", ""},
      {"localhost:", "localhost"},
      {"localhost:port", ""},
      {"localhost:777777", ""},
      {"localhost, evil.example", "localhost, evil.example"},  // two headers: no such name
      {std::string(1000, 'a'), ""},
  };
  for (const auto& [authority, host] : table) EXPECT_EQ(host_of(authority), host) << authority;
}

class Guarded : public testing::Test {
 protected:
  int status(const Headers& headers, const std::string& target = "/api/v1/status") {
    return get(*app_, target, headers).status;
  }

  ServedShelf shelf_;
  std::unique_ptr<App> app_ = app_on(shelf_);
};

TEST_F(Guarded, HostMustBeAName) {
  for (const char* host : {"localhost", "localhost:7700", "127.0.0.1:1", "LOCALHOST"}) {
    EXPECT_EQ(status({{"host", host}}), 200) << host;
  }
  for (const char* host : {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example",
                           "10.0.0.1", "localhost@evil", "localhost, evil", "evil:7700", "[::2]"}) {
    EXPECT_EQ(status({{"host", host}}), 421) << host;
    EXPECT_EQ(status({{"host", host}}, "/"), 421) << host;
    EXPECT_EQ(status({{"host", host}}, "/healthz"), 421) << host;
  }
}

TEST_F(Guarded, OtherSitesAreRefused) {
  const std::string host = "localhost:7700";
  EXPECT_EQ(status({{"host", host}, {"origin", "http://localhost:7700"}}), 200);
  EXPECT_EQ(status({{"host", host}, {"origin", "https://localhost:7700"}}), 200);
  for (const char* origin : {"null", "", "http://evil.example", "http://localhost",
                             "http://localhost:7701", "http://localhost:7700.evil.example"}) {
    EXPECT_EQ(status({{"host", host}, {"origin", origin}}), 403) << origin;
  }
  EXPECT_EQ(status({{"sec-fetch-site", "same-origin"}, {"sec-fetch-mode", "cors"}}), 200);
  EXPECT_EQ(status({{"sec-fetch-site", "none"}, {"sec-fetch-mode", "navigate"}}), 200);
  EXPECT_EQ(status({{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "no-cors"}}), 403);
  EXPECT_EQ(status({{"sec-fetch-site", "same-site"}, {"sec-fetch-mode", "no-cors"}}), 403);
  // A link leads here.
  EXPECT_EQ(status({{"sec-fetch-site", "cross-site"}, {"sec-fetch-mode", "navigate"}}, "/"), 200);
}

TEST_F(Guarded, TokenIsAskedFor) {
  const std::string token = "correct-horse-battery";
  app_ = app_on(shelf_, false, token);
  EXPECT_EQ(status({}), 401);
  EXPECT_EQ(status({}, "/"), 401);
  EXPECT_EQ(status({}, "/metrics"), 401);
  EXPECT_EQ(status({}, "/healthz"), 200);
  EXPECT_EQ(status({{"authorization", "Bearer " + token}}), 200);
  EXPECT_EQ(status({{"authorization", "bearer " + token}}), 200);
  EXPECT_EQ(status({{"cookie", "a=b; tome_token=" + token + "; c=d"}}), 200);
  for (const char* wrong :
       {"", "Bearer", "Bearer ", "Bearer correct", "Basic correct-horse-battery",
        "Bearer correct-horse-batterz", "Bearer correct-horse-battery "}) {
    EXPECT_EQ(status({{"authorization", wrong}}), 401) << wrong;
  }
  EXPECT_EQ(status({{"cookie", "xtome_token=" + token}}), 401);
  EXPECT_EQ(status({{"cookie", "tome_token="}}), 401);
  EXPECT_EQ(status({}, "/?token=wrong"), 401);
  EXPECT_EQ(header_of(get(*app_, "/"), "WWW-Authenticate"), "Bearer");
}

TEST_F(Guarded, TokenInTheAddressBecomesACookie) {
  const std::string token = "correct-horse-battery";
  app_ = app_on(shelf_, false, token);
  const Response response = get(*app_, "/?q=a+b%26c%0d%0aX:y&token=" + token);
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header_of(response, "Location"), "/?q=a%20b%26c%0D%0AX%3Ay");
  EXPECT_EQ(header_of(response, "Set-Cookie"),
            "tome_token=" + token + "; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict");
  // Two slashes would name another host.
  EXPECT_EQ(header_of(get(*app_, "//evil.example/?token=" + token), "Location"), "/evil.example/");
}

TEST_F(Guarded, EveryAnswerIsSafe) {
  for (const char* target : {"/", "/api/v1/status", "/api/v1/none", "/healthz", "/metrics", "/no",
                             "/feed.atom", "/opensearch.xml", "/api/v1/openapi.json"}) {
    const Response response = get(*app_, target);
    EXPECT_TRUE(has(header_of(response, "Content-Security-Policy"), "default-src 'none'"))
        << target;
    EXPECT_EQ(header_of(response, "X-Content-Type-Options"), "nosniff") << target;
    EXPECT_EQ(header_of(response, "Referrer-Policy"), "no-referrer") << target;
    EXPECT_NE(header_of(response, "Cache-Control"), "") << target;
  }
}

TEST(Listen, NamesAndAddresses) {
  Result<Listening> loopback = listen_at("127.0.0.1", 0);
  ASSERT_TRUE(loopback.ok());
  EXPECT_TRUE(loopback->loopback);
  EXPECT_NE(loopback->port, 0);
  EXPECT_EQ(loopback->url, "http://127.0.0.1:" + std::to_string(loopback->port) + "/");
  EXPECT_TRUE(loopback->guard.names.contains("localhost"));
  EXPECT_FALSE(loopback->guard.any_address);
  const Result<Listening> taken = listen_at("127.0.0.1", loopback->port);
  ASSERT_FALSE(taken.ok());
  EXPECT_EQ(taken.error().code, Code::kIo);
  EXPECT_TRUE(has(taken.error().message, "Address already in use")) << taken.error().message;
  ::close(loopback->socket);

  Result<Listening> any = listen_at("0.0.0.0", 0);
  ASSERT_TRUE(any.ok());
  EXPECT_FALSE(any->loopback);
  EXPECT_TRUE(any->guard.any_address);
  ::close(any->socket);
  EXPECT_FALSE(listen_at("no.such.host.invalid", 0).ok());
}

TEST(Listen, BeyondThisMachineOnlyWithAToken) {
  const ServedShelf shelf;
  ServerOptions options;
  options.index = shelf.index();
  options.port = 0;
  options.host = "0.0.0.0";
  const auto refused = Server::start(options);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kUsage);
  options.token = "correct-horse-battery";
  const auto server = Server::start(options);
  ASSERT_TRUE(server.ok());
  Client client((*server)->port());
  client.send(request_of("/api/v1/status"));
  EXPECT_EQ(status_in(client.answer()), 401);
  client.send(
      "GET /api/v1/status HTTP/1.1\r\nHost: 127.0.0.1\r\n"
      "Authorization: Bearer correct-horse-battery\r\n\r\n");
  EXPECT_EQ(status_in(client.answer()), 200);
}

}  // namespace
}  // namespace tome::test
