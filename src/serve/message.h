// SPDX-License-Identifier: GPL-2.0-or-later
// A request as the pages and the API see it, and what they answer: plain values without a socket.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tome {

struct Request {
  std::string method;                             // "GET", "HEAD" ...
  std::string path;                               // percent-decoded, from "/", without the query
  std::multimap<std::string, std::string> query;  // percent-decoded, "+" as a space
  std::map<std::string, std::string> headers;     // names in lower case
  bool files = false;                             // whether /files/SOURCE-ID is served
};

// A file that is open for reading; closed with the last owner.
struct OpenFile {
  int descriptor = -1;
  std::uint64_t size = 0;

  OpenFile(int opened, std::uint64_t bytes) : descriptor(opened), size(bytes) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile();
};

// Each member has an initialiser, so that g++ lets any be left out between braces.
struct Response {
  int status = 200;
  std::string type = "text/html; charset=utf-8";
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};  // beside Content-Type, -Length
  std::shared_ptr<OpenFile> file = {};                            // sent in place of `body`
};

}  // namespace tome
