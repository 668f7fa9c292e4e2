// SPDX-License-Identifier: GPL-2.0-or-later
// WordTable: short strings -> values, for counting very many of them.
//
// Open addressing over entries in the order of their arrival. The table keeps its own copies of the
// words, which stay where they are until clear(). Callers that meet a word often keep its hash.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace tome {

// XXH3 with a seed that each process draws anew: who writes a file cannot choose words that meet in
// a table.
std::uint32_t word_hash(std::string_view word);

template <class Number>
Number load_as(const char* from) {
  Number number;
  std::memcpy(&number, from, sizeof number);
  return number;
}

// What memcmp() would say, without a call: words are short.
inline bool same_bytes(const char* a, const char* b, std::size_t size) {
  using std::uint16_t, std::uint32_t, std::uint64_t;
  if (size >= 8) {
    for (std::size_t i = 0; i + 8 < size; i += 8) {
      if (load_as<uint64_t>(a + i) != load_as<uint64_t>(b + i)) return false;
    }
    return load_as<uint64_t>(a + size - 8) == load_as<uint64_t>(b + size - 8);
  }
  if (size >= 4) {
    return load_as<uint32_t>(a) == load_as<uint32_t>(b) &&
           load_as<uint32_t>(a + size - 4) == load_as<uint32_t>(b + size - 4);
  }
  if (size >= 2) {
    return load_as<uint16_t>(a) == load_as<uint16_t>(b) && a[size - 1] == b[size - 1];
  }
  return size == 0 || *a == *b;
}

// Words in the order of these, the first byte the highest, are in that of their bytes, but where
// they are equal.
inline std::uint64_t first_bytes(std::string_view word) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < sizeof head; ++i) {
    head = head << 8 | (i < word.size() ? static_cast<unsigned char>(word[i]) : 0u);
  }
  return head;
}

// Copies of strings, which stay where they are until forget().
class StringArena {
 public:
  const char* keep(std::string_view text) {
    if (text.size() > left_) next_block(text.size());
    char* const place = next_;
    text.copy(place, text.size());  // nothing of an empty one, which has no place
    next_ += text.size();
    left_ -= text.size();
    bytes_ += text.size();
    return place;
  }

  // The memory of the first block stays for what comes next.
  void forget() {
    bytes_ = 0;
    if (blocks_.empty()) return;
    blocks_.resize(1);
    next_ = blocks_.front().get();
    left_ = kBlock;
  }

  std::size_t blocks() const { return blocks_.size(); }
  std::uint64_t bytes() const { return bytes_; }  // of what is kept

 private:
  static constexpr std::size_t kBlock = 64 * 1024;

  void next_block(std::size_t size) {
    // The first is of the common size, since forget() takes it for that.
    if (blocks_.empty() && size > kBlock) add_block(kBlock);
    left_ = size > kBlock ? size : kBlock;
    add_block(left_);
    next_ = blocks_.back().get();
  }

  void add_block(std::size_t size) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(size));
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::uint64_t bytes_ = 0;
};

template <class Value>
class WordTable {
 public:
  struct Entry {
    std::string_view word;
    std::uint32_t hash = 0;
    Value value{};
  };

  WordTable() = default;
  WordTable(std::initializer_list<std::pair<std::string_view, Value>> values) {
    for (const auto& [word, value] : values) (*this)[word] = value;
  }

  // The value of a word, a new one if it was not there; valid until the next call. `hash` is that
  // of word_hash(), or any other that goes with the word.
  Value& at(std::string_view word, std::uint32_t hash) {
    const std::uint32_t entry = slots_[find_slot(word, hash)].entry;
    return entry != 0 ? entries_[entry - 1].value : add(word, hash);
  }
  Value& operator[](std::string_view word) { return at(word, word_hash(word)); }

  // Null when the word is not there.
  const Value* find(std::string_view word, std::uint32_t hash) const {
    const std::uint32_t entry = slots_[find_slot(word, hash)].entry;
    return entry == 0 ? nullptr : &entries_[entry - 1].value;
  }
  const Value* find(std::string_view word) const { return find(word, word_hash(word)); }

  // In the order in which they came.
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }
  const Entry& entry(std::size_t number) const { return entries_[number]; }
  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }

  // Numbers of the entries in the order of their words' bytes.
  std::vector<std::uint32_t> sorted() const {
    struct Place {
      std::uint64_t head = 0;  // the first eight bytes: most comparisons need no more
      std::uint32_t number = 0;
    };
    std::vector<Place> places(entries_.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
      places[i] = {first_bytes(entries_[i].word), static_cast<std::uint32_t>(i)};
    }
    std::sort(places.begin(), places.end(), [this](const Place& a, const Place& b) {
      if (a.head != b.head) return a.head < b.head;
      return entries_[a.number].word < entries_[b.number].word;
    });
    std::vector<std::uint32_t> numbers(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) numbers[i] = places[i].number;
    return numbers;
  }

  std::uint64_t bytes() const {  // of memory, about
    return entries_.size() * sizeof(Entry) + slots_.size() * sizeof(Slot) + arena_.bytes();
  }

  // Takes time by what is in the table, and keeps memory by that for what comes next.
  void clear() {
    std::size_t slots = slots_.size();
    while (slots > kFirstSlots && slots > 16 * entries_.size()) slots /= 2;
    slots_.assign(slots, {});
    entries_.clear();
    arena_.forget();
  }

 private:
  static constexpr std::size_t kFirstSlots = 128;

  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t entry = 0;  // its index + 1; 0: free
  };

  // Where the word is or would be.
  std::size_t find_slot(std::string_view word, std::uint32_t hash) const {
    const Slot* const slots = slots_.data();
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    for (; slots[slot].entry != 0; slot = (slot + 1) & mask) {
      if (slots[slot].hash != hash) continue;
      const std::string_view there = entries_[slots[slot].entry - 1].word;
      if (there.size() == word.size() && same_bytes(there.data(), word.data(), word.size())) break;
    }
    return slot;
  }

  [[gnu::noinline]] Value& add(std::string_view word, std::uint32_t hash) {
    if ((entries_.size() + 1) * 2 > slots_.size()) grow();
    entries_.push_back({{arena_.keep(word), word.size()}, hash, Value{}});
    slots_[find_slot(word, hash)] = {hash, static_cast<std::uint32_t>(entries_.size())};
    return entries_.back().value;
  }

  void grow() {
    const std::size_t mask = slots_.size() * 2 - 1;
    std::vector<Slot> grown(mask + 1);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      std::size_t slot = entries_[i].hash & mask;
      while (grown[slot].entry != 0) slot = (slot + 1) & mask;
      grown[slot] = {entries_[i].hash, static_cast<std::uint32_t>(i + 1)};
    }
    slots_ = std::move(grown);
  }

  std::vector<Slot> slots_ = std::vector<Slot>(kFirstSlots);  // a power of two of them
  std::vector<Entry> entries_;
  StringArena arena_;
};

}  // namespace tome
