// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/threads.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace tome {

void in_threads(unsigned workers, std::size_t count, std::size_t part,
                const std::function<void(std::size_t begin, std::size_t end)>& work) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr thrown;
  const auto run = [&] {
    for (std::size_t begin = next.fetch_add(part); begin < count; begin = next.fetch_add(part)) {
      try {
        work(begin, std::min(begin + part, count));
      } catch (...) {
        const std::lock_guard<std::mutex> guard(mutex);
        if (!thrown) thrown = std::current_exception();
        next = count;
      }
    }
  };
  const std::size_t wanted = workers ? workers : std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < std::min(wanted, (count + part - 1) / part); ++i) {
    threads.emplace_back(run);
  }
  run();
  for (std::thread& thread : threads) thread.join();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace tome
