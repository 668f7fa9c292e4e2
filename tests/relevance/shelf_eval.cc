// SPDX-License-Identifier: GPL-2.0-or-later
// The project's own judged questions: indexes corpus/, asks each question as `tome books` and
// `tome search` do, and prints or checks the measures.
//
//   shelf_eval CORPUS QUESTIONS.tsv [--weight NAME=VALUE]... [--verbose]
//   shelf_eval CORPUS QUESTIONS.tsv --record FILE    writes each question's nDCG@10
//   shelf_eval CORPUS QUESTIONS.tsv --check FILE     fails when a mean fell by more than 0.01
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "eval/measures.h"
#include "eval/temporary_folder.h"
#include "tome/index.h"
#include "tome/search.h"

namespace {

constexpr double kTolerance = 0.01;

struct JudgedQuestion {
  std::string id;
  std::string kind;
  std::string text;
  tome::Grades books;              // slug -> grade
  std::set<std::string> passages;  // "books/slug.md#Heading"
};

struct Score {
  double books = 0;      // nDCG@10
  double first = 0;      // Success@1
  double best = 0;       // the first book is one of the best (grade 3)
  double passages = -1;  // nDCG@10 of the judged passages; -1: none judged
};

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) parts.push_back(part);
  return parts;
}

std::vector<JudgedQuestion> read_questions(const char* file) {
  std::vector<JudgedQuestion> questions;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> fields = split(line, '\t');
    if (fields.size() < 4) continue;
    JudgedQuestion question{fields[0], fields[1], fields[2], {}, {}};
    for (const std::string& entry : split(fields[3], ',')) {
      const std::size_t equals = entry.find('=');
      question.books[entry.substr(0, equals)] = std::stoi(entry.substr(equals + 1));
    }
    if (fields.size() > 4) {
      for (const std::string& entry : split(fields[4], '|')) question.passages.insert(entry);
    }
    questions.push_back(std::move(question));
  }
  return questions;
}

// The description that stands under books/ names a work in the judgements.
std::map<std::string, std::string> slugs(tome::Shelf& shelf) {
  std::map<std::string, std::string> by_work;
  tome::Result<std::vector<tome::WorkView>> works = shelf.works();
  if (!works) return by_work;
  for (const tome::WorkView& work : *works) {
    for (const std::string& file : work.files) {
      const std::filesystem::path path = file;
      if (path.parent_path().filename() == "books") by_work[work.work.id] = path.stem().string();
    }
  }
  return by_work;
}

double ndcg(const tome::Ranking& ranking, const tome::Grades& grades) {
  return tome::measure(ranking, grades)[static_cast<std::size_t>(tome::Measure::kNdcg10)];
}

tome::Ranking ranking_of(const std::vector<std::string>& names) {
  tome::Ranking ranking;
  std::set<std::string> seen;
  for (const std::string& name : names) {
    if (seen.insert(name).second) ranking.push_back({name, -static_cast<float>(ranking.size())});
  }
  return ranking;
}

Score ask(tome::Shelf& shelf, const JudgedQuestion& question,
          const std::map<std::string, std::string>& slug_of, tome::SearchOptions options) {
  Score score;
  options.snippets = false;
  const auto books = shelf.books(question.text, options);
  std::vector<std::string> names;
  if (books.ok()) {
    for (const tome::BookHit& hit : books->hits) {
      const auto slug = slug_of.find(hit.work.id);
      names.push_back(slug == slug_of.end() ? hit.work.id : slug->second);
    }
  }
  const tome::Ranking ranking = ranking_of(names);
  score.books = ndcg(ranking, question.books);
  if (!names.empty()) {
    const auto grade = question.books.find(names.front());
    score.first = grade != question.books.end() && grade->second >= 1;
    score.best = grade != question.books.end() && grade->second >= 3;
  }
  if (question.passages.empty()) return score;
  const auto passages = shelf.search(question.text, options);
  names.clear();
  if (passages.ok()) {
    for (const tome::PassageHit& hit : passages->hits) {
      const auto& headings = hit.locator.headings;
      names.push_back(hit.locator.path + "#" + (headings.empty() ? "" : headings.back()));
    }
  }
  tome::Grades grades;
  for (const std::string& passage : question.passages) grades[passage] = 1;
  score.passages = ndcg(ranking_of(names), grades);
  return score;
}

struct Recorded {
  double books = 0;
  double passages = -1;
};

std::map<std::string, Recorded> read_recorded(const char* file) {
  std::map<std::string, Recorded> recorded;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const std::vector<std::string> fields = split(line, '\t');
    if (fields.size() == 3 && line[0] != '#') {
      recorded[fields[0]] = {std::stod(fields[1]), std::stod(fields[2])};
    }
  }
  return recorded;
}

// Compares one measure with what was recorded; prints what fell when the mean did.
bool held(const char* what, const std::vector<JudgedQuestion>& questions,
          const std::vector<Score>& scores, const std::map<std::string, Recorded>& recorded,
          double Score::*now, double Recorded::*then) {
  double sum_now = 0;
  double sum_then = 0;
  std::size_t count = 0;
  std::string fallen;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const auto old = recorded.find(questions[i].id);
    if (old == recorded.end() || old->second.*then < 0) continue;
    ++count;
    sum_now += scores[i].*now;
    sum_then += old->second.*then;
    if (scores[i].*now < old->second.*then - 1e-4) {
      fallen += fmt::format("  {} {:.4f} -> {:.4f}  {}\n", questions[i].id, old->second.*then,
                            scores[i].*now, questions[i].text);
    }
  }
  if (count == 0) {
    fmt::print("no recorded {} for these questions\n", what);
    return false;
  }
  const double n = static_cast<double>(count);
  fmt::print("{} nDCG@10 {:.4f}, recorded {:.4f}\n", what, sum_now / n, sum_then / n);
  if (sum_now / n >= sum_then / n - kTolerance) return true;
  fmt::print("it fell by more than {}; the questions that fell:\n{}", kTolerance, fallen);
  return false;
}

void print_means(const std::vector<JudgedQuestion>& questions, const std::vector<Score>& scores) {
  std::map<std::string, std::vector<Score>> groups;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    groups["all"].push_back(scores[i]);
    groups[questions[i].kind].push_back(scores[i]);
  }
  for (const auto& [name, group] : groups) {
    double books = 0, first = 0, best = 0, passages = 0, judged = 0;
    for (const Score& score : group) {
      books += score.books;
      first += score.first;
      best += score.best;
      if (score.passages >= 0) passages += score.passages, judged += 1;
    }
    const double n = static_cast<double>(group.size());
    fmt::print(
        "{:9} {:3} questions  books nDCG@10 {:.4f}  Success@1 {:.4f}  best first {:.4f}  "
        "passages nDCG@10 {:.4f} ({})\n",
        name, group.size(), books / n, first / n, best / n, judged > 0 ? passages / judged : 0,
        judged);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: shelf_eval CORPUS QUESTIONS.tsv [--record FILE | --check FILE]\n");
    return 2;
  }
  const std::vector<JudgedQuestion> questions = read_questions(argv[2]);
  tome::SearchOptions options;
  const char* record = nullptr;
  const char* check = nullptr;
  bool verbose = false;
  for (int i = 3; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--verbose") verbose = true;
    if (i + 1 == argc) continue;
    if (word == "--record") record = argv[i + 1];
    if (word == "--check") check = argv[i + 1];
    if (word == "--weight" && !tome::set_weight(argv[i + 1], options.weights)) return 2;
  }
  tome::Result<tome::TemporaryFolder> folder = tome::TemporaryFolder::make("tome-shelf");
  if (!folder) return 3;
  tome::IndexOptions index;
  index.excludes = {"/README.md", "/LICENSE"};
  const auto report = tome::update_index(folder->path(), {argv[1]}, index);
  if (!report) {
    std::fprintf(stderr, "%s\n", report.error().message.c_str());
    return 3;
  }
  tome::Result<tome::Shelf> shelf = tome::Shelf::open(folder->path());
  if (!shelf) return 3;
  const auto slug_of = slugs(*shelf);
  std::vector<Score> scores;
  for (const JudgedQuestion& question : questions) {
    scores.push_back(ask(*shelf, question, slug_of, options));
    if (verbose) {
      fmt::print("{} {:.4f} {:.0f} {:.4f}  {}\n", question.id, scores.back().books,
                 scores.back().first, scores.back().passages, question.text);
    }
  }
  print_means(questions, scores);
  if (record != nullptr) {
    std::ofstream out(record, std::ios::app);
    for (std::size_t i = 0; i < questions.size(); ++i) {
      out << fmt::format("{}\t{:.4f}\t{:.4f}\n", questions[i].id, scores[i].books,
                         scores[i].passages);
    }
  }
  if (check == nullptr) return 0;
  const auto recorded = read_recorded(check);
  const bool books = held("books", questions, scores, recorded, &Score::books, &Recorded::books);
  const bool passages =
      held("passages", questions, scores, recorded, &Score::passages, &Recorded::passages);
  return books && passages ? 0 : 1;
}
