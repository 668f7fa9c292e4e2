// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/feed.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMostEntries = 50;

// XML text: markup escaped, what XML 1.0 does not allow as U+FFFD.
std::string xml_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const std::int32_t c = next_character(text, i);
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c < 0 || (c < 0x20 && c != '\t' && c != '\n') || c == 0xFFFE || c == 0xFFFF) {
      out += "\xEF\xBF\xBD";
    } else {
      out.append(text.substr(begin, i - begin));
    }
  }
  return out;
}

std::string time_text(std::int64_t seconds) {
  constexpr std::int64_t kLast = 253402300799;  // the end of the year 9999
  return fmt::format(
      "{:%Y-%m-%dT%H:%M:%SZ}",
      fmt::gmtime(static_cast<std::time_t>(std::clamp<std::int64_t>(seconds, 0, kLast))));
}

std::string entry(const WorkView& view, std::int64_t changed, std::string_view base) {
  const WorkInfo& info = view.work.info;
  const std::string id = xml_text(view.work.id);
  std::string title = info.title.empty() ? "without a title" : info.title;
  if (!info.subtitle.empty()) title += ": " + info.subtitle;
  std::string out = fmt::format(
      "  <entry>\n    <id>urn:tome:work:{}</id>\n    <title>{}</title>\n"
      "    <updated>{}</updated>\n    <link href=\"{}/work/{}\"/>\n",
      id, xml_text(title), time_text(changed), xml_text(base), id);
  for (const std::string& author : info.authors) {
    out += fmt::format("    <author><name>{}</name></author>\n", xml_text(author));
  }
  for (const std::string& topic : info.topics) {
    out += fmt::format("    <category term=\"{}\"/>\n", xml_text(topic));
  }
  return out + "  </entry>\n";
}

}  // namespace

std::string opensearch_xml(std::string_view base) {
  const std::string where = xml_text(base);
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
      "  <ShortName>tome</ShortName>\n"
      "  <Description>Search the books and articles on this shelf</Description>\n"
      "  <InputEncoding>UTF-8</InputEncoding>\n"
      "  <Url type=\"text/html\" template=\"{0}/?q={{searchTerms}}\"/>\n"
      "  <Url type=\"application/json\" template=\"{0}/api/v1/search?q={{searchTerms}}\"/>\n"
      "</OpenSearchDescription>\n",
      where);
}

std::string feed_atom(const Contents& contents, std::string_view base) {
  std::vector<std::size_t> order(contents.works.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return contents.changed[a] > contents.changed[b];
  });
  if (order.size() > kMostEntries) order.resize(kMostEntries);
  const std::string where = xml_text(base);
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
      "  <id>{0}/feed.atom</id>\n  <title>tome: new on the shelf</title>\n"
      "  <updated>{1}</updated>\n  <author><name>tome</name></author>\n"
      "  <link rel=\"self\" href=\"{0}/feed.atom\"/>\n  <link href=\"{0}/\"/>\n",
      where, time_text(order.empty() ? 0 : contents.changed[order.front()]));
  for (const std::size_t i : order) out += entry(contents.works[i], contents.changed[i], base);
  return out + "</feed>\n";
}

}  // namespace tome
