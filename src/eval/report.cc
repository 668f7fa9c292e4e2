// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMovers = 10;      // queries to name each way
constexpr std::size_t kQueryBytes = 90;  // of a query's words on its line
constexpr double kTie = 1e-9;            // differences below come from rounding

std::vector<double> subtract(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> differences(a.size());
  std::transform(a.begin(), a.end(), b.begin(), differences.begin(), [](double now, double before) {
    const double difference = now - before;
    return std::abs(difference) < kTie ? 0.0 : difference;
  });
  return differences;
}

std::string shorten(std::string_view text) {
  std::string words = squeeze(text);
  if (words.size() <= kQueryBytes) return words;
  words.resize(utf8_floor(words, kQueryBytes));
  return words + "...";
}

struct Mover {
  std::size_t query = 0;
  double difference = 0;
};

// The queries that moved most in the direction of `sign`, most first.
std::vector<Mover> movers(const std::vector<double>& differences, double sign) {
  std::vector<Mover> list;
  for (std::size_t i = 0; i < differences.size(); ++i) {
    if (differences[i] * sign > 0) list.push_back({i, differences[i]});
  }
  std::stable_sort(list.begin(), list.end(), [](const Mover& a, const Mover& b) {
    return std::abs(a.difference) > std::abs(b.difference);
  });
  list.resize(std::min(list.size(), kMovers));
  return list;
}

}  // namespace

void print_measures(std::ostream& out, const Evaluation& evaluation) {
  for (std::size_t i = 0; i < kMeasureNames.size(); ++i) {
    const std::vector<double> values = evaluation.of(static_cast<Measure>(i));
    const Interval interval = bootstrap(values);
    out << fmt::format("{} {:.4f} [{:.4f}, {:.4f}]\n", kMeasureNames[i], mean(values), interval.low,
                       interval.high);
  }
}

void print_comparison(std::ostream& out, const Evaluation& now, const Evaluation& before,
                      const Collection& collection, const std::string& name) {
  out << fmt::format("\nCompared with {}, {} queries:\n", name, now.queries.size());
  out << fmt::format("{:<12} {:>8} {:>6} {:>6} {:>6} {:>7}\n", "", "change", "wins", "losses",
                     "ties", "p");
  for (std::size_t i = 0; i < kMeasureNames.size(); ++i) {
    const Measure measure = static_cast<Measure>(i);
    const std::vector<double> differences = subtract(now.of(measure), before.of(measure));
    const auto wins = std::count_if(differences.begin(), differences.end(),
                                    [](double difference) { return difference > 0; });
    const auto losses = std::count_if(differences.begin(), differences.end(),
                                      [](double difference) { return difference < 0; });
    const auto ties = static_cast<std::ptrdiff_t>(differences.size()) - wins - losses;
    out << fmt::format("{:<12} {:>+8.4f} {:>6} {:>6} {:>6} {:>7.4f}\n", kMeasureNames[i],
                       mean(differences), wins, losses, ties, randomisation_p(differences));
  }
  std::map<std::string_view, std::string_view> words;
  for (const CollectionQuery& query : collection.queries) words.emplace(query.id, query.text);
  const std::vector<double> after = now.of(Measure::kNdcg10);
  const std::vector<double> earlier = before.of(Measure::kNdcg10);
  const std::vector<double> differences = subtract(after, earlier);
  for (const auto& [title, sign] : {std::pair("rose", 1.0), std::pair("fell", -1.0)}) {
    const std::vector<Mover> list = movers(differences, sign);
    if (list.empty()) continue;
    out << fmt::format("\nnDCG@10 {} most:\n", title);
    for (const Mover& mover : list) {
      const std::string& id = now.queries[mover.query];
      out << fmt::format("{:+.4f}  {:.4f} -> {:.4f}  {}  {}\n", mover.difference,
                         earlier[mover.query], after[mover.query], id, shorten(words[id]));
    }
  }
}

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const double rank = std::ceil(share * static_cast<double>(values.size()));
  const auto place = static_cast<std::size_t>(std::max(rank, 1.0)) - 1;
  return values[std::min(place, values.size() - 1)];
}

}  // namespace tome
