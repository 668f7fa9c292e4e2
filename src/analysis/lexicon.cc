// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/lexicon.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "analysis/analyser.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMaxBlocks = 64;
constexpr std::size_t kMaxEntries = 64 * 1024;
constexpr unsigned kFirstShift = 20;
constexpr std::size_t kFirstSlots = std::size_t{1} << (32 - kFirstShift);
constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15ULL;

// Lowers the ASCII capitals among eight bytes, leaving the others alone.
std::uint64_t lower8(std::uint64_t bytes) {
  constexpr std::uint64_t kEach = 0x0101010101010101ULL;
  const std::uint64_t low7 = bytes & (0x7F * kEach);
  const std::uint64_t from_a = low7 + (0x80 - 'A') * kEach;       // high bit: >= 'A'
  const std::uint64_t after_z = low7 + (0x80 - 'Z' - 1) * kEach;  // high bit: > 'Z'
  const std::uint64_t upper = (from_a & ~after_z & ~bytes) & (0x80 * kEach);
  return bytes | upper >> 2;  // 0x80 >> 2 is the bit between the cases
}

// The first eight bytes, or as many as there are with zeros after them.
std::uint64_t load_some(const char* from, std::size_t size) {
  if constexpr (std::endian::native == std::endian::little) {
    if (size >= 8) return load_as<std::uint64_t>(from);
    if (size >= 4) {
      const std::uint64_t last = load_as<std::uint32_t>(from + size - 4);
      return load_as<std::uint32_t>(from) | last << 8 * (size - 4);
    }
    if (size >= 2) {
      const std::uint64_t last = load_as<std::uint16_t>(from + size - 2);
      return load_as<std::uint16_t>(from) | last << 8 * (size - 2);
    }
    return size == 0 ? 0 : static_cast<unsigned char>(*from);
  }
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, from, std::min<std::size_t>(size, 8));
  return bytes;
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t bytes) {
  hash = (hash ^ bytes) * kOdd;
  return hash ^ hash >> 29;
}

std::uint32_t kind_of(std::string_view raw, bool stem) {
  return static_cast<std::uint32_t>(2 * raw.size() + (stem ? 1 : 0));
}

std::string_view cut(std::string_view text) { return text.substr(0, utf8_floor(text, kMaxTerm)); }

}  // namespace

Lexicon::Lexicon(std::string_view language)
    : stemmer_(language), language_(language), slots_(kFirstSlots), shift_(kFirstShift) {}

const Form& Lexicon::find_short(std::string_view raw, bool stem) {
  Key key;
  key.first = lower8(load_some(raw.data(), raw.size()));
  if (raw.size() > 8) key.second = lower8(load_some(raw.data() + 8, raw.size() - 8));
  key.kind = kind_of(raw, stem);
  const std::uint64_t mixed = mix(mix(key.kind, key.first), key.second);
  const auto hash = static_cast<std::uint32_t>(mixed >> 32);
  const Slot* const slots = slots_.data();
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash >> shift_; slots[slot].entry != 0; slot = (slot + 1) & mask) {
    if (slots[slot].hash != hash) continue;
    const Entry& entry = entries_[slots[slot].entry - 1];
    if (entry.key == key) return entry.form;
  }
  return add(key, hash, nullptr);
}

const Form& Lexicon::find_long(std::string_view raw, bool stem) {
  if (raw.size() > kMaxTerm) raw = cut(raw);
  std::array<std::uint64_t, kMaxTerm / 8> lowered{};
  Key key;
  key.kind = kind_of(raw, stem);
  key.second = key.kind;
  for (std::size_t i = 0; i < raw.size(); i += 8) {
    lowered[i / 8] = lower8(load_some(raw.data() + i, raw.size() - i));
    key.second = mix(key.second, lowered[i / 8]);
  }
  key.first = lowered[0];
  const auto* const bytes = reinterpret_cast<const char*>(lowered.data());
  const auto hash = static_cast<std::uint32_t>(key.second >> 32);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash >> shift_; slots_[slot].entry != 0; slot = (slot + 1) & mask) {
    if (slots_[slot].hash != hash) continue;
    const Entry& entry = entries_[slots_[slot].entry - 1];
    if (entry.key == key && same_bytes(entry.bytes, bytes, raw.size())) return entry.form;
  }
  return add(key, hash, bytes);
}

// `bytes` of a short key are in it.
const Form& Lexicon::add(const Key& key, std::uint32_t hash, const char* bytes) {
  if ((entries_.size() + 1) * 2 > slots_.size()) grow();
  const std::array<std::uint64_t, 2> own = {key.first, key.second};
  if (bytes == nullptr) bytes = reinterpret_cast<const char*>(own.data());
  Entry entry;
  entry.key = key;
  entry.bytes = strings_.keep({bytes, key.size()});
  entry.form = make({entry.bytes, key.size()}, key.stem());
  entries_.push_back(entry);
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash >> shift_;
  while (slots_[slot].entry != 0) slot = (slot + 1) & mask;
  slots_[slot] = {hash, static_cast<std::uint32_t>(entries_.size())};
  return entries_.back().form;
}

// Strings that begin another one are not kept apart from it.
Form Lexicon::make(std::string_view key, bool stem) {
  const auto kept = [this](std::string_view text, std::string_view longer) {
    return longer.starts_with(text) ? longer.data() : strings_.keep(text);
  };
  const bool ascii = std::none_of(key.begin(), key.end(),
                                  [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  // A key of ASCII is in lower case.
  const std::string folding = ascii ? std::string() : fold(key);
  const std::string with_accents = ascii ? std::string() : fold_keep_accents(key);
  const std::string_view folded = ascii ? key : folding;
  const std::string_view exact = ascii ? key : with_accents;
  const std::string_view surface = cut(folded);
  Form form;
  form.surface_begin = kept(surface, key);
  form.surface_size = static_cast<std::uint8_t>(surface.size());
  form.surface_hash = word_hash(surface);
  form.term_begin = form.surface_begin;
  form.term_size = form.surface_size;
  form.term_hash = form.surface_hash;
  form.exact_differs = exact != folded;
  const bool digit =
      std::any_of(folded.begin(), folded.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!stem || digit || folded.empty()) return form;
  const std::string_view base = stemmer_.base(folded);
  form.stop = is_stop_word(folded, language_) ||
              (base.size() < folded.size() && is_stop_word(base, language_));
  const std::string stemmed = stemmer_.stem(folded, exact);
  if (!stemmed.empty() && stemmed != surface) {
    const std::string_view term = cut(stemmed);
    form.term_begin = kept(term, form.surface().starts_with(term) ? form.surface() : key);
    form.term_size = static_cast<std::uint8_t>(term.size());
    form.term_hash = word_hash(term);
  }
  return form;
}

void Lexicon::grow() {
  std::vector<Slot> grown(slots_.size() * 2);
  const std::size_t mask = grown.size() - 1;
  if (shift_ > 0) --shift_;
  for (const Slot& from : slots_) {
    if (from.entry == 0) continue;
    std::size_t slot = from.hash >> shift_;
    while (grown[slot].entry != 0) slot = (slot + 1) & mask;
    grown[slot] = from;
  }
  slots_ = std::move(grown);
}

void Lexicon::trim() {
  if (entries_.size() <= kMaxEntries && strings_.blocks() <= kMaxBlocks) return;
  slots_.assign(kFirstSlots, {});
  shift_ = kFirstShift;
  slots_.shrink_to_fit();
  entries_.clear();
  entries_.shrink_to_fit();
  strings_.forget();
}

}  // namespace tome
