// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/year.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace tome::query {
namespace {

// Empty is 0, an open end.
std::optional<int> parse_year(std::string_view text) {
  if (text.empty()) return 0;
  if (text.size() > 4 || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  int year = 0;
  std::from_chars(text.data(), text.data() + text.size(), year);
  if (year == 0) return std::nullopt;
  return year;
}

}  // namespace

std::optional<Years> parse_years(std::string_view text) {
  std::string_view dots = "..";
  if (text.find(dots) == text.npos) dots = "…";
  const std::size_t at = text.find(dots);
  const bool range = at != text.npos;
  const std::optional<int> from = parse_year(text.substr(0, at));
  const std::optional<int> to = range ? parse_year(text.substr(at + dots.size())) : from;
  if (!from || !to || (*from == 0 && *to == 0)) return std::nullopt;
  Years years{*from, *to};
  if (years.to != 0 && years.from > years.to) std::swap(years.from, years.to);
  return years;
}

std::string format_years(int from, int to) {
  if (from == to) return fmt::format("{}", from);
  return fmt::format("{}..{}", from == 0 ? "" : fmt::format("{}", from),
                     to == 0 ? "" : fmt::format("{}", to));
}

}  // namespace tome::query
