// SPDX-License-Identifier: GPL-2.0-or-later
// XXH3-128 (xxHash 0.8, XXH3 family): content digests and checksums. Not cryptographic: guards
// against accidents, not against a forger.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace tome {

// 16 bytes, canonical (big endian) form.
std::string digest(std::string_view bytes);

// The same as 32 lower-case hexadecimal digits.
std::string hex_digest(std::string_view bytes);

// The same of bytes that come in pieces.
class DigestStream {
 public:
  DigestStream();
  DigestStream(DigestStream&&) noexcept;
  ~DigestStream();
  void add(std::string_view bytes);
  std::string hex() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// First `characters` (at most 25) of the digest in lower-case base 32 (RFC 4648 alphabet a-z2-7).
std::string short_digest(std::string_view bytes, std::size_t characters);

}  // namespace tome
