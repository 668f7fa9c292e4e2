// SPDX-License-Identifier: GPL-2.0-or-later
// Requests and answers without a socket.
#include <zlib.h>

#include <nlohmann/json.hpp>

#include "present/json.h"
#include "serve/served.h"

namespace tome::test {
namespace {

using Json = nlohmann::json;

class Served : public testing::Test {
 protected:
  Json json(const std::string& target, int status = 200) {
    const Response response = get(*app_, target);
    EXPECT_EQ(response.status, status) << target << '\n' << response.body;
    EXPECT_EQ(response.type, "application/json") << target;
    const Json json = Json::parse(response.body, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << response.body;
    return json.is_discarded() ? Json::object() : json;
  }

  ServedShelf shelf_;
  std::unique_ptr<App> app_ = app_on(shelf_);
};

TEST_F(Served, SaysWhatTheCommandLineSays) {
  Result<Shelf> shelf = Shelf::open(shelf_.index());
  ASSERT_TRUE(shelf.ok());
  SearchOptions options;
  options.count = 2;
  options.offset = 1;
  options.explain = options.facets = options.all = true;
  options.correct = false;
  EXPECT_EQ(get(*app_,
                "/api/v1/search?q=starter+flour&n=2&offset=1&explain=1&facets&all=true"
                "&as_typed=1")
                .body,
            json_passages(*shelf->search("starter flour", options), 1));
  EXPECT_EQ(get(*app_, "/api/v1/search?q=startr").body,
            json_passages(*shelf->search("startr", {}), 0));
  SearchOptions books;
  books.articles = true;
  EXPECT_EQ(get(*app_, "/api/v1/books?q=bowline&articles=1").body,
            json_books(*shelf->books("bowline", books), 0));
  EXPECT_EQ(get(*app_, "/api/v1/status").body, json_status(*shelf->status()));
  EXPECT_EQ(get(*app_, "/api/v1/works?n=100").body, json_works(*shelf->works()));
  const std::string id = shelf->search("escapement", {})->hits.at(0).id;
  EXPECT_EQ(get(*app_, "/api/v1/passages/" + id + "?context=2").body,
            json_passage_view(*shelf->show(id, 2)));
  EXPECT_EQ(get(*app_, "/api/v1/passages/" + id + "/similar").body,
            json_passages(*shelf->similar(id, {}), 0));
  const std::string work = shelf->works()->at(0).work.id;
  EXPECT_EQ(get(*app_, "/api/v1/works/" + work).body, json_work(*shelf->work(work)));
}

TEST_F(Served, Suggests) {
  const Json found = json("/api/v1/suggest?q=starting+st&n=20");
  EXPECT_EQ(found.at("kind"), "completions");
  EXPECT_EQ(found.at("completions").at(0).at("of"), "heading");
  EXPECT_EQ(found.at("completions").at(0).at("text"), "Starting a starter");
  EXPECT_EQ(json("/api/v1/suggest?q=").at("completions").size(), 0u);
  EXPECT_EQ(json("/api/v1/suggest").at("completions").size(), 0u);
}

TEST_F(Served, PagesTheWorks) {
  const Json first = json("/api/v1/works?n=2");
  EXPECT_EQ(first.at("total"), 3);
  EXPECT_EQ(first.at("works").size(), 2u);
  EXPECT_EQ(first.at("next_offset"), 2);
  const Json second = json("/api/v1/works?n=2&offset=2");
  EXPECT_EQ(second.at("works").size(), 1u);
  EXPECT_EQ(second.at("offset"), 2);
  EXPECT_TRUE(second.at("next_offset").is_null());
  EXPECT_EQ(json("/api/v1/works?offset=10000").at("works").size(), 0u);
}

TEST_F(Served, FaultsAreErrorsInJson) {
  const std::vector<std::pair<std::string, int>> table{
      {"/api/v1/", 404},
      {"/api/v1/none", 404},
      {"/api/v1/search/", 404},
      {"/api/v1/passages/", 404},
      {"/api/v1/passages/../status", 404},
      {"/api/v1/passages/aaaaaaaaaaaa", 404},
      {"/api/v1/passages/aaaaaaaaaaaa/similar", 404},
      {"/api/v1/passages/aaaaaaaaaaaa/other", 404},
      {"/api/v1/passages/AAAA", 404},
      {"/api/v1/passages/" + std::string(5000, 'a'), 404},
      {"/api/v1/works/nobody", 404},
      {"/api/v1/works/..%2f..%2fetc%2fpasswd", 404},
      {"/api/v1/search", 400},
      {"/api/v1/search?q=", 400},
      {"/api/v1/search?q=+%09", 400},
      {"/api/v1/search?q=a&n=0", 400},
      {"/api/v1/search?q=a&n=101", 400},
      {"/api/v1/search?q=a&offset=10001", 400},
      {"/api/v1/search?q=a&articles=1", 400},
      {"/api/v1/search?q=a&q=b", 400},
      {"/api/v1/search?q=a&facets=maybe", 400},
      {"/api/v1/books?q=a&all=1", 400},
      {"/api/v1/suggest?q=a&n=21", 400},
      {"/api/v1/status?x", 400},
      {"/api/v1/passages/aaaaaaaaaaaa?context=51", 400},
  };
  for (const auto& [target, status] : table) {
    const Json error = json(target, status);
    EXPECT_EQ(error.value("kind", ""), "error") << target;
    EXPECT_EQ(error.value("code", ""), status == 404 ? "not_found" : "usage") << target;
    EXPECT_NE(error.value("message", ""), "") << target;
  }
}

TEST_F(Served, OnlyGetAndHead) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "PROPFIND", ""}) {
    const Response response = get(*app_, "/api/v1/status", {}, method);
    EXPECT_EQ(response.status, 405) << method;
    EXPECT_EQ(header_of(response, "Allow"), "GET, HEAD");
  }
  EXPECT_EQ(get(*app_, "/api/v1/status", {}, "HEAD").status, 200);
}

TEST_F(Served, AnAnswerThatIsKnownIsNotSentAgain) {
  for (const std::string target : {"/api/v1/search?q=flour", "/api/v1/status", "/", "/feed.atom"}) {
    const std::string tag = header_of(get(*app_, target), "ETag");
    ASSERT_NE(tag, "") << target;
    const Response again = get(*app_, target, {{"if-none-match", "\"x\", " + tag}});
    EXPECT_EQ(again.status, 304) << target;
    EXPECT_EQ(again.body, "");
    EXPECT_EQ(header_of(again, "ETag"), tag);
    EXPECT_EQ(get(*app_, target, {{"if-none-match", "W/\"1-other\""}}).status, 200) << target;
  }
  const std::string tag = header_of(get(*app_, "/api/v1/search?q=flour"), "ETag");
  EXPECT_NE(header_of(get(*app_, "/api/v1/search?q=water"), "ETag"), tag);
  EXPECT_NE(header_of(get(*app_, "/api/v1/books?q=flour"), "ETag"), tag);
  EXPECT_EQ(get(*app_, "/api/v1/passages/aaaaaaaaaaaa", {{"if-none-match", tag}}).status, 404);
}

TEST_F(Served, ANewGenerationIsSeen) {
  const std::string target = "/api/v1/search?q=zeppelin";
  const std::string tag = header_of(get(*app_, target), "ETag");
  EXPECT_EQ(json(target).at("results").size(), 0u);
  shelf_.write("shelf/new.md", "# Airships\n\nA zeppelin is a rigid airship.\n");
  shelf_.update();
  std::this_thread::sleep_for(ShelfPool::kLookAgain);
  const Response response = get(*app_, target, {{"if-none-match", tag}});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(Json::parse(response.body).at("results").size(), 1u);
  EXPECT_EQ(json("/api/v1/works").at("total"), 4);
  EXPECT_EQ(json("/api/v1/status").at("generation"), 2);
}

TEST_F(Served, TheOldGenerationAnswersWhileTheNewestIsDamaged) {
  write_bytes(shelf_.index() / "current", "nonsense\n");
  std::this_thread::sleep_for(ShelfPool::kLookAgain);
  const Response health = get(*app_, "/healthz");
  EXPECT_EQ(health.status, 200);
  EXPECT_TRUE(health.body.starts_with("stale: ")) << health.body;
  EXPECT_EQ(json("/api/v1/search?q=flour").at("results").size(), 1u);
  EXPECT_TRUE(has(get(*app_, "/metrics").body, "\ntome_stale 1\n"));
  write_bytes(shelf_.index() / "current", "1\n");
  std::this_thread::sleep_for(ShelfPool::kLookAgain);
  EXPECT_EQ(get(*app_, "/healthz").body, "ok\n");
}

TEST_F(Served, CompressesWhenAskedTo) {
  const std::string target = "/api/v1/search?q=flour";
  const std::string plain = get(*app_, target).body;
  const Response packed = get(*app_, target, {{"accept-encoding", "gzip"}});
  EXPECT_EQ(header_of(packed, "Content-Encoding"), "gzip");
  EXPECT_EQ(header_of(packed, "Vary"), "Accept-Encoding");
  ASSERT_LT(packed.body.size(), plain.size() / 2);
  std::string out(plain.size() + 1, '\0');
  z_stream stream{};
  ASSERT_EQ(::inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.body.data()));
  stream.avail_in = static_cast<uInt>(packed.body.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(::inflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  ::inflateEnd(&stream);
  EXPECT_EQ(out, plain);
}

TEST_F(Served, CountsRequests) {
  get(*app_, "/api/v1/search?q=flour");
  get(*app_, "/api/v1/search?q=water");
  get(*app_, "/api/v1/search?q=water&n=0");
  get(*app_, "/some/path/of/a/stranger");
  const Response metrics = get(*app_, "/metrics");
  EXPECT_EQ(metrics.type, "text/plain; version=0.0.4; charset=utf-8");
  for (const char* line : {"\ntome_generation 1\n", "\ntome_passages 4\n", "\ntome_works 3\n",
                           "\ntome_requests_total{route=\"search\",status=\"200\"} 2\n",
                           "\ntome_requests_total{route=\"api\",status=\"400\"} 1\n",
                           "\ntome_requests_total{route=\"page\",status=\"404\"} 1\n",
                           "\ntome_request_seconds_bucket{route=\"search\",le=\"+Inf\"} 2\n",
                           "\ntome_request_seconds_count{route=\"search\"} 2\n"}) {
    EXPECT_TRUE(has(metrics.body, line)) << line << metrics.body;
  }
  EXPECT_FALSE(has(metrics.body, "stranger"));
}

TEST_F(Served, FeedAndOpenSearchAreEscaped) {
  const Response feed = get(*app_, "/feed.atom");
  EXPECT_EQ(feed.type, "application/atom+xml; charset=utf-8");
  EXPECT_TRUE(has(feed.body, "<title>Clockwork &lt;at&gt; Home &amp; Away</title>")) << feed.body;
  EXPECT_TRUE(has(feed.body, "<author><name>Ada Kornfeld</name></author>"));
  EXPECT_TRUE(has(feed.body, "<link href=\"http://127.0.0.1:7700/work/"));
  const Response search = get(*app_, "/opensearch.xml");
  EXPECT_TRUE(has(search.body, "template=\"http://127.0.0.1:7700/?q={searchTerms}\""));
}

TEST_F(Served, FeedHasTheNewestFirst) {
  shelf_.write("shelf/loaf.md", std::string(kLoaf) + "\nMore on rye.\n");
  shelf_.write("shelf/clock.md", std::string(kClock) + "\nMore on brass.\n");
  shift_time(shelf_.folder() / "shelf/loaf.md", 1000);
  shift_time(shelf_.folder() / "shelf/clock.md", -1000);
  shelf_.update();
  std::this_thread::sleep_for(ShelfPool::kLookAgain);
  const std::string feed = get(*app_, "/feed.atom").body;
  const std::size_t loaf = feed.find("Patient Loaf");
  const std::size_t clock = feed.find("Clockwork");
  const std::size_t knots = feed.find("<title>Knots");
  EXPECT_LT(loaf, knots);
  EXPECT_LT(knots, clock);
}

// What random bytes ask: an answer each time, never more than that.
TEST_F(Served, AnyRequestHasAnAnswer) {
  const std::string pieces[] = {"/",         "api/v1/", "search", "books",  "passages/", "works/",
                                "?q=",       "&",       "n=",     "%",      "..",        "\"",
                                "((((",      "AND",     "*",      "title:", "-",         "+",
                                "%f0%9f%92", "%00",     "files/", "~1",     "year:..",   "\\",
                                "suggest",   "=",       "#",      ";"};
  unsigned state = 1;
  const auto next = [&](std::size_t below) {
    state = state * 1664525u + 1013904223u;
    return static_cast<std::size_t>(state >> 8) % below;
  };
  int read = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string target = "/";
    for (std::size_t n = next(12); n > 0; --n) target += pieces[next(std::size(pieces))];
    Request request;
    request.method = "GET";
    request.headers["host"] = "localhost";
    if (!read_target(target, request)) continue;
    ++read;
    const Response response = handle(*app_, request);
    EXPECT_TRUE(response.status >= 200 && response.status < 500) << target << response.status;
  }
  EXPECT_GT(read, 1000);
}

TEST(Files, AreServedByIdAlone) {
  ServedShelf shelf;
  shelf.write("secret.txt", "the secret\n");
  const std::unique_ptr<App> closed = app_on(shelf);
  const std::unique_ptr<App> app = app_on(shelf, true);
  const auto source = [&](const std::string& question) {
    const Json json = Json::parse(get(*app, "/api/v1/search?q=" + question).body);
    return json.at("results").at(0).at("locator").at("source").get<std::string>();
  };
  const auto content = [](const Response& response) {
    std::string bytes(response.file->size, '\0');
    EXPECT_EQ(::pread(response.file->descriptor, bytes.data(), bytes.size(), 0),
              static_cast<ssize_t>(bytes.size()));
    return bytes;
  };
  const std::string loaf = source("sourdough");
  EXPECT_EQ(get(*closed, "/files/" + loaf).status, 404);
  const Response text = get(*app, "/files/" + loaf);
  ASSERT_EQ(text.status, 200);
  EXPECT_EQ(text.type, "text/plain; charset=utf-8");
  EXPECT_EQ(content(text), kLoaf);
  EXPECT_EQ(header_of(text, "Content-Disposition"), "inline; filename*=UTF-8''loaf.md");

  const Response page = get(*app, "/files/" + source("bowline"));
  EXPECT_EQ(page.type, "application/octet-stream");
  EXPECT_EQ(header_of(page, "Content-Disposition"), "attachment; filename*=UTF-8''knots.html");
  EXPECT_TRUE(has(header_of(page, "Content-Security-Policy"), "sandbox"));

  for (const char* path :
       {"/files/", "/files/loaf.md", "/files/shelf/loaf.md", "/files/../secret.txt",
        "/files/..%2fsecret.txt", "/files//etc/passwd", "/files/%2fetc%2fpasswd"}) {
    EXPECT_EQ(get(*app, path).status, 404) << path;
  }
  // What became a link since, or is gone, is not served.
  std::filesystem::remove(shelf.folder() / "shelf/loaf.md");
  EXPECT_EQ(get(*app, "/files/" + loaf).status, 404);
  std::filesystem::create_symlink(shelf.folder() / "secret.txt", shelf.folder() / "shelf/loaf.md");
  EXPECT_EQ(get(*app, "/files/" + loaf).status, 404);
}

}  // namespace
}  // namespace tome::test
