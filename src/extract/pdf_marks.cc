// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/pdf_marks.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "extract/labels.h"
#include "extract/layout.h"

namespace tome {
namespace {

long bucket(double size) { return std::lround(size * 2); }

}  // namespace

std::string_view item_text(std::string_view line) {
  constexpr std::array<std::string_view, 9> kMarks = {
      "\xE2\x80\xA2", "\xE2\x97\xA6", "\xE2\x96\xAA", "\xE2\x97\x8F", "\xE2\x97\x8B",
      "\xE2\x96\xA0", "\xE2\x96\xBA", "\xE2\x9E\xA2", "\xE2\x88\x99"};
  for (const std::string_view mark : kMarks) {
    if (!line.starts_with(mark)) continue;
    const std::size_t rest = line.find_first_not_of(' ', mark.size());
    return rest == std::string_view::npos ? std::string_view() : line.substr(rest);
  }
  return bullet_text(line);
}

bool opens_numbered_item(std::string_view line) {
  if (split_number(line).number >= 0) return true;
  if (line.size() < 4 || (line[0] != '(' && line[0] != '[')) return false;
  const std::size_t close = line.find_first_of(")]");
  return close >= 2 && close <= 4 && close + 1 < line.size() && line[close + 1] == ' ';
}

LinePitches::LinePitches(const std::vector<PdfLine>& lines) {
  std::map<long, std::map<long, std::size_t>> counts;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const double step = lines[i].bottom - lines[i - 1].bottom;
    if (lines[i].page != lines[i - 1].page || step < 0.5 * lines[i].size ||
        step > 3 * lines[i].size) {
      continue;
    }
    ++counts[bucket(lines[i].size)][std::lround(step * 4)];
  }
  for (const auto& [size, steps] : counts) {
    const auto most =
        std::max_element(steps.begin(), steps.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most->second >= 3) pitch_[size] = static_cast<double>(most->first) / 4;
  }
}

double LinePitches::of(double size) const {
  const auto found = pitch_.find(bucket(size));
  return found == pitch_.end() ? 1.25 * size : found->second;
}

}  // namespace tome
