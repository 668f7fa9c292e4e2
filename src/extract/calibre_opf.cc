// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/calibre_opf.h"

#include <pugixml.hpp>
#include <string>

#include "extract/field_values.h"

namespace tome {
namespace {

constexpr std::size_t kLargest = 1u << 20;
constexpr std::size_t kMostTopics = 200;

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child_named(const pugi::xml_node& parent, std::string_view name) {
  for (const pugi::xml_node child : parent) {
    if (local_name(child) == name) return child;
  }
  return {};
}

// "opf:role" whatever its prefix is.
std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute found : node.attributes()) {
    const std::string_view own = found.name();
    if (own == name || own.ends_with(":" + std::string(name))) return found.value();
  }
  return {};
}

void fill(std::string& field, std::string value) {
  if (field.empty()) field = std::move(value);
}

void take(const pugi::xml_node& node, BookDescription& book, std::string& number) {
  WorkInfo& info = book.info;
  const std::string_view name = local_name(node);
  const std::string_view text = node.text().get();
  if (name == "title") {
    fill(info.title, clean_field(text));
  } else if (name == "creator") {
    const std::string_view role = attribute(node, "role");
    std::string author = clean_field(text, 200);
    if ((role.empty() || role == "aut") && !author.empty() && info.authors.size() < 100) {
      info.authors.push_back(std::move(author));
    }
  } else if (name == "subject") {
    std::string topic = clean_field(text, 200);
    if (!topic.empty() && info.topics.size() < kMostTopics) info.topics.push_back(std::move(topic));
  } else if (name == "publisher") {
    fill(info.publisher, clean_field(text));
  } else if (name == "language") {
    fill(info.language, language_code(text));
  } else if (name == "date") {
    if (info.year == 0) info.year = year_in(text);
  } else if (name == "description") {
    fill(book.description, std::string(text));
  } else if (name == "identifier") {
    const std::string scheme = clean_field(attribute(node, "scheme"), 40);
    const bool isbn = scheme == "ISBN" || scheme == "isbn" || text.starts_with("urn:isbn:");
    if (isbn) fill(info.isbn, isbn_in(text));
  } else if (name == "meta") {
    const std::string_view key = attribute(node, "name");
    if (key == "calibre:series") fill(book.series, clean_field(attribute(node, "content")));
    if (key == "calibre:series_index") number = clean_field(attribute(node, "content"), 20);
  }
}

}  // namespace

Result<BookDescription> read_calibre_opf(std::string_view bytes) {
  if (bytes.size() > kLargest) {
    return Error{Code::kLimit, "metadata.opf is larger than 1 MB", "", ""};
  }
  pugi::xml_document document;
  if (!document.load_buffer(bytes.data(), bytes.size())) {
    return Error{Code::kUnsupported, "metadata.opf is not XML", "", ""};
  }
  const pugi::xml_node package = child_named(document, "package");
  if (child_named(package, "manifest").first_child()) {
    return Error{Code::kUnsupported, "metadata.opf is the package of an EPUB", "", ""};
  }
  BookDescription book;
  std::string number;
  for (const pugi::xml_node node : child_named(package, "metadata")) take(node, book, number);
  if (book.info.title.empty()) {
    return Error{Code::kUnsupported, "metadata.opf names no title", "", ""};
  }
  if (number.ends_with(".0")) number.resize(number.size() - 2);
  if (!book.series.empty() && !number.empty()) book.series += ", " + number;
  WorkInfo& info = book.info;
  info.kind = Kind::kBook;
  const std::size_t colon = info.title.find(": ");
  if (colon != std::string::npos && colon > 0) {
    info.subtitle = info.title.substr(colon + 2);
    info.title.resize(colon);
  }
  return book;
}

void apply_description(const BookDescription& book, Document& document) {
  const WorkInfo& said = book.info;
  WorkInfo& info = document.meta;
  info.kind = said.kind;
  info.title = said.title;
  info.subtitle = said.subtitle;
  if (!said.authors.empty()) info.authors = said.authors;
  if (!said.topics.empty()) info.topics = said.topics;
  if (said.year != 0) info.year = said.year;
  if (!said.publisher.empty()) info.publisher = said.publisher;
  if (!said.isbn.empty()) info.isbn = said.isbn;
  if (!said.language.empty()) info.language = said.language;
}

}  // namespace tome
