// SPDX-License-Identifier: GPL-2.0-or-later
// Counts of filter values among the works of the ranked candidates.
#include <algorithm>
#include <set>

#include "rank/asking.h"

namespace tome {
namespace {

constexpr std::size_t kMostValues = 20;

std::vector<FacetValue> sorted(const std::map<std::string, std::set<std::size_t>>& works) {
  std::vector<FacetValue> values;
  values.reserve(works.size());
  for (const auto& [value, list] : works) values.push_back({value, list.size()});
  std::stable_sort(values.begin(), values.end(),
                   [](const FacetValue& a, const FacetValue& b) { return a.works > b.works; });
  if (values.size() > kMostValues) values.resize(kMostValues);
  return values;
}

}  // namespace

Facets count_facets(const Asking& asking, const std::vector<Ranked>& list) {
  std::set<std::size_t> works;
  std::map<std::string, std::set<std::size_t>> topics, kinds, authors, years, languages;
  for (const Ranked& ranked : list) {
    for (const std::string& key : ranked.passage.works) {
      const std::size_t work = asking.catalogue.index_of(key);
      if (work >= asking.catalogue.size()) continue;
      languages[ranked.passage.language].insert(work);
      if (!works.insert(work).second) continue;
      const WorkInfo& info = asking.catalogue.work(work).info;
      for (const std::string& topic : info.topics) topics[topic].insert(work);
      for (const std::string& author : info.authors) authors[author].insert(work);
      if (info.kind != Kind::kUnknown) {
        kinds[info.kind == Kind::kBook ? "book" : "article"].insert(work);
      }
      if (info.year != 0) years[std::to_string(info.year)].insert(work);
    }
  }
  Facets facets;
  facets.works = works.size();
  facets.topics = sorted(topics);
  facets.kinds = sorted(kinds);
  facets.authors = sorted(authors);
  facets.years = sorted(years);
  facets.languages = sorted(languages);
  return facets;
}

}  // namespace tome
