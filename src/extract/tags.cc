// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/tags.h"

#include <cmark-gfm.h>
#include <cmark-gfm/buffer.h>
#include <cmark-gfm/houdini.h>

#include <algorithm>

#include "text/ascii.h"
#include "text/text.h"

namespace tome {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// After the ">" that ends the tag; only quoted values may hold a ">" (HTML Standard, 13.2.5.32 to
// 13.2.5.39).
std::size_t tag_end(std::string_view html, std::size_t at) {
  enum class In { kTag, kName, kAfterName, kBeforeValue, kValue };
  In in = In::kTag;
  for (; at < html.size(); ++at) {
    const char c = html[at];
    if (c == '>') return at + 1;
    if (in == In::kBeforeValue) {
      if (is_space(c)) continue;
      in = In::kValue;
      if (c != '"' && c != '\'') continue;
      at = html.find(c, at + 1);
      if (at == std::string_view::npos) break;
      in = In::kTag;
    } else if (in == In::kValue) {
      if (is_space(c)) in = In::kTag;
    } else if (c == '/') {
      in = In::kTag;
    } else if (is_space(c)) {
      if (in == In::kName) in = In::kAfterName;
    } else {
      in = c == '=' && in != In::kTag ? In::kBeforeValue : In::kName;
    }
  }
  return html.size();
}

// After the comment that opens at `at`; npos when it has no end (13.2.5.43 to 13.2.5.51).
std::size_t comment_end(std::string_view html, std::size_t at) {
  at += 4;
  if (html.substr(at, 1) == ">") return at + 1;
  if (html.substr(at, 2) == "->") return at + 2;
  for (at = html.find("--", at); at != std::string_view::npos; at = html.find("--", at + 1)) {
    if (html.substr(at + 2, 1) == ">") return at + 3;
    if (html.substr(at + 2, 2) == "!>") return at + 4;
  }
  return at;
}

}  // namespace

Tag next_tag(std::string_view html, std::size_t from) {
  for (std::size_t at = html.find('<', from); at != std::string_view::npos;
       at = html.find('<', at)) {
    if (html.substr(at, 4) == "<!--") {
      at = comment_end(html, at);
      if (at == std::string_view::npos) break;
      continue;
    }
    const bool closing = at + 1 < html.size() && html[at + 1] == '/';
    std::size_t name_end = at + (closing ? 2 : 1);
    const std::size_t name_begin = name_end;
    if (name_end >= html.size() || !is_ascii_letter(html[name_end])) {
      ++at;
      continue;
    }
    while (name_end < html.size() && !is_space(html[name_end]) && html[name_end] != '>' &&
           html[name_end] != '/') {
      ++name_end;
    }
    Tag tag;
    tag.begin = at;
    tag.end = tag_end(html, name_end);
    tag.closing = closing;
    tag.name = html.substr(name_begin, name_end - name_begin);
    tag.attributes = html.substr(name_end, tag.end - name_end);
    return tag;
  }
  return {};
}

std::size_t after_raw(std::string_view html, std::size_t from, std::string_view name) {
  for (std::size_t at = html.find("</", from); at != std::string_view::npos;
       at = html.find("</", at + 2)) {
    const std::string_view closing = html.substr(at + 2, name.size());
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    if (std::equal(closing.begin(), closing.end(), name.begin(), name.end(), same)) return at;
  }
  return html.size();
}

bool same_name(std::string_view name, std::string_view lower_name) {
  return name.size() == lower_name.size() &&
         std::equal(name.begin(), name.end(), lower_name.begin(),
                    [](char a, char b) { return lower(a) == b; });
}

Attribute next_attribute(std::string_view all, std::size_t from) {
  Attribute found;
  found.begin = all.find_first_not_of(" \t\n\r\f/>", from);
  if (found.begin >= all.size()) return {};
  found.end = std::min(all.find_first_of(" \t\n\r\f/>=", found.begin + 1), all.size());
  found.name = all.substr(found.begin, found.end - found.begin);
  std::size_t at = all.find_first_not_of(" \t\n\r\f", found.end);
  if (at >= all.size() || all[at] != '=') return found;
  at = std::min(all.find_first_not_of(" \t\n\r\f", at + 1), all.size());
  if (at < all.size() && (all[at] == '"' || all[at] == '\'')) {
    const std::size_t end = std::min(all.find(all[at], at + 1), all.size());
    found.value = all.substr(at + 1, end - at - 1);
    found.end = std::min(end + 1, all.size());
  } else {
    found.end = std::min(all.find_first_of(" \t\n\r\f>", at), all.size());
    found.value = all.substr(at, found.end - at);
  }
  return found;
}

std::string_view attribute(const Tag& tag, std::string_view name) {
  for (Attribute each = next_attribute(tag.attributes, 0); !each.name.empty();
       each = next_attribute(tag.attributes, each.end)) {
    if (same_name(each.name, name)) return each.value;
  }
  return {};
}

std::string decode_entities(std::string_view text) {
  if (text.find('&') == std::string_view::npos) return std::string(text);
  cmark_strbuf buffer;
  cmark_strbuf_init(cmark_get_default_mem_allocator(), &buffer, 0);
  houdini_unescape_html_f(&buffer, reinterpret_cast<const std::uint8_t*>(text.data()),
                          static_cast<bufsize_t>(text.size()));
  std::string out(reinterpret_cast<const char*>(buffer.ptr), static_cast<std::size_t>(buffer.size));
  cmark_strbuf_free(&buffer);
  repair_utf8(out);  // cmark writes U+FFFE as the byte FE
  return out;
}

std::string_view declared_charset(std::string_view html) {
  html = html.substr(0, 4096);
  for (Tag tag = next_tag(html, 0); !tag.name.empty(); tag = next_tag(html, tag.end)) {
    if (!same_name(tag.name, "meta")) continue;
    std::string_view charset = attribute(tag, "charset");
    if (!charset.empty()) return charset;
    if (!same_name(attribute(tag, "http-equiv"), "content-type")) continue;
    const std::string_view content = attribute(tag, "content");
    const std::size_t at = content.find("charset=");
    if (at == std::string_view::npos) continue;
    charset = content.substr(at + 8);
    return charset.substr(0, charset.find_first_of("; \"'"));
  }
  return {};
}

}  // namespace tome
