// SPDX-License-Identifier: GPL-2.0-or-later
// Files that take their reader down, compressed files and filters, as an index sees them.
#include <fmt/format.h>
#include <stdlib.h>

#include "store/generation.h"
#include "update_fixture.h"

namespace tome {
namespace {

// The bad worker reads what follows as plain text, and does what it is told to.
std::string pdf(const std::string& text) { return "%PDF-1.7\n\n" + text + "\n"; }

class Sandbox : public Update {
 protected:
  Sandbox() { ::setenv("TOME_EXTRACT", TOME_BAD_WORKER, 1); }
  ~Sandbox() override { ::setenv("TOME_EXTRACT", TOME_EXTRACT_PROGRAM, 1); }

  static IndexOptions filtering(const std::string& pattern, const std::string& script) {
    IndexOptions options = serial();
    options.filters = {Filter{{pattern}, {"sh", "-c", script, "sh", "{}"}}};
    return options;
  }
  SourceRecord record(const std::string& path) {
    const std::vector<SourceRecord> sources = Reader::open(index_)->sources().value();
    for (const SourceRecord& source : sources) {
      if (source.path == path) return source;
    }
    return {};
  }
};

TEST_F(Sandbox, FilesThatKillTheirReaderCostNoOther) {
  for (const unsigned workers : {1u, 3u}) {
    const TestFolder root;
    const std::filesystem::path index = place_ / fmt::format("index{}", workers);
    for (int i = 0; i < 200; ++i) {
      root.write(fmt::format("f{:03}.pdf", i),
                 pdf(i % 10 == 3 ? "do kill" : fmt::format("Lantern {} glows at the harbour.", i)));
    }
    IndexOptions options = serial();
    options.workers = workers;
    const IndexReport report = expect_update(index, {root.path()}, options);
    EXPECT_EQ(report.sources, 200u);
    EXPECT_EQ(report.passages, 180u);
    ASSERT_EQ(report.failures.size(), 20u);
    for (const Error& failure : report.failures) {
      EXPECT_EQ(failure.message, "crashed while it was read (signal 9)");
      EXPECT_TRUE(failure.path.ends_with("3.pdf")) << failure.path;
    }
    const std::string found = files_with(index, "harbour");
    EXPECT_EQ(found.size(), 180 * std::string("f000.pdf ").size() - 1);
    EXPECT_EQ(found.find("3.pdf"), std::string::npos);
  }
}

TEST_F(Sandbox, ACrashIsRememberedUntilTheFileChanges) {
  write("five.pdf", pdf("do kill"));
  write("six.pdf", pdf("A kiln cools."));
  EXPECT_EQ(update().failures.size(), 1u);
  const SourceRecord failed = record("five.pdf");
  EXPECT_EQ(failed.state, SourceState::kFailed);
  EXPECT_EQ(failed.reason, "crashed while it was read (signal 9)");
  EXPECT_EQ(failed.format, "pdf");
  EXPECT_GT(failed.size, 0u);
  EXPECT_NE(failed.mtime, 0);
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 6 kept 0");
  IndexOptions retry = serial();
  retry.retry = true;
  const IndexReport again = update(retry);
  EXPECT_EQ(counts(again), "added 0 changed 1 removed 0 unchanged 5 kept 0 published");
  EXPECT_EQ(again.failures.size(), 1u);
  write("five.pdf", pdf("Is read."));  // of another size
  EXPECT_TRUE(update().failures.empty());
  write("five.pdf", pdf("do kill"));
  EXPECT_EQ(update().failures.size(), 1u);
  write("five.pdf", pdf("do spin"));  // of the same
  shift_time(root_ / "five.pdf", 5);
  EXPECT_TRUE(update().failures.empty());
  EXPECT_EQ(files_with(index_, "kiln spin"), "five.pdf six.pdf");
}

TEST_F(Sandbox, ALimitIsRememberedUntilTheFileChanges) {
  ::setenv("TOME_EXTRACT", TOME_EXTRACT_PROGRAM, 1);
  ASSERT_EQ(std::system(("head -c 99000000 /dev/zero | gzip > " + (root_ / "bomb.gz").string() +
                         " && echo 'A kiln cools.' | gzip > " + (root_ / "kiln.txt.gz").string())
                            .c_str()),
            0);
  const IndexReport report = update();
  ASSERT_EQ(report.failures.size(), 1u);
  EXPECT_EQ(report.failures[0].message, "unpacks to more than 200 times its size");
  EXPECT_EQ(record("bomb.gz").state, SourceState::kFailed);
  EXPECT_EQ(record("kiln.txt.gz").format, "compressed");
  EXPECT_EQ(files_with(index_, "kiln"), "kiln.txt.gz");
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 6 kept 0");
}

TEST_F(Sandbox, AFilterReadsWhatTomeDoesNot) {
  write("five.mobi", std::string(50, '\1') + "kiln");
  EXPECT_EQ(update().skipped.size(), 1u);
  ::setenv("TOME_EXTRACT", TOME_EXTRACT_PROGRAM, 1);
  const IndexOptions options = filtering("*.mobi", "tr -d '\\001' < \"$1\"");
  const IndexReport report = update(options);
  EXPECT_EQ(counts(report), "added 1 changed 0 removed 0 unchanged 4 kept 0 published");
  EXPECT_EQ(report.skipped.size(), 0u);
  EXPECT_EQ(files_with(index_, "kiln"), "five.mobi");
  EXPECT_EQ(counts(update(options)), "added 0 changed 0 removed 0 unchanged 5 kept 0");
  // Without the filter what was read stays, until it changes.
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 5 kept 0");
}

TEST_F(Sandbox, AFilterComesBeforeTheOwnReaders) {
  ::setenv("TOME_EXTRACT", TOME_EXTRACT_PROGRAM, 1);
  const IndexOptions options = filtering("*.md", "echo A kiln cools.");
  update(options);
  EXPECT_EQ(files_with(index_, "kiln"), "one.md sub/four.md two.md");
  EXPECT_EQ(files_with(index_, "lanterns"), "");
  const Result<IndexReport> rebuilt = rebuild_index(index_, serial());
  ASSERT_TRUE(rebuilt.ok());
  EXPECT_EQ(files_with(index_, "lanterns kiln"), "one.md");
}

// A page that names no whole may join one when others do; it is then read again, by its filter.
TEST_F(Sandbox, AFilterReadsAFileAgainThatBecameAChapter) {
  ::setenv("TOME_EXTRACT", TOME_EXTRACT_PROGRAM, 1);
  write("sub/five.mobi", std::string(50, '\1'));
  const IndexOptions options = filtering("*.mobi", "echo A kiln cools.");
  update(options);
  write("sub/work.yaml", "title: The Whole\n");
  EXPECT_EQ(counts(update(options)), "added 0 changed 3 removed 0 unchanged 2 kept 0 published");
  EXPECT_EQ(files_with(index_, "kiln"), "sub/five.mobi");
  write("work.yaml", "title: All\n");
  EXPECT_TRUE(expect_update(index_, {root_ / "one.md"}, options).failures.empty());
  EXPECT_EQ(files_with(index_, "kiln"), "sub/five.mobi");
}

TEST_F(Sandbox, AFilterThatFailsCostsItsFile) {
  ::setenv("TOME_EXTRACT", TOME_EXTRACT_PROGRAM, 1);
  const IndexReport report = update(filtering("two.*", "echo 'no such font' >&2; exit 4"));
  ASSERT_EQ(report.failures.size(), 1u);
  EXPECT_EQ(report.failures[0].message, "the filter sh failed (exit status 4): no such font");
  EXPECT_EQ(report.passages, 3u);
}

TEST_F(Sandbox, TenMegabytesOnOneLine) {
  ::setenv("TOME_EXTRACT", TOME_EXTRACT_PROGRAM, 1);
  std::string line;
  while (line.size() < 10u << 20) line += "a kiln cools ";
  write("line.txt", line);
  const std::string packed = "gzip -k " + (root_ / "line.txt").string();
  ASSERT_EQ(std::system(packed.c_str()), 0);
  const IndexReport report = update();
  EXPECT_TRUE(report.failures.empty());
  EXPECT_EQ(record("line.txt").passages, record("line.txt.gz").passages);
  EXPECT_GT(record("line.txt").passages, 1000u);
}

}  // namespace
}  // namespace tome
