// SPDX-License-Identifier: GPL-2.0-or-later
// Rows of catalogues as sources: one changed row is one changed source, whatever else happens.
#include <fmt/format.h>

#include "store/shelf_config.h"
#include "support/growth.h"
#include "support/pack.h"
#include "support/shelf.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kQuestions{"harbour", "kettle", "heron granite", "lantern"};

class CatalogueFile : public testing::Test {
 protected:
  CatalogueFile() {
    write("books.csv", csv({row(1, "Lantern", "Lanterns glow above the harbour."),
                            row(2, "Kettle", "Kettles whistle in the kitchen."),
                            row(3, "Heron", "A heron waits beside the river."),
                            row(4, "Granite", "Granite outlasts the harbour wall.")}));
    folder_.write("root/plain.md", "# Plain\n\nOrdinary pebbles.\n");
  }
  static std::string row(int id, const std::string& title, const std::string& description) {
    return std::to_string(id) + "," + title + ",Ann Lee,\"" + description + "\"\n";
  }
  static std::string csv(const std::vector<std::string>& rows) {
    std::string out = "id,title,author,description\n";
    for (const std::string& text : rows) out += text;
    return out;
  }
  // Each write gets a time of its own.
  void write(const std::string& name, const std::string& bytes) {
    folder_.write("root/" + name, bytes);
    shift_time(root_ / name, ++writes_);
  }
  IndexReport update(const IndexOptions& options = serial()) {
    return expect_update(index_, {root_}, options);
  }
  std::string found(const std::string& words) { return files_with(index_, words); }
  void expect_as_rebuilt() {
    const Snapshot updated = snapshot(index_, kQuestions);
    const fs::path other = folder_ / "other";
    fs::remove_all(other);
    fs::create_directories(other);
    fs::copy(index_ / "shelf.toml", other / "shelf.toml");
    ASSERT_TRUE(rebuild_index(other, serial()).ok());
    expect_same(updated, snapshot(other, kQuestions));
  }
  std::map<std::string, std::uint32_t> lines() {
    std::map<std::string, std::uint32_t> out;
    const Result<std::vector<SourceRecord>> sources = Reader::open(index_)->sources();
    for (const SourceRecord& source : *sources) out[source.path] = source.line;
    return out;
  }

  TestFolder folder_;
  fs::path root_ = folder_ / "root";
  fs::path index_ = folder_ / "index";
  int writes_ = 0;
};

TEST_F(CatalogueFile, EachRowIsASource) {
  EXPECT_EQ(counts(update()), "added 5 changed 0 removed 0 unchanged 0 kept 0 published");
  EXPECT_EQ(found("harbour"), "books.csv#1 books.csv#4");
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 5 kept 0");
  const Result<std::map<std::string, WorkUse>> uses = Reader::open(index_)->work_uses();
  for (const auto& [key, use] : *uses) {
    EXPECT_TRUE(use.files[0] == "root/books.csv" || use.files[0] == "root/plain.md");
  }
}

TEST_F(CatalogueFile, AnUnchangedOneIsNotOpened) {
  update();
  const auto time = fs::last_write_time(root_ / "books.csv");
  std::string bytes = bytes_of(root_ / "books.csv");
  bytes.replace(bytes.find("Kettles"), 7, "KETTLES");
  folder_.write("root/books.csv", bytes);
  fs::last_write_time(root_ / "books.csv", time);
  EXPECT_EQ(update().unchanged, 5u);
}

TEST_F(CatalogueFile, ARowThatChangedComesAndGoesAlone) {
  update();
  write("books.csv", csv({row(1, "Lantern", "Lanterns glow above the harbour."),
                          row(2, "Kettle", "Kettles sing now."),
                          row(4, "Granite", "Granite outlasts the harbour wall."),
                          row(5, "Newcomer", "A lantern again.")}));
  EXPECT_EQ(counts(update()), "added 1 changed 1 removed 1 unchanged 3 kept 0 published");
  EXPECT_EQ(found("whistle"), "");
  EXPECT_EQ(found("sing"), "books.csv#2");
  EXPECT_EQ(found("heron"), "");
  // The new time is known of all rows.
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 5 kept 0");
  expect_as_rebuilt();
}

TEST_F(CatalogueFile, RowsThatMovedKnowTheirLines) {
  update();
  EXPECT_EQ(lines()["books.csv#4"], 5u);
  std::string bytes = bytes_of(root_ / "books.csv");
  bytes.insert(bytes.find("1,Lantern"), "\n\n");
  write("books.csv", bytes);
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 5 kept 0 published");
  EXPECT_EQ(lines()["books.csv#1"], 4u);
  EXPECT_EQ(lines()["books.csv#4"], 7u);
  EXPECT_EQ(lines()["plain.md"], 0u);
}

TEST_F(CatalogueFile, OneFileAloneIsUpdatedByItsPath) {
  update();
  write("books.csv", csv({row(1, "Lantern", "Lamps burn."), row(2, "Kettle", "Pots boil."),
                          row(3, "Heron", "A heron waits beside the river."),
                          row(4, "Granite", "Granite outlasts the harbour wall.")}));
  folder_.write("root/plain.md", "# Plain\n\nChanged, but not asked for.\n");
  EXPECT_EQ(counts(expect_update(index_, {root_ / "books.csv"})),
            "added 0 changed 2 removed 0 unchanged 3 kept 0 published");
  EXPECT_EQ(found("pebbles"), "plain.md");
  // As a root of its own, then inside of a root that is named later.
  const fs::path other = folder_ / "other";
  EXPECT_EQ(expect_update(other, {root_ / "books.csv"}).sources, 4u);
  EXPECT_EQ(counts(expect_update(other, {root_})),
            "added 1 changed 4 removed 0 unchanged 0 kept 0 published");
  EXPECT_EQ(files_with(other, "lamps"), "books.csv#1");
}

TEST_F(CatalogueFile, RemovedAndNamedAgain) {
  update();
  const Result<IndexReport> removed = remove_from_index(index_, root_ / "books.csv", serial());
  ASSERT_TRUE(removed.ok());
  EXPECT_EQ(removed->removed, 4u);
  EXPECT_EQ(found("harbour"), "");
  EXPECT_EQ(update().sources, 1u);  // excluded
  EXPECT_EQ(expect_update(index_, {root_ / "books.csv"}).added, 4u);
  expect_as_rebuilt();
}

TEST_F(CatalogueFile, AMissingOneIsRefusedOrKept) {
  update();
  fs::rename(root_ / "books.csv", folder_ / "away");
  const Result<IndexReport> refused = update_index(index_, {}, serial());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kRefused);
  IndexOptions keeping = serial();
  keeping.keep_missing = true;
  EXPECT_EQ(update(keeping).kept, 4u);
  ASSERT_TRUE(rebuild_index(index_, serial()).ok());
  EXPECT_EQ(found("harbour"), "books.csv#1 books.csv#4");
  // A row that is gone from a file that is there is not missing.
  fs::rename(folder_ / "away", root_ / "books.csv");
  update();
  write("books.csv", csv({row(1, "Lantern", "Lanterns glow above the harbour."),
                          row(2, "Kettle", "Kettles whistle in the kitchen."),
                          row(3, "Heron", "A heron waits beside the river.")}));
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 1 unchanged 4 kept 0 published");
  expect_as_rebuilt();
  ASSERT_TRUE(rebuild_index(index_, serial()).ok());
  EXPECT_EQ(found("granite"), "");
}

TEST_F(CatalogueFile, BeginsAndCeasesToBeOne) {
  const std::string bytes = bytes_of(root_ / "books.csv");
  write("books.csv", "name,writer\nLantern,Harbour\n");
  EXPECT_EQ(update().sources, 2u);
  EXPECT_EQ(found("harbour"), "books.csv");
  write("books.csv", bytes);
  EXPECT_EQ(counts(update()), "added 3 changed 1 removed 0 unchanged 1 kept 0 published");
  EXPECT_EQ(found("harbour"), "books.csv#1 books.csv#4");
  expect_as_rebuilt();
  write("books.csv", "name,writer\nLantern,Harbour\n");  // as a slip in the header would do
  const Result<IndexReport> refused = update_index(index_, {}, serial());
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::kRefused);
  EXPECT_EQ(counts(update(forced())), "added 0 changed 1 removed 3 unchanged 1 kept 0 published");
  EXPECT_EQ(found("harbour"), "books.csv");
  expect_as_rebuilt();
}

TEST_F(CatalogueFile, RowsOfOneKeyAreTwoSources) {
  write("books.csv", csv({row(1, "A", "Lanterns."), row(1, "B", "Kettles."), "1-2,C,Bo,Herons.\n",
                          ",D,Bo Ray,Walls.\n", ",D,Bo Ray,Roofs.\n"}));
  EXPECT_EQ(update().sources, 6u);
  EXPECT_EQ(found("lanterns"), "books.csv#1");
  EXPECT_EQ(found("kettles"), "books.csv#1-2");
  EXPECT_EQ(found("herons"), "books.csv#1-2-2");
  const std::string first = found("walls");
  EXPECT_EQ(found("roofs"), first + "-2");
}

TEST_F(CatalogueFile, BadRowsAreToldByTheirLines) {
  std::string bytes = csv({row(1, "A", "Lanterns."), "2,B,Ann,x,y,z\n", row(3, "C", "Herons.")});
  for (int i = 0; i < 20; ++i) bytes += "9,,no title,x\n";
  write("books.csv", bytes);
  const IndexReport report = update();
  EXPECT_EQ(report.sources, 3u);
  ASSERT_EQ(report.warnings.size(), 11u);
  EXPECT_EQ(report.warnings[0].message,
            "line 3 is left out: the row has 6 fields, the first line 4");
  EXPECT_EQ(report.warnings[0].path, "root/books.csv");
  EXPECT_EQ(report.warnings[10].message, "11 more rows are left out");
}

TEST_F(CatalogueFile, EmptyAndHeaderOnly) {
  write("books.csv", "id,title,author,description\n");
  IndexReport report = update();
  EXPECT_EQ(report.sources, 1u);
  ASSERT_EQ(report.skipped.size(), 1u);
  EXPECT_EQ(report.skipped[0].first, "catalogues without rows");
  write("books.csv", "");
  EXPECT_EQ(update().sources, 2u);  // a file without text, as before
}

TEST_F(CatalogueFile, AnUnreadableOneKeepsItsRows) {
  update();
  fs::remove(root_ / "books.csv");
  std::ofstream sparse(root_ / "books.csv");
  sparse.close();
  fs::resize_file(root_ / "books.csv", (1u << 30) + 1u);  // larger than what is read
  const IndexReport report = update();
  EXPECT_EQ(report.unchanged, 5u);
  ASSERT_EQ(report.failures.size(), 1u);
  EXPECT_EQ(report.failures[0].code, Code::kLimit);
  EXPECT_EQ(found("harbour"), "books.csv#1 books.csv#4");
}

TEST_F(CatalogueFile, ColumnsThatAreMapped) {
  write("books.csv", "Name,Writer,Plot\nLantern,Ann Lee,It glows.\n");
  EXPECT_EQ(update().sources, 2u);
  EXPECT_EQ(found("glows"), "books.csv");
  IndexOptions mapping = serial();
  mapping.maps = {{"title", "Nmae"}, {"description", "Plot"}};
  const Result<IndexReport> wrong = update_index(index_, {root_}, mapping);
  ASSERT_FALSE(wrong.ok());
  EXPECT_EQ(wrong.error().code, Code::kUsage);
  EXPECT_EQ(wrong.error().message, "--map: no catalogue has a column Nmae");
  EXPECT_EQ(wrong.error().hint, "the columns are, in books.csv: Name, Writer, Plot");
  mapping.maps = {{"name", "Title"}};
  EXPECT_EQ(update_index(index_, {root_}, mapping).error().code, Code::kUsage);
  EXPECT_TRUE(read_shelf_config(index_)->roots[0].maps.empty());

  mapping.maps = {{"title", "Name"}, {"description", "Plot"}};
  EXPECT_EQ(counts(update(mapping)), "added 0 changed 1 removed 0 unchanged 1 kept 0 published");
  EXPECT_TRUE(found("glows").starts_with("books.csv#")) << found("glows");
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 2 kept 0");  // remembered
  EXPECT_EQ(read_shelf_config(index_)->roots[0].maps, mapping.maps);
  mapping.maps = {{"authors", "Writer"}};
  EXPECT_EQ(update(mapping).sources, 2u);
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 2 kept 0");
  EXPECT_EQ((*Reader::open(index_)->catalogue())->works()[0].info.authors,
            std::vector<std::string>{"Ann Lee"});
  expect_as_rebuilt();
}

TEST_F(CatalogueFile, RowsAreNoChaptersOfAWhole) {
  folder_.write("root/work.yaml", "title: The Whole\nauthors: [Bo]\n");
  update();
  EXPECT_EQ(update().works, 5u);
  EXPECT_EQ(update().unchanged, 5u);
}

TEST_F(CatalogueFile, AFileNamedLikeARowIsLeftOut) {
  folder_.write("root/books.csv#1", "Not the first row.");
  const IndexReport report = update();
  EXPECT_EQ(report.sources, 5u);
  ASSERT_EQ(report.skipped.size(), 1u);
  EXPECT_EQ(report.skipped[0].first, "named like a row of a catalogue");
}

TEST_F(CatalogueFile, JsonToo) {
  write("a.jsonl", "{\"title\":\"Quay\",\"authors\":[\"Bo Ray\"],\"summary\":\"Ropes.\"}\n{]\n");
  write("b.json", "[{\"title\":\"Mast\",\"isbn\":\"9780131103627\",\"summary\":\"Sails.\"}]");
  write("c.json", "{\"title\":\n\"Config\"}");
  const IndexReport report = update();
  EXPECT_EQ(report.sources, 8u);
  EXPECT_EQ(report.warnings.size(), 1u);
  EXPECT_TRUE(found("ropes").starts_with("a.jsonl#")) << found("ropes");
  EXPECT_EQ(found("sails"), "b.json#9780131103627");
  EXPECT_EQ(found("config"), "c.json");
}

// One that is packed is the same catalogue: rows of their own, with the lines they have inside.
TEST_F(CatalogueFile, Compressed) {
  using test::pack;
  using test::Packing;
  const std::string rows = csv({row(1, "Lantern", "Lanterns glow above the harbour."),
                                row(2, "Kettle", "Kettles whistle in the kitchen.")});
  fs::remove(root_ / "books.csv");
  fs::remove(root_ / "plain.md");
  write("a.csv.gz", pack(rows, Packing::kGzip));
  write("b.jsonl.zst", pack("{\"title\":\"Quay\",\"authors\":[\"Bo Ray\"],\"summary\":\"Ropes "
                            "by the harbour.\"}\n",
                            Packing::kZstd));
  write("c.json.xz",
        pack("[{\"title\":\"Mast\",\"isbn\":\"9780131103627\",\"summary\":\"Sails.\"}]",
             Packing::kXz));
  write("d.json.gz", pack("{\"title\": \"Config\"}", Packing::kGzip));
  IndexReport report = update();
  EXPECT_EQ(counts(report), "added 5 changed 0 removed 0 unchanged 0 kept 0 published");
  EXPECT_TRUE(found("harbour").starts_with("a.csv.gz#1 b.jsonl.zst#")) << found("harbour");
  EXPECT_EQ(found("sails"), "c.json.xz#9780131103627");
  EXPECT_EQ(found("config"), "d.json.gz");
  EXPECT_EQ(lines()["a.csv.gz#2"], 3u);
  expect_as_rebuilt();
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 5 kept 0");

  const std::string more = csv({row(3, "Heron", "A heron waits beside the river."),
                                row(1, "Lantern", "Lanterns glow above the harbour."),
                                row(2, "Kettle", "Kettles hum in the kitchen.")});
  write("a.csv.gz", pack(more, Packing::kGzip));
  EXPECT_EQ(counts(update()), "added 1 changed 1 removed 0 unchanged 4 kept 0 published");
  EXPECT_EQ(lines()["a.csv.gz#2"], 4u);
  EXPECT_EQ(found("hum"), "a.csv.gz#2");
  expect_as_rebuilt();

  write("a.csv.gz", pack(more, Packing::kGzip).substr(0, 60));  // its rows stay, and it is told
  write("e.csv.xz", pack(std::string(64 << 20, 'a'), Packing::kXz));
  report = update();
  EXPECT_EQ(counts(report), "added 1 changed 0 removed 0 unchanged 6 kept 0 published");
  ASSERT_EQ(report.failures.size(), 2u);
  EXPECT_EQ(report.failures[0].message, "damaged compressed file: truncated gzip input");
  EXPECT_EQ(report.failures[1].message, "unpacks to more than 200 times its size");
  EXPECT_EQ(found("hum"), "a.csv.gz#2");
}

// One that could not be unpacked at first is a catalogue all the same once it can.
TEST_F(CatalogueFile, ARetriedOneIsStillACatalogue) {
  const std::string program = ::getenv("TOME_EXTRACT");
  ::setenv("TOME_EXTRACT", "/nowhere/tome-extract", 1);
  write("a.csv.gz",
        test::pack(csv({row(1, "Quay", "Ropes lie on the quay.")}), test::Packing::kGzip));
  EXPECT_EQ(update().failures.size(), 1u);
  ::setenv("TOME_EXTRACT", program.c_str(), 1);
  EXPECT_EQ(update().failures.size(), 0u);
  EXPECT_EQ(found("quay"), "");
  IndexOptions retry = serial();
  retry.retry = true;
  update(retry);
  EXPECT_EQ(found("quay"), "a.csv.gz#1");
}

// 20,000 rows, every other one of one key, and all of them moved: each step is linear.
TEST_F(CatalogueFile, ManyRows) {
  expect_linear(20'000, [this](std::size_t rows) {
    std::string bytes = "id,title,author\n";
    for (std::size_t i = 0; i < rows; ++i)
      bytes += std::to_string(i % 2 == 0 ? 7 : i) + ",Lantern,Bo Ray\n";
    std::filesystem::remove_all(index_);
    write("books.csv", bytes);
    EXPECT_EQ(update().sources, rows + 1);
    write("books.csv", bytes.insert(bytes.find('\n') + 1, "new,Kettle,Bo Ray\n"));
    EXPECT_EQ(counts(update()),
              fmt::format("added 1 changed 0 removed 0 unchanged {} kept 0 published", rows + 1));
  });
}

}  // namespace
}  // namespace tome
