// SPDX-License-Identifier: GPL-2.0-or-later
// Indexes that another tome made: each schema that was ever kept (tests/fault/kept/make), and the
// present one with other numbers in its manifest.
#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>

#include "analysis/analyser.h"
#include "cli/program.h"
#include "store/manifest.h"
#include "support/folder.h"

namespace tome::test {
namespace {

namespace fs = std::filesystem;

const std::vector<Words> kReaders{
    {"search", "yeast"}, {"books", "yeast"},  {"list"},
    {"status"},          {"check"},           {"repair"},
    {"index"},           {"remove", "shelf"}, {"show", "abcdefghijkl"}};

const Words kQuestion{"search", "bowline"};

class Upgrade : public ProgramTest {
 protected:
  // TMP/ix and TMP/shelf as they were kept.
  void unpack(const fs::path& kept) {
    remove("ix");
    remove("shelf");
    archive* in = archive_read_new();
    archive_read_support_format_tar(in);
    archive_read_support_filter_gzip(in);
    ASSERT_EQ(archive_read_open_filename(in, kept.c_str(), 65536), ARCHIVE_OK) << kept;
    archive_entry* entry = nullptr;
    while (archive_read_next_header(in, &entry) == ARCHIVE_OK) {
      archive_entry_set_pathname(entry, at(archive_entry_pathname(entry)).c_str());
      ASSERT_EQ(archive_read_extract(in, entry, ARCHIVE_EXTRACT_TIME), ARCHIVE_OK) << kept;
    }
    archive_read_free(in);
    ASSERT_TRUE(exists("ix/shelf.toml")) << kept;
  }

  // Every file of the index and its bytes, but for the lock.
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::recursive_directory_iterator(at("ix"))) {
      if (!entry.is_regular_file() || entry.path().filename() == "lock") continue;
      all[entry.path().string()] = bytes_of(entry.path());
    }
    return all;
  }

  // Whatever is asked is refused with these words, and nothing is touched.
  void expect_refused(const std::vector<Words>& commands, const std::string& words) {
    const std::map<std::string, std::string> before = files();
    for (const Words& arguments : commands) {
      const Ran ran = tome(arguments);
      EXPECT_EQ(ran.code, 3) << arguments[0];
      EXPECT_EQ(ran.out, "") << arguments[0];
      EXPECT_EQ(ran.err, words) << arguments[0];
    }
    EXPECT_TRUE(files() == before);
  }

  void expect_answers() {
    const std::vector<std::pair<Words, std::string>> table{
        {{"search", "when does the starter double?"}, " shelf/loaf.md:"},
        {{"search", "reefing before the squall"}, " shelf/review.txt:"},
        {{"search", "escapement pendulum"}, " shelf/manual/1.md:"},
        {{"search", "listens to the ice"}, " shelf/books.csv:2 "},
        {{"search", "a loop that neither slips nor jams"}, " shelf/knots.md:"},
        {{"books", "sourdough"}, "The Patient Loaf"},
        {{"books", "benzine"}, "The Clock Manual"}};
    for (const auto& [arguments, wanted] : table) {
      const Ran ran = tome(arguments);
      EXPECT_EQ(ran.code, 0) << ran.err;
      EXPECT_TRUE(has("\n" + ran.out, wanted)) << arguments[1] << "\n" << ran.out;
    }
    EXPECT_EQ(tome({"check"}).code, 0);
  }

  // TMP/shelf indexed anew; what is answered to kQuestion.
  std::string answer_of_new_index() {
    remove("ix");
    remove("shelf");
    index_shelf();
    return tome(kQuestion).out;
  }

  // Rewrites the manifest of `generation` as of a tome whose schema or analyser has this number.
  void renumber(std::uint64_t generation, const std::string& what, int number) {
    Manifest manifest = *read_manifest(at("ix"), generation);
    (what == "schema" ? manifest.schema : manifest.analyser) = number;
    write(fmt::format("ix/generations/{:06}.json", generation), encode_manifest(manifest));
  }

  static std::vector<std::pair<int, fs::path>> kept_schemas() {
    std::vector<std::pair<int, fs::path>> all;
    for (const auto& entry : fs::directory_iterator(TOME_KEPT)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with("schema-")) all.emplace_back(std::stoi(name.substr(7)), entry.path());
    }
    std::sort(all.begin(), all.end());
    return all;
  }
};

TEST_F(Upgrade, EachKeptSchemaOpensOrIsRebuilt) {
  const std::vector<std::pair<int, fs::path>> all = kept_schemas();
  ASSERT_FALSE(all.empty());
  for (const auto& [schema, kept] : all) {
    SCOPED_TRACE(kept.filename().string());
    ASSERT_LE(schema, kSchemaVersion);
    unpack(kept);
    EXPECT_LT(fs::file_size(kept), 200u << 10);
    if (schema < kSchemaVersion) {
      expect_refused(kReaders, fmt::format("tome: the index has schema {}, this tome writes {}: "
                                           "TMP/ix\ntry: run: tome rebuild\n",
                                           schema, kSchemaVersion));
      const Ran ran = tome({"rebuild"});
      EXPECT_EQ(ran.code, 0) << ran.err;
      EXPECT_EQ(ran.err, "");
    }
    expect_answers();
    // It is gone on with.
    EXPECT_TRUE(has(tome({"index"}).out, "Nothing has changed"));
    write("shelf/new.md", "# New\n\nThe zeppelin lands.\n");
    fs::remove(at("shelf/knots.md"));
    const Ran ran = tome({"index"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_TRUE(has(ran.out, "1 new, 0 changed, 1 removed, 5 unchanged")) << ran.out;
    EXPECT_TRUE(has(tome({"search", "zeppelin"}).out, " shelf/new.md:"));
    EXPECT_EQ(tome({"check"}).code, 0);
  }
  if (all.back().first < kSchemaVersion) {
    std::printf("no index of schema %d is kept yet: tests/fault/kept/make\n", kSchemaVersion);
  }
}

TEST_F(Upgrade, OfAnOlderSchemaOrAnalyserIsRebuiltFromItsSources) {
  for (const auto& [what, now] :
       {std::pair("schema", kSchemaVersion), std::pair("analyser", kAnalyserVersion)}) {
    const std::string wanted = answer_of_new_index();
    renumber(1, what, now - 1);
    expect_refused(kReaders, fmt::format("tome: the index has {} {}, this tome writes {}: TMP/ix\n"
                                         "try: run: tome rebuild\n",
                                         what, now - 1, now));
    const Ran ran = tome({"rebuild"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(tome(kQuestion).out, wanted);
    const Ran checked = tome({"check"});
    EXPECT_EQ(checked.code, 0);
    EXPECT_FALSE(has(checked.out, "damaged")) << checked.out;
    EXPECT_EQ(tome({"index"}).code, 0);
  }
}

// `tome repair` fell back to the generation before and `tome rebuild` replaced it, with no word.
TEST_F(Upgrade, OfANewerSchemaOrAnalyserIsLeftAlone) {
  for (const auto& [what, now] :
       {std::pair("schema", kSchemaVersion), std::pair("analyser", kAnalyserVersion)}) {
    const std::string wanted = answer_of_new_index();
    ASSERT_EQ(tome({"rebuild"}).code, 0);  // a generation to fall back to
    renumber(2, what, now + 1);
    const std::string words = fmt::format(
        "tome: the index has {} {}, this tome writes {}: TMP/ix\n"
        "try: use the newer tome that made it",
        what, now + 1, now);
    expect_refused(kReaders, words + "\n");
    expect_refused({{"rebuild"}},
                   words + "; to build it anew with this one all the same: --force\n");
    EXPECT_EQ(tome({"rebuild", "--force"}).code, 0);
    EXPECT_EQ(tome(kQuestion).out, wanted);
    EXPECT_EQ(tome({"check"}).code, 0);
  }
}

}  // namespace
}  // namespace tome::test
