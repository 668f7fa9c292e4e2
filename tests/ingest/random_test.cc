// SPDX-License-Identifier: GPL-2.0-or-later
// An index that was updated again and again answers as one that was built at once, and so does one
// that was built by several workers.
#include <fmt/format.h>

#include <random>

#include "support/long.h"
#include "support/shelf.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kWords = {
    "lantern", "harbour",     "kettle",  "granite", "heron",  "curlew",
    "pebble",  "otter",       "meadow",  "ladder",  "copper", "violin",
    "walnut",  "anchor",      "thistle", "ferry",   "to",     "be",
    "or",      "not",         "the",     "of",      "a",      "snake_case_word",
    "C++",     "std::vector", "e-mail",  "Übung",   "garden", "running",
    "runs",    "runner"};

const std::vector<std::string> kQuestions = {"lantern",
                                             "harbour kettle",
                                             "the granite",
                                             "to be or not to be",
                                             "heron curlew pebble",
                                             "otter",
                                             "meadow ladder copper",
                                             "C++",
                                             "std::vector",
                                             "snake_case_word",
                                             "e-mail",
                                             "ubung",
                                             "running",
                                             "violin walnut",
                                             "anchor thistle ferry",
                                             "garden of the heron",
                                             "chapter",
                                             "Ann Lee",
                                             "The Harbour Book",
                                             "nothing here has this"};

// Files of a made-up shelf, changed at random.
class Tree {
 public:
  Tree(const fs::path& root, unsigned seed) : root_(root), random_(seed) {
    // Two descriptions of one book, two more works, a book of chapters.
    write("book.md",
          "---\nkind: book\ntitle: The Harbour Book\nauthors: [Ann Lee]\ntopics: "
          "[harbours]\n---\n\n" +
              prose());
    write("review.txt", review());
    write("manual/work.yaml", "title: The Manual\nauthors: [Bob Ray]\nyear: 2001\n");
    for (int i = 0; i < 6; ++i) write(fmt::format("manual/c{}.md", i), chapter());
    for (int i = 0; i < 20; ++i) write(fresh(), chapter());
  }

  void change() {
    switch (below(12)) {
      case 0:
      case 1:
        write(fresh(), chapter());
        break;
      case 2:
        write(any(), chapter());
        break;
      case 3:
        write("review.txt", review());
        break;
      case 4:
        fs::remove(root_ / any());
        break;
      case 5:
        fs::rename(root_ / any(), root_ / fresh());
        break;
      case 9:
        rename(any(), fmt::format("d{}/{}", below(3), fresh()));
        break;
      case 10: {  // the same name in another folder, the manual's among them
        const std::string file = any();
        rename(file, (below(3) == 0 ? "manual/" : fmt::format("d{}/", below(3))) +
                         fs::path(file).filename().string());
        break;
      }
      case 11: {  // a whole folder
        const std::string folder = fmt::format("d{}", below(3));
        if (fs::exists(root_ / folder)) rename(folder, fmt::format("d{}", 3 + serial_++));
        break;
      }
      case 6:
        write("manual/work.yaml",
              fmt::format("title: The Manual\nauthors: [Bob Ray]\ntopics: [t{}]\nyear: 20{}\n",
                          below(4), 10 + below(5)));
        break;
      case 7:
        write(any(), below(2) == 0 ? "" : std::string(50, '\0'));  // empty; no text any more
        break;
      default:
        for (const char* page : {"p1", "p2", "p3", "p4", "p5"}) {  // become or stop being a book
          const std::string tail = below(4) == 0 ? "" : " - The Web Book";
          write(fmt::format("web/{}.html", page),
                fmt::format("<!doctype html><html><head><title>{}{}</title></head><body><p>{}</p>"
                            "</body></html>",
                            page, tail, prose()));
        }
    }
  }

 private:
  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }

  std::string prose() {
    std::string out;
    const unsigned sentences = 1 + below(12);
    for (unsigned s = 0; s < sentences; ++s) {
      const unsigned words = 3 + below(12);
      for (unsigned w = 0; w < words; ++w) {
        out += (w == 0 ? "" : " ") +
               kWords[below(2) == 0 ? below(8) : below(static_cast<unsigned>(kWords.size()))];
      }
      out += below(4) == 0 ? ".\n\n" : ". ";
    }
    return out;
  }
  std::string chapter() { return fmt::format("# Chapter {}\n\n{}", below(50), prose()); }
  std::string review() {
    return fmt::format(
        "Books about water\n\n{}\n\n1. The Harbour Book: A Subtitle\nAuthor: A. Lee\n{}\n"
        "Key Features:\n- Feature {}\n- Another\n\n2. The River Book\n"
        "Authors: Cy Dee & Dan Elm\n{}\n",
        prose(), prose(), below(9), prose());
  }
  void write(const std::string& name, const std::string& bytes) {
    write_bytes(root_ / name, bytes);
    // Times differ even when the clock is coarse.
    shift_time(root_ / name, static_cast<int>(++serial_));
  }
  void rename(const std::string& from, const std::string& to) {
    fs::create_directories((root_ / to).parent_path());
    fs::rename(root_ / from, root_ / to);
  }
  std::string fresh() { return fmt::format("f{}{}", serial_++, below(2) ? ".md" : ".txt"); }
  std::string any() {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
      const std::string name = entry.path().lexically_relative(root_).string();
      if (entry.is_regular_file() && !name.ends_with("work.yaml")) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names[below(static_cast<unsigned>(names.size()))];
  }

  fs::path root_;
  std::mt19937 random_;
  unsigned serial_ = 0;
};

TEST(Random, UpdatesEqualAFreshIndex) {
  const auto seeds = static_cast<unsigned>(test::in_long(8, 80));
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const TestFolder folder;
    const fs::path root = folder / "root";
    Tree tree(root, seed);
    expect_update(folder / "updated", {root}, forced());
    for (int step = 1; step <= 30; ++step) {
      SCOPED_TRACE(fmt::format("step {}", step));
      tree.change();
      expect_update(folder / "updated", {}, forced());
      if (step % 3 != 0) continue;
      std::filesystem::remove_all(folder / "fresh");
      expect_update(folder / "fresh", {root}, forced());
      const Snapshot fresh = snapshot(folder / "fresh", kQuestions);
      expect_same(snapshot(folder / "updated", kQuestions), fresh);
      if (testing::Test::HasFailure()) return;
    }
    // The shelf was worth comparing.
    const Snapshot end = snapshot(folder / "updated", kQuestions);
    EXPECT_GT(end.passages.size(), 15u);
    EXPECT_GT(end.words.size(), 20u);
    EXPECT_FALSE(end.answers[0].empty());
    const Result<IndexReport> rebuilt = rebuild_index(folder / "updated", forced());
    ASSERT_TRUE(rebuilt.ok());
    expect_same(snapshot(folder / "updated", kQuestions), end);
  }
}

TEST(Random, SerialEqualsParallel) {
  const TestFolder folder;
  const fs::path root = folder / "root";
  Tree tree(root, 4);
  // More than one chunk of 4,000 sources.
  std::string rows;
  for (int i = 0; i < 9000; ++i) {
    rows +=
        fmt::format(R"({{"id":"m{}","title":"Note {}","description":"The {} of number{} rests."}})",
                    i, i, kWords[static_cast<std::size_t>(i) % kWords.size()], i % 97);
    rows += '\n';
  }
  write_bytes(root / "many.jsonl", rows);
  IndexOptions parallel = serial();
  parallel.workers = 4;
  const IndexReport one = expect_update(folder / "serial", {root}, serial());
  const IndexReport four = expect_update(folder / "parallel", {root}, parallel);
  EXPECT_EQ(one.passages, four.passages);
  IndexOptions little = serial();
  little.memory = 1;  // every block is written to disk at once
  expect_update(folder / "little", {root}, little);
  const Snapshot same = snapshot(folder / "serial", kQuestions);
  expect_same(same, snapshot(folder / "parallel", kQuestions));
  expect_same(same, snapshot(folder / "little", kQuestions));
  // Not only the same weights: the same documents in the same order.
  const Result<Reader> a = Reader::open(folder / "serial");
  for (const char* other : {"parallel", "little"}) {
    const Result<Reader> b = Reader::open(folder / other);
    for (std::uint32_t document = 1; document <= a->passages(); document += 37) {
      EXPECT_EQ(a->read(document)->id, b->read(document)->id) << document;
    }
  }
}

}  // namespace
}  // namespace tome
