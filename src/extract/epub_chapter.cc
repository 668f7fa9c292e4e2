// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/epub_chapter.h"

#include <algorithm>
#include <array>
#include <utility>

#include "extract/decode.h"
#include "extract/epub_xml.h"
#include "extract/html_thin.h"
#include "extract/html_tree.h"
#include "extract/tags.h"

namespace tome::epub {
namespace {

constexpr std::size_t kMaxBytes = 64u << 20;  // as of a page

// Elements that have no end tag in HTML either.
constexpr std::array<std::string_view, 14> kVoid = {"area",  "base", "br",     "col",  "embed",
                                                    "hr",    "img",  "input",  "link", "meta",
                                                    "param", "wbr",  "source", "track"};
constexpr std::array<std::string_view, 4> kRaw = {"script", "style", "title", "textarea"};

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view known) { return same_name(name, known); });
}

std::string without_cdata(std::string_view xhtml) {
  constexpr std::string_view kOpen = "<![CDATA[";
  std::string out;
  out.reserve(xhtml.size());
  for (;;) {
    const std::size_t begin = xhtml.find(kOpen);
    out += xhtml.substr(0, begin);
    if (begin == std::string_view::npos) return out;
    xhtml.remove_prefix(begin + kOpen.size());
    const std::size_t end = std::min(xhtml.find("]]>"), xhtml.size());
    for (const char c : xhtml.substr(0, end)) {
      if (c == '<') {
        out += "&lt;";
      } else if (c == '&') {
        out += "&amp;";
      } else {
        out += c;
      }
    }
    xhtml.remove_prefix(std::min(end + 3, xhtml.size()));
  }
}

std::string with_end_tags(std::string_view xhtml) {
  std::string out;
  out.reserve(xhtml.size() + xhtml.size() / 16);
  std::size_t copied = 0;
  for (Tag tag = next_tag(xhtml, 0); !tag.name.empty();) {
    std::size_t next = tag.end;
    const bool empty = !tag.closing && tag.attributes.ends_with("/>");
    if (empty && !is_one_of(tag.name, kVoid)) {
      out.append(xhtml.substr(copied, tag.end - 2 - copied)).append("></").append(tag.name) += '>';
      copied = tag.end;
    } else if (!empty && !tag.closing && is_one_of(tag.name, kRaw)) {
      next = after_raw(xhtml, tag.end, tag.name);
    }
    tag = next_tag(xhtml, next);
  }
  out.append(xhtml.substr(copied));
  return out;
}

}  // namespace

Result<std::string> html_of(std::string_view xhtml) {
  return thin_markup(with_end_tags(without_cdata(xhtml)), MarkupOf::kBook);
}

Result<Chapter> read_chapter(std::string_view bytes) {
  if (bytes.size() > kMaxBytes) return Error{Code::kLimit, "larger than 64 MB", "", ""};
  std::string_view encoding = xml_encoding(bytes);
  if (encoding.empty()) encoding = declared_charset(bytes);
  const Decoded decoded = decode(bytes, encoding);
  const Result<std::string> html = html_of(decoded.text);
  if (!html) return html.error();
  const Result<HtmlTree> tree = HtmlTree::parse(*html);
  if (!tree) return tree.error();
  Chapter chapter;
  const GumboNode* body = nullptr;
  each_element(tree->document(), [&](const GumboNode* node) {
    if (body == nullptr && node->v.element.tag == GUMBO_TAG_BODY) body = node;
    return body == nullptr;
  });
  if (body != nullptr) chapter.document = read_book_blocks(body, chapter.ids);
  chapter.document.replaced = decoded.replaced;
  return chapter;
}

}  // namespace tome::epub
