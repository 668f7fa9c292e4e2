// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/target.h"

#include <gtest/gtest.h>

#include "serve/gzip.h"
#include "serve/parameters.h"

namespace tome {
namespace {

using Query = std::multimap<std::string, std::string>;

TEST(Target, IsRead) {
  struct Case {
    std::string target;
    std::string path;
    Query query;
  };
  const std::vector<Case> table{
      {"/", "/", {}},
      {"/?", "/", {}},
      {"/a%20b?q=c+d%2Be", "/a b", {{"q", "c d+e"}}},
      {"/a+b", "/a+b", {}},
      {"/?q=1&&q=2&x", "/", {{"q", "1"}, {"q", "2"}, {"x", ""}}},
      {"/?q=a=b?c", "/", {{"q", "a=b?c"}}},
      {"/%e4%b8%ad?q=%C3%A9", "/\u4e2d", {{"q", "\u00e9"}}},
      {"//x", "//x", {}},
      {"/../%2e%2e/etc", "/../../etc", {}},  // nothing resolves it
  };
  for (const Case& one : table) {
    Request request;
    ASSERT_TRUE(read_target(one.target, request).ok()) << one.target;
    EXPECT_EQ(request.path, one.path) << one.target;
    EXPECT_EQ(request.query, one.query) << one.target;
  }
}

TEST(Target, IsRefused) {
  std::string many = "/?";
  for (int i = 0; i < 200; ++i) many += "a&";
  const std::vector<std::pair<std::string, Code>> table{
      {"", Code::kUsage},
      {"*", Code::kUsage},
      {"http://x/", Code::kUsage},
      {"/%", Code::kUsage},
      {"/%4", Code::kUsage},
      {"/%zz", Code::kUsage},
      {"/?q=%ff", Code::kUsage},
      {"/?q=\xff", Code::kUsage},
      {"/?q=%ed%a0%80", Code::kUsage},  // a surrogate
      {"/?q=%c0%af", Code::kUsage},     // an overlong slash
      {"/?q=a%00b", Code::kUsage},
      {"/?%ff=1", Code::kUsage},
      {"/?q=" + std::string(8193, 'a'), Code::kLimit},
      {"/" + std::string(40'000, 'a'), Code::kLimit},
      {many, Code::kLimit},
  };
  for (const auto& [target, code] : table) {
    Request request;
    const Status read = read_target(target, request);
    ASSERT_FALSE(read.ok()) << target.substr(0, 40);
    EXPECT_EQ(read.error().code, code) << target.substr(0, 40);
  }
  Request request;
  EXPECT_TRUE(read_target("/?q=" + std::string(8192, 'a'), request).ok());
}

TEST(Parameters, AreStrict) {
  const auto fault = [](const Query& query) {
    Request request;
    request.query = query;
    Parameters parameters(request);
    parameters.text("q");
    parameters.number("n", 10, 1, 100);
    parameters.flag("all");
    const Status status = parameters.finish();
    return status.ok() ? std::string() : status.error().message;
  };
  EXPECT_EQ(fault({}), "");
  EXPECT_EQ(fault({{"q", "x"}, {"n", "100"}, {"all", ""}}), "");
  for (const char* n : {"0", "101", "-1", "+1", "1.5", "", "ten", "1 ", "99999999999999999999"}) {
    EXPECT_EQ(fault({{"n", n}}), "n must be a whole number from 1 to 100") << n;
  }
  for (const char* all : {"1", "true", "0", "false"}) EXPECT_EQ(fault({{"all", all}}), "");
  EXPECT_EQ(fault({{"all", "yes"}}), "all must be 1 or 0");
  EXPECT_EQ(fault({{"q", "a"}, {"q", "b"}}), "q stands twice in the address");
  EXPECT_EQ(fault({{"nn", "1"}}), "there is no parameter nn here");
  EXPECT_EQ(fault({{"<b>\n", "1"}}), "there is no parameter ?b?? here");
}

TEST(Gzip, IsTakenAsTheHeaderSays) {
  const std::vector<std::pair<std::string, bool>> table{
      {"", false},
      {"gzip", true},
      {"deflate, gzip", true},
      {"br", false},
      {"gzip;q=0", false},
      {"gzip; q=0.000", false},
      {"gzip;q=0.5", true},
      {"*", true},
      {"*;q=0", false},
      {"xgzip", false},
      {"gzip;q=0, *", false},
      {"identity, *;q=0.1", true},
      {",,;", false},
      {"br ,\tgzip ;q=1", true},
  };
  for (const auto& [header, takes] : table) EXPECT_EQ(takes_gzip(header), takes) << header;
}

}  // namespace
}  // namespace tome
