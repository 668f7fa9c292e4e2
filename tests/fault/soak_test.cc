// SPDX-License-Identifier: GPL-2.0-or-later
// Readers beside a writer that publishes all the time: each answer is that of one generation, which
// can be read off the answer as a whole and off each hit; and searching for long costs no more.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "support/long.h"
#include "support/shelf.h"
#include "tome/search.h"

namespace tome::test {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// Between the process that writes and those that read.
struct Published {
  std::atomic<std::uint64_t> begun;  // the newest generation that may be in force
  std::atomic<std::uint64_t> done;   // the newest that surely is
};

std::uint64_t notes_of(std::uint64_t generation) { return 8 + generation % 3; }

// The shelf of one generation: how many notes there are and what each says depends on it.
void write_notes(const fs::path& root, std::uint64_t generation) {
  for (std::uint64_t i = 0; i < notes_of(generation); ++i) {
    write_bytes(root / fmt::format("n{}.md", i),
                fmt::format("# Note {} of version{}\n\nThe heron{} waits in version{}.\n", i,
                            generation, i, generation));
  }
  for (std::uint64_t i = notes_of(generation); i < 10; ++i) {
    fs::remove(root / fmt::format("n{}.md", i));
  }
}

bool publish(const fs::path& index, const fs::path& root, std::uint64_t generation) {
  write_notes(root, generation);
  const Result<IndexReport> report = update_index(index, {root}, forced());
  return report.ok() && report->published && report->generation == generation;
}

// "" when the answer is all of `generation`, else what is wrong.
std::string judge(const Answer<PassageHit>& answer, std::uint64_t generation) {
  const std::string version = fmt::format("version{}", generation);
  if (answer.hits.size() != notes_of(generation)) {
    return fmt::format("{} hits in generation {}", answer.hits.size(), generation);
  }
  std::set<std::string> ids;
  for (const PassageHit& hit : answer.hits) {
    ids.insert(hit.id);
    const std::string title = hit.works.empty() ? "" : hit.works.front().info.title;
    if (!title.ends_with(" of " + version)) return title + " in generation " + version;
    if (hit.snippet.text.find(version + ".") == std::string::npos) {
      return hit.snippet.text + " in generation " + version;
    }
  }
  return ids.size() == answer.hits.size() ? "" : "a passage twice";
}

struct Tally {
  std::uint64_t answers = 0, opened = 0;
  std::set<std::uint64_t> generations;
  std::vector<std::string> faults;
};

// Asks until `end`; opens the shelf each time, or keeps it and looks for a newer generation.
void ask(const fs::path& index, const Published& published, bool keep, Clock::time_point end,
         Tally& tally) {
  SearchOptions options;
  options.count = 20;
  std::optional<Shelf> shelf;
  while (Clock::now() < end && tally.faults.size() < 5) {
    const std::uint64_t least = published.done;
    if (!shelf || !keep) {
      Result<Shelf> opened = Shelf::open(index);
      if (!opened) {
        tally.faults.push_back("open: " + opened.error().message + " " + opened.error().path);
        continue;
      }
      shelf.emplace(std::move(opened).value());
      ++tally.opened;
    } else if (const Result<bool> newer = shelf->refresh(); !newer) {
      tally.faults.push_back("refresh: " + newer.error().message + " " + newer.error().path);
      continue;
    } else {
      tally.opened += *newer ? 1 : 0;
    }
    const std::uint64_t generation = shelf->generation();
    const std::uint64_t most = published.begun;
    if (generation < least || generation > most) {
      tally.faults.push_back(fmt::format("generation {}, not {} to {}", generation, least, most));
    }
    // Twice: what a shelf reads late must be of its generation too.
    for (int i = 0; i < 2; ++i) {
      Result<Answer<PassageHit>> answer = shelf->search("waits", options);
      const std::string fault =
          answer.ok() ? judge(*answer, generation) : "search: " + answer.error().message;
      if (!fault.empty()) tally.faults.push_back(fault);
      const Result<std::vector<WorkView>> works = shelf->works();
      if (!works || works->size() != notes_of(generation)) {
        tally.faults.push_back(fmt::format("works of generation {}", generation));
      }
      ++tally.answers;
    }
    tally.generations.insert(generation);
  }
}

TEST(Soak, EachAnswerIsOfOneGeneration) {
  const TestFolder folder;
  const fs::path root = folder / "root";
  const fs::path index = folder / "index";
  void* room =
      ::mmap(nullptr, sizeof(Published), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(room, MAP_FAILED);
  auto& published = *new (room) Published{};
  ASSERT_TRUE(publish(index, root, 1));
  published.begun = published.done = 1;
  const Clock::time_point end = Clock::now() + std::chrono::seconds(in_long(3, 60));
  const pid_t writer = ::fork();
  if (writer == 0) {
    for (Clock::time_point next = Clock::now(); Clock::now() < end;) {
      const std::uint64_t generation = ++published.begun;
      if (!publish(index, root, generation)) ::_exit(1);
      published.done = generation;
      next += std::chrono::milliseconds(100);
      std::this_thread::sleep_until(next);
    }
    ::_exit(0);
  }
  std::vector<Tally> tallies(8);
  std::vector<std::thread> readers;
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    readers.emplace_back(ask, std::cref(index), std::cref(published), i % 2 == 0, end,
                         std::ref(tallies[i]));
  }
  for (std::thread& reader : readers) reader.join();
  int status = 0;
  ASSERT_EQ(::waitpid(writer, &status, 0), writer);
  EXPECT_EQ(status, 0);
  Tally all;
  for (const Tally& tally : tallies) {
    all.answers += tally.answers;
    all.opened += tally.opened;
    all.generations.insert(tally.generations.begin(), tally.generations.end());
    for (const std::string& fault : tally.faults) ADD_FAILURE() << fault;
    EXPECT_GT(tally.answers, 0u);
  }
  std::printf(
      "%lu generations published, %zu seen by 8 readers: %lu opened, %lu answers, 0 mixed\n",
      published.done.load(), all.generations.size(), all.opened, all.answers);
  EXPECT_GT(published.done, 5u);
  EXPECT_GT(all.generations.size(), 3u);
  ::munmap(room, sizeof(Published));
}

std::size_t open_descriptors() {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator("/proc/self/fd")) ++count;
  return count;
}

// Of this process, in RAM.
std::uint64_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  file >> size >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

TEST(Soak, SearchingForLongCostsNoMore) {
  const TestFolder folder;
  const fs::path root = folder / "root";
  const fs::path index = folder / "index";
  std::uint64_t generation = 1;
  ASSERT_TRUE(publish(index, root, generation));
  Result<Shelf> shelf = Shelf::open(index);
  ASSERT_TRUE(shelf.ok());
  SearchOptions options;
  options.count = 20;
  const int searches = in_long(2000, 100000);
  const int warm = searches / 4;  // caches and the allocator's pools are full then
  std::size_t descriptors = 0;
  std::uint64_t bytes = 0;
  for (int i = 0; i < searches; ++i) {
    if (i % 50 == 49) {
      ASSERT_TRUE(publish(index, root, ++generation));
      const Result<bool> newer = shelf->refresh();
      ASSERT_TRUE(newer.ok() && *newer);
    }
    if (i % 50 == 25) {
      shelf = Shelf::open(index);
      ASSERT_TRUE(shelf.ok());
    }
    if (i == warm) {
      descriptors = open_descriptors();
      bytes = resident_bytes();
    }
    const Result<Answer<PassageHit>> answer =
        i % 7 == 0 ? shelf->search(fmt::format("item{} \"version{} \" heron*", i, i), options)
                   : shelf->search("waits", options);
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    if (i % 7 != 0) {
      ASSERT_EQ(judge(*answer, shelf->generation()), "");
    }
  }
  const std::uint64_t now = resident_bytes();
  std::printf("%d searches, %lu generations: %zu descriptors, then %zu; %.1f MB, then %.1f\n",
              searches, generation, descriptors, open_descriptors(),
              static_cast<double>(bytes) / 1e6, static_cast<double>(now) / 1e6);
  EXPECT_EQ(open_descriptors(), descriptors);
#ifndef TOME_SANITIZED  // which keeps what was freed
  EXPECT_LT(now, bytes + (4u << 20));
#endif
}

}  // namespace
}  // namespace tome::test
