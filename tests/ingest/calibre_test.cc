// SPDX-License-Identifier: GPL-2.0-or-later
// Folders of a Calibre library: a book is one source, and metadata.opf speaks for it.
#include "support/shelf.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

class Calibre : public testing::Test {
 protected:
  Calibre() {
    opf("Ann Lee/Lines (1)", "Lines: A Primer", "Ann Lee", "Queues everywhere.");
    write("Ann Lee/Lines (1)/Lines - Ann Lee.txt", "Harbours fill with waiting ships.\n");
    write("Ann Lee/Lines (1)/Lines - Ann Lee.pdf", "%PDF-1.4 broken");
    write("Ann Lee/Lines (1)/Lines - Ann Lee.mobi", std::string("BOOKMOBI\0\0\0", 11));
    write("Ann Lee/Lines (1)/cover.jpg", "\xFF\xD8\xFF");
    opf("Bob Ray/Tides (2)", "Tides", "Bob Ray", "<p>Kettles &amp; <b>moons</b>.</p>");
    write("Bob Ray/Tides (2)/Tides - Bob Ray.azw3", std::string("BOOKMOBI\0\0\0", 11));
    write("metadata.db", std::string("SQLite format 3\0\0\0", 18));
    write("metadata_db_prefs_backup.json", "{\"library\": \"harbours\"}");
  }
  void write(const std::string& name, const std::string& bytes) {
    folder_.write("library/" + name, bytes);
  }
  void opf(const std::string& folder, const std::string& title, const std::string& author,
           const std::string& description, const std::string& rest = "") {
    std::string escaped;
    for (const char c : description) {
      escaped += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
    }
    write(folder + "/metadata.opf",
          "<?xml version='1.0'?><package xmlns=\"http://www.idpf.org/2007/opf\"><metadata "
          "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>" +
              title + "</dc:title><dc:creator>" + author + "</dc:creator><dc:description>" +
              escaped + "</dc:description></metadata>" + rest + "</package>");
  }
  IndexReport update(const IndexOptions& options = serial()) {
    return expect_update(index_, {root_}, options);
  }
  // "Title by Author, kind|..." of all works.
  std::string works() {
    const Result<Reader> reader = Reader::open(index_);
    std::string out;
    for (const Work& work : (*reader->catalogue())->works()) {
      out += work.info.title + " by " + joined(work.info.authors) +
             (work.info.kind == Kind::kBook ? " book; " : " article; ");
    }
    return out;
  }
  std::string sources() {
    std::string out;
    const Result<std::vector<SourceRecord>> all = Reader::open(index_)->sources();
    for (const SourceRecord& source : *all) out += source.path + "|";
    return out;
  }

  TestFolder folder_;
  fs::path root_ = folder_ / "library";
  fs::path index_ = folder_ / "index";
};

TEST_F(Calibre, ABookIsOneSource) {
  const IndexReport report = update();
  EXPECT_EQ(sources(), "Ann Lee/Lines (1)/Lines - Ann Lee.txt|Bob Ray/Tides (2)/metadata.opf|");
  EXPECT_EQ(works(), "Lines by Ann Lee| book; Tides by Bob Ray| book; ");
  EXPECT_EQ(report.skipped,
            (std::vector<std::pair<std::string, std::uint64_t>>{{"other formats of a book", 3u}}));
  EXPECT_TRUE(report.failures.empty());
  EXPECT_EQ(files_with(index_, "harbours"), "Ann Lee/Lines (1)/Lines - Ann Lee.txt");
  EXPECT_EQ(files_with(index_, "moons"), "Bob Ray/Tides (2)/metadata.opf");
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 2 kept 0");
}

TEST_F(Calibre, ChangedMetadataIndexesItsBookAlone) {
  update();
  opf("Ann Lee/Lines (1)", "Rows", "Cy Dee", "Queues everywhere.");
  EXPECT_EQ(counts(update()), "added 0 changed 1 removed 0 unchanged 1 kept 0 published");
  EXPECT_EQ(works(), "Rows by Cy Dee| book; Tides by Bob Ray| book; ");
  opf("Bob Ray/Tides (2)", "Tides", "Bob Ray", "Lanterns.");
  EXPECT_EQ(counts(update()), "added 0 changed 1 removed 0 unchanged 1 kept 0 published");
  EXPECT_EQ(files_with(index_, "moons"), "");
  EXPECT_EQ(files_with(index_, "lanterns"), "Bob Ray/Tides (2)/metadata.opf");
  const Snapshot updated = snapshot(index_, {"harbours", "lanterns"});
  ASSERT_TRUE(rebuild_index(index_, serial()).ok());
  expect_same(updated, snapshot(index_, {"harbours", "lanterns"}));
}

TEST_F(Calibre, TouchedMetadataChangesNothing) {
  update();
  shift_time(root_ / "Ann Lee/Lines (1)/metadata.opf", 5);
  shift_time(root_ / "Bob Ray/Tides (2)/metadata.opf", 5);
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 2 kept 0");
}

TEST_F(Calibre, AnyFileOfABookStandsForItsFolder) {
  update();
  opf("Ann Lee/Lines (1)", "Rows", "Cy Dee", "Queues everywhere.");
  opf("Bob Ray/Tides (2)", "Ebbs", "Bob Ray", "Not asked for.");
  EXPECT_EQ(counts(expect_update(index_, {root_ / "Ann Lee/Lines (1)/Lines - Ann Lee.pdf"})),
            "added 0 changed 1 removed 0 unchanged 1 kept 0 published");
  EXPECT_EQ(works(), "Rows by Cy Dee| book; Tides by Bob Ray| book; ");
}

TEST_F(Calibre, FormatsComeAndGo) {
  update();
  write("Bob Ray/Tides (2)/Tides - Bob Ray.txt", "The text itself.");
  EXPECT_EQ(counts(update()), "added 1 changed 0 removed 1 unchanged 1 kept 0 published");
  EXPECT_EQ(files_with(index_, "moons"), "");
  fs::remove(root_ / "Bob Ray/Tides (2)/metadata.opf");  // from now on a file as any other
  EXPECT_EQ(counts(update()), "added 0 changed 1 removed 0 unchanged 1 kept 0 published");
  EXPECT_EQ(works(), "Lines by Ann Lee| book; Tides Bob Ray by  article; ");
}

TEST_F(Calibre, OtherFilesInTheFolderStayTheirOwn) {
  write("Ann Lee/Lines (1)/notes.md", "# My Notes\n\nPebbles.\n");
  EXPECT_EQ(update().sources, 3u);
  EXPECT_EQ(works(), "Lines by Ann Lee| book; My Notes by  article; Tides by Bob Ray| book; ");
}

TEST_F(Calibre, TheBestFormatIsTheSource) {
  write("Ann Lee/Lines (1)/Lines - Ann Lee.html", "<p>Pebbles of the page.</p>");
  EXPECT_EQ(update().skipped[0].second, 4u);
  EXPECT_EQ(files_with(index_, "pebbles harbours"), "Ann Lee/Lines (1)/Lines - Ann Lee.html");
}

TEST_F(Calibre, WhatIsNoMetadataOfABookIsToldAndLeftAlone) {
  write("Ann Lee/Lines (1)/metadata.opf", "no XML");
  opf("Bob Ray/Tides (2)", "Tides", "Bob Ray", "x", "<manifest><item/></manifest>");
  const IndexReport report = update();
  ASSERT_EQ(report.warnings.size(), 2u);
  EXPECT_EQ(report.warnings[0].message, "metadata.opf is not XML");
  EXPECT_EQ(report.warnings[1].message, "metadata.opf is the package of an EPUB");
  EXPECT_EQ(files_with(index_, "harbours"), "Ann Lee/Lines (1)/Lines - Ann Lee.txt");
}

}  // namespace
}  // namespace tome
