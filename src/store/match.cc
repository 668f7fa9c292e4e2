// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/match.h"

#include "store/xapian_query.h"

namespace tome {
namespace {

Xapian::Query::op group_op(Match::Op op) {
  switch (op) {
    case Match::Op::kAnd:
      return Xapian::Query::OP_AND;
    case Match::Op::kAndNot:
      return Xapian::Query::OP_AND_NOT;
    case Match::Op::kAndMaybe:
      return Xapian::Query::OP_AND_MAYBE;
    case Match::Op::kFilter:
      return Xapian::Query::OP_FILTER;
    default:
      return Xapian::Query::OP_OR;
  }
}

// Synonyms two by two. How often any of them occurs is estimated, and rounded where two meet: a
// fixed tree makes it the same number in every segment and shard, where Xapian's own puts together
// first what is rare there.
Xapian::Query pair_up(const std::vector<Xapian::Query>& parts, std::size_t begin, std::size_t end) {
  if (end - begin == 1) return parts[begin];
  const std::size_t middle = begin + (end - begin) / 2;
  return {Xapian::Query::OP_SYNONYM, pair_up(parts, begin, middle), pair_up(parts, middle, end)};
}

}  // namespace

Match match_term(std::string term, double scale) {
  Match match;
  match.op = Match::Op::kTerm;
  match.term = std::move(term);
  match.scale = scale;
  return match;
}

Match match_of(Match::Op op, std::vector<Match> parts, double scale) {
  Match match;
  match.op = op;
  match.parts = std::move(parts);
  match.scale = scale;
  return match;
}

Match wide(Match match) {
  for (Match& part : match.parts) part = wide(std::move(part));
  if (match.narrows.empty()) return match;
  Match first = std::move(match.parts.front());
  first.scale *= match.scale;
  return first;
}

Xapian::Query to_xapian(const Match& match) {
  Xapian::Query query;
  switch (match.op) {
    case Match::Op::kNone:
      return Xapian::Query::MatchNothing;
    case Match::Op::kAll:
      return Xapian::Query::MatchAll;
    case Match::Op::kTerm:
      query = Xapian::Query(match.term);
      break;
    default: {
      std::vector<Xapian::Query> parts;
      for (const Match& part : match.parts) parts.push_back(to_xapian(part));
      if (parts.empty()) return Xapian::Query::MatchNothing;
      if (parts.size() > 2 && (match.op == Match::Op::kAndNot || match.op == Match::Op::kAndMaybe ||
                               match.op == Match::Op::kFilter)) {
        // These take two sides: what follows the first is one group.
        const auto rest =
            match.op == Match::Op::kFilter ? Xapian::Query::OP_AND : Xapian::Query::OP_OR;
        const Xapian::Query others(rest, parts.begin() + 1, parts.end());
        query = Xapian::Query(group_op(match.op), parts[0], others);
      } else if (match.op == Match::Op::kSynonym) {
        query = pair_up(parts, 0, parts.size());
      } else {
        query = Xapian::Query(group_op(match.op), parts.begin(), parts.end());
      }
    }
  }
  return match.scale == 1.0 ? query
                            : Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, match.scale);
}

}  // namespace tome
