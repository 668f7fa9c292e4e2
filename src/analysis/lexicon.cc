// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/lexicon.h"

#include <algorithm>
#include <cstring>

#include "analysis/analyser.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kBlock = 64 * 1024;
constexpr std::size_t kMaxBlocks = 64;
constexpr std::size_t kMaxEntries = 64 * 1024;
constexpr std::size_t kFirstSlots = 4096;
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

std::string_view cut(std::string_view text) { return text.substr(0, utf8_floor(text, kMaxTerm)); }

}  // namespace

Lexicon::Lexicon(std::string_view language)
    : stemmer_(language), language_(language), slots_(kFirstSlots) {}

Form Lexicon::find(std::string_view raw, bool stem) {
  if (raw.size() > kMaxTerm) raw = cut(raw);
  std::uint64_t lowered[kMaxTerm / 8] = {};
  std::memcpy(lowered, raw.data(), raw.size());
  std::uint64_t hash = stem ? raw.size() : ~raw.size();
  for (std::size_t i = 0; i * 8 < raw.size(); ++i) {
    lowered[i] = lower8(lowered[i]);
    hash = (hash ^ lowered[i]) * kOdd;
    hash ^= hash >> 29;
  }
  const std::string_view key(reinterpret_cast<const char*>(lowered), raw.size());
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const Entry& entry = entries_[slots_[slot] - 1];
    // The hash tells stemmed from verbatim entries of one key but for a chance of 2^-64.
    if (entry.hash == hash && entry.key == key) return entry.form;
  }
  entries_.push_back({hash, keep(key), make(key, stem)});
  slots_[slot] = static_cast<std::uint32_t>(entries_.size());
  const Form form = entries_.back().form;
  if (entries_.size() * 2 > slots_.size()) grow();
  return form;
}

Form Lexicon::make(std::string_view key, bool stem) {
  const std::string surface = fold(key);
  const bool ascii = std::none_of(key.begin(), key.end(),
                                  [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  Form form;
  form.surface = keep(cut(surface));
  const bool digit =
      std::any_of(surface.begin(), surface.end(), [](char c) { return c >= '0' && c <= '9'; });
  const std::string exact = ascii ? surface : fold_keep_accents(key);
  form.exact_differs = exact != surface;
  form.term = form.surface;
  if (stem && !digit && !surface.empty()) {
    form.stop = is_stop_word(surface, language_) || is_stop_word(stemmer_.base(surface), language_);
    const std::string term = stemmer_.stem(surface, exact);
    if (!term.empty() && term != form.surface) form.term = keep(cut(term));
  }
  return form;
}

std::string_view Lexicon::keep(std::string_view text) {
  if (blocks_.empty() || block_used_ + text.size() > kBlock) {
    blocks_.push_back(std::make_unique<char[]>(kBlock));
    block_used_ = 0;
  }
  char* const place = blocks_.back().get() + block_used_;
  std::memcpy(place, text.data(), text.size());
  block_used_ += text.size();
  return {place, text.size()};
}

void Lexicon::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    std::size_t slot = entries_[i].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

void Lexicon::trim() {
  if (entries_.size() <= kMaxEntries && blocks_.size() <= kMaxBlocks) return;
  slots_.assign(kFirstSlots, 0);
  slots_.shrink_to_fit();
  entries_.clear();
  entries_.shrink_to_fit();
  blocks_.clear();
  block_used_ = 0;
}

}  // namespace tome
