// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/html.h"

#include <fmt/format.h>

#include <algorithm>

#include "present/paint.h"
#include "text/text.h"

namespace tome {
namespace {

void percent_encode(std::string_view text, std::string_view kept, std::string& out) {
  for (const char c : text) {
    const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                            (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (unreserved || kept.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
}

}  // namespace

void Html::escape(std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        text_ += "&amp;";
        break;
      case '<':
        text_ += "&lt;";
        break;
      case '>':
        text_ += "&gt;";
        break;
      case '"':
        text_ += "&quot;";
        break;
      case '\'':
        text_ += "&#39;";
        break;
      default:
        text_ += c;
    }
  }
}

void Html::escape_block(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t gap = std::min(text.find("\n\n", at), text.size());
    escape(text.substr(at, gap - at));
    at = std::min(text.find_first_not_of('\n', gap), text.size());
    if (gap < text.size()) text_ += "<span class=\"gap\"></span>";
  }
}

Html& Html::add(Markup markup) {
  text_ += markup.text();
  return *this;
}

Html& Html::add(const Html& other) {
  text_ += other.text_;
  return *this;
}

Html& Html::line(std::string_view text, std::size_t limit) {
  std::string clean = clean_line(text);
  if (limit != 0 && clean.size() > limit) {
    clean.resize(utf8_floor(clean, limit));
    clean += "…";
  }
  escape(clean);
  return *this;
}

Html& Html::name(std::string_view text) {
  escape(clean_name(text));
  return *this;
}

Html& Html::marked(std::string_view text, const std::vector<Span>& marks) {
  const MarkedText clean = clean_block(text, marks);
  const std::string_view all = clean.text;
  std::size_t at = 0;
  for (const Span& mark : clean.marks) {
    escape_block(all.substr(at, mark.begin - at));
    text_ += "<mark>";
    escape_block(all.substr(mark.begin, mark.end - mark.begin));
    text_ += "</mark>";
    at = mark.end;
  }
  escape_block(all.substr(at));
  return *this;
}

Html& Html::number(std::uint64_t n) {
  text_ += grouped(n);
  return *this;
}

Html& Html::decimal(double value, int digits) {
  text_ += fmt::format("{:.{}f}", value, digits);
  return *this;
}

Html& Html::counted(std::uint64_t n, std::string_view singular) {
  escape(tome::counted(n, singular));
  return *this;
}

std::string address(std::string_view path, const AddressParts& parameters) {
  std::string out;
  percent_encode(path, "/", out);
  char before = '?';
  for (const auto& [name, value] : parameters) {
    if (value.empty()) continue;
    out += before;
    percent_encode(name, "", out);
    out += '=';
    percent_encode(value, ":", out);
    before = '&';
  }
  return out;
}

}  // namespace tome
