// SPDX-License-Identifier: GPL-2.0-or-later
// Over shards the answers are those of one index of the same files: the same passages and books in
// the same order with the same scores.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "store/shelf_config.h"
#include "support/folder.h"
#include "support/long.h"
#include "support/shard_server.h"
#include "support/shelf.h"
#include "tome/index.h"
#include "tome/search.h"

namespace tome {
namespace {

namespace fs = std::filesystem;

// Of each layout, as passages and as books.
const std::size_t kQuestions = static_cast<std::size_t>(test::in_long(300, 1000));

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) {
    std::string plain;
    for (const char c : word) {
      if (std::isalnum(static_cast<unsigned char>(c)) || c == '\'') plain += c;
    }
    if (plain.size() > 1) words.push_back(plain);
  }
  return words;
}

// Judged questions, runs of words from the corpus, and all that the syntax has.
std::vector<std::string> questions() {
  std::vector<std::string> list;
  for (const char* name : {"questions-dev.tsv", "questions-held.tsv"}) {
    std::ifstream in(fs::path(TOME_CORPUS) / "../tests/relevance" / name);
    for (std::string line; std::getline(in, line);) {
      std::istringstream fields(line);
      std::string id, kind, question;
      std::getline(fields, id, '\t');
      std::getline(fields, kind, '\t');
      std::getline(fields, question, '\t');
      if (!id.starts_with("#")) list.push_back(question);
    }
  }
  EXPECT_GT(list.size(), 200u);
  for (const char* hard : {"kind:book", "kind:article", "lang:en", "-python", "the", "the of and",
                           "\"of the\"", "xqzzyv", "desc*", "NOT java", "year:2015..2020",
                           "biblioteca manuscrits", "handschriften minuten kartor", "mapas maps",
                           "minutes", "bibl* script", "lang:de karten", "karten lang:nl"}) {
    list.push_back(hard);
  }
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(TOME_CORPUS)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::mt19937 random(7);  // its numbers are the same everywhere
  while (list.size() < kQuestions) {
    const std::vector<std::string> words = words_of(bytes_of(files[random() % files.size()]));
    if (words.size() < 20) continue;
    const std::size_t start = random() % (words.size() - 10);
    const std::size_t count = 1 + random() % 8;
    std::string question;
    for (std::size_t i = start; i < start + count; ++i) {
      question += (question.empty() ? "" : " ") + words[i];
    }
    switch (random() % 8) {
      case 0:
        question = "\"" + words[start] + " " + words[start + 1] + "\" " + words[start + 5];
        break;
      case 1:
        question += " +" + words[start + 9];
        break;
      case 2:
        question += " kind:book";
        break;
      case 3:
        question = words[start].substr(0, 4) + "* " + question;
        break;
      default:
        break;
    }
    list.push_back(question);
  }
  return list;
}

Shelf must(Result<Shelf> shelf) {
  EXPECT_TRUE(shelf.ok()) << shelf.error().message << " " << shelf.error().path;
  return std::move(shelf).value();
}

template <class Hit>
std::string id_of(const Hit& hit) {
  if constexpr (requires { hit.work; }) {
    return hit.work.id;
  } else {
    return hit.id;
  }
}

// Nothing when two answers are the same but for their estimates.
template <class Hit>
std::string difference(const Result<Answer<Hit>>& a, const Result<Answer<Hit>>& b) {
  if (!a || !b) return "no answer: " + (a.ok() ? b.error().message : a.error().message);
  if (!b->missing.empty()) return "a shard is missing: " + b->missing[0].reason;
  if (a->understood != b->understood) return "understood " + b->understood;
  if (a->hits.size() != b->hits.size()) return std::to_string(b->hits.size()) + " hits";
  if (a->weak != b->weak || a->complete != b->complete || a->notes != b->notes) return "flags";
  if (a->suggestions.size() != b->suggestions.size()) return "suggestions";
  for (std::size_t i = 0; i < a->hits.size(); ++i) {
    const Hit& one = a->hits[i];
    const Hit& two = b->hits[i];
    if (id_of(one) != id_of(two)) return "hit " + std::to_string(i) + " is " + id_of(two);
    if (std::abs(one.score - two.score) > 1e-6) return "score " + std::to_string(two.score);
  }
  return "";
}

// Passages in several languages: a word has stems of each, and there is little of most of them.
void write_languages(const fs::path& folder) {
  const std::map<std::string, std::string> texts = {
      {"de",
       "Die Bibliothek sammelt Handschriften und Karten aus der ganzen Gegend. Wer eine "
       "Bestellung aufgibt, wartet meist nur wenige Minuten auf die Bücher. "},
      {"fr",
       "La bibliothèque rassemble des manuscrits et des cartes de toute la région. Celui qui "
       "passe une commande attend seulement quelques minutes. "},
      {"es",
       "La biblioteca reúne manuscritos y mapas de toda la comarca. Quien hace una solicitud "
       "espera normalmente unos pocos minutos. "},
      {"it",
       "La biblioteca raccoglie manoscritti e carte di tutta la regione. Chi fa una "
       "richiesta aspetta di solito pochi minuti. "},
      {"nl",
       "De bibliotheek verzamelt handschriften en kaarten uit de hele streek. Wie een "
       "aanvraag doet wacht meestal maar enkele minuten. "},
      {"sv",
       "Biblioteket samlar handskrifter och kartor från hela trakten. Den som gör en "
       "beställning väntar oftast bara några minuter. "}};
  int number = 0;
  for (const auto& [language, text] : texts) {
    for (int i = 0; i < 5 + number; ++i) {
      std::string body = "---\nlanguage: " + language + "\ntitle: " + language + " " +
                         std::to_string(i) + "\n---\n\n";
      for (int j = 0; j <= i % 4; ++j) body += text;
      body += "python script manuscripts maps minutes " + std::to_string(i * 7 % 5) + "\n";
      write_bytes(folder / (language + std::to_string(i) + ".md"), body);
    }
    ++number;
  }
}

class ShardsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TestFolder>();
    write_languages(*folder_ / "languages");
    expect_update(*folder_ / "one", {TOME_CORPUS, *folder_ / "languages"});
    asked_ = questions();
    Shelf one = must(Shelf::open(*folder_ / "one"));
    for (const std::string& question : asked_) {
      passages_.push_back(one.search(question));
      books_.push_back(one.books(question));
    }
  }
  static void TearDownTestSuite() {
    passages_.clear();
    books_.clear();
    folder_.reset();
  }

  static fs::path spread_over(unsigned shards) {
    const fs::path index = *folder_ / ("spread" + std::to_string(shards));
    if (is_index(index)) return index;
    IndexOptions options = serial();
    options.shards = shards;
    expect_update(index, {TOME_CORPUS, *folder_ / "languages"}, options);
    return index;
  }

  // Asks all questions and says how many answers are another.
  static void expect_same_answers(Shelf& shelf) {
    std::size_t differ = 0;
    const auto compare = [&](const std::string& question, const std::string& what) {
      if (!what.empty() && ++differ <= 5) ADD_FAILURE() << question << ": " << what;
    };
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      compare(asked_[i], difference(passages_[i], shelf.search(asked_[i])));
      compare("books " + asked_[i], difference(books_[i], shelf.books(asked_[i])));
    }
    EXPECT_EQ(differ, 0u);
  }

  static std::unique_ptr<TestFolder> folder_;
  static std::vector<std::string> asked_;
  static std::vector<Result<Answer<PassageHit>>> passages_;
  static std::vector<Result<Answer<BookHit>>> books_;
};

std::unique_ptr<TestFolder> ShardsTest::folder_;
std::vector<std::string> ShardsTest::asked_;
std::vector<Result<Answer<PassageHit>>> ShardsTest::passages_;
std::vector<Result<Answer<BookHit>>> ShardsTest::books_;

TEST_F(ShardsTest, LocalShardsAnswerAsOneIndexDoes) {
  for (const unsigned shards : {2u, 4u, 8u}) {
    SCOPED_TRACE(shards);
    Shelf shelf = must(Shelf::open(spread_over(shards)));
    EXPECT_TRUE(shelf.is_sharded());
    expect_same_answers(shelf);
  }
}

TEST_F(ShardsTest, ServedShardsAnswerAsOneIndexDoes) {
  for (const unsigned shards : {1u, 2u, 4u, 8u}) {
    SCOPED_TRACE(shards);
    std::vector<ShardServer> servers;
    ShardOptions options;
    for (unsigned i = 0; i < shards; ++i) {
      servers.emplace_back(shards == 1 ? *folder_ / "one" : shard_folder(spread_over(shards), i));
      options.shards.push_back(servers.back().address());
    }
    Result<Shelf> shelf = Shelf::open("", {}, options);
    ASSERT_TRUE(shelf.ok()) << shelf.error().message;
    EXPECT_TRUE(shelf->is_far());
    expect_same_answers(*shelf);
  }
}

// Glass reads a block when it needs it, so that a shelf that is open meets what became of its
// files.
TEST_F(ShardsTest, ALocalShardThatIsDamagedWhileItIsOpenIsNamedAndTheOthersAnswer) {
  const fs::path whole = spread_over(2);
  const fs::path index = *folder_ / "damaged";
  fs::copy(whole, index, fs::copy_options::recursive);
  Shelf first = must(Shelf::open(shard_folder(whole, 0)));
  ShardOptions all;
  all.require_all = true;
  Shelf shelf = must(Shelf::open(index));
  Shelf strict = must(Shelf::open(index, {}, all));
  Shelf alone = must(Shelf::open(shard_folder(index, 1)));
  for (const auto& entry : fs::recursive_directory_iterator(shard_folder(index, 1) / "segments")) {
    if (entry.path().filename() != "docdata.glass") continue;
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file << std::string(entry.file_size(), '\xff');
  }
  const Result<Answer<PassageHit>> answer = shelf.search("event sourcing");
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  ASSERT_EQ(answer->missing.size(), 1u);
  EXPECT_EQ(answer->missing[0].address, shard_folder(index, 1).string());
  EXPECT_TRUE(answer->missing[0].reason.starts_with("the index is damaged"));
  // The same as without it, but for what says so.
  Answer<PassageHit> same = *answer;
  same.missing.clear();
  ASSERT_FALSE(same.notes.empty());
  same.notes.pop_back();
  EXPECT_EQ(difference(first.search("event sourcing"), Result<Answer<PassageHit>>(same)), "");
  const Result<Answer<BookHit>> books = shelf.books("event sourcing");
  ASSERT_TRUE(books.ok());
  EXPECT_EQ(books->missing.size(), 1u);
  EXPECT_EQ(strict.search("event sourcing").error().code, Code::kUnreachable);
  EXPECT_EQ(alone.search("event sourcing").error().code, Code::kDamaged);
}

TEST_F(ShardsTest, PagesNeitherRepeatNorLoseAPassage) {
  Shelf one = must(Shelf::open(*folder_ / "one"));
  Shelf shelf = must(Shelf::open(spread_over(4)));
  for (const char* question : {"python", "domain driven design", "kind:article", "\"of the\""}) {
    for (std::uint64_t offset : {0u, 10u, 90u, 100u, 110u, 300u}) {
      SearchOptions options;
      options.offset = offset;
      EXPECT_EQ(difference(one.search(question, options), shelf.search(question, options)), "")
          << question << " from " << offset;
    }
  }
}

TEST_F(ShardsTest, WorksSourcesAndLikenessAreThoseOfOneIndex) {
  Shelf one = must(Shelf::open(*folder_ / "one"));
  const fs::path index = spread_over(4);
  std::vector<ShardServer> servers;
  ShardOptions served;
  for (unsigned i = 0; i < 4; ++i) {
    servers.emplace_back(shard_folder(index, i));
    served.shards.push_back(servers.back().address());
  }
  Shelf near = must(Shelf::open(index));
  Shelf far = must(Shelf::open("", {}, served));
  for (Shelf* shelf : {&near, &far}) {
    const auto works = one.works();
    const auto others = shelf->works();
    ASSERT_TRUE(works.ok() && others.ok());
    ASSERT_EQ(works->size(), others->size());
    for (std::size_t i = 0; i < works->size(); ++i) {
      EXPECT_EQ((*works)[i].work.id, (*others)[i].work.id);
      EXPECT_EQ((*works)[i].passages, (*others)[i].passages);
      EXPECT_EQ((*works)[i].files, (*others)[i].files);
    }
    EXPECT_EQ(one.sources()->size(), shelf->sources()->size());
    const std::string work = (*works)[works->size() / 2].work.id;
    const auto detail = one.work(work);
    const auto other = shelf->work(work);
    ASSERT_TRUE(detail.ok() && other.ok());
    EXPECT_EQ(detail->headings, other->headings);
    EXPECT_EQ(detail->terms, other->terms);
    const std::string id = one.search("event sourcing")->hits.at(0).id;
    EXPECT_EQ(difference(one.similar(id), shelf->similar(id)), "");
    const auto shown = shelf->show(id, 2);
    ASSERT_TRUE(shown.ok());
    EXPECT_EQ(one.show(id, 2)->passage.snippet.text, shown->passage.snippet.text);
    EXPECT_EQ(one.show(id, 2)->after.size(), shown->after.size());
    const auto completed = one.suggest("how do desc");
    const auto again = shelf->suggest("how do desc");
    ASSERT_TRUE(completed.ok() && again.ok());
    ASSERT_EQ(completed->size(), again->size());
    for (std::size_t i = 0; i < completed->size(); ++i) {
      EXPECT_EQ((*completed)[i].text, (*again)[i].text);
    }
  }
}

}  // namespace
}  // namespace tome
