// SPDX-License-Identifier: GPL-2.0-or-later
#include "present/clean.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/text.h"

namespace tome {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kTabStop = 4;

class Cleaner {
 public:
  explicit Cleaner(std::string_view text) : text_(text) {}

  bool done() const { return at_ >= text_.size(); }
  std::size_t at() const { return at_; }

  // Takes one character over into `out`.
  void step(std::string& out) {
    const std::size_t begin = at_;
    const std::int32_t c = next_character(text_, at_);
    if (c == '\n' || c == 0x2028 || c == 0x2029) {  // line and paragraph separator
      newline(out);
    } else if (c == '\t') {
      const std::size_t spaces = kTabStop - column_ % kTabStop;
      out.append(spaces, ' ');
      column_ += spaces;
    } else if (c == 0xAD || (c == '\r' && !done() && text_[at_] == '\n')) {
      // A soft hyphen is a place to break, not a character to see; \r\n is one line end.
    } else {
      const std::string_view seen =
          c < 0 || is_harmful(c) ? kReplacement : text_.substr(begin, at_ - begin);
      out.append(seen);
      column_ += display_width(seen);
    }
  }

 private:
  void newline(std::string& out) {
    if (!out.empty()) out += '\n';
    column_ = 0;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t column_ = 0;  // in the line, for tabs
};

}  // namespace

// C0, DEL and C1 command the terminal; embeddings, overrides and isolates (U+202A..202E,
// U+2066..2069) reorder what stands around them: "Trojan Source", CVE-2021-42574. Tags
// (U+E0000..E007F) are ASCII that nobody sees, but whoever copies it passes on, to a language model
// for one.
bool is_harmful(std::int32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || (c >= 0xE0000 && c <= 0xE007F);
}

MarkedText clean_block(std::string_view text, const std::vector<Span>& marks) {
  MarkedText out;
  Cleaner cleaner(text);
  std::vector<std::size_t> edges;  // begin and end of each mark, in the cleaned text
  const auto pass_edges = [&] {
    while (edges.size() < 2 * marks.size()) {
      const Span& mark = marks[edges.size() / 2];
      if ((edges.size() % 2 == 0 ? mark.begin : mark.end) > cleaner.at()) return;
      edges.push_back(out.text.size());
    }
  };
  while (!cleaner.done()) {
    pass_edges();
    cleaner.step(out.text);
  }
  pass_edges();
  out.text.erase(out.text.find_last_not_of(" \n") + 1);

  edges.resize(2 * marks.size(), out.text.size());  // a mark that ends outside of the text
  std::size_t end = 0;
  for (std::size_t i = 0; i < edges.size(); i += 2) {
    const std::size_t begin = std::max(edges[i], end);
    end = std::max(begin, std::min(edges[i + 1], out.text.size()));
    if (begin < end) {
      out.marks.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    }
  }
  return out;
}

std::string clean_line(std::string_view text) { return squeeze(clean_block(text, {}).text); }

std::string clean_name(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    const std::size_t begin = i;
    const std::int32_t c = next_character(name, i);
    const bool bad = c < 0 || is_harmful(c) || c == 0x2028 || c == 0x2029;
    out.append(bad ? kReplacement : name.substr(begin, i - begin));
  }
  return out;
}

std::string file_url(std::string_view absolute_path) {
  std::string url = "file://";
  for (const char c : absolute_path) {
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved || c == '/') {
      url += c;
    } else {
      url += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return url;
}

}  // namespace tome
