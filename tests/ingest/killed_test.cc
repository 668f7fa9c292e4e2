// SPDX-License-Identifier: GPL-2.0-or-later
// Killed at any instant, an update leaves the old or the new generation, and the next one mends.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <thread>

#include "support/long.h"
#include "support/shelf.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(folder, code)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

void write_notes(const fs::path& root, int version) {
  for (int i = 0; i < 200; ++i) {
    if (i % 3 == 0 && i % 2 != version % 2) {
      fs::remove(root / fmt::format("n{}.md", i));
      continue;
    }
    if (i % 3 == 2 && version > 0) continue;  // stays as it is
    const std::string note =
        fmt::format("# Note {}\n\nVersion{} of the note about item{}.\n", i, version, i);
    write_bytes(root / fmt::format("n{}.md", i), note);
    shift_time(root / fmt::format("n{}.md", i), version);
  }
}

// Nothing lies in the index that its two newest generations do not name.
void expect_no_strays(const fs::path& index) {
  std::set<std::string> named;
  for (const std::string& file : names_in(index / "generations")) {
    const Result<Manifest> manifest = read_manifest(index, std::stoull(file));
    ASSERT_TRUE(manifest.ok()) << file;
    for (const SegmentInfo& segment : manifest->segments) named.insert(segment.id);
  }
  EXPECT_LE(names_in(index / "generations").size(), 2u);
  EXPECT_EQ(names_in(index / "segments"), named);
  EXPECT_TRUE(names_in(index / "tmp").empty());
}

// Runs an update in a process of its own, killed after `pause`; true when it was done.
bool update_and_kill(const fs::path& index, const fs::path& root, std::chrono::microseconds pause) {
  const pid_t child = ::fork();
  if (child == 0) {
    const Result<IndexReport> report = update_index(index, {root}, forced());
    ::_exit(report.ok() ? 0 : 1);
  }
  std::this_thread::sleep_for(pause);
  ::kill(child, SIGKILL);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status);
}

TEST(Killed, LeavesTheOldOrTheNewGeneration) {
  std::mt19937 random(20);
  const TestFolder folder;
  const fs::path root = folder / "root";
  const fs::path index = folder / "index";
  write_notes(root, 0);
  expect_update(index, {root});
  write_notes(root, 1);
  const auto start = std::chrono::steady_clock::now();
  expect_update(index, {root}, forced());
  const std::chrono::duration<double, std::micro> whole = std::chrono::steady_clock::now() - start;
  std::set<std::string> old = passages_in(*Reader::open(index));
  int killed = 0;
  int published = 0;
  const int kills = test::in_long(40, 500);
  for (int round = 2; round < 2 + kills; ++round) {
    // Any instant of an update, and a little after: 1 to about 80 ms on a slow disk.
    const auto longest = static_cast<std::uint64_t>(whole.count() * 1.3);
    const std::chrono::microseconds pause(500 + random() % longest);
    SCOPED_TRACE(fmt::format("round {}, killed after {} us", round, pause.count()));
    write_notes(root, round);
    killed += update_and_kill(index, root, pause) ? 0 : 1;
    const Result<Reader> reader = Reader::open(index);
    ASSERT_TRUE(reader.ok()) << reader.error().message << " " << reader.error().path;
    EXPECT_TRUE(verify_segments(index, reader->manifest(), UINT64_MAX).ok());
    const std::set<std::string> left = passages_in(*reader);
    const IndexReport report = expect_update(index, {root}, forced());
    const std::set<std::string> now = passages_in(*Reader::open(index));
    EXPECT_NE(now, old);
    EXPECT_TRUE(left == old || left == now);
    EXPECT_EQ(report.published, left == old);
    published += left == now ? 1 : 0;
    expect_no_strays(index);
    old = now;
  }
  std::printf("%d of %d killed, %d had published\n", killed, kills, published);
  EXPECT_GT(killed, 0);
  expect_update(folder / "fresh", {root});
  const std::vector<std::string> questions = {"note", "item7 item8", "version41", "version0"};
  expect_same(snapshot(index, questions), snapshot(folder / "fresh", questions));
}

TEST(Killed, TheFirstRunToo) {
  std::mt19937 random(21);
  const TestFolder folder;
  const fs::path root = folder / "root";
  write_notes(root, 0);
  for (int round = 0; round < 8; ++round) {
    const fs::path index = folder / fmt::format("index{}", round);
    update_and_kill(index, root, std::chrono::microseconds(500 + random() % 25'000));
    const Result<Reader> reader = Reader::open(index);
    EXPECT_TRUE(reader.ok() || reader.error().code == Code::kNotFound);
    const IndexReport report = expect_update(index, {root});
    EXPECT_EQ(report.sources, 200u - 33u);
    expect_no_strays(index);
  }
}

}  // namespace
}  // namespace tome
