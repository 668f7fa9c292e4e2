// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/epub_xml.h"

#include "extract/decode.h"
#include "text/text.h"

namespace tome::epub {
namespace {

constexpr std::size_t kMaxBytes = 32u << 20;  // the tree takes several times as much

}  // namespace

std::string_view xml_encoding(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (!bytes.starts_with("<?xml")) return {};
  bytes = bytes.substr(0, bytes.substr(0, 200).find('>'));
  std::size_t at = bytes.find("encoding");
  if (at == std::string_view::npos) return {};
  at = bytes.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const std::size_t end = bytes.find(bytes[at], at + 1);
  return end == std::string_view::npos ? std::string_view() : bytes.substr(at + 1, end - at - 1);
}

bool load_xml(std::string_view bytes, pugi::xml_document& document) {
  if (bytes.size() > kMaxBytes) return false;
  const Decoded decoded = decode(bytes, xml_encoding(bytes));
  // What stands before the first error is kept: a table of contents that breaks off is of use.
  (void)document.load_buffer(decoded.text.data(), decoded.text.size(), pugi::parse_default,
                             pugi::encoding_utf8);
  return !document.document_element().empty();
}

std::string_view local_name(const char* name) {
  const std::string_view whole = name;
  const std::size_t colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}

std::string_view attribute_of(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_attribute attribute : node.attributes()) {
    if (local_name(attribute.name()) == name) return attribute.value();
  }
  return {};
}

pugi::xml_node next_below(pugi::xml_node root, pugi::xml_node node, bool down) {
  if (down && node.first_child()) return node.first_child();
  while (node && node != root) {
    if (node.next_sibling()) return node.next_sibling();
    node = node.parent();
  }
  return {};
}

std::string text_below(pugi::xml_node node) {
  std::string out;
  for (pugi::xml_node at = next_below(node, node); at; at = next_below(node, at)) {
    if (at.type() == pugi::node_pcdata || at.type() == pugi::node_cdata) out += at.value();
    if (at.type() == pugi::node_element) out += ' ';
  }
  // References to characters may name those that no text holds.
  repair_utf8(out);
  return squeeze(out);
}

std::vector<pugi::xml_node> all_below(pugi::xml_node root, std::string_view name) {
  std::vector<pugi::xml_node> found;
  for (pugi::xml_node at = next_below(root, root); at; at = next_below(root, at)) {
    if (at.type() == pugi::node_element && local_name(at.name()) == name) found.push_back(at);
  }
  return found;
}

pugi::xml_node first_below(pugi::xml_node root, std::string_view name) {
  for (pugi::xml_node at = next_below(root, root); at; at = next_below(root, at)) {
    if (at.type() == pugi::node_element && local_name(at.name()) == name) return at;
  }
  return {};
}

}  // namespace tome::epub
