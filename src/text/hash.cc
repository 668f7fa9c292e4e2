// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/hash.h"

#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <new>

namespace tome {

namespace {

std::string canonical(XXH128_hash_t hash) {
  XXH128_canonical_t bytes;
  XXH128_canonicalFromHash(&bytes, hash);
  return std::string(reinterpret_cast<const char*>(bytes.digest), sizeof bytes.digest);
}

std::string hex_of(const std::string& bytes) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kHex[byte >> 4];
    hex += kHex[byte & 15];
  }
  return hex;
}

}  // namespace

struct DigestStream::State {
  XXH3_state_t* xxh = XXH3_createState();
  State() {
    if (xxh == nullptr) throw std::bad_alloc();
    XXH3_128bits_reset(xxh);
  }
  ~State() { XXH3_freeState(xxh); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
};

DigestStream::DigestStream() : state_(std::make_unique<State>()) {}
DigestStream::DigestStream(DigestStream&&) noexcept = default;
DigestStream::~DigestStream() = default;
void DigestStream::add(std::string_view bytes) {
  XXH3_128bits_update(state_->xxh, bytes.data(), bytes.size());
}
std::string DigestStream::hex() const {
  return hex_of(canonical(XXH3_128bits_digest(state_->xxh)));
}

std::string digest(std::string_view bytes) {
  return canonical(XXH3_128bits(bytes.data(), bytes.size()));
}

std::string hex_digest(std::string_view bytes) { return hex_of(digest(bytes)); }

std::string short_digest(std::string_view bytes, std::size_t characters) {
  constexpr char kBase32[] = "abcdefghijklmnopqrstuvwxyz234567";
  constexpr std::size_t kMost = 128 / 5;
  const std::string full = digest(bytes);
  std::string out;
  std::uint32_t pool = 0;
  int bits = 0;
  std::size_t next = 0;
  while (out.size() < std::min(characters, kMost)) {
    if (bits < 5) {
      pool = (pool << 8 | static_cast<unsigned char>(full[next++])) & 0xFFFF;
      bits += 8;
    }
    bits -= 5;
    out += kBase32[pool >> bits & 31];
  }
  return out;
}

}  // namespace tome
