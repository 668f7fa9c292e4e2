// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/pdf_margins.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "text/ascii.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kFewest = 3;     // pages that make a repetition
constexpr std::size_t kDeepest = 4;    // rows from the edge
constexpr double kMargin = 0.2;        // of the page's height, where such rows stand
constexpr double kSameHeight = 3;      // points
constexpr std::size_t kLongest = 300;  // bytes; a longer row is text

// Lines of one height: a header's left and right part.
struct Edge {
  std::vector<std::size_t> lines;
  double place = 0;  // from the edge
  double size = 0;
  std::string text;  // folded, parts joined by a space
  std::string key;   // with "#" for each number
};

std::string without_numbers(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_ascii_digit(text[i])) {
      out += text[i];
    } else if (out.empty() || out.back() != '#') {
      out += '#';
    }
  }
  return out;
}

// "- 12 -", "[iv]", "12 |": the number; else empty.
std::string_view bare_number(std::string_view text) {
  constexpr std::string_view kAround = " -[]()|/.\xE2\x80\x93\xE2\x80\x94";
  const std::size_t begin = text.find_first_not_of(kAround);
  if (begin == std::string_view::npos) return {};
  text = text.substr(begin, text.find_last_not_of(kAround) + 1 - begin);
  const bool digits = std::all_of(text.begin(), text.end(), is_ascii_digit);
  const bool roman = text.find_first_not_of("ivxlcdm") == std::string_view::npos;
  return (digits && text.size() <= 5) || (roman && text.size() <= 8) ? text : std::string_view();
}

// The outermost rows of the page, from its edge inwards.
std::vector<Edge> edges_of(const PdfPage& page, bool top) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    const PdfLine& line = page.lines[i];
    if (line.turned != 0) continue;
    const double place = top ? line.top : page.height - line.bottom;
    if (place < kMargin * page.height) order.emplace_back(place, i);
  }
  std::sort(order.begin(), order.end());
  std::vector<Edge> out;
  for (const auto& [place, i] : order) {
    const PdfLine& line = page.lines[i];
    if (out.empty() || place - out.back().place > kSameHeight) {
      if (out.size() == kDeepest) break;
      out.push_back({{}, place, 0, "", ""});
    }
    Edge& edge = out.back();
    edge.lines.push_back(i);
    edge.size = std::max(edge.size, line.size);
    if (edge.text.size() < kLongest) {
      if (!edge.text.empty()) edge.text += ' ';
      edge.text += fold(squeeze(line.text));
    }
  }
  for (Edge& edge : out) edge.key = without_numbers(edge.text);
  return out;
}

// How far the printed number of most pages is from their place in the file.
class Numbering {
 public:
  void see(std::size_t page, const Edge& edge) {
    const std::string_view number = bare_number(edge.text);
    if (!number.empty() && is_ascii_digit(number[0])) ++offsets_[value(number) - number_of(page)];
  }
  void decide() {
    std::size_t best = kFewest - 1;
    for (const auto& [offset, pages] : offsets_) {
      if (pages > best) {
        best = pages;
        offset_ = offset;
      }
    }
  }
  bool is_number(std::size_t page, std::string_view number, const std::string& label) const {
    if (number.empty()) return false;
    if (number == label) return true;
    if (!is_ascii_digit(number[0])) return false;
    return value(number) == number_of(page) || value(number) == number_of(page) + offset_;
  }
  // Whether the row opens or ends with the page's number.
  bool holds_number(std::size_t page, std::string_view text, const std::string& label) const {
    const std::size_t first = std::min(text.find(' '), text.size());
    const std::size_t last = text.rfind(' ') + 1;  // npos + 1 is 0
    for (const std::string_view word : {text.substr(0, first), text.substr(last)}) {
      if (is_number(page, bare_number(word), label)) return true;
    }
    return false;
  }

 private:
  static long value(std::string_view digits) {
    return std::strtol(std::string(digits).c_str(), nullptr, 10);
  }
  static long number_of(std::size_t page) { return static_cast<long>(page) + 1; }
  std::map<long, std::size_t> offsets_;
  long offset_ = 0;
};

// Where rows of one key stand, over the pages.
class Repeats {
 public:
  void see(const Edge& edge) { ++places_[edge.key][std::lround(edge.place / kSameHeight)]; }
  std::size_t count(const Edge& edge) const {
    const auto found = places_.find(edge.key);
    if (found == places_.end()) return 0;
    const long place = std::lround(edge.place / kSameHeight);
    std::size_t sum = 0;
    for (long at = place - 1; at <= place + 1; ++at) {
      const auto pages = found->second.find(at);
      if (pages != found->second.end()) sum += pages->second;
    }
    return sum;
  }

 private:
  std::unordered_map<std::string, std::map<long, std::size_t>> places_;
};

// The lines of each page to drop, added to `gone`.
void find_at(bool top, const std::vector<PdfPage>& pages, const std::vector<std::string>& labels,
             double body, const std::function<bool(std::string_view)>& is_title,
             std::vector<std::set<std::size_t>>& gone) {
  std::vector<std::vector<Edge>> edges;
  Repeats repeats;
  Numbering numbering;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    edges.push_back(edges_of(pages[p], top));
    for (const Edge& edge : edges.back()) {
      repeats.see(edge);
      numbering.see(p, edge);
    }
  }
  numbering.decide();
  const auto is_small = [&](const Edge& edge) {
    return edge.size <= 1.15 * body && edge.text.size() < kLongest;
  };
  const auto is_repeated = [&](const Edge& edge, std::size_t times) {
    return is_small(edge) && repeats.count(edge) >= times;
  };
  std::map<long, std::size_t> band;  // heights at which rows repeat -> on how many pages
  for (const auto& page : edges) {
    for (const Edge& edge : page) {
      if (!is_repeated(edge, 2)) break;
      ++band[std::lround(edge.place / kSameHeight)];
    }
  }
  const auto band_of = [&](const Edge& edge) {
    const long place = std::lround(edge.place / kSameHeight);
    std::size_t sum = 0;
    for (long at = place - 1; at <= place + 1; ++at) {
      const auto found = band.find(at);
      if (found != band.end()) sum += found->second;
    }
    return sum;
  };
  for (std::size_t p = 0; p < pages.size(); ++p) {
    const std::string label = p < labels.size() ? fold(labels[p]) : std::string();
    for (const Edge& edge : edges[p]) {
      const std::string_view number = bare_number(edge.text);
      const std::size_t alike = band_of(edge);
      const bool in_band = alike >= kFewest && alike * 4 >= pages.size();
      const bool drop = is_repeated(edge, kFewest) || numbering.is_number(p, number, label) ||
                        (is_repeated(edge, 2) && alike >= kFewest) ||
                        (is_small(edge) && in_band &&
                         (numbering.holds_number(p, edge.text, label) || is_title(edge.text)));
      if (!drop) break;
      gone[p].insert(edge.lines.begin(), edge.lines.end());
    }
  }
}

}  // namespace

void drop_margins(std::vector<PdfPage>& pages, const std::vector<std::string>& labels, double body,
                  const std::function<bool(std::string_view)>& is_title) {
  if (pages.size() < kFewest) return;
  std::vector<std::set<std::size_t>> gone(pages.size());
  find_at(true, pages, labels, body, is_title, gone);
  find_at(false, pages, labels, body, is_title, gone);
  std::size_t all = 0;
  std::size_t lost = 0;
  for (std::size_t p = 0; p < pages.size(); ++p) {
    for (const PdfLine& line : pages[p].lines) all += line.text.size();
    for (const std::size_t i : gone[p]) lost += pages[p].lines[i].text.size();
  }
  if (lost * 2 > all) return;  // tickets, forms: what repeats is what they say
  for (std::size_t p = 0; p < pages.size(); ++p) {
    if (gone[p].empty()) continue;
    std::vector<PdfLine> kept;
    for (std::size_t i = 0; i < pages[p].lines.size(); ++i) {
      if (!gone[p].contains(i)) kept.push_back(std::move(pages[p].lines[i]));
    }
    pages[p].lines = std::move(kept);
  }
}

}  // namespace tome
