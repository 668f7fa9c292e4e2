// SPDX-License-Identifier: GPL-2.0-or-later
#include "tome/weights.h"

#include <cmath>
#include <cstdlib>
#include <string>

namespace tome {

bool set_weight(std::string_view text, RankWeights& weights) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string value(text.substr(equals + 1));
  char* end = nullptr;
  const double number = std::strtod(value.c_str(), &end);
  if (value.empty() || *end != '\0' || !std::isfinite(number)) return false;
  for (const WeightName& known : kWeightNames) {
    if (known.name != text.substr(0, equals)) continue;
    weights.*known.weight = number;
    return true;
  }
  return false;
}

}  // namespace tome
