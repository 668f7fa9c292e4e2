// SPDX-License-Identifier: GPL-2.0-or-later
#include "replicate/place.h"

#include <algorithm>

#include "text/text.h"

namespace tome {
namespace {

constexpr std::string_view kDefaultPath = ".local/share/tome";  // seen from the home folder
constexpr std::string_view kPlaceHint = "write HOST, HOST:PATH or a local path: ./FOLDER";

Error bad_place(std::string message) {
  return Error{Code::kUsage, std::move(message), std::string(kPlaceHint), ""};
}

bool is_ascii_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool all_of(std::string_view text, std::string_view others) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_ascii_letter_or_digit(c) || others.find(c) != std::string_view::npos;
  });
}

// "user@machine", "user@[fe80::1%eth0]"; no part may begin with a dash.
bool good_host(std::string_view host) {
  const std::size_t at = host.find('@');
  if (at != std::string_view::npos) {
    const std::string_view user = host.substr(0, at);
    if (user.empty() || user[0] == '-' || !all_of(user, "._-+")) return false;
    host.remove_prefix(at + 1);
  }
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    return all_of(host.substr(1, host.size() - 2), ":.%");
  }
  return !host.empty() && host[0] != '-' && all_of(host, "._-");
}

// Where HOST ends: at the first colon that is outside of brackets.
std::size_t host_end(std::string_view text) {
  const std::size_t bracket = text.find('[');
  const std::size_t colon = text.find(':');
  if (bracket < colon) return text.find(':', text.find(']', bracket));
  return colon;
}

}  // namespace

Result<Place> parse_place(std::string_view text) {
  std::string copy(text);
  if (repair_utf8(copy) > 0 || text.find('\0') != std::string_view::npos) {
    return bad_place("the place of a replica must be UTF-8");
  }
  if (text.empty()) return bad_place("the place of a replica is empty");
  if (text[0] == '-') return bad_place("a place must not begin with -: " + std::string(text));
  const std::size_t colon = host_end(text);
  const std::size_t slash = text.find('/');
  if (slash < colon ||
      (colon == std::string_view::npos && text.find_first_not_of('.') == std::string_view::npos)) {
    return Place{"", std::string(text)};
  }
  Place place;
  place.host = std::string(text.substr(0, colon));
  place.path = colon == std::string_view::npos ? "" : std::string(text.substr(colon + 1));
  if (!good_host(place.host)) return bad_place("this is not the name of a host: " + place.host);
  if (place.path.empty()) place.path = kDefaultPath;
  if (place.path[0] == ':' || place.path.starts_with("//")) {
    return bad_place("an rsync daemon will not do: " + std::string(text));
  }
  if (place.path[0] == '-' || place.path[0] == '~') {
    return Error{Code::kUsage, "a path must not begin with - or ~: " + place.path,
                 "a path that does not begin with / is seen from the home folder there", ""};
  }
  return place;
}

Result<std::vector<std::string>> parse_ssh(std::string_view text) {
  std::vector<std::string> words;
  if (text.find_first_of("'\"\\\n\t") != std::string_view::npos) {
    return Error{Code::kUsage, "quotes do not work in what runs ssh: " + std::string(text),
                 "name a script that runs ssh with its options", ""};
  }
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) words.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  if (words.empty() || words[0][0] == '-') {
    return Error{Code::kUsage, "what runs ssh names no program", "--ssh \"ssh -p 2222\"", ""};
  }
  return words;
}

Status check_remote_program(std::string_view name) {
  if (!name.empty() && name[0] != '-' && all_of(name, "._-+/~")) return Ok{};
  return Error{Code::kUsage, "this is not the path of a program: " + std::string(name),
               "letters, digits and . _ - + / ~ alone", ""};
}

std::string rsync_name(const Place& place, std::string_view below) {
  std::string name = place.host.empty() ? std::string() : place.host + ":";
  // "a:b" without a slash before the colon would be read as a host.
  if (place.host.empty() && place.path[0] != '/') name += "./";
  name += place.path + "/";
  return name.append(below);
}

}  // namespace tome
