// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "eval/command.h"
#include "eval/folder.h"
#include "eval/measures.h"

namespace tome {
namespace {

using EvaluateTest = Folder;

TEST(CollectionIndex, PathsStandForIdsWithoutCollision) {
  for (const char* id : {"MED-10", "a b", "a%20b", "..", ".x", "a/b", "Ä", "%", "%4", "x%"}) {
    const std::string path = path_of_id(id);
    EXPECT_EQ(id_of_path(path), id);
    EXPECT_EQ(path.find_first_of("/ \\"), std::string::npos) << path;
    EXPECT_FALSE(path.starts_with('.')) << path;
  }
  EXPECT_EQ(path_of_id("a b"), "a%20b");
  EXPECT_EQ(path_of_id("a%20b"), "a%2520b");
}

TEST(CollectionIndex, ADocumentIsAHeadingAndAParagraphALine) {
  const Document document =
      make_document({"1", " Entropy\nand more ", "first line\r\n\n  second line\n"}, false);
  EXPECT_EQ(document.text, "Entropy and more\n\nfirst line\n\nsecond line");
  ASSERT_EQ(document.blocks.size(), 3u);
  EXPECT_EQ(document.blocks[0].style, Style::kHeading);
  EXPECT_EQ(document.blocks[0].level, 1);
  EXPECT_EQ(document.blocks[1].style, Style::kParagraph);
  EXPECT_EQ(document.text.substr(document.blocks[2].begin), "second line");
  EXPECT_EQ(document.blocks[2].end, document.text.size());
  EXPECT_TRUE(document.meta.title.empty());
  EXPECT_EQ(make_document({"1", "T", ""}, true).meta.title, "T");
  EXPECT_EQ(make_document({"1", "T", ""}, true).meta.kind, Kind::kBook);
  EXPECT_TRUE(make_document({"1", "", std::string("\0", 1)}, false).blocks.empty());
}

TEST(RankDocuments, BestPassageCountsAndScoresFall) {
  const std::vector<DocumentPage> pages = {
      {{{"a", 3.0}, {"b%20", 3.0}, {"a", 2.0}}, 3, true},
      {{{"b%20", 9.0}, {"c", 9.0}, {"d", -1.0}}, 2, true},
      {{}, 0, false},
  };
  std::vector<std::uint64_t> offsets;
  const Result<Ranking> ranking = rank_documents([&](std::uint64_t offset) {
    offsets.push_back(offset);
    return pages.at(offsets.size() - 1);
  });
  ASSERT_TRUE(ranking);
  EXPECT_EQ(offsets, (std::vector<std::uint64_t>{0, 3, 5}));
  std::string order;
  for (const RunEntry& entry : *ranking) order += entry.document + "|";
  EXPECT_EQ(order, "a|b |c|d|");
  EXPECT_EQ((*ranking)[0].score, 3.0f);
  EXPECT_EQ((*ranking)[3].score, -1.0f);
  Ranking sorted = *ranking;
  sort_ranking(sorted);  // as any other tool would: the order of the product
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    EXPECT_EQ(sorted[i].document, (*ranking)[i].document);
  }
}

TEST(RankDocuments, StopsAtTheDepthOfARun) {
  std::size_t asked = 0;
  const Result<Ranking> ranking = rank_documents([&](std::uint64_t offset) {
    ++asked;
    DocumentPage page;
    for (std::uint64_t i = 0; i < 60; ++i) page.hits.push_back({fmt::format("{}", offset + i), 1});
    page.results = 60;
    page.more = true;
    return page;
  });
  ASSERT_TRUE(ranking);
  EXPECT_EQ(ranking->size(), kRunDepth);
  EXPECT_EQ(asked, 2u);
}

TEST(RankDocuments, HandsOnAnError) {
  const Result<Ranking> ranking = rank_documents([](std::uint64_t) -> Result<DocumentPage> {
    return Error{Code::kDamaged, "broken", "", ""};
  });
  ASSERT_FALSE(ranking);
  EXPECT_EQ(ranking.error().code, Code::kDamaged);
}

// A corpus of a few documents through the whole product.
class WholePath : public EvaluateTest {
 protected:
  WholePath() {
    write("set/corpus.jsonl",
          R"({"_id": "d 1", "title": "Kettles", "text": "A kettle boils water for tea."})"
          "\n"
          R"({"_id": "d2", "title": "Teapots", "text": "A teapot keeps tea warm on the table."})"
          "\n"
          R"({"_id": "d3", "title": "Gardens", "text": "Roses grow in the garden behind us."})"
          "\n"
          R"({"_id": "d4", "title": "", "text": "Roses grow in the garden behind us."})"
          "\n");
    write("set/queries.jsonl",
          "{\"_id\": \"q1\", \"text\": \"What boils water?\"}\n"
          "{\"_id\": \"q2\", \"text\": \"zyzzyva\"}\n"
          "{\"_id\": \"q3\", \"text\": \"roses\"}\n");
    write("set/qrels/test.tsv", "q1\td 1\t1\nq2\td2\t1\nq3\td3\t1\nq3\td4\t1\n");
  }
};

TEST_F(WholePath, MeasuresWhatTheProductFinds) {
  const Result<Collection> collection = read_collection(path() / "set");
  ASSERT_TRUE(collection) << collection.error().message;
  for (const bool books : {false, true}) {
    EvaluateOptions options;
    options.books = books;
    options.threads = 2;
    const Result<Evaluated> evaluated = evaluate(*collection, options);
    ASSERT_TRUE(evaluated) << evaluated.error().message;
    EXPECT_EQ(evaluated->index.documents, 4u);
    EXPECT_GE(evaluated->index.passages, 4u);
    EXPECT_TRUE(evaluated->index.failed.empty());
    ASSERT_EQ(evaluated->queries.size(), 3u);
    ASSERT_TRUE(evaluated->run.count("q1"));
    EXPECT_EQ(evaluated->run.at("q1").front().document, "d 1");
    EXPECT_FALSE(evaluated->run.count("q2"));
    const Evaluation measured =
        measure_run(evaluated->run, collection->judgements, evaluated->queries);
    EXPECT_NEAR(mean(measured.of(Measure::kSuccess1)), 2.0 / 3, 1e-9);
    EXPECT_NEAR(mean(measured.of(Measure::kRecall100)), 2.0 / 3, 1e-9);
  }
}

TEST_F(WholePath, ShardsThatHoldTheCollectionAreMeasuredAsOneIndexIs) {
  const Result<Collection> collection = read_collection(path() / "set");
  ASSERT_TRUE(collection) << collection.error().message;
  std::ifstream in(path() / "set" / "corpus.jsonl");
  std::vector<std::string> parts(2);
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) parts[number++ % 2] += line + "\n";
  EvaluateOptions options;
  options.threads = 1;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string name = "part" + std::to_string(i);
    const auto index = path() / name;
    ASSERT_TRUE(index_collection(index, write(name + ".jsonl", parts[i]), false, 1).ok());
    options.shards.shards.push_back(index.string());
  }
  const Result<Evaluated> over = evaluate(*collection, options);
  ASSERT_TRUE(over) << over.error().message;
  EXPECT_EQ(over->index.documents, 4u);
  EXPECT_TRUE(over->index.reused);
  options.shards.shards.clear();
  const Result<Evaluated> one = evaluate(*collection, options);
  ASSERT_TRUE(one) << one.error().message;
  ASSERT_EQ(one->run.size(), over->run.size());
  for (const auto& [id, ranking] : one->run) {
    ASSERT_EQ(ranking.size(), over->run.at(id).size()) << id;
    for (std::size_t i = 0; i < ranking.size(); ++i) {
      EXPECT_EQ(ranking[i].document, over->run.at(id)[i].document) << id;
      EXPECT_NEAR(ranking[i].score, over->run.at(id)[i].score, 1e-6) << id;
    }
  }
  options.shards.shards = {(path() / "part0").string(), (path() / "none").string()};
  EXPECT_EQ(evaluate(*collection, options).error().code, Code::kUnreachable);
}

TEST_F(WholePath, AnIndexIsUsedAgainAndAStrangerIsNotTouched) {
  const auto corpus = path() / "set" / "corpus.jsonl";
  const auto index = path() / "index";
  Result<CollectionIndex> made = index_collection(index, corpus, false, 1);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_FALSE(made->reused);
  Result<CollectionIndex> again = index_collection(index, corpus, false, 1);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_TRUE(again->reused);
  EXPECT_EQ(again->documents, made->documents);
  EXPECT_EQ(again->passages, made->passages);
  Result<CollectionIndex> books = index_collection(index, corpus, true, 1);
  ASSERT_TRUE(books) << books.error().message;
  EXPECT_FALSE(books->reused);
  const auto own = write("own/shelf.toml", "").parent_path();
  const Result<CollectionIndex> refused = index_collection(own, corpus, false, 1);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kRefused);
}

TEST_F(WholePath, TheCommandPrintsAndCompares) {
  EvalOptions options;
  options.dir = path() / "set";
  options.index = path() / "index";
  options.threads = 1;
  options.run_file = path() / "run";
  std::ostringstream out, err;
  EXPECT_EQ(eval_command(options, out, err), 1) << "the ID \"d 1\" does not fit into a run";
  EXPECT_NE(err.str().find("white space"), std::string::npos) << err.str();

  options.run_file.clear();
  options.compare_file = write("old", "q1 Q0 d2 1 5 t\nq2 Q0 d2 1 5 t\nq3 Q0 d3 1 5 t\n");
  out.str("");
  err.str("");
  ASSERT_EQ(eval_command(options, out, err), 0) << err.str();
  EXPECT_EQ(out.str().find("nDCG@10 0.6667 [0.0000, 1.0000]\n"), 0u) << out.str();
  EXPECT_NE(out.str().find("nDCG@10 rose most:\n+1.0000  0.0000 -> 1.0000  q1  What boils"),
            std::string::npos)
      << out.str();
  EXPECT_NE(out.str().find("fell most:\n-1.0000  1.0000 -> 0.0000  q2  zyzzyva\n"),
            std::string::npos)
      << out.str();
  EXPECT_NE(err.str().find("3 queries: p50 "), std::string::npos) << err.str();
}

}  // namespace
}  // namespace tome
