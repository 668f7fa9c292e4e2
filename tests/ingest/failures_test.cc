// SPDX-License-Identifier: GPL-2.0-or-later
// Files that are skipped, cannot be read or are too much; runs that are stopped.
#include <fmt/format.h>
#include <sys/stat.h>

#include <map>

#include "support/as_nobody.h"
#include "support/pack.h"
#include "update_fixture.h"

namespace tome {
namespace {

using Failures = Update;

TEST_F(Failures, SkippedFilesAreCounted) {
  write("x.bin", std::string("\0\1\2\3", 4) + std::string(100, '\0'));
  write("empty.md", "");
  const IndexReport report = update();
  ASSERT_EQ(report.skipped.size(), 1u);
  EXPECT_EQ(report.skipped[0].first, "unknown format: .bin");
  EXPECT_EQ(report.sources, 5u);
  EXPECT_EQ(report.passages, 4u);
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 5 kept 0");
}

// They were "unknown format: .txt", as if tome read no .txt.
TEST_F(Failures, BytesThatAreNotWhatTheirNameSays) {
  const std::string binary = std::string("\0\1\2\3", 4) + std::string(100, '\0');
  for (const char* name : {"notes.txt", "LOUD.TXT", "page.html", "book.pdf", "book.epub", "a.gz"}) {
    write(name, binary);
  }
  write("zipped.txt", "PK\x03\x04 and more");
  write("x.bin", binary);
  write("tool.1", binary);
  write("none", binary);
  std::map<std::string, std::uint64_t> skipped;
  for (const auto& [form, files] : update().skipped) skipped[form] = files;
  EXPECT_EQ(skipped, (std::map<std::string, std::uint64_t>{{"not what its name says: .txt", 1},
                                                           {"not what its name says: .TXT", 1},
                                                           {"not what its name says: .html", 1},
                                                           {"not what its name says: .pdf", 1},
                                                           {"not what its name says: .epub", 1},
                                                           {"not what its name says: .gz", 1},
                                                           {"unknown format: .bin", 1},
                                                           {"unknown format: .1", 1},
                                                           {"unknown format: no extension", 1},
                                                           {"ZIP", 1}}));
}

// The print.html of mdBook held its whole book once more; a page of a site that asks so throughout
// is all there is.
TEST_F(Failures, PagesThatRepeatTheirSiteAreLeftOut) {
  const auto page = [](const std::string& title, const std::string& more) {
    return "<html><head><title>" + title + "</title>" + more + "</head><body><p>Otters swim in " +
           title + ".</body></html>";
  };
  const std::string noindex = "<meta name=robots content=noindex>";
  write("book/index.html", page("book", ""));
  write("book/deep/old.html", page("old", noindex));
  write("book/print.html", page("print", noindex));
  write("hidden/index.html", page("hidden", noindex));
  write("hidden/page.html", page("page", noindex));
  write("lone/page.html", page("lone", noindex));
  const IndexReport report = update();
  EXPECT_EQ(files_with(index_, "otters"),
            "book/index.html hidden/index.html hidden/page.html lone/page.html");
  ASSERT_EQ(report.skipped.size(), 1u);
  EXPECT_EQ(report.skipped[0].first, "pages that repeat others of their site");
  EXPECT_EQ(report.skipped[0].second, 2u);
  EXPECT_EQ(update().generation, report.generation);
  const std::filesystem::path other = place_ / "other";
  expect_update(other, {root_.path() / "book/print.html"}, serial());
  EXPECT_EQ(files_with(other, "otters"), "print.html");
}

// Debian packs large pages, so that a chapter of Python's manual was a book of its own.
TEST_F(Failures, APackedPageIsAChapterOfItsBook) {
  const auto page = [](const std::string& name) {
    return "<html><head><title>" + name + " - The Otter Manual</title></head><body><h1>" + name +
           "</h1><p>Otters swim.</body></html>";
  };
  for (const char* name : {"a", "b", "c", "d", "e"})
    write(fmt::format("m/{}.html", name), page(name));
  write("m/big.html.gz", test::pack(page("Big"), test::Packing::kGzip));
  write("m/notes.md.gz", test::pack("# Notes\n\nPebbles.\n", test::Packing::kGzip));
  update();
  const std::map<std::string, WorkUse> uses = Reader::open(index_)->work_uses().value();
  std::string works;
  for (const auto& [key, use] : uses) {
    for (const std::string& file : use.files) {
      if (file.find("/m/") != std::string::npos || file.ends_with("/m")) works += file + " ";
    }
  }
  EXPECT_EQ(works.find("big.html.gz"), std::string::npos) << works;
  EXPECT_NE(works.find("notes.md.gz"), std::string::npos) << works;
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 11 kept 0");
}

TEST_F(Failures, AFileThatCannotBeReadCostsNothingElse) {
  const AsNobody user(root_.path());
  ASSERT_EQ(::chmod((root_ / "two.md").c_str(), 0), 0);
  const TestFolder place;  // made by that user
  if (!user.ok()) GTEST_SKIP() << "cannot become a user whom permissions bind";
  index_ = place / "index";
  const IndexReport report = update();
  EXPECT_EQ(counts(report), "added 4 changed 0 removed 0 unchanged 0 kept 0 published");
  ASSERT_EQ(report.failures.size(), 1u);
  EXPECT_NE(report.failures[0].path.find("two.md"), std::string::npos);
  EXPECT_FALSE(report.failures[0].message.empty());
  EXPECT_EQ(report.passages, 3u);
  EXPECT_EQ(files_with(index_, "harbour"), "one.md sub/four.md");
  const IndexReport again = update();  // remembered
  EXPECT_FALSE(again.published);
  EXPECT_TRUE(again.failures.empty());
  ASSERT_EQ(::chmod((root_ / "two.md").c_str(), 0600), 0);
  EXPECT_FALSE(update().published);  // neither size nor time changed
  IndexOptions retry = serial();
  retry.retry = true;
  EXPECT_EQ(counts(update(retry)), "added 0 changed 1 removed 0 unchanged 3 kept 0 published");
  EXPECT_EQ(files_with(index_, "kettles"), "two.md");
}

TEST_F(Failures, AFileThatIsTooDeepIsReadAgainOnceItChanged) {
  std::string deep = "<!doctype html><html><body>";
  for (int i = 0; i < 30'000; ++i) deep += "<div>";
  write("two.md", deep + "x");
  const IndexReport report = update();
  ASSERT_EQ(report.failures.size(), 1u);
  EXPECT_EQ(report.sources, 4u);
  EXPECT_EQ(Reader::open(index_)->sources()->at(3).state, SourceState::kFailed);
  write("two.md", article("Second", "Kettles whistle again."));
  EXPECT_TRUE(update().failures.empty());
  EXPECT_EQ(files_with(index_, "kettles"), "two.md");
}

TEST_F(Failures, StoppingPublishesNothing) {
  IndexOptions options = serial();
  options.progress = [](const IndexProgress&) { return false; };
  const Result<IndexReport> first = update_index(index_, {root_.path()}, options);
  ASSERT_FALSE(first.ok());
  EXPECT_EQ(first.error().code, Code::kRefused);
  EXPECT_FALSE(Reader::open(index_).ok());
  update();
  write("one.md", article("First", "Changed lanterns."));
  EXPECT_FALSE(update_index(index_, {}, options).ok());
  EXPECT_EQ(files_with(index_, "changed"), "");
  EXPECT_EQ(Reader::open(index_)->manifest().generation, 1u);
}

// Who stopped an index while its chunks were merged was told so after it had been published.
TEST_F(Failures, StoppingBeforeTheMergePublishesNothing) {
  IndexOptions options = serial();
  int calls = 0;
  options.progress = [&](const IndexProgress&) { return ++calls <= 4; };  // there are four sources
  const Result<IndexReport> report = update_index(index_, {root_.path()}, options);
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().message, "stopped; nothing was published");
  EXPECT_FALSE(Reader::open(index_).ok());
  EXPECT_TRUE(std::filesystem::is_empty(index_ / "segments"));
}

TEST_F(Failures, ProgressCountsUp) {
  IndexOptions options = serial();
  std::vector<std::uint64_t> seen;
  IndexProgress last;
  options.progress = [&](const IndexProgress& progress) {
    seen.push_back(progress.sources);
    last = progress;
    return true;
  };
  const IndexReport report = update(options);
  // The last ones ask whether to merge what was read, and whether to go on.
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{1, 2, 3, 4, 4, 4}));
  EXPECT_EQ(last.total, 4u);
  EXPECT_EQ(last.passages, report.passages);
  EXPECT_EQ(last.bytes, report.input_bytes);
}

}  // namespace
}  // namespace tome
