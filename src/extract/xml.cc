// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "extract/decode.h"

namespace tome {
namespace {

// pugixml takes 64 bytes for a node and 40 for an attribute, however short they are in the file.
constexpr std::size_t kMaxTree = std::size_t{640} << 20;

std::size_t tree_size(std::string_view text) {
  std::size_t nodes = 0;
  std::size_t attributes = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = i + 1 < text.size() ? text[i + 1] : '<';
    nodes += text[i] == '<' ? next != '/' : text[i] == '>' && next != '<';
    attributes += text[i] == '=';
  }
  return nodes * 64 + attributes * 40;
}

// The encoding that <?xml encoding="..."?> names; empty when it does not.
std::string_view declared_encoding(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (!bytes.starts_with("<?xml")) return {};
  const std::string_view head = bytes.substr(0, std::min<std::size_t>(bytes.find("?>"), 400));
  std::size_t at = head.find("encoding");
  if (at == std::string_view::npos) return {};
  at = head.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const std::size_t end = head.find(head[at], at + 1);
  return end == std::string_view::npos ? std::string_view() : head.substr(at + 1, end - at - 1);
}

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

// The length of the reference "&#...;" that opens `text` and names no character; 0: it is good, or
// no reference.
std::size_t bad_reference(std::string_view text) {
  const bool hex = text.size() > 2 && text[2] == 'x';
  const int base = hex ? 16 : 10;
  std::uint32_t value = 0;
  std::size_t i = hex ? 3 : 2;
  const std::size_t first = i;
  for (; i < text.size() && digit_value(text[i]) < base; ++i) {
    value = std::min<std::uint32_t>(
        value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit_value(text[i])),
        0x110000);
  }
  if (i == first || i >= text.size() || text[i] != ';') return 0;
  const bool bad = value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF);
  return bad ? i + 1 : 0;
}

// pugixml would end the text at &#0; and write half a pair for &#xD800;.
std::uint64_t repair_references(std::string& text) {
  std::uint64_t replaced = 0;
  std::string repaired;
  std::size_t copied = 0;
  for (std::size_t at = text.find("&#"); at != std::string::npos; at = text.find("&#", at + 1)) {
    const std::size_t length = bad_reference(std::string_view(text).substr(at));
    if (length == 0) continue;
    repaired.append(text, copied, at - copied).append("\xEF\xBF\xBD");
    copied = at + length;
    ++replaced;
  }
  if (replaced != 0) text = repaired.append(text, copied);
  return replaced;
}

// Calls `visit(node, depth)` for each node below `root` until it answers false.
template <class Visit>
void each_below(const pugi::xml_node& root, Visit visit) {
  int depth = 0;
  pugi::xml_node node = root.first_child();
  while (node) {
    if (!visit(node, depth)) return;
    if (node.first_child()) {
      node = node.first_child();
      ++depth;
      continue;
    }
    while (!node.next_sibling()) {
      node = node.parent();
      if (node == root) return;
      --depth;
    }
    node = node.next_sibling();
  }
}

}  // namespace

Result<Xml> parse_xml(std::string_view bytes, std::string_view name) {
  Decoded decoded = decode(bytes, declared_encoding(bytes));
  Xml xml;
  xml.encoding = std::move(decoded.encoding);
  xml.replaced = decoded.replaced + repair_references(decoded.text);
  if (tree_size(decoded.text) > kMaxTree) {
    return Error{Code::kLimit, fmt::format("{} needs too much memory for its size", name), "", ""};
  }
  const pugi::xml_parse_result parsed =
      xml.tree.load_buffer(decoded.text.data(), decoded.text.size(),
                           pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (!parsed) {
    return Error{
        Code::kUnsupported,
        fmt::format("damaged: {} is not well-formed XML (near byte {})", name, parsed.offset), "",
        ""};
  }
  bool deep = false;
  each_below(xml.tree, [&](const pugi::xml_node&, int depth) {
    deep = depth >= kMaxXmlDepth;
    return !deep;
  });
  if (deep) {
    return Error{Code::kLimit,
                 fmt::format("{} nests its elements more than {} deep", name, kMaxXmlDepth), "",
                 ""};
  }
  return Result<Xml>(std::move(xml));
}

std::string_view local_name(const pugi::xml_node& node) {
  if (node.type() != pugi::node_element) return {};
  const std::string_view name = node.name();
  return name.substr(name.find(':') + 1);  // npos + 1 is 0
}

pugi::xml_node child_named(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node child : node.children()) {
    if (local_name(child) == name) return child;
  }
  return {};
}

std::string_view attribute_named(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute attribute : node.attributes()) {
    const std::string_view own = attribute.name();
    if (own.substr(own.find(':') + 1) == name) return attribute.value();
  }
  return {};
}

bool is_text(const pugi::xml_node& node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

std::string text_below(const pugi::xml_node& node) {
  std::string out;
  each_below(node, [&](const pugi::xml_node& below, int) {
    if (is_text(below)) out += below.value();
    return true;
  });
  return out;
}

}  // namespace tome
