// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/weigher.h"

#include <algorithm>
#include <cmath>

#include "store/xapian_query.h"

namespace tome {
namespace {

constexpr std::size_t kLargeSet = 12;  // terms of a filter whose documents are gathered

// A count of documents; a damaged table may have told of any number of them.
Xapian::doccount at_most(double count, Xapian::doccount documents) {
  return count > 0 ? static_cast<Xapian::doccount>(std::min<double>(count, documents)) : 0;
}

// How many passages have any of some words, as Xapian estimates it where to_xapian() pairs them.
double frequency_of_any(const std::vector<double>& each, std::size_t begin, std::size_t end,
                        double passages) {
  if (end - begin == 1) return each[begin];
  const std::size_t middle = begin + (end - begin) / 2;
  const double one = frequency_of_any(each, begin, middle, passages);
  const double two = frequency_of_any(each, middle, end, passages);
  return std::floor(one + two - one * two * (1.0 / passages) + 0.5);
}

}  // namespace

// Whether the words of a match are terms, or stems with the languages that make them.
bool is_of_words(const Match& match) {
  const auto is_term = [](const Match& part) { return part.op == Match::Op::kTerm; };
  const auto is_stem = [&](const Match& part) {
    return is_term(part) ||
           (part.op == Match::Op::kFilter && part.parts.size() == 2 && is_term(part.parts[0]) &&
            part.parts[1].op == Match::Op::kSynonym && !part.parts[1].parts.empty() &&
            std::all_of(part.parts[1].parts.begin(), part.parts[1].parts.end(), is_term));
  };
  if (match.op == Match::Op::kSynonym) {
    return std::all_of(match.parts.begin(), match.parts.end(), is_stem);
  }
  if (match.op == Match::Op::kFilter || match.op == Match::Op::kAndNot) {
    return match.parts.empty() || is_of_words(match.parts.front());
  }
  return std::all_of(match.parts.begin(), match.parts.end(), is_of_words);
}

Weigher::Weigher(std::vector<WeighedSegment> segments, const Xapian::Database& all,
                 const Bm25& bm25)
    : segments_(std::move(segments)),
      curve_{bm25.k1, bm25.b, all.get_avlength() > 0 ? 1 / all.get_avlength() : 0},
      passages_(all.get_doccount()) {}

Found Weigher::ask(const Match& match, std::uint64_t from, std::uint64_t count, double least) {
  Found out;
  const std::size_t wanted = from + count;
  const std::size_t segments = segments_.size();
  for (std::size_t i = 0; i < segments; ++i) {
    const Xapian::Database& database = segments_[i].database;
    if (database.get_doccount() == 0) continue;
    Xapian::Enquire enquire(database);
    enquire.set_query(query(match, i, 1));
    // With BoolWeight sources would weigh nothing either; what else there is stands in filters.
    enquire.set_weighting_scheme(Xapian::BM25Weight());
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    if (least > 0) enquire.set_cutoff(0, least);
    const Xapian::MSet found = enquire.get_mset(0, bounded(wanted));
    out.estimate += found.get_matches_estimated();
    for (auto it = found.begin(); it != found.end(); ++it) {
      const std::size_t inside = *it;
      const std::size_t document = (inside - 1) * segments + i + 1;
      out.list.push_back({static_cast<std::uint32_t>(document), it.get_weight()});
    }
  }
  std::sort(out.list.begin(), out.list.end(), [](const Candidate& a, const Candidate& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.document < b.document;
  });
  if (out.list.size() > wanted) out.list.resize(wanted);
  out.list.erase(out.list.begin(), out.list.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                          from, std::uint64_t{out.list.size()})));
  return out;
}

// Scales go into the weights: Xapian does not tell a source what is left for it below a scale.
Xapian::Query Weigher::query(const Match& match, std::size_t segment, double scale) {
  const std::span<const Match> parts = match.parts;
  const double inner = scale * match.scale;
  switch (match.op) {
    case Match::Op::kTerm:
    case Match::Op::kSynonym:
    case Match::Op::kOr:
      return any_of({&match, 1}, {}, segment, scale);
    case Match::Op::kAndMaybe:
      if (parts.empty()) return Xapian::Query::MatchNothing;
      return any_of(parts.first(1), parts.subspan(1), segment, inner);
    case Match::Op::kAnd: {
      if (parts.empty()) return Xapian::Query::MatchNothing;
      std::vector<Xapian::Query> all;
      for (const Match& part : parts) all.push_back(query(part, segment, inner));
      return Xapian::Query(Xapian::Query::OP_AND, all.begin(), all.end());
    }
    case Match::Op::kFilter:
    case Match::Op::kAndNot: {
      if (parts.empty()) return Xapian::Query::MatchNothing;
      std::vector<Xapian::Query> others;
      for (const Match& part : parts.subspan(1)) others.push_back(unweighed(part, segment));
      Xapian::Query first = query(parts.front(), segment, inner);
      if (others.empty()) return first;
      if (match.op == Match::Op::kFilter) {
        return Xapian::Query(Xapian::Query::OP_FILTER, first,
                             Xapian::Query(Xapian::Query::OP_AND, others.begin(), others.end()));
      }
      return Xapian::Query(Xapian::Query::OP_AND_NOT, first,
                           Xapian::Query(Xapian::Query::OP_OR, others.begin(), others.end()));
    }
    case Match::Op::kAll:
      return Xapian::Query::MatchAll;
    case Match::Op::kNone:
      break;
  }
  return Xapian::Query::MatchNothing;
}

// Words, and what is none, of an OR and the ORs in it.
void Weigher::collect(std::span<const Match> parts, std::size_t segment, double scale,
                      std::vector<WeighedWord>& words, std::vector<Xapian::Query>& others) {
  for (const Match& part : parts) {
    if (part.op == Match::Op::kOr) {
      collect(part.parts, segment, scale * part.scale, words, others);
    } else if (part.op == Match::Op::kTerm || part.op == Match::Op::kSynonym) {
      std::optional<WeighedWord> word = this->word(part, segment, scale * part.scale);
      if (word) words.push_back(*std::move(word));
    } else {
      others.push_back(query(part, segment, scale));
    }
  }
}

// Any of `parts`; what of `more` stands there too adds to the weight.
Xapian::Query Weigher::any_of(std::span<const Match> parts, std::span<const Match> more,
                              std::size_t segment, double scale) {
  std::vector<WeighedWord> words, more_words;
  std::vector<Xapian::Query> others, more_others;
  collect(parts, segment, scale, words, others);
  if (words.empty() && others.empty()) return Xapian::Query::MatchNothing;
  collect(more, segment, scale, more_words, more_others);
  const auto source = [&](std::vector<WeighedWord> of, std::vector<WeighedWord> beside) {
    return Xapian::Query(
        (new WeighedSource(std::move(of), std::move(beside), curve_, segments_[segment].lengths))
            ->release());
  };
  if (others.empty() && more_others.empty()) return source(std::move(words), std::move(more_words));
  if (!words.empty()) others.push_back(source(std::move(words), {}));
  Xapian::Query any(Xapian::Query::OP_OR, others.begin(), others.end());
  if (!more_words.empty()) more_others.push_back(source(std::move(more_words), {}));
  if (more_others.empty()) return any;
  return Xapian::Query(Xapian::Query::OP_AND_MAYBE, any,
                       Xapian::Query(Xapian::Query::OP_OR, more_others.begin(), more_others.end()));
}

// What weighs nothing; an OR of many terms is a set, which is kept for the next question.
Xapian::Query Weigher::unweighed(const Match& match, std::size_t segment) {
  if (match.op != Match::Op::kOr && match.op != Match::Op::kAnd) return to_xapian(match);
  const auto is_term = [](const Match& part) { return part.op == Match::Op::kTerm; };
  if (match.op == Match::Op::kOr && match.parts.size() >= kLargeSet &&
      std::all_of(match.parts.begin(), match.parts.end(), is_term)) {
    std::vector<std::string> terms;
    terms.reserve(match.parts.size());
    for (const Match& part : match.parts) terms.push_back(part.term);
    const WeighedSegment& in = segments_[segment];
    return Xapian::Query((new SetSource(in.sets->of(in.database, terms)))->release());
  }
  std::vector<Xapian::Query> parts;
  for (const Match& part : match.parts) parts.push_back(unweighed(part, segment));
  return Xapian::Query(match.op == Match::Op::kOr ? Xapian::Query::OP_OR : Xapian::Query::OP_AND,
                       parts.begin(), parts.end());
}

std::optional<WeighedWord> Weigher::word(const Match& match, std::size_t segment, double scale) {
  WeighedWord word;
  std::vector<double> all, here;  // passages with each part
  const auto add = [&](const Match& part) {
    if (part.op == Match::Op::kTerm) {
      const Frequency& frequency = this->frequency(part.term);
      all.push_back(frequency.all);
      here.push_back(frequency.of[segment]);
      word.parts.push_back({part.term, {}});
      return;
    }
    // A stem of rare languages.
    const Frequency& frequency = this->frequency(part.parts[0].term);
    WeighedWord::Part restricted{part.parts[0].term, {}};
    std::vector<double> languages;
    for (const Match& language : part.parts[1].parts) {
      languages.push_back(this->frequency(language.term).all);
      restricted.among.push_back(language.term);
    }
    const double among = frequency_of_any(languages, 0, languages.size(), passages_);
    // Alone it is no synonym, and weighs as its term does.
    all.push_back(match.parts.size() == 1 ? frequency.all
                                          : std::floor(frequency.all * among / passages_ + 0.5));
    here.push_back(std::min<double>(frequency.of[segment], among));
    word.parts.push_back(std::move(restricted));
  };
  if (match.op == Match::Op::kTerm) {
    add(match);
  } else {
    for (const Match& part : match.parts) add(part);
  }
  if (word.parts.empty()) return std::nullopt;
  const Xapian::doccount documents = segments_[segment].database.get_doccount();
  double sum = 0;
  for (std::size_t i = 0; i < here.size(); ++i) {
    sum += here[i];
    if (word.parts[i].among.empty()) {
      word.fewest = std::max(word.fewest, at_most(here[i], documents));
    }
  }
  word.most = at_most(sum, documents);
  word.about = at_most(frequency_of_any(here, 0, here.size(), documents), documents);
  word.about = std::clamp(word.about, word.fewest, std::max(word.fewest, word.most));
  if (word.most == 0) return std::nullopt;
  word.weight = scale * curve_.rarity(passages_, frequency_of_any(all, 0, all.size(), passages_));
  return word;
}

const Weigher::Frequency& Weigher::frequency(const std::string& term) {
  const auto [place, fresh] = frequencies_.try_emplace(term);
  if (fresh) {
    for (const WeighedSegment& segment : segments_) {
      place->second.of.push_back(segment.database.get_termfreq(term));
      place->second.all += place->second.of.back();
    }
  }
  return place->second;
}

}  // namespace tome
