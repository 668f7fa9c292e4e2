// SPDX-License-Identifier: GPL-2.0-or-later
// A shelf that changes at random, against a model that knows neither Xapian nor the analyser: it
// keeps what it wrote in a map, counts words, and weighs them by the formula of BM25.
#include <fmt/format.h>

#include <array>
#include <random>

#include "store/postings.h"
#include "support/long.h"
#include "support/shelf.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

struct Word {
  const char* written;
  const char* term;
  bool stop;
};

constexpr std::array<Word, 20> kWords{{{"lantern", "lantern", false}, {"the", "the", true},
                                       {"kettles", "kettl", false},   {"of", "of", true},
                                       {"ferry", "ferri", false},     {"Running", "run", false},
                                       {"harbour", "harbour", false}, {"heron", "heron", false},
                                       {"granite", "granit", false},  {"Übung", "ubung", false},
                                       {"copper", "copper", false},   {"runs", "run", false},
                                       {"ladder", "ladder", false},   {"walnut", "walnut", false},
                                       {"anchor", "anchor", false},   {"thistle", "thistl", false},
                                       {"meadow", "meadow", false},   {"violin", "violin", false},
                                       {"otter", "otter", false},     {"curlew", "curlew", false}}};
constexpr std::array<const char*, 4> kAuthors{"ann", "lee", "walnut", "otter"};

using WordList = std::vector<std::size_t>;  // of kWords

struct Section {
  WordList heading, body;
};

// The first section's heading is the title.
struct Article {
  std::vector<std::size_t> authors;  // of kAuthors
  std::vector<Section> sections;
};

std::string spelt(const WordList& words) {
  std::string out;
  for (const std::size_t word : words)
    out += (out.empty() ? "" : " ") + std::string(kWords[word].written);
  return out;
}

std::string markdown(const Article& article) {
  std::string out = "---\nlanguage: en\nauthors: [";
  for (const std::size_t author : article.authors) out += std::string(kAuthors[author]) + ",";
  out += "]\n---\n\n";
  for (std::size_t i = 0; i < article.sections.size(); ++i) {
    out += fmt::format("{} {}\n\n{}.\n\n", i == 0 ? "#" : "##", spelt(article.sections[i].heading),
                       spelt(article.sections[i].body));
  }
  return out;
}

// Term -> occurrences in a passage.
using Counts = std::map<std::string, std::uint32_t>;

// Of a section, which is one passage: its own words, and those of the title and the authors where
// its heading does not say them already.
Counts count_words(const Article& article, std::size_t section) {
  const Section& own = article.sections[section];
  Counts counts;
  for (const WordList* words : {&own.heading, &own.body}) {
    for (const std::size_t word : *words) ++counts[kWords[word].term];
  }
  std::set<std::string> opening;
  for (const std::size_t word : own.heading) opening.insert(kWords[word].term);
  const auto add = [&](const char* term, std::uint32_t times) {
    if (!opening.contains(term)) counts[term] += times;
  };
  for (const std::size_t word : article.sections[0].heading) {
    if (!kWords[word].stop) add(kWords[word].term, kTitleWdf);
  }
  for (const std::size_t author : article.authors) add(kAuthors[author], kAuthorWdf);
  return counts;
}

// "path#ordinal" -> weight.
using Answer = std::map<std::string, double>;

class Model {
 public:
  explicit Model(const std::map<std::string, Article>& articles) {
    for (const auto& [path, article] : articles) {
      for (std::size_t i = 0; i < article.sections.size(); ++i) {
        Counts counts = count_words(article, i);
        for (const auto& [term, count] : counts) {
          ++frequencies_[term];
          lengths_ += count;
        }
        passages_.emplace(fmt::format("{}#{}", path, i), std::move(counts));
      }
    }
  }

  std::size_t passages() const { return passages_.size(); }
  double average_length() const { return lengths_ / static_cast<double>(passages_.size()); }

  // Robertson and Sparck Jones's weight (as Xapian bounds it below) times the saturated count.
  Answer any_of(const std::set<std::string>& terms) const {
    const Bm25 bm25;
    Answer answer;
    for (const auto& [place, counts] : passages_) {
      double length = 0;
      for (const auto& [term, count] : counts) length += count;
      const double size = std::max(length / average_length(), 0.5);
      double score = 0;
      bool found = false;
      for (const std::string& term : terms) {
        const auto own = counts.find(term);
        if (own == counts.end()) continue;
        found = true;
        const double frequency = frequencies_.at(term);
        double odds = (static_cast<double>(passages_.size()) - frequency + 0.5) / (frequency + 0.5);
        if (odds < 2) odds = odds / 2 + 1;
        const double count = own->second;
        score += std::log(odds) * (bm25.k1 + 1) * count /
                 (count + bm25.k1 * (1 - bm25.b + bm25.b * size));
      }
      if (found) answer[place] = score;
    }
    return answer;
  }

 private:
  std::map<std::string, Counts> passages_;
  std::map<std::string, double> frequencies_;
  double lengths_ = 0;
};

// A folder of articles, and what stands in it.
class Tree {
 public:
  Tree(fs::path root, unsigned seed) : root_(std::move(root)), random_(seed) {
    for (int i = 0; i < 12; ++i) add();
  }

  const std::map<std::string, Article>& articles() const { return articles_; }

  void change() {
    const std::string path = any();
    switch (below(8)) {
      case 0:
      case 1:
        add();
        break;
      case 2:
      case 3:
        write(path, article());
        break;
      case 4:
        if (articles_.size() > 3) {
          fs::remove(root_ / path);
          articles_.erase(path);
        }
        break;
      case 5:
        rename(path, fresh());
        break;
      case 6: {  // what two files say changes places
        const std::string other = any();
        const Article held = articles_.at(path);
        write(path, Article(articles_.at(other)));
        write(other, held);
        break;
      }
      default:
        if (below(2) == 0) {  // touched
          write(path, Article(articles_.at(path)));
        } else {  // one word more
          Article longer = articles_.at(path);
          longer.sections.back().body.push_back(below(kWords.size()));
          write(path, longer);
        }
    }
  }

  // Different terms, rare ones as often as frequent ones.
  std::set<std::string> question() {
    std::set<std::string> terms;
    for (std::size_t n = 1 + below(5); n > 0; --n) {
      const std::size_t word = below(kWords.size() + 2);
      terms.insert(word < kWords.size() ? kWords[word].term : kAuthors[word - kWords.size()]);
    }
    return terms;
  }

  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_()) % n; }

 private:
  WordList words(std::size_t most) {
    WordList list;
    for (std::size_t n = 1 + below(most); n > 0; --n) {
      list.push_back(below(below(2) == 0 ? 6 : kWords.size()));
    }
    return list;
  }
  Article article() {
    Article made;
    for (std::size_t n = below(3); n > 0; --n) made.authors.push_back(below(kAuthors.size()));
    for (std::size_t n = 1 + below(4); n > 0; --n) made.sections.push_back({words(4), words(60)});
    return made;
  }
  void write(const std::string& path, const Article& article) {
    write_bytes(root_ / path, markdown(article));
    shift_time(root_ / path, static_cast<int>(++serial_));  // the clock may be coarse
    articles_[path] = article;
  }
  void rename(const std::string& from, const std::string& to) {
    fs::create_directories((root_ / to).parent_path());
    fs::rename(root_ / from, root_ / to);
    articles_[to] = articles_.at(from);
    articles_.erase(from);
  }
  void add() { write(fresh(), article()); }
  std::string fresh() { return fmt::format("{}f{}.md", below(2) == 0 ? "" : "deep/", serial_++); }
  std::string any() {
    return std::next(articles_.begin(), static_cast<long>(below(articles_.size())))->first;
  }

  fs::path root_;
  std::mt19937 random_;
  std::map<std::string, Article> articles_;
  std::size_t serial_ = 0;
};

Answer ask(const Reader& reader, const std::set<std::string>& terms) {
  std::vector<Match> parts;
  for (const std::string& term : terms) parts.push_back(match_term(term));
  const Result<Candidates> found =
      reader.match(match_of(Match::Op::kOr, std::move(parts)), 0, 1'000'000);
  EXPECT_TRUE(found.ok());
  Answer answer;
  double last = HUGE_VAL;
  for (const Candidate& candidate : found->list) {
    const Result<PassageRecord> passage = reader.read(candidate.document);
    EXPECT_TRUE(passage.ok());
    if (!passage) continue;
    EXPECT_LE(candidate.weight, last);
    last = candidate.weight;
    EXPECT_TRUE(answer.emplace(fmt::format("{}#{}", passage->path, passage->ordinal), last).second);
  }
  return answer;
}

void expect_near(const Answer& index, const Answer& model) {
  for (const auto& [place, weight] : model) {
    const auto found = index.find(place);
    if (found == index.end()) {
      ADD_FAILURE() << place << " is not found";
    } else {
      EXPECT_NEAR(found->second, weight, 1e-6) << place;
    }
  }
  EXPECT_EQ(index.size(), model.size());
}

TEST(Model, ScoresAreThoseOfANaiveBm25) {
  const auto seeds = static_cast<unsigned>(test::in_long(6, 200));
  std::size_t scores = 0;
  std::size_t most_segments = 0;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const TestFolder folder;
    Tree tree(folder / "root", seed);
    expect_update(folder / "index", {folder / "root"}, forced());
    for (int step = 1; step <= 25; ++step) {
      SCOPED_TRACE(fmt::format("step {}", step));
      for (std::size_t n = 1 + tree.below(3); n > 0; --n) tree.change();
      if (tree.below(12) == 0) {
        ASSERT_TRUE(rebuild_index(folder / "index", forced()).ok());
      } else {
        IndexOptions options = forced();
        options.workers = 1 + static_cast<unsigned>(tree.below(2));
        expect_update(folder / "index", {}, options);
      }
      const Model model(tree.articles());
      const Result<Reader> reader = Reader::open(folder / "index");
      ASSERT_TRUE(reader.ok()) << reader.error().message;
      most_segments = std::max(most_segments, reader->manifest().segments.size());
      EXPECT_EQ(reader->passages(), model.passages());
      EXPECT_NEAR(reader->average_length(), model.average_length(), 1e-9);
      for (int i = 0; i < 8; ++i) {
        const std::set<std::string> terms = tree.question();
        SCOPED_TRACE("terms " + testing::PrintToString(terms));
        const Answer wanted = model.any_of(terms);
        expect_near(ask(*reader, terms), wanted);
        scores += wanted.size();
      }
      if (testing::Test::HasFailure()) return;
    }
  }
  std::printf("%u seeds, 25 updates each: %zu scores agree to 1e-6; up to %zu segments\n", seeds,
              scores, most_segments);
  EXPECT_GT(scores, 5000u * seeds);
  EXPECT_GT(most_segments, 4u);
}

TEST(Model, TheSameShelfAgainChangesNothing) {
  const auto seeds = static_cast<unsigned>(test::in_long(4, 60));
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const TestFolder folder;
    Tree tree(folder / "root", seed);
    expect_update(folder / "index", {folder / "root"}, forced());
    for (int step = 0; step < 5; ++step) {
      tree.change();
      expect_update(folder / "index", {}, forced());
    }
    const std::vector<std::string> questions{"lantern", "kettles of the ferry", "Übung otter"};
    const Snapshot before = snapshot(folder / "index", questions);
    // Named again, also by other names and in parts: nothing is published.
    const fs::path file = folder / "root" / tree.articles().begin()->first;
    for (const std::vector<fs::path>& paths : {std::vector<fs::path>{},
                                               {folder / "root"},
                                               {folder / "root", folder / "root"},
                                               {folder / "root" / "deep" / ".."},
                                               {file, file}}) {
      const IndexReport report = expect_update(folder / "index", paths);
      EXPECT_FALSE(report.published) << counts(report);
      EXPECT_EQ(report.added + report.changed + report.removed, 0u) << counts(report);
    }
    // Written anew with the same bytes at another time; indexed anew from the ground.
    for (const auto& [path, article] : tree.articles()) {
      write_bytes(folder / "root" / path, markdown(article));
      shift_time(folder / "root" / path, -5000);
    }
    const IndexReport report = expect_update(folder / "index");
    EXPECT_EQ(report.added + report.changed + report.removed, 0u) << counts(report);
    expect_same(snapshot(folder / "index", questions), before);
    ASSERT_TRUE(rebuild_index(folder / "index", forced()).ok());
    expect_same(snapshot(folder / "index", questions), before);
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace tome
