// SPDX-License-Identifier: GPL-2.0-or-later
// The frame around every page, and what is read from a request.
#include "serve/page_parts.h"

#include <charconv>

#include "serve/page_assets.h"
#include "serve/page_question.h"
#include "text/text.h"

namespace tome {
namespace {

void add_asset(Html& out, std::string_view name) {
  const Asset* asset = find_asset(name);
  if (asset != nullptr) out.name(asset->address);
}

void add_head(Html& out, const PageFrame& frame) {
  out.add(R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#faf8f3">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#171613">
<title>)html");
  if (!frame.title.empty()) out.line(frame.title, kLongestTitle).add(" · ");
  out.add(R"(tome</title>
<link rel="icon" type="image/svg+xml" href=")");
  add_asset(out, "favicon.svg");
  out.add(R"(">
<link rel="stylesheet" href=")");
  add_asset(out, "tome.css");
  out.add(R"(">
<link rel="search" type="application/opensearchdescription+xml" title="tome" href="/opensearch.xml">
<link rel="alternate" type="application/atom+xml" title="New on the shelf" href="/feed.atom">
<script defer src=")");
  add_asset(out, "tome.js");
  out.add(R"("></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
)");
}

void add_header(Html& out, const PageFrame& frame) {
  out.add(R"(<header class="top">
<a class="brand" href="/"><img src=")");
  add_asset(out, "favicon.svg");
  out.add(R"(" alt="" width="26" height="26"><span>tome</span></a>
<form class="ask" role="search" action="/" method="get">
<label class="unseen" for="q">Ask the shelf</label>
<div class="box">
<input id="q" name="q" type="search" maxlength="2000" autocomplete="off" autocapitalize="none" spellcheck="false" enterkeyhint="search" placeholder="Ask a question" value=")");
  out.typed(frame.question).add(R"(">
<ul id="completions" role="listbox" aria-label="Completions" hidden></ul>
</div>
<button type="submit">Search</button>
</form>
<nav aria-label="tome"><a href="/shelf")");
  if (frame.place == "shelf") out.add(R"( aria-current="page")");
  out.add(
      R"(>Shelf</a><button type="button" id="help-open" aria-haspopup="dialog" hidden>Keys</button></nav>
</header>
<p id="status" class="unseen" role="status"></p>
)");
}

void add_foot(Html& out) {
  out.add(R"(<dialog id="help" aria-labelledby="help-title">
<h2 id="help-title">Keys</h2>
<dl>
<div><dt><kbd>/</kbd></dt><dd>to the search box</dd></div>
<div><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next, previous result</dd></div>
<div><dt><kbd>Enter</kbd></dt><dd>open it</dd></div>
<div><dt><kbd>Esc</kbd></dt><dd>back to the search box</dd></div>
<div><dt><kbd>↓</kbd> <kbd>↑</kbd></dt><dd>in the search box: completions</dd></div>
<div><dt><kbd>?</kbd></dt><dd>this help</dd></div>
</dl>
<form method="dialog"><button>Close</button></form>
</dialog>
</body>
</html>
)");
}

}  // namespace

std::string framed(const PageFrame& frame, const Html& content) {
  Html out;
  add_head(out, frame);
  add_header(out, frame);
  out.add("<main id=\"content\" tabindex=\"-1\">\n").add(content).add("</main>\n");
  add_foot(out);
  return std::move(out).take();
}

Response html_response(std::string body, int status) {
  Response response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

Response error_page(const Error& error) {
  const bool missing = error.code == Code::kNotFound;
  Html content;
  content.add("<section class=\"plain\">\n<h1>");
  content.add(missing ? Markup("Not on this shelf") : Markup("That did not work"));
  content.add("</h1>\n<p>").line(error.message, kLongestTitle).add(".</p>\n");
  // The hint names commands of the terminal; who reads a page that is missing has none.
  if (!missing && !error.hint.empty()) {
    content.add("<p>Try: <code>").line(error.hint).add("</code></p>\n");
  }
  content.add(R"(<p><a href="/">Ask the shelf</a> or <a href="/shelf">see what is on it</a>.</p>
</section>
)");
  return html_response(framed({missing ? "Not found" : "Error", "", ""}, content),
                       missing ? 404 : 500);
}

std::string parameter(const Request& request, const std::string& name) {
  const auto found = request.query.find(name);
  return found == request.query.end() ? "" : found->second;
}

std::uint64_t number_parameter(const Request& request, const std::string& name,
                               std::uint64_t otherwise, std::uint64_t most) {
  const std::string text = parameter(request, name);
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || fault != std::errc() || end != text.data() + text.size()) return otherwise;
  return std::min(number, most);
}

std::string question_of(const Request& request) {
  std::string question = parameter(request, "q");
  question.resize(utf8_floor(question, kLongestQuestion));
  return question;
}

}  // namespace tome
