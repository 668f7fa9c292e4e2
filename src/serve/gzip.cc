// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/gzip.h"

#include <zlib.h>

#include <algorithm>

namespace tome {
namespace {

constexpr std::size_t kWorthwhile = 1024;
constexpr int kGzipWindow = 15 + 16;  // zlib's largest window, with a gzip header
constexpr int kMemory = 8;            // zlib's default
constexpr int kLevel = 1;  // answers shrink to a fifth at this level already, in the least time

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(" \t")));
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

bool is_text(std::string_view type) {
  return type.starts_with("text/") || type.starts_with("application/json") ||
         type.starts_with("application/xml") || type.find("+xml") != type.npos ||
         type.find("+json") != type.npos || type.find("javascript") != type.npos;
}

// Empty when zlib could not.
std::string gzip(std::string_view text) {
  z_stream stream{};
  if (::deflateInit2(&stream, kLevel, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return {};
  }
  std::string out(::deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  // zlib reads only; its interface is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int done = ::deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  return done == Z_STREAM_END ? out : std::string();
}

}  // namespace

bool takes_gzip(std::string_view accept_encoding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    std::string_view one = accept_encoding.substr(0, accept_encoding.find(','));
    accept_encoding.remove_prefix(std::min(accept_encoding.size(), one.size() + 1));
    const std::string_view name = trimmed(one.substr(0, one.find(';')));
    std::string_view weight;
    if (const std::size_t semicolon = one.find(';'); semicolon != one.npos) {
      weight = trimmed(one.substr(semicolon + 1));
    }
    // A weight of zero, "q=0", "q=0.000", refuses.
    const bool refused =
        weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == weight.npos;
    if (name == "gzip") return !refused;
    if (name == "*") any = !refused;
  }
  return any;
}

void compress(const Request& request, Response& response) {
  constexpr std::size_t kMost = std::size_t{1} << 30;  // well within zlib's 32 bits
  const bool text = response.status == 304 || is_text(response.type);
  if (response.file != nullptr || !text) return;
  response.headers.emplace_back("Vary", "Accept-Encoding");
  const auto accepted = request.headers.find("accept-encoding");
  if (accepted == request.headers.end() || !takes_gzip(accepted->second)) return;
  if (response.body.size() < kWorthwhile || response.body.size() > kMost) return;
  for (const auto& [name, value] : response.headers) {
    if (name == "Content-Encoding") return;
  }
  std::string packed = gzip(response.body);
  if (packed.empty()) return;
  response.body = std::move(packed);
  response.headers.emplace_back("Content-Encoding", "gzip");
}

}  // namespace tome
