// SPDX-License-Identifier: GPL-2.0-or-later
// How long a shelf takes to answer, in process: for tools/bench query.
//
//   bench_query INDEX QUESTIONS [THREADS [ROUNDS]]
//
// QUESTIONS has one question a line. Each thread opens the shelf and takes the next question that
// nobody has taken. Prints JSON: milliseconds to open; for each round its whole time and, in the
// order of the questions, the microseconds of each; how many hits each had (-1: it failed).
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tome/search.h"

namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start, double unit) {
  return std::chrono::duration<double>(Clock::now() - start).count() * unit;
}

struct Round {
  double wall_ms = 0;
  std::vector<double> us;
  std::vector<std::int64_t> hits;
};

void ask(tome::Shelf& shelf, const std::vector<std::string>& questions,
         std::atomic<std::size_t>& next, Round& round) {
  while (true) {
    const std::size_t i = next++;
    if (i >= questions.size()) return;
    const Clock::time_point start = Clock::now();
    const tome::Result<tome::Answer<tome::PassageHit>> answer = shelf.search(questions[i]);
    round.us[i] = since(start, 1e6);
    round.hits[i] = answer ? static_cast<std::int64_t>(answer->hits.size()) : -1;
  }
}

Round ask_all(std::vector<tome::Shelf>& shelves, const std::vector<std::string>& questions) {
  Round round;
  round.us.resize(questions.size());
  round.hits.resize(questions.size());
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> threads;
  const Clock::time_point start = Clock::now();
  for (std::size_t i = 1; i < shelves.size(); ++i) {
    threads.emplace_back([&, i] { ask(shelves[i], questions, next, round); });
  }
  ask(shelves[0], questions, next, round);
  for (std::thread& thread : threads) thread.join();
  round.wall_ms = since(start, 1e3);
  return round;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || argc > 5) {
    fmt::print(stderr, "usage: bench_query INDEX QUESTIONS [THREADS [ROUNDS]]\n");
    return 2;
  }
  std::vector<std::string> questions;
  std::ifstream in(argv[2]);
  for (std::string line; std::getline(in, line);) questions.push_back(line);
  const int threads = argc > 3 ? std::max(1, std::atoi(argv[3])) : 1;
  const int rounds = argc > 4 ? std::max(1, std::atoi(argv[4])) : 1;

  const Clock::time_point start = Clock::now();
  std::vector<tome::Shelf> shelves;
  for (int i = 0; i < threads; ++i) {
    tome::Result<tome::Shelf> shelf = tome::Shelf::open(argv[1]);
    if (!shelf) {
      fmt::print(stderr, "bench_query: {} {}\n", shelf.error().message, shelf.error().path);
      return 3;
    }
    shelves.push_back(std::move(shelf).value());
  }
  nlohmann::json out;
  out["open_ms"] = since(start, 1e3);
  out["threads"] = threads;
  for (int i = 0; i < rounds; ++i) {
    const Round round = ask_all(shelves, questions);
    out["rounds"].push_back({{"wall_ms", round.wall_ms}, {"us", round.us}});
    out["hits"] = round.hits;
  }
  fmt::print("{}\n", out.dump());
  return 0;
}
