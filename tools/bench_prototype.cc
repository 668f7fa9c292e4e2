// SPDX-License-Identifier: GPL-2.0-or-later
// The barest indexer on Xapian that keeps what tome needs to answer: what tools/bench measures the
// price of everything else by.
//
//   bench_prototype PASSAGES.jsonl FOLDER [WORKERS [PASSAGES_A_FLUSH]]
//
// ASCII words, cached stems, term lists, stored text, no positions; each worker writes private
// databases, which are merged at the end. FOLDER is made anew. Prints JSON.
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <xapian.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <vector>

namespace {

namespace fs = std::filesystem;
constexpr std::size_t kBlockBytes = 8u << 20;

struct Shared {
  std::vector<std::string_view> blocks;  // of whole lines
  fs::path folder;
  int flush = 2000;
  std::atomic<std::size_t> next{0};
  std::atomic<std::uint64_t> passages{0};
  std::atomic<std::uint64_t> text_bytes{0};
};

class Stems {
 public:
  const std::string& of(const std::string& word) {
    const auto [place, fresh] = known_.try_emplace(word);
    if (fresh) place->second = stem_(word);
    return place->second;
  }

 private:
  Xapian::Stem stem_{"en"};
  std::unordered_map<std::string, std::string> known_;
};

// A letter or digit in lower case; 0: neither.
char word_character(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return c;
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : '\0';
}

void post(std::string_view text, Stems& stems, Xapian::Document& document) {
  std::unordered_map<std::string, unsigned> terms;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? word_character(text[i]) : '\0';
    if (c != '\0') {
      word += c;
    } else if (!word.empty()) {
      if (word.size() <= 64) ++terms[stems.of(word)];
      word.clear();
    }
  }
  for (const auto& [term, count] : terms) document.add_term(term, count);
}

fs::path part(const Shared& shared, std::size_t i) {
  return shared.folder / fmt::format("part{:05}", i);
}

void work(Shared& shared) {
  Stems stems;
  while (true) {
    const std::size_t i = shared.next++;
    if (i >= shared.blocks.size()) return;
    Xapian::WritableDatabase database(part(shared, i).string(),
                                      Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS |
                                          Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
    int pending = 0;
    std::string_view block = shared.blocks[i];
    while (!block.empty()) {
      const std::size_t end = std::min(block.find('\n'), block.size() - 1);
      const nlohmann::json row = nlohmann::json::parse(block.substr(0, end));
      block.remove_prefix(end + 1);
      const std::string text = row.value("description", std::string());
      Xapian::Document document;
      document.set_data(text);
      post(text, stems, document);
      database.add_document(document);
      ++shared.passages;
      shared.text_bytes += text.size();
      if (++pending % shared.flush == 0) database.commit();
    }
    database.commit();
  }
}

// The file in memory; it stays there until the process ends.
std::string_view map_file(const fs::path& file) {
  const std::size_t size = fs::file_size(file);
  std::FILE* in = std::fopen(file.c_str(), "rb");
  if (in == nullptr || size == 0) return {};
  void* memory = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fileno(in), 0);
  std::fclose(in);
  if (memory == MAP_FAILED) return {};
  return {static_cast<const char*>(memory), size};
}

std::vector<std::string_view> cut(std::string_view text) {
  std::vector<std::string_view> blocks;
  while (!text.empty()) {
    std::size_t end = text.size() > kBlockBytes ? text.find('\n', kBlockBytes) : text.size() - 1;
    end = std::min(end, text.size() - 1);
    blocks.push_back(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
  }
  return blocks;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || argc > 5) {
    fmt::print(stderr,
               "usage: bench_prototype PASSAGES.jsonl FOLDER [WORKERS [PASSAGES_A_FLUSH]]\n");
    return 2;
  }
  try {
    const auto start = std::chrono::steady_clock::now();
    Shared shared;
    shared.folder = argv[2];
    shared.blocks = cut(map_file(argv[1]));
    shared.flush = argc > 4 ? std::max(1, std::atoi(argv[4])) : 2000;
    fs::create_directories(shared.folder);
    std::vector<std::thread> threads;
    for (int i = 1; i < (argc > 3 ? std::atoi(argv[3]) : 2); ++i) {
      threads.emplace_back(work, std::ref(shared));
    }
    work(shared);
    for (std::thread& thread : threads) thread.join();
    Xapian::Database all;
    for (std::size_t i = 0; i < shared.blocks.size(); ++i) {
      all.add_database(Xapian::Database(part(shared, i).string()));
    }
    all.compact((shared.folder / "all").string(), Xapian::DBCOMPACT_MULTIPASS);
    for (std::size_t i = 0; i < shared.blocks.size(); ++i) fs::remove_all(part(shared, i));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    const nlohmann::json out = {{"seconds", took.count()},
                                {"passages", shared.passages.load()},
                                {"text_bytes", shared.text_bytes.load()}};
    fmt::print("{}\n", out.dump());
    return 0;
  } catch (const Xapian::Error& error) {
    fmt::print(stderr, "bench_prototype: {}\n", error.get_msg());
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_prototype: {}\n", error.what());
  }
  return 3;
}
