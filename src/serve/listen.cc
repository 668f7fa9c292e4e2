// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/listen.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

namespace tome {
namespace {

struct Address {
  std::string text;  // numeric
  std::uint16_t port = 0;
  bool loopback = false;
  bool any = false;  // all of this machine's
};

Address address_of(const sockaddr_storage& storage) {
  Address out;
  char text[INET6_ADDRSTRLEN] = "";
  if (storage.ss_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, &storage, sizeof(six));
    ::inet_ntop(AF_INET6, &six.sin6_addr, text, sizeof(text));
    out.port = ntohs(six.sin6_port);
    out.loopback = IN6_IS_ADDR_LOOPBACK(&six.sin6_addr);
    out.any = IN6_IS_ADDR_UNSPECIFIED(&six.sin6_addr);
  } else {
    sockaddr_in four{};
    std::memcpy(&four, &storage, sizeof(four));
    ::inet_ntop(AF_INET, &four.sin_addr, text, sizeof(text));
    out.port = ntohs(four.sin_port);
    out.loopback = (ntohl(four.sin_addr.s_addr) >> 24) == 127;
    out.any = four.sin_addr.s_addr == htonl(INADDR_ANY);
  }
  out.text = text;
  return out;
}

void name(Guard& guard, const std::string& host) {
  const std::string lower = host_of(host.find(':') == host.npos ? host : "[" + host + "]");
  if (!lower.empty()) guard.names.insert(lower);
}

Guard guard_for(const std::string& host, const Address& address) {
  Guard guard;
  name(guard, host);
  name(guard, address.text);
  if (address.loopback || address.any) {
    for (const char* own : {"localhost", "127.0.0.1", "::1"}) name(guard, own);
  }
  if (address.any) {
    guard.any_address = true;  // a numeric address cannot be rebound
    char machine[256] = "";
    if (::gethostname(machine, sizeof(machine) - 1) == 0) name(guard, machine);
  }
  return guard;
}

}  // namespace

Result<Listening> listen_at(const std::string& host, std::uint16_t port) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (const int code = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
      code != 0) {
    return Error{Code::kUsage,
                 fmt::format("the host {} is not known: {}", host, ::gai_strerror(code)),
                 "tome serve --host 127.0.0.1", ""};
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, ::freeaddrinfo);
  Listening out;
  out.six = found->ai_family == AF_INET6;
  out.socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  const auto trouble = [&](const std::string& what, const std::string& hint) {
    Error error{Code::kIo, fmt::format("{}: {}", what, std::generic_category().message(errno)),
                hint, ""};
    if (out.socket >= 0) ::close(out.socket);
    return error;
  };
  if (out.socket < 0) return trouble("cannot make a socket", "");
  const int on = 1;
  ::setsockopt(out.socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (::bind(out.socket, found->ai_addr, found->ai_addrlen) != 0 ||
      ::listen(out.socket, SOMAXCONN) != 0) {
    const bool taken = errno == EADDRINUSE;
    return trouble(fmt::format("cannot listen on port {} of {}", port, host),
                   taken ? "another program has that port; --port N takes another" : "");
  }
  sockaddr_storage bound{};
  socklen_t length = sizeof(bound);
  if (::getsockname(out.socket, reinterpret_cast<sockaddr*>(&bound), &length) != 0) {
    return trouble("cannot read the address of the socket", "");
  }
  const Address address = address_of(bound);
  out.port = address.port;
  out.loopback = address.loopback;
  out.guard = guard_for(host, address);
  const bool brackets = host.find(':') != host.npos;
  out.url = brackets ? fmt::format("http://[{}]:{}/", host, out.port)
                     : fmt::format("http://{}:{}/", host, out.port);
  return out;
}

}  // namespace tome
