// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/shard_address.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace tome {
namespace {

constexpr std::string_view kTcp = "tcp://";
constexpr std::string_view kSsh = "ssh://";
constexpr std::size_t kLongest = 1024;

bool is_plain(std::string_view text, std::string_view also) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           also.find(c) != std::string_view::npos;
  });
}

Error not_understood(std::string_view text, std::string_view why) {
  return Error{Code::kUsage, fmt::format("the address of a shard is not understood: {}", why),
               "a directory, tcp://host:port or ssh://host/path", std::string(text)};
}

}  // namespace

Result<ShardAddress> parse_shard_address(std::string_view text) {
  ShardAddress address;
  if (text.empty()) return not_understood(text, "it is empty");
  if (text.size() > kLongest || text.find('\0') != std::string_view::npos) {
    return not_understood(text.substr(0, 80), "it is too long or holds a zero byte");
  }
  if (text.starts_with(kTcp)) {
    address.kind = ShardAddress::Kind::kTcp;
    const std::string_view rest = text.substr(kTcp.size());
    const std::size_t colon = rest.rfind(':');
    if (colon == std::string_view::npos) return not_understood(text, "tcp:// needs a port");
    address.host = rest.substr(0, colon);
    const std::string_view port = rest.substr(colon + 1);
    const auto read = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (read.ec != std::errc() || read.ptr != port.data() + port.size() || address.port == 0) {
      return not_understood(text, "its port is no number from 1 to 65535");
    }
    if (address.host.empty() || address.host[0] == '-' || !is_plain(address.host, ".-_")) {
      return not_understood(text, "its host is no name or IPv4 address");
    }
    return address;
  }
  if (text.starts_with(kSsh)) {
    address.kind = ShardAddress::Kind::kSsh;
    const std::string_view rest = text.substr(kSsh.size());
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) return not_understood(text, "ssh:// needs a path");
    address.host = rest.substr(0, slash);
    address.path = rest.substr(slash);
    while (address.path.size() > 1 && address.path.back() == '/') address.path.pop_back();
    if (address.host.empty() || address.host[0] == '-' || !is_plain(address.host, ".-_@")) {
      return not_understood(text, "its host is no name, user@name or IPv4 address");
    }
    if (!is_plain(address.path, "/.-_+@%,:=")) {
      return not_understood(text, "its path holds a character that is not passed on safely");
    }
    return address;
  }
  const std::size_t scheme = text.find("://");
  if (scheme != std::string_view::npos && is_plain(text.substr(0, scheme), "+")) {
    return not_understood(text, "that kind of address is not known");
  }
  address.path = text;
  return address;
}

std::string to_string(const ShardAddress& address) {
  switch (address.kind) {
    case ShardAddress::Kind::kTcp:
      return fmt::format("{}{}:{}", kTcp, address.host, address.port);
    case ShardAddress::Kind::kSsh:
      return fmt::format("{}{}{}", kSsh, address.host, address.path);
    case ShardAddress::Kind::kLocal:
      break;
  }
  return address.path;
}

std::string to_string(const ShardPlaces& places) {
  std::string out;
  for (const ShardAddress& address : places.replicas) {
    out += (out.empty() ? "" : ", ") + to_string(address);
  }
  return out;
}

Status check_distinct(const std::vector<ShardPlaces>& shards) {
  std::set<std::string> seen;
  for (const ShardPlaces& places : shards) {
    for (const ShardAddress& address : places.replicas) {
      if (seen.insert(to_string(address)).second) continue;
      return Error{Code::kUsage, "two shards have one address",
                   "its passages would count twice: name it once", to_string(address)};
    }
  }
  return Ok{};
}

}  // namespace tome
