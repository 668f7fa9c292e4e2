// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/guard.h"

#include <arpa/inet.h>

#include <algorithm>

#include "present/json.h"

namespace tome {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
constexpr std::string_view kCookie = "tome_token=";
constexpr std::size_t kLongestHost = 300;

std::string header(const Request& request, const std::string& name) {
  const auto found = request.headers.find(name);
  return found == request.headers.end() ? std::string() : found->second;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// Takes the same time wherever the first difference stands.
bool same_secret(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  }
  return difference == 0;
}

std::string_view cookie_token(std::string_view cookies) {
  while (!cookies.empty()) {
    std::string_view one = cookies.substr(0, cookies.find(';'));
    cookies.remove_prefix(std::min(cookies.size(), one.size() + 1));
    one.remove_prefix(std::min(one.size(), one.find_first_not_of(' ')));
    if (one.starts_with(kCookie)) return one.substr(kCookie.size());
  }
  return {};
}

// A token as it may stand in an address, a header and a cookie without escapes (cli checks it).
std::string escaped(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || c == '.' || c == '~' || c == '/';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kDigits[static_cast<unsigned char>(c) >> 4];
      out += kDigits[static_cast<unsigned char>(c) & 15];
    }
  }
  return out;
}

// The same address without the token.
Response lead_on(const Guard& guard, const Request& request) {
  // More than one slash would name another host.
  const std::size_t first = request.path.find_first_not_of('/');
  std::string target =
      "/" + escaped(first == std::string::npos ? std::string_view()
                                               : std::string_view(request.path).substr(first));
  char mark = '?';
  for (const auto& [name, value] : request.query) {
    if (name == "token") continue;
    target += mark + escaped(name) + "=" + escaped(value);
    mark = '&';
  }
  Response response{.status = 303, .type = "text/plain; charset=utf-8", .body = "see there\n"};
  response.headers.emplace_back("Location", target);
  response.headers.emplace_back(
      "Set-Cookie",
      std::string(kCookie) + guard.token + "; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict");
  return response;
}

std::optional<Response> refuse_token(const Guard& guard, const Request& request) {
  if (guard.token.empty() || request.path == "/healthz") return std::nullopt;
  constexpr std::string_view kBearer = "bearer ";
  const std::string authorization = header(request, "authorization");
  if (lower(authorization.substr(0, kBearer.size())) == kBearer &&
      same_secret(std::string_view(authorization).substr(kBearer.size()), guard.token)) {
    return std::nullopt;
  }
  const auto given = request.query.find("token");
  if (given != request.query.end() && same_secret(given->second, guard.token)) {
    return lead_on(guard, request);
  }
  if (same_secret(cookie_token(header(request, "cookie")), guard.token)) return std::nullopt;
  Response response = error_response(
      401, {Code::kRefused, "this server asks for a token",
            "send Authorization: Bearer TOKEN, or open the page once with ?token=TOKEN", ""});
  response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace

std::string host_of(std::string_view authority) {
  if (authority.empty() || authority.size() > kLongestHost) return {};
  std::string_view host = authority;
  std::string_view rest;
  if (authority.front() == '[') {
    const std::size_t close = authority.find(']');
    if (close == authority.npos) return {};
    host = authority.substr(1, close - 1);
    rest = authority.substr(close + 1);
  } else if (const std::size_t colon = authority.find(':'); colon != authority.npos) {
    host = authority.substr(0, colon);
    rest = authority.substr(colon);
  }
  const bool port = rest.empty() || (rest.front() == ':' && rest.size() <= 6 &&
                                     rest.find_first_not_of("0123456789", 1) == rest.npos);
  return port ? lower(host) : std::string();
}

bool is_address(const std::string& host) {
  unsigned char bytes[sizeof(in6_addr)];
  return ::inet_pton(AF_INET, host.c_str(), bytes) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), bytes) == 1;
}

std::optional<Response> refuse(const Guard& guard, const Request& request) {
  const std::string authority = header(request, "host");
  const std::string host = host_of(authority);
  const bool known =
      !host.empty() && (guard.names.contains(host) || (guard.any_address && is_address(host)));
  if (!known) {
    return error_response(421, {Code::kRefused, "this server does not go by that name",
                                "use the address that tome serve printed", ""});
  }
  const Error other_site{Code::kRefused, "requests of other sites are refused", "", ""};
  if (request.headers.contains("origin")) {
    const std::string origin = lower(header(request, "origin"));
    const std::string own = lower(authority);
    if (origin != "http://" + own && origin != "https://" + own) {
      return error_response(403, other_site);
    }
  }
  // A link on another site may lead here; nothing there may load or embed what is here.
  const std::string site = header(request, "sec-fetch-site");
  if ((site == "cross-site" || site == "same-site") &&
      header(request, "sec-fetch-mode") != "navigate") {
    return error_response(403, other_site);
  }
  return refuse_token(guard, request);
}

void add_safety(Response& response) {
  const auto add = [&](std::string_view name, std::string_view value) {
    for (const auto& [known, ignored] : response.headers) {
      if (known == name) return;
    }
    response.headers.emplace_back(name, value);
  };
  add("Content-Security-Policy", kPolicy);
  add("X-Content-Type-Options", "nosniff");
  add("Referrer-Policy", "no-referrer");
  add("Cross-Origin-Resource-Policy", "same-origin");
  add("Cross-Origin-Opener-Policy", "same-origin");
  add("Cache-Control", response.status < 400 ? "no-cache" : "no-store");
}

int status_of(const Error& error) {
  switch (error.code) {
    case Code::kUsage:
      return 400;
    case Code::kNotFound:
      return 404;
    case Code::kLimit:
      return 413;
    case Code::kRefused:
      return 403;
    case Code::kLocked:
    case Code::kUnreachable:
    case Code::kIo:
    case Code::kDamaged:
    case Code::kUnsupported:
      break;
  }
  return 503;
}

Response error_response(int status, const Error& error) {
  return {.status = status, .type = "application/json", .body = json_error(error)};
}

}  // namespace tome
