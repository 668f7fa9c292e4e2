// SPDX-License-Identifier: GPL-2.0-or-later
#include "text/codec.h"

#include "text/hash.h"

namespace tome {

constexpr std::size_t kSealBytes = 16;

void put_number(std::string& out, std::uint64_t number) {
  while (number >= 0x80) {
    out.push_back(static_cast<char>((number & 0x7f) | 0x80));
    number >>= 7;
  }
  out.push_back(static_cast<char>(number));
}

bool take_number(std::string_view& in, std::uint64_t& number) {
  number = 0;
  for (unsigned shift = 0; shift < 64 && !in.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    number |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

void Encoder::text(std::string_view value) {
  number(value.size());
  out_.append(value);
}

void Encoder::texts(const std::vector<std::string>& values) {
  number(values.size());
  for (const std::string& value : values) text(value);
}

std::uint64_t Decoder::number() {
  std::uint64_t value = 0;
  if (take_number(in_, value)) return value;
  ok_ = false;
  in_ = {};
  return 0;
}

std::string_view Decoder::text() {
  const std::uint64_t size = number();
  if (!ok_ || size > in_.size()) {
    ok_ = false;
    in_ = {};
    return {};
  }
  const std::string_view value = in_.substr(0, size);
  in_.remove_prefix(size);
  return value;
}

std::vector<std::string> Decoder::texts() {
  std::vector<std::string> values;
  const std::uint64_t count = number();
  for (std::uint64_t i = 0; i < count && ok_; ++i) values.emplace_back(text());
  return values;
}

void Decoder::skip_texts() {
  for (std::uint64_t left = number(); left > 0 && ok_; --left) text();
}

void put_fixed(std::string& out, std::uint64_t number, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) out += static_cast<char>(number >> (8 * i) & 0xff);
}

std::uint64_t fixed_number(std::string_view bytes, std::size_t width) {
  std::uint64_t number = 0;
  for (std::size_t i = width; i > 0; --i) {
    number = number << 8 | static_cast<unsigned char>(bytes[i - 1]);
  }
  return number;
}

std::string seal(std::string_view payload) {
  std::string sealed = digest(payload);
  sealed.append(payload);
  return sealed;
}

bool unseal(std::string_view sealed, std::string_view& payload) {
  if (sealed.size() < kSealBytes) return false;
  payload = sealed.substr(kSealBytes);
  return digest(payload) == sealed.substr(0, kSealBytes);
}

}  // namespace tome
