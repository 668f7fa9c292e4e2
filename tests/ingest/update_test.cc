// SPDX-License-Identifier: GPL-2.0-or-later
#include <sys/stat.h>

#include "store/shelf_config.h"
#include "update_fixture.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

TEST_F(Update, AddsThenHasNothingToDo) {
  const IndexReport report = update();
  EXPECT_EQ(counts(report), "added 4 changed 0 removed 0 unchanged 0 kept 0 published");
  EXPECT_EQ(report.generation, 1u);
  EXPECT_EQ(report.sources, 4u);
  EXPECT_EQ(report.works, 4u);
  EXPECT_EQ(report.passages, 4u);
  EXPECT_GT(report.input_bytes, 0u);
  EXPECT_TRUE(report.failures.empty());
  EXPECT_EQ(files_with(index_, "harbour"), "one.md sub/four.md");
  const IndexReport again = update();
  EXPECT_EQ(counts(again), "added 0 changed 0 removed 0 unchanged 4 kept 0");
  EXPECT_EQ(again.generation, 1u);
  EXPECT_EQ(counts(expect_update(index_)), counts(again));  // no path: all roots
  EXPECT_EQ(read_shelf_config(index_)->roots.size(), 1u);
}

TEST_F(Update, ANewIndexFolderIsPrivate) {
  update();
  struct stat st {};
  ASSERT_EQ(::stat(index_.c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 0777, 0700u);
}

TEST_F(Update, ATouchedFileIsNotChanged) {
  update();
  shift_time(root_ / "one.md", 60);
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 4 kept 0");
}

// Touched files were digested again in each run, however many they were.
TEST_F(Update, TheTimesOfTouchedFilesAreRecordedWhereItPays) {
  const auto time_of = [&](const std::string& path) {
    const std::vector<SourceRecord> sources = *Reader::open(index_)->sources();
    for (const SourceRecord& source : sources) {
      if (source.path == path) return source.mtime / 1'000'000'000;
    }
    return std::int64_t{0};
  };
  const auto now = [&](const std::string& path) {
    struct stat st {};
    EXPECT_EQ(::stat((root_ / path).c_str(), &st), 0);
    return std::int64_t{st.st_mtim.tv_sec};
  };
  update();
  shift_time(root_ / "one.md", 60);
  EXPECT_FALSE(update().published);  // a few bytes to digest
  EXPECT_NE(time_of("one.md"), now("one.md"));
  write("two.md", article("Second", "Kettles sing."));  // its segment is edited anyway
  EXPECT_EQ(counts(update()), "added 0 changed 1 removed 0 unchanged 3 kept 0 published");
  EXPECT_EQ(time_of("one.md"), now("one.md"));
  std::string long_text;
  while (long_text.size() < 2u << 20) long_text += "Herons wait beside the slow river. ";
  write("long.txt", long_text);
  update();
  shift_time(root_ / "long.txt", 60);
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 5 kept 0 published");
  EXPECT_EQ(time_of("long.txt"), now("long.txt"));
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 0 unchanged 5 kept 0");
  const std::vector<std::string> questions = {"harbour", "herons wait"};
  const Snapshot before = snapshot(index_, questions);
  ASSERT_TRUE(rebuild_index(index_, serial()).ok());
  expect_same(snapshot(index_, questions), before);
}

// prefix* of a word that stands in a heading, a title or an author's name alone found nothing.
TEST_F(Update, TheWordListKnowsHeadingsTitlesAndAuthors) {
  const auto words = [&](const std::string& prefix) {
    std::string out;
    const std::vector<WordCount> list = *Reader::open(index_)->words(prefix);
    for (const WordCount& word : list) {
      out += word.word + ":" + std::to_string(word.count) + " ";
    }
    return out;
  };
  write("book.md",
        "---\nkind: book\ntitle: Quokkas\nauthors: [Ann Zubrowka]\n---\n\n# Marsupials\n\n"
        "Wombats dig by night.\n");
  update();
  EXPECT_EQ(words("quok"), "quokkas:1 ");
  EXPECT_EQ(words("zub"), "zubrowka:1 ");
  EXPECT_EQ(words("marsup"), "marsupials:1 ");  // opens the text: counted once
  EXPECT_EQ(words("wom"), "wombats:1 ");
  fs::remove(root_ / "book.md");
  update();
  for (const char* prefix : {"quok", "zub", "marsup", "wom"}) EXPECT_EQ(words(prefix), "");
}

TEST_F(Update, AChangedFileIsReplacedWhole) {
  update();
  write("one.md", article("First", "Lanterns fade.\n\n## More\n\nOtters swim by night."));
  EXPECT_EQ(counts(update()), "added 0 changed 1 removed 0 unchanged 3 kept 0 published");
  EXPECT_EQ(files_with(index_, "otters"), "one.md");
  EXPECT_EQ(files_with(index_, "harbour"), "sub/four.md");
  // Same size, other bytes: the digest tells.
  write("one.md", article("First", "Lanterns fade.\n\n## More\n\nOtters swim by light."));
  shift_time(root_ / "one.md", 60);
  EXPECT_EQ(counts(update()), "added 0 changed 1 removed 0 unchanged 3 kept 0 published");
  EXPECT_EQ(files_with(index_, "night"), "");
  const Result<Reader> reader = Reader::open(index_);
  EXPECT_TRUE(reader->words("night")->empty());
}

TEST_F(Update, AVanishedFileIsRemoved) {
  update();
  fs::remove(root_ / "two.md");
  EXPECT_EQ(counts(update()), "added 0 changed 0 removed 1 unchanged 3 kept 0 published");
  EXPECT_EQ(files_with(index_, "kettles"), "");
  EXPECT_TRUE(Reader::open(index_)->words("kettles")->empty());
}

TEST_F(Update, OnePartOfARoot) {
  update();
  write("one.md", article("First", "Changed lanterns."));
  write("sub/four.md", article("Fourth", "Changed granite."));
  const IndexReport report = expect_update(index_, {root_ / "sub"});
  EXPECT_EQ(counts(report), "added 0 changed 1 removed 0 unchanged 3 kept 0 published");
  EXPECT_EQ(files_with(index_, "changed"), "sub/four.md");
  fs::remove(root_ / "sub/four.md");
  EXPECT_EQ(expect_update(index_, {root_ / "sub/four.md"}).removed, 1u);
  EXPECT_EQ(read_shelf_config(index_)->roots.size(), 1u);
}

// Named twice, or as a whole and a part of it, each file was indexed twice.
TEST_F(Update, OverlappingPathsIndexOnce) {
  const IndexReport report =
      expect_update(index_, {root_.path(), root_ / "sub", root_.path(), root_ / "sub/four.md"});
  EXPECT_EQ(counts(report), "added 4 changed 0 removed 0 unchanged 0 kept 0 published");
  EXPECT_EQ(report.passages, 4u);
  write("sub/four.md", article("Fourth", "Changed granite."));
  write("one.md", article("First", "Changed lanterns."));
  write("two.md", article("Second", "Changed kettles."));
  const IndexReport parts =
      expect_update(index_, {root_ / "sub", root_ / "one.md", root_ / "sub/four.md"});
  EXPECT_EQ(counts(parts), "added 0 changed 2 removed 0 unchanged 2 kept 0 published");
  EXPECT_EQ(files_with(index_, "changed"), "one.md sub/four.md");
}

TEST_F(Update, ExcludesAreRememberedAndTakeEffectLater) {
  update();
  IndexOptions options = serial();
  options.excludes = {"*.txt"};
  EXPECT_EQ(update(options).removed, 1u);
  EXPECT_EQ(update().removed, 0u);
  EXPECT_EQ(read_shelf_config(index_)->roots[0].excludes, options.excludes);
  options.excludes = {"two.*"};
  EXPECT_EQ(expect_update(index_, {}, options).removed, 1u);  // no path: of all roots
  EXPECT_EQ(read_shelf_config(index_)->roots[0].excludes.size(), 2u);
}

TEST_F(Update, TwoRootsOfOneName) {
  const TestFolder other;
  write("docs/a.md", article("A", "Magpies gather."));
  other.write("docs/a.md", article("B", "Magpies scatter."));
  const IndexReport report = expect_update(index_, {root_ / "docs", other / "docs"});
  EXPECT_EQ(report.sources, 2u);
  const Result<ShelfConfig> config = read_shelf_config(index_);
  EXPECT_EQ(config->roots.at(0).name, "docs");
  EXPECT_EQ(config->roots.at(1).name, "docs-2");
}

// An index in the folder that it indexes took in its own manifests.
TEST_F(Update, AnIndexIsNoSourceOfItself) {
  const fs::path inside = root_ / "index";
  EXPECT_EQ(expect_update(inside, {root_.path()}).sources, 4u);
  EXPECT_EQ(counts(expect_update(inside)), "added 0 changed 0 removed 0 unchanged 4 kept 0");
  EXPECT_EQ(rebuild_index(inside, serial())->sources, 4u);
}

TEST_F(Update, ARootMayBeAFileAndNamesMayBeOdd) {
  for (const char* name : {"new\nline.md", "-dash.md", "bad\xff.md", "[x].md"}) {
    write(name, "Curlews call.\n");
  }
  const IndexReport report = expect_update(index_, {root_ / "one.md", root_ / "[x].md"});
  EXPECT_EQ(report.sources, 2u);
  EXPECT_EQ(update().sources, 8u);  // the folder takes the place of its files
  EXPECT_EQ(files_with(index_, "curlews"), "-dash.md [x].md bad\xff.md new\nline.md");
  const Result<Reader> reader = Reader::open(index_);
  for (const Work& work : (*reader->catalogue())->works()) {
    EXPECT_EQ(work.info.title.find('\xff'), std::string::npos);
  }
}

TEST_F(Update, ManySmallUpdatesStayFewSegments) {
  update();
  for (int i = 0; i < 12; ++i) {
    write("more" + std::to_string(i) + ".md", article("More", "Heron number " + std::to_string(i)));
    update();
  }
  EXPECT_LE(Reader::open(index_)->manifest().segments.size(), 9u);
  EXPECT_EQ(Reader::open(index_)->sources()->size(), 16u);
}

TEST_F(Update, WithoutAnIndexOrAPathThereIsNothingToDo) {
  EXPECT_EQ(update_index(index_, {}, serial()).error().code, Code::kNotFound);
  EXPECT_FALSE(fs::exists(index_));
  EXPECT_EQ(update_index(index_, {root_ / "none"}, serial()).error().code, Code::kNotFound);
  EXPECT_FALSE(fs::exists(index_));  // a path that does not exist left an empty index behind
  EXPECT_EQ(update_index(index_, {root_.path(), root_ / "none"}, serial()).error().code,
            Code::kNotFound);
  EXPECT_FALSE(fs::exists(index_));
  EXPECT_EQ(rebuild_index(index_, serial()).error().code, Code::kNotFound);
  EXPECT_EQ(remove_from_index(index_, root_.path(), serial()).error().code, Code::kNotFound);
}

TEST_F(Update, AFirstRunThatWasStoppedGoesOnWithTheNext) {
  IndexOptions stopping = serial();
  stopping.progress = [](const IndexProgress&) { return false; };
  EXPECT_EQ(update_index(index_, {root_.path()}, stopping).error().code, Code::kRefused);
  const Result<Reader> reader = Reader::open(index_);
  ASSERT_FALSE(reader.ok());
  EXPECT_EQ(reader.error().code, Code::kNotFound);
  EXPECT_EQ(reader.error().message, "nothing is indexed yet");
  EXPECT_EQ(reader.error().hint, "run: tome index");
  EXPECT_EQ(counts(expect_update(index_)),
            "added 4 changed 0 removed 0 unchanged 0 kept 0 published");
}

TEST_F(Update, WorksAreJoinedAgainWhereWhatIsKeptIsNoLongerTrue) {
  update();
  const std::string kept = bytes_of(index_ / "works");
  EXPECT_TRUE(kept.starts_with("works/2 1 ")) << kept;
  EXPECT_EQ(update().works, 4u);
  std::string flipped = kept;
  flipped[8] = '5';
  for (const std::string& other : {std::string(), std::string("rubbish\n"), flipped}) {
    write_bytes(index_ / "works", other);
    EXPECT_EQ(update().works, 4u) << other;
    EXPECT_EQ(bytes_of(index_ / "works"), kept) << other;
  }
  write("five.md", article("Fifth", "Otters swim."));
  EXPECT_EQ(update().works, 5u);
  EXPECT_TRUE(bytes_of(index_ / "works").starts_with("works/2 2 "));
}

// What is kept is a help, never a part of the answer's truth.
TEST_F(Update, DamagedKeptWorksAreNotBelieved) {
  update();
  const fs::path file = index_ / "works";
  const std::string kept = bytes_of(file);
  const auto titles = [&] {
    const Result<Reader> reader = Reader::open(index_);
    std::string all;
    for (const Work& work : (*reader->catalogue())->works()) all += work.info.title + "\n";
    return all;
  };
  const std::string right = titles();
  fs::remove(file);
  EXPECT_EQ(titles(), right);
  for (std::size_t i = 0; i < kept.size(); i += 7) {
    std::string flipped = kept;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    write_bytes(file, flipped);
    EXPECT_EQ(titles(), right) << i;
    write_bytes(file, kept.substr(0, i));
    EXPECT_EQ(titles(), right) << i;
  }
}

// Without its pointer an index counted as none, and the next update would have begun from nothing.
TEST_F(Update, AnIndexWithoutItsPointerIsDamagedNotEmpty) {
  update();
  fs::remove(index_ / "current");
  EXPECT_EQ(update_index(index_, {root_.path()}, serial()).error().code, Code::kDamaged);
  EXPECT_EQ(update_index(index_, {}, serial()).error().hint, "run: tome repair, else tome rebuild");
  EXPECT_EQ(rebuild_index(index_, serial())->sources, 4u);
}

// A record with a title of 100 kB could not be written, and the run was lost with it.
TEST_F(Update, VeryLongTitlesAndHeadingsAreCut) {
  const std::string longest(100'000, 'w');
  std::string text = "---\ntitle: " + longest + "\nauthors: [";
  for (int i = 0; i < 1000; ++i) text += (i ? ", A" : "A") + std::to_string(i);
  text += "]\n---\n\n";
  for (int level = 1; level <= 6; ++level) text += std::string(level, '#') + " " + longest + "\n\n";
  write("long.md", text + "A walrus dives.\n");
  update();
  EXPECT_EQ(files_with(index_, "walrus"), "long.md");
}

}  // namespace
}  // namespace tome
