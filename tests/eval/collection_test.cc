// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/collection.h"

#include "eval/corpus.h"
#include "eval/folder.h"

namespace tome {
namespace {

using CollectionTest = Folder;

constexpr const char* kQueries =
    "\xEF\xBB\xBF{\"_id\": \"q1\", \"text\": \"what is entropy?\", \"metadata\": {}}\r\n"
    "\n"
    "{\"_id\": 2, \"text\": \"-Wall\"}\n"
    "{\"_id\": \"q3\", \"text\": \"not judged\"}";

TEST_F(CollectionTest, ReadsBeirAndLeavesOutWhatIsNotJudged) {
  write("corpus.jsonl", "{}\n");
  write("queries.jsonl", kQueries);
  write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\ta b\t2\n2\td2\t0\r\nq9\td1\t1\n");
  write("qrels/train.tsv", "q3\td3\t1\n");
  const Result<Collection> test = read_collection(path());
  ASSERT_TRUE(test) << test.error().message;
  ASSERT_EQ(test->queries.size(), 2u);
  EXPECT_EQ(test->queries[0].id, "q1");
  EXPECT_EQ(test->queries[0].text, "what is entropy?");
  EXPECT_EQ(test->queries[1].id, "2");
  EXPECT_EQ(test->judgements.size(), 2u);
  EXPECT_EQ(test->judgements.at("q1").at("a b"), 2);
  EXPECT_EQ(test->judgements.at("2").at("d2"), 0);
  for (const char* name : {"train", "train.tsv"}) {
    const Result<Collection> train = read_collection(path(), name);
    ASSERT_TRUE(train) << train.error().message;
    ASSERT_EQ(train->queries.size(), 1u);
    EXPECT_EQ(train->queries[0].id, "q3");
  }
}

TEST_F(CollectionTest, ReadsTrec) {
  write("corpus.jsonl", "{}\n");
  write("topics.301-302",
        "<top>\n<num> Number: 301\n<title> International\n  Organized Crime, x < y\n\n"
        "<desc> Description:\nIdentify organizations\n</top>\n"
        "<top><num>302</num><title>Topic: Poliomyelitis</title></top>\n");
  write("qrels.trec8", "301 0 FBIS3-10082 1\n301 0 d2 0\n302\t0\td3\t1\n");
  const Result<Collection> trec = read_collection(path());
  ASSERT_TRUE(trec) << trec.error().message;
  ASSERT_EQ(trec->queries.size(), 2u);
  EXPECT_EQ(trec->queries[0].id, "301");
  EXPECT_EQ(trec->queries[0].text, "International Organized Crime, x < y");
  EXPECT_EQ(trec->queries[1].text, "Poliomyelitis");
  EXPECT_EQ(trec->judgements.at("301").at("FBIS3-10082"), 1);
  EXPECT_EQ(trec->judgements.at("302").at("d3"), 1);
}

TEST_F(CollectionTest, SeveralQrelsWithoutTheUsualNameAreNamed) {
  write("corpus.jsonl", "{}\n");
  write("queries.jsonl", kQueries);
  write("qrels/dev.tsv", "q1\td\t1\n");
  const Result<Collection> one = read_collection(path());
  ASSERT_TRUE(one) << one.error().message;
  write("qrels/train.tsv", "q1\td\t1\n");
  const Result<Collection> two = read_collection(path());
  ASSERT_FALSE(two);
  EXPECT_EQ(two.error().code, Code::kUsage);
  EXPECT_EQ(two.error().message, "has several files of judgements: dev.tsv, train.tsv");
}

TEST_F(CollectionTest, SaysWhatIsMissing) {
  EXPECT_EQ(read_collection(path() / "none").error().message, "is not a folder");
  EXPECT_EQ(read_collection(path()).error().message, "has no corpus.jsonl");
  write("corpus.jsonl", "{}\n");
  EXPECT_EQ(read_collection(path()).error().message, "has no queries");
  write("queries.jsonl", kQueries);
  EXPECT_EQ(read_collection(path()).error().message, "has no judgements");
  write("qrels/test.tsv", "q9\td\t1\n");
  EXPECT_EQ(read_collection(path(), "dev").error().message, "has no judgements named \"dev\"");
  const Result<Collection> other = read_collection(path());
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().message, "judges none of the queries");
  EXPECT_EQ(other.error().path, (path() / "qrels" / "test.tsv").string());
}

TEST_F(CollectionTest, NamesTheLineOfBrokenJudgements) {
  const struct {
    const char* bytes;
    const char* message;
  } kCases[] = {
      {"q\td\t1\nq\td2\tone\n", "line 2: the grade is not a whole number"},
      {"q\td\t1.5\n", "line 1: the grade is not a whole number"},
      {"q\td\t1\nquery\tdocument\tscore\n", "line 2: the grade is not a whole number"},
      {"q d\n",
       "line 1: expected query, document and grade apart by tabs, or the four columns of TREC "
       "qrels"},
      {"q\t\t1\n",
       "line 1: expected query, document and grade apart by tabs, or the four columns of TREC "
       "qrels"},
      {"q\td\t1\n\nq\td\t0\n", "line 3: this document was judged before with another grade"},
      {"query-id\tcorpus-id\tscore\n", "holds no judgement"},
  };
  for (const auto& one : kCases) {
    const auto file = write("qrels.tsv", one.bytes);
    const Result<Judgements> judgements = read_judgements(file);
    ASSERT_FALSE(judgements) << one.bytes;
    EXPECT_EQ(judgements.error().message, one.message);
    EXPECT_EQ(judgements.error().path, file.string());
  }
}

TEST_F(CollectionTest, NamesTheLineOfBrokenQueries) {
  const struct {
    const char* bytes;
    const char* message;
  } kCases[] = {
      {"{\"_id\": \"a\", \"text\": \"x\"}\n{\"_id\": \"b\"", "line 2: not JSON"},
      {"{\"_id\": \"a\", \"text\": \"\xFF\"}\n", "line 1: not JSON"},
      {"[1]\n", "line 1: not a JSON object"},
      {"{\"text\": \"x\"}\n", "line 1: has no \"_id\" that is a string"},
      {"{\"_id\": \"\", \"text\": \"x\"}\n", "line 1: \"_id\" is empty"},
      {"{\"_id\": \"a\", \"text\": 7}\n", "line 1: \"text\" is not a string"},
      {"{\"_id\": \"a\"}\n{\"_id\": \"a\"}\n", "line 2: a query of this _id stands further up"},
  };
  for (const auto& one : kCases) {
    const auto queries = read_queries(write("queries.jsonl", one.bytes));
    ASSERT_FALSE(queries) << one.bytes;
    EXPECT_EQ(queries.error().message, one.message);
  }
}

TEST_F(CollectionTest, NamesTheLineOfBrokenTopics) {
  const struct {
    const char* bytes;
    const char* message;
  } kCases[] = {
      {"<top>\n<num> 1\n<title> a\n", "line 1: <top> is never closed"},
      {"\n<top>\n<title> a\n</top>\n", "line 2: a topic has no <num>"},
      {"<top>\n<num> 1\n</top>\n", "line 1: a topic has no <title>"},
      {"<top>\n<num> 1\n<top>\n", "line 3: <top> inside of a <top>"},
      {"<top><num><title>a</top>\n", "line 1: a topic's <num> is empty"},
  };
  for (const auto& one : kCases) {
    const auto topics = read_topics(write("topics", one.bytes));
    ASSERT_FALSE(topics) << one.bytes;
    EXPECT_EQ(topics.error().message, one.message);
  }
}

TEST_F(CollectionTest, CorpusReadsEachDocumentAgain) {
  const auto file = write("corpus.jsonl",
                          "\xEF\xBB\xBF{\"_id\": \"b\", \"title\": \"T\", \"text\": \"one\"}\r\n\n"
                          "{\"_id\": \"a\", \"title\": null, \"text\": \"\xC3\xA9\\u0000\"}");
  const Result<Corpus> corpus = Corpus::open(file);
  ASSERT_TRUE(corpus) << corpus.error().message;
  ASSERT_EQ(corpus->places().size(), 2u);
  const Result<CollectionDocument> second = corpus->read(corpus->places()[1]);
  const Result<CollectionDocument> first = corpus->read(corpus->places()[0]);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->id, "b");
  EXPECT_EQ(first->title, "T");
  EXPECT_EQ(first->text, "one");
  EXPECT_EQ(second->id, "a");
  EXPECT_EQ(second->title, "");
  EXPECT_EQ(second->text, std::string("\xC3\xA9\0", 3));
}

TEST_F(CollectionTest, NamesTheLineOfABrokenCorpus) {
  const struct {
    const char* bytes;
    const char* message;
  } kCases[] = {
      {"{\"_id\": \"a\"}\n{\"_id\": \"a\"}\n", "line 2: a document of this _id stands further up"},
      {"{\"_id\": \"a\"}\nnonsense\n", "line 2: not JSON"},
      {"{\"_id\": \"a\", \"title\": []}\n", "line 1: \"title\" is not a string"},
      {"\n\n", "holds no document"},
  };
  for (const auto& one : kCases) {
    const Result<Corpus> corpus = Corpus::open(write("corpus.jsonl", one.bytes));
    ASSERT_FALSE(corpus) << one.bytes;
    EXPECT_EQ(corpus.error().message, one.message);
  }
}

TEST_F(CollectionTest, ACorpusThatShrinksWhileReadIsAnError) {
  const auto file = write("corpus.jsonl", "{\"_id\": \"a\", \"text\": \"long enough\"}\n");
  const Result<Corpus> corpus = Corpus::open(file);
  ASSERT_TRUE(corpus);
  std::filesystem::resize_file(file, 5);
  const Result<CollectionDocument> document = corpus->read(corpus->places()[0]);
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().message, "line 1: the file became shorter while it was read");
}

}  // namespace
}  // namespace tome
