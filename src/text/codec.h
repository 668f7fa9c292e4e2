// SPDX-License-Identifier: GPL-2.0-or-later
// Length-prefixed binary records: what the index stores beside Xapian's own tables, and what two
// processes of tome tell each other.
//
// Integers are LEB128 (7 bits a byte, low first); strings are a length and bytes. A Decoder never
// reads past its input: after the first short or malformed field ok() is false and every further
// field is empty.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tome {

// Appends a number as a record holds it.
void put_number(std::string& out, std::uint64_t number);

// Takes a number off the front of `in`; false when there is none whole.
bool take_number(std::string_view& in, std::uint64_t& number);

class Encoder {
 public:
  void number(std::uint64_t value) { put_number(out_, value); }
  void text(std::string_view value);
  void texts(const std::vector<std::string>& values);
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

class Decoder {
 public:
  explicit Decoder(std::string_view in) : in_(in) {}
  std::uint64_t number();
  std::string_view text();  // a view into the input
  std::vector<std::string> texts();
  void skip_texts();
  bool ok() const { return ok_; }
  bool at_end() const { return in_.empty(); }

 private:
  std::string_view in_;
  bool ok_ = true;
};

// Numbers of a width of their own, where an entry is found by counting: so many bytes, low first.
inline constexpr std::size_t kFixedNumber = 8;
void put_fixed(std::string& out, std::uint64_t number, std::size_t width = kFixedNumber);
// REQUIRES: bytes.size() >= width.
std::uint64_t fixed_number(std::string_view bytes, std::size_t width = kFixedNumber);

// `payload` with its 16-byte XXH3-128 in front.
std::string seal(std::string_view payload);

// The payload of sealed bytes; false when the checksum does not fit.
bool unseal(std::string_view sealed, std::string_view& payload);

}  // namespace tome
