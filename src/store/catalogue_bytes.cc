// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/catalogue_bytes.h"

#include <algorithm>
#include <future>
#include <span>

#include "store/records.h"
#include "store/zstd_frame.h"
#include "text/codec.h"

namespace tome {
namespace {

constexpr std::size_t kNumberBytes = 4;  // of a work
constexpr std::size_t kKeyEntry = kWorkKeyBytes + kNumberBytes;
constexpr std::uint64_t kMostWorks = UINT32_MAX;

std::string write_work(const Work& work) {
  Encoder out;
  out.texts(work.keys);
  // That of its surest record, which as a rule is the first.
  out.text(!work.keys.empty() && work.keys.front() == work.id ? "" : work.id);
  out.texts(work.sources);
  put_info(out, work.info);
  return out.take();
}

Work read_work(std::string_view record) {
  Decoder in(record);
  Work work;
  work.keys = in.texts();
  work.id = std::string(in.text());
  if (work.id.empty() && !work.keys.empty()) work.id = work.keys.front();
  work.sources = in.texts();
  work.info = info_of(in);
  return work;
}

void take_texts(Decoder& in, std::vector<std::string_view>& texts) {
  texts.clear();
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) texts.push_back(in.text());
}

// What info_of() reads, where it stands.
void view_info(Decoder& in, WorkFields& fields) {
  fields.kind = static_cast<Kind>(std::min<std::uint64_t>(in.number(), 2));
  fields.title = in.text();
  fields.subtitle = in.text();
  take_texts(in, fields.authors);
  fields.year = static_cast<int>(in.number());
  in.number();  // edition
  in.text();    // publisher
  in.text();    // ISBN
  take_texts(in, fields.topics);
}

constexpr std::size_t blocks_of(std::size_t works) {
  return (works + kWorksPerBlock - 1) / kWorksPerBlock;
}

std::vector<std::string> pack_blocks(std::span<const Work> works) {
  std::vector<std::string> blocks;
  for (std::size_t i = 0; i < works.size(); i += kWorksPerBlock) {
    Encoder block;
    for (std::size_t k = i; k < std::min(i + kWorksPerBlock, works.size()); ++k) {
      block.text(write_work(works[k]));
    }
    blocks.push_back(compress(block.take()));
  }
  return blocks;
}

}  // namespace

WorkBlocks pack_works(const std::vector<Work>& works) {
  WorkBlocks packed;
  packed.works = works.size();
  packed.bits.resize((works.size() + 7) / 8);
  for (std::size_t i = 0; i < works.size(); ++i) {
    if (works[i].info.kind != Kind::kBook) continue;
    ++packed.books;
    char& bits = packed.bits[i / 8];
    bits = static_cast<char>(static_cast<unsigned char>(bits) | 1u << i % 8);
  }
  const std::size_t middle = blocks_of(works.size()) / 2 * kWorksPerBlock;
  const std::span<const Work> all(works);
  std::future<std::vector<std::string>> first = std::async(pack_blocks, all.first(middle));
  const std::vector<std::string> second = pack_blocks(all.subspan(middle));
  const auto append = [&](const std::vector<std::string>& blocks) {
    for (const std::string& block : blocks) {
      packed.blocks += block;
      put_fixed(packed.ends, packed.blocks.size());
    }
  };
  append(first.get());
  append(second);
  return packed;
}

std::optional<std::string> pack_keys(const WorkKeys& keys) {
  std::string packed;
  packed.reserve(keys.size() * kKeyEntry);
  for (const auto& [key, number] : keys) {
    if (key.size() != kWorkKeyBytes || number > kMostWorks) return std::nullopt;
    packed += key;
    put_fixed(packed, number, kNumberBytes);
  }
  return packed;
}

std::string encode_works(const std::optional<std::string>& keys, const WorkBlocks& works) {
  if (!keys || works.works > kMostWorks) return {};
  std::string out;
  put_fixed(out, works.works);
  put_fixed(out, works.books);
  put_fixed(out, keys->size() / kKeyEntry);
  for (const std::string_view part :
       {std::string_view(*keys), std::string_view(works.bits), std::string_view(works.ends),
        std::string_view(works.blocks)}) {
    out += part;
  }
  return seal(out);
}

std::optional<KeptCatalogue> KeptCatalogue::open(std::string_view bytes,
                                                 std::shared_ptr<const void> owner) {
  std::string_view rest;
  if (!unseal(bytes, rest) || rest.size() < 3 * kFixedNumber) return std::nullopt;
  const auto take = [&](std::size_t count) {
    const std::string_view part = rest.substr(0, count);
    rest.remove_prefix(part.size());
    return part;
  };
  KeptCatalogue kept;
  kept.size_ = fixed_number(take(kFixedNumber));
  kept.books_count_ = fixed_number(take(kFixedNumber));
  const std::uint64_t keys = fixed_number(take(kFixedNumber));
  // The checksum fits: these are what was written, by this program or by one that means harm.
  if (keys > rest.size() / kKeyEntry || kept.size_ > kMostWorks) return std::nullopt;
  kept.keys_ = take(keys * kKeyEntry);
  const std::size_t bits = (kept.size_ + 7) / 8;
  const std::size_t blocks = blocks_of(kept.size_);
  if (rest.size() < bits || (rest.size() - bits) / kFixedNumber < blocks) return std::nullopt;
  kept.books_ = take(bits);
  kept.ends_ = take(blocks * kFixedNumber);
  kept.blocks_ = rest;
  kept.opened_.resize(blocks);
  kept.owner_ = std::move(owner);
  return kept;
}

bool KeptCatalogue::is_book(std::size_t i) const {
  return (static_cast<unsigned char>(books_[i / 8]) >> i % 8 & 1) != 0;
}

std::size_t KeptCatalogue::index_of(std::string_view key) const {
  std::size_t first = 0;
  for (std::size_t width = keys_.size() / kKeyEntry; width > 0;) {
    const std::size_t half = width / 2;
    const std::string_view entry = keys_.substr((first + half) * kKeyEntry, kKeyEntry);
    const int order = entry.substr(0, kWorkKeyBytes).compare(key);
    if (order == 0)
      return std::min<std::size_t>(fixed_number(entry.substr(kWorkKeyBytes), kNumberBytes), size_);
    if (order < 0) first += half + 1;
    width = order < 0 ? width - half - 1 : half;
  }
  return size_;
}

std::string_view KeptCatalogue::record(std::size_t i) const {
  const std::size_t number = i / kWorksPerBlock;
  std::string& block = opened_[number];
  if (block.empty()) {
    const auto end_of = [&](std::size_t which) {
      return fixed_number(ends_.substr(which * kFixedNumber, kFixedNumber));
    };
    const std::uint64_t begin = number == 0 ? 0 : end_of(number - 1);
    const std::uint64_t end = end_of(number);
    if (begin > end || end > blocks_.size() ||
        !decompress(blocks_.substr(begin, end - begin), block)) {
      block.clear();
    }
  }
  Decoder in(block);
  for (std::size_t k = number * kWorksPerBlock; k < i; ++k) in.text();
  return in.text();
}

Work KeptCatalogue::read(std::size_t i) const { return read_work(record(i)); }

void KeptCatalogue::view(std::size_t i, WorkFields& fields) const {
  Decoder in(record(i));
  in.skip_texts();  // keys
  in.text();        // ID
  in.skip_texts();  // sources
  view_info(in, fields);
}

}  // namespace tome
