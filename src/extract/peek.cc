// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <initializer_list>
#include <string>

#include "extract/decode.h"
#include "extract/extract.h"
#include "extract/tags.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kHead = 64 * 1024;
constexpr std::size_t kRedirect = 4096;  // a larger page says more than where it has gone

// Which link leads to the whole, best first. Not "index": in Sphinx it is the word index.
int rank_of(std::string_view rel) {
  int best = 0;
  while (!rel.empty()) {
    const std::size_t end = std::min(rel.find(' '), rel.size());
    const std::string_view word = rel.substr(0, end);
    const int rank = same_name(word, "home")    ? 3
                     : same_name(word, "start") ? 2
                     : same_name(word, "top")   ? 1
                                                : 0;
    best = std::max(best, rank);
    rel.remove_prefix(std::min(end + 1, rel.size()));
  }
  return best;
}

std::string value_of(std::string_view raw) {
  std::string out = decode_entities(raw);
  repair_utf8(out);
  return squeeze(out);
}

// Whether one of the words of `text`, between spaces and commas, is among `words`.
bool has_word(std::string_view text, std::initializer_list<std::string_view> words) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" ,\t\n"), text.size());
    for (const std::string_view word : words) {
      if (same_name(text.substr(0, end), word)) return true;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

// The value of a refresh, "0; URL=other.html": whether it leads to another page soon.
bool leads_away(std::string_view refresh) {
  std::string value;
  for (const char c : refresh) {
    if (c != ' ') value += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  const std::size_t url = value.find_first_of(";,");
  const bool soon = value.find_first_not_of("0123456789") == url && url > 0 && url < 2;
  return soon && value.compare(url + 1, 4, "url=") == 0;
}

// DocBook's stylesheets may put the way home into the page alone:
// <a accesskey="h" href="index.html" title="The Manual">Home</a>
void find_home_in_body(std::string_view html, std::size_t body, WholeHints& hints) {
  for (Tag tag = next_tag(html, body); !tag.name.empty();) {
    std::size_t next = tag.end;
    if (!tag.closing && same_name(tag.name, "script")) {
      next = after_raw(html, tag.end, "script");
    } else if (!tag.closing && same_name(tag.name, "style")) {
      next = after_raw(html, tag.end, "style");
    } else if (same_name(tag.name, "a") && same_name(attribute(tag, "accesskey"), "h")) {
      const std::size_t end = std::min(html.find('<', tag.end), html.size());
      if (same_name(value_of(html.substr(tag.end, end - tag.end)), "home")) {
        hints.home = value_of(attribute(tag, "href"));
        hints.home_title = value_of(attribute(tag, "title"));
        return;
      }
    }
    tag = next_tag(html, next);
  }
}

}  // namespace

WholeHints peek_hints(Format format, std::string_view bytes) {
  WholeHints hints;
  if (format != Format::kHtml) return hints;
  bytes = bytes.substr(0, kHead);
  const bool small = bytes.size() <= kRedirect;
  const std::string html = decode(bytes, declared_charset(bytes)).text;
  int best = 0;
  bool rustdoc = false;
  for (Tag tag = next_tag(html, 0); !tag.name.empty();) {
    std::size_t next = tag.end;
    if (!tag.closing) {
      if (same_name(tag.name, "body")) {
        hints.listing = rustdoc && has_word(attribute(tag, "class"), {"source", "src"});
        if (best == 0) find_home_in_body(html, tag.end, hints);
        break;
      }
      if (same_name(tag.name, "title") && hints.title.empty()) {
        next = after_raw(html, tag.end, "title");
        hints.title = value_of(std::string_view(html).substr(tag.end, next - tag.end));
      } else if (same_name(tag.name, "script")) {
        next = after_raw(html, tag.end, "script");
      } else if (same_name(tag.name, "style")) {
        next = after_raw(html, tag.end, "style");
      } else if (same_name(tag.name, "meta")) {
        const std::string_view name = attribute(tag, "name");
        if (same_name(name, "generator")) {
          rustdoc = same_name(attribute(tag, "content"), "rustdoc");
        } else if (same_name(name, "robots")) {
          hints.unlisted = has_word(attribute(tag, "content"), {"noindex", "none"});
        } else if (same_name(attribute(tag, "property"), "og:site_name")) {
          hints.site_name = value_of(attribute(tag, "content"));
        } else if (same_name(attribute(tag, "http-equiv"), "refresh")) {
          hints.redirect = small && leads_away(value_of(attribute(tag, "content")));
        }
      } else if (same_name(tag.name, "link")) {
        const int rank = rank_of(attribute(tag, "rel"));
        if (rank > best) {
          best = rank;
          hints.home = value_of(attribute(tag, "href"));
          hints.home_title = value_of(attribute(tag, "title"));
        }
      }
    }
    tag = next_tag(html, next);
  }
  return hints;
}

}  // namespace tome
