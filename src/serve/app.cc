// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/app.h"

#include <fmt/format.h>

#include <exception>
#include <string_view>

#include "present/json.h"
#include "serve/api.h"
#include "serve/feed.h"
#include "serve/files.h"
#include "serve/gzip.h"
#include "serve/openapi.h"
#include "serve/page.h"
#include "text/hash.h"

namespace tome {
namespace {

constexpr std::string_view kFiles = "/files/";
constexpr std::string_view kAtom = "application/atom+xml; charset=utf-8";
constexpr std::string_view kOpenSearch = "application/opensearchdescription+xml; charset=utf-8";
constexpr std::string_view kPrometheus = "text/plain; version=0.0.4; charset=utf-8";

// An answer and the route it came by, for Metrics.
struct Answered {
  std::string_view route = "none";
  Response response;
};

std::string header(const Request& request, const std::string& name) {
  const auto found = request.headers.find(name);
  return found == request.headers.end() ? std::string() : found->second;
}

Response failed(const Error& error) {
  Response response = error_response(status_of(error), error);
  if (response.status == 503) response.headers.emplace_back("Retry-After", "1");
  return response;
}

// The same question to the same generation has the same answer. Weak, because gzip may be on it.
std::string etag(const App& app, const Shelf& shelf, const Request& request) {
  std::string asked = app.salt + '\n' + header(request, "host") + '\n' + request.path;
  for (const auto& [name, value] : request.query) asked.append(fmt::format("\n{}={}", name, value));
  return fmt::format("W/\"{}-{}\"", shelf.state(), short_digest(asked, 16));
}

// Whether an If-None-Match header names `tag`; the comparison is the weak one.
bool names_tag(std::string_view header, std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  return !tag.empty() && header.find(tag) != header.npos;
}

Response not_modified(std::string tag) {
  Response response{.status = 304, .type = ""};
  response.headers.emplace_back("ETag", std::move(tag));
  return response;
}

// `make(shelf)` with a borrowed shelf, unless the client has that answer already.
template <class Make>
Response of_generation(App& app, const Request& request, Make make) {
  Result<ShelfPool::Loan> shelf = app.pool->borrow();
  if (!shelf) return failed(shelf.error());
  std::string tag = etag(app, **shelf, request);
  const std::string known = header(request, "if-none-match");
  if (names_tag(known, tag)) return not_modified(tag);
  Response response = make(**shelf);
  // A header, so that what lists and pages lack can be seen too.
  const std::size_t missing = (*shelf)->missing().size();
  if (missing > 0) response.headers.emplace_back("Tome-Missing-Shards", std::to_string(missing));
  if (response.status != 200) return response;
  tag = etag(app, **shelf, request);  // a shard may have been lost meanwhile
  std::string own;
  for (const auto& [name, value] : response.headers) {
    if (name == "ETag") own = value;
  }
  if (own.empty()) {
    response.headers.emplace_back("ETag", tag);
  } else if (names_tag(known, own)) {
    return not_modified(own);
  }
  return response;
}

// With the contents of the generation.
template <class Make>
Response of_contents(App& app, const Request& request, Make make) {
  return of_generation(app, request, [&](Shelf& shelf) {
    const auto contents = app.contents.of(shelf);
    return contents ? make(**contents) : failed(contents.error());
  });
}

Answered api(App& app, const Request& request) {
  if (request.path == "/api/v1/openapi.json") {
    Response response{.type = "application/json", .body = std::string(openapi_json())};
    return {"openapi", std::move(response)};
  }
  const Result<ApiCall> call = read_call(app, request);
  if (!call) return {"api", failed(call.error())};
  if (!call->answer) {
    return {"api", failed({Code::kNotFound, "the API has no such address",
                           "what it has is described in /api/v1/openapi.json", ""})};
  }
  return {call->route, of_generation(app, request, [&](Shelf& shelf) -> Response {
            Result<std::string> document = call->answer(shelf);
            if (!document) return failed(document.error());
            return {.type = "application/json", .body = std::move(document).value()};
          })};
}

Response health(App& app) {
  const Result<ShelfPool::Loan> shelf = app.pool->borrow();  // looks whether the index is well
  if (!shelf) return failed(shelf.error());
  const std::optional<Error> trouble = app.pool->trouble();
  return {.type = "text/plain; charset=utf-8",
          .body = trouble ? "stale: " + trouble->message + "\n" : "ok\n"};
}

Response metrics(App& app) {
  Result<ShelfPool::Loan> shelf = app.pool->borrow();
  if (!shelf) return failed(shelf.error());
  const auto contents = app.contents.of(**shelf);
  if (!contents) return failed(contents.error());
  const ShelfStatus& status = (*contents)->status;
  const Gauges gauges{status.generation, status.passages, status.works,
                      app.pool->trouble().has_value()};
  return {.type = std::string(kPrometheus), .body = app.metrics.text(gauges)};
}

Response file(App& app, const Request& request) {
  Result<ShelfPool::Loan> shelf = app.pool->borrow();
  if (!shelf) return failed(shelf.error());
  const auto contents = app.contents.of(**shelf);
  if (!contents) return failed(contents.error());
  return file_response(**contents, std::string_view(request.path).substr(kFiles.size()));
}

Answered answer(App& app, const Request& request) {
  if (std::optional<Response> refused = refuse(app.guard, request)) {
    return {"refused", std::move(*refused)};
  }
  if (request.method != "GET" && request.method != "HEAD") {
    Response response =
        error_response(405, {Code::kUsage, "only GET and HEAD are answered", "", ""});
    response.headers.emplace_back("Allow", "GET, HEAD");
    return {"refused", std::move(response)};
  }
  const std::string& path = request.path;
  const std::string base = "http://" + header(request, "host");
  if (path.starts_with(kApiRoot)) return api(app, request);
  if (path == "/healthz") return {"healthz", health(app)};
  if (path == "/metrics") return {"metrics", metrics(app)};
  if (path == "/opensearch.xml") {
    return {"opensearch", {.type = std::string(kOpenSearch), .body = opensearch_xml(base)}};
  }
  if (path == "/feed.atom") {
    return {"feed", of_contents(app, request, [&](const Contents& contents) -> Response {
              return {.type = std::string(kAtom), .body = feed_atom(contents, base)};
            })};
  }
  if (app.files && path.starts_with(kFiles)) return {"files", file(app, request)};
  return {"page", of_generation(app, request, [&](Shelf& shelf) {
            Request asked = request;
            asked.files = app.files;
            return page(shelf, asked);
          })};
}

double seconds_since(Moment moment) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - moment).count();
}

}  // namespace

Result<std::unique_ptr<App>> open_app(AppOptions options) {
  Result<std::unique_ptr<ShelfPool>> pool =
      ShelfPool::open(options.index, options.synonyms, options.shelves, options.shards);
  if (!pool) return pool.error();
  auto app = std::make_unique<App>();
  app->pool = std::move(pool).value();
  app->guard = std::move(options.guard);
  app->files = options.files;
  app->salt = std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
  return app;
}

Response handle(App& app, const Request& request, Moment received) {
  Answered answered;
  try {
    answered = answer(app, request);
  } catch (const std::exception&) {  // a bug or exhausted memory: this answer's end, no other's
    answered = {"none", error_response(500, {Code::kIo, "the server failed at this", "", ""})};
  }
  add_safety(answered.response);
  compress(request, answered.response);
  app.metrics.record(answered.route, answered.response.status, seconds_since(received));
  return std::move(answered.response);
}

Response handle_fault(App& app, int status, const Error& error) {
  Response response = error_response(status, error);
  if (status == 503) response.headers.emplace_back("Retry-After", "1");
  add_safety(response);
  app.metrics.record("refused", status, 0);
  return response;
}

}  // namespace tome
