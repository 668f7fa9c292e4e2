// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/glass_version.h"

#include <array>
#include <cstddef>
#include <optional>

#include "text/codec.h"

namespace tome {
namespace {

// Magic and the format of 14 March 2016; then a UUID of 16 bytes.
constexpr std::string_view kMagic("\x0f\x0dXapian Glass\x04\x6e", 16);
constexpr std::size_t kUuid = 16;
// Postings, documents, terms, positions, spelling, synonyms.
constexpr std::size_t kTables = 6;
constexpr std::size_t kPostingsTable = 0;
constexpr std::size_t kDocumentsTable = 1;
constexpr std::size_t kTermsTable = 2;

// Values longer than this many bytes are compressed, where Xapian writes them: it does so with
// documents.
constexpr std::uint64_t kPostingsDeflatedFrom = 0;
constexpr std::uint64_t kDocumentsDeflatedFrom = 18;

struct Version {
  std::string_view head;  // up to the tables
  std::array<std::string_view, kTables> tables;
  std::string_view tail;  // counts of documents and lengths
};

// The entry of a table whose blocks are in order and all in use.
std::string table_entry(const GlassRoot& root, std::uint64_t deflated_from) {
  constexpr std::uint64_t kInOrder = 2;
  std::string free;
  put_number(free, kGlassRevision);
  put_number(free, root.blocks);             // the first that was never used
  for (int i = 0; i < 4; ++i) free += '\0';  // where a list of free ones begins and ends
  std::string out;
  for (const std::uint64_t number :
       {std::uint64_t{root.block}, std::uint64_t{root.level} << 2 | kInOrder, root.entries,
        std::uint64_t{kGlassBlock / 2048}, deflated_from, std::uint64_t{free.size()}}) {
    put_number(out, number);
  }
  return out + free;
}

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

bool is_known_version(std::string_view version) { return parse(version).has_value(); }

std::string written_version(std::string_view fresh, const GlassRoot& postings,
                            const GlassRoot& documents, const GlassCounts& counts) {
  std::optional<Version> version = parse(fresh);
  if (!version) return {};
  const std::string of_postings = table_entry(postings, kPostingsDeflatedFrom);
  const std::string of_documents = table_entry(documents, kDocumentsDeflatedFrom);
  version->tables[kPostingsTable] = of_postings;
  version->tables[kDocumentsTable] = of_documents;
  std::string out(fresh.substr(0, kMagic.size() + kUuid));
  put_number(out, kGlassRevision);
  for (const std::string_view table : version->tables) out += table;
  const std::uint64_t last_not_there = 0;  // document numbers beyond the count
  const std::uint64_t changes = 0;         // changesets, frequencies of words for spelling: none
  for (const std::uint64_t number :
       {std::uint64_t{counts.documents}, last_not_there, std::uint64_t{counts.shortest},
        std::uint64_t{counts.most}, std::uint64_t{counts.longest} - counts.most, changes,
        counts.length, changes}) {
    put_number(out, number);
  }
  return out;
}

}  // namespace tome
