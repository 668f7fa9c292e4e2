// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/glass_version.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace tome {
namespace {

// Magic and the format of 14 March 2016; then a UUID of 16 bytes.
constexpr std::string_view kMagic("\x0f\x0dXapian Glass\x04\x6e", 16);
constexpr std::size_t kUuid = 16;
// Postings, documents, terms, positions, spelling, synonyms.
constexpr std::size_t kTables = 6;
constexpr std::size_t kTermsTable = 2;

// Seven bits a byte, the lowest first; the highest bit says that more follow.
bool take_number(std::string_view& in, std::uint64_t& number) {
  number = 0;
  for (unsigned shift = 0; shift < 63 && !in.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(in.front());
    in.remove_prefix(1);
    number |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

struct Version {
  std::string_view head;  // up to the tables
  std::array<std::string_view, kTables> tables;
  std::string_view tail;  // counts of documents and lengths
};

std::optional<Version> parse(std::string_view bytes) {
  if (!bytes.starts_with(kMagic) || bytes.size() < kMagic.size() + kUuid) return std::nullopt;
  std::string_view in = bytes.substr(kMagic.size() + kUuid);
  std::uint64_t number = 0;
  if (!take_number(in, number)) return std::nullopt;  // the revision
  Version version;
  version.head = bytes.substr(0, bytes.size() - in.size());
  for (std::string_view& table : version.tables) {
    const std::string_view begin = in;
    // Root, level, entries, size of a block, what is compressed; then the list of free blocks.
    for (int i = 0; i < 6; ++i) {
      if (!take_number(in, number)) return std::nullopt;
    }
    if (number > in.size()) return std::nullopt;
    in.remove_prefix(static_cast<std::size_t>(number));
    table = begin.substr(0, begin.size() - in.size());
  }
  version.tail = in;
  return version;
}

}  // namespace

std::string lend_terms(std::string_view version, std::string_view lender) {
  std::optional<Version> to = parse(version);
  const std::optional<Version> from = parse(lender);
  if (!to || !from) return {};
  to->tables[kTermsTable] = from->tables[kTermsTable];
  std::string out(to->head);
  for (const std::string_view table : to->tables) out += table;
  out += to->tail;
  return out;
}

}  // namespace tome
