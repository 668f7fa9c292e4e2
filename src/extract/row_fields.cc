// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/row_fields.h"

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

#include "extract/field_values.h"
#include "text/text.h"

namespace tome {
namespace {

using enum RowField;

// Folded names; of several columns for one field the first here wins, lists are joined.
constexpr std::pair<std::string_view, RowField> kColumns[] = {
    {"title", kTitle},
    {"booktitle", kTitle},
    {"originaltitle", kTitle},
    {"subtitle", kSubtitle},
    {"authors", kAuthors},
    {"author", kAuthors},
    {"authorname", kAuthors},
    {"authornames", kAuthors},
    {"bookauthor", kAuthors},
    {"bookauthors", kAuthors},
    {"creator", kAuthors},
    {"creators", kAuthors},
    {"additionalauthors", kMoreAuthors},
    {"authorlf", kAuthorsTurned},
    {"authorsort", kAuthorsTurned},
    {"description", kDescription},
    {"bookdescription", kDescription},
    {"summary", kDescription},
    {"abstract", kDescription},
    {"overview", kDescription},
    {"blurb", kDescription},
    {"synopsis", kDescription},
    {"comments", kDescription},
    {"desc", kDescription},
    {"myreview", kReview},
    {"review", kReview},
    {"publisher", kPublisher},
    {"publishers", kPublisher},
    {"year", kYear},
    {"yearpublished", kYear},
    {"publishedyear", kYear},
    {"publicationyear", kYear},
    {"publishyear", kYear},
    {"yearofpublication", kYear},
    {"published", kYear},
    {"publicationdate", kYear},
    {"publisheddate", kYear},
    {"publishdate", kYear},
    {"pubdate", kYear},
    {"firstpublishyear", kYear},
    {"firstpublishdate", kYear},
    {"originalpublicationyear", kYear},
    {"isbn13", kIsbn},
    {"isbn", kIsbn},
    {"isbn10", kIsbn},
    {"language", kLanguage},
    {"languages", kLanguage},
    {"languagecode", kLanguage},
    {"lang", kLanguage},
    {"topics", kTopics},
    {"topic", kTopics},
    {"genres", kTopics},
    {"genre", kTopics},
    {"subjects", kTopics},
    {"subject", kTopics},
    {"categories", kTopics},
    {"category", kTopics},
    {"tags", kTopics},
    {"keywords", kTopics},
    {"bookshelves", kShelves},
    {"shelves", kShelves},
    {"series", kSeries},
    {"seriesname", kSeries},
    {"seriesindex", kSeriesNumber},
    {"edition", kEdition},
    {"url", kUrl},
    {"link", kUrl},
    {"bookurl", kUrl},
    {"kind", kKind},
    {"type", kKind},
    {"id", kId},
    {"bookid", kId},
    {"workid", kId},
    {"key", kId},
    {"identifiers", kIdentifiers},
};

constexpr std::pair<std::string_view, RowField> kMappable[] = {
    {"title", kTitle},
    {"subtitle", kSubtitle},
    {"authors", kAuthors},
    {"description", kDescription},
    {"review", kReview},
    {"publisher", kPublisher},
    {"year", kYear},
    {"isbn", kIsbn},
    {"language", kLanguage},
    {"topics", kTopics},
    {"series", kSeries},
    {"edition", kEdition},
    {"url", kUrl},
    {"kind", kKind},
    {"id", kId},
};

constexpr std::size_t kMostAuthors = 100;
constexpr std::size_t kMostTopics = 200;

void add_new(std::vector<std::string>& list, std::vector<std::string> items, std::size_t most) {
  std::unordered_set<std::string> known;
  for (const std::string& item : list) known.insert(fold(item));
  for (std::string& item : items) {
    if (item.empty() || list.size() >= most || !known.insert(fold(item)).second) continue;
    list.push_back(std::move(item));
  }
}

void fill(std::string& field, std::string value) {
  if (field.empty()) field = std::move(value);
}

// Each value of the cell through `split`; the items of a list through `item`.
std::vector<std::string> items_of(const Cell& cell,
                                  std::vector<std::string> (*split)(std::string_view),
                                  std::string (*item)(std::string_view)) {
  std::vector<std::string> out;
  for (const std::string& value : cell.values) {
    if (out.size() >= kMostTopics) break;
    if (cell.list) {
      out.push_back(item(value));
    } else {
      for (std::string& part : split(value)) out.push_back(std::move(part));
    }
  }
  return out;
}

std::string topic(std::string_view text) { return clean_field(text, 200); }

// "Small Gods (Discworld, #13)" as Goodreads writes it.
void split_series(BookDescription& book) {
  std::string& title = book.info.title;
  const std::size_t open = title.rfind(" (");
  if (open == std::string::npos || open == 0 || !title.ends_with(')')) return;
  const std::string inside = title.substr(open + 2, title.size() - open - 3);
  const std::size_t mark = inside.rfind('#');
  if (mark == std::string::npos || mark == 0 || mark + 1 >= inside.size()) return;
  const bool number =
      std::all_of(inside.begin() + static_cast<std::ptrdiff_t>(mark) + 1, inside.end(),
                  [](char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-'; });
  if (!number) return;
  fill(book.series, inside);
  title.resize(open);
}

void take(BookDescription& book, const Cell& cell, RowField field) {
  WorkInfo& info = book.info;
  const std::string& first = cell.values.front();
  const auto clean = [&] { return clean_field(first); };
  switch (field) {
    case kTitle:
      return fill(info.title, clean());
    case kSubtitle:
      return fill(info.subtitle, clean());
    case kAuthors:
    case kMoreAuthors:
      return add_new(info.authors, items_of(cell, author_names, author_name), kMostAuthors);
    case kAuthorsTurned:
      if (info.authors.empty()) {
        info.authors = cell.list ? items_of(cell, author_names, author_name)
                                 : std::vector<std::string>{author_name(first)};
      }
      return;
    case kDescription:
      return fill(book.description, first);
    case kReview:
      return fill(book.review, first);
    case kPublisher:
      return fill(info.publisher, clean());
    case kYear:
      if (info.year == 0) info.year = year_in(first);
      return;
    case kIsbn:
      return fill(info.isbn, isbn_in(first));
    case kLanguage:
      return fill(info.language, language_code(first));
    case kTopics:
    case kShelves: {
      std::vector<std::string> items = items_of(cell, topic_names, topic);
      if (field == kShelves) {
        std::erase_if(items, [](const std::string& name) {
          return name == "read" || name == "to-read" || name == "currently-reading";
        });
      }
      return add_new(info.topics, std::move(items), kMostTopics);
    }
    case kSeries:
      return fill(book.series, clean());
    case kSeriesNumber: {
      std::string number = clean();
      if (number.ends_with(".0")) number.resize(number.size() - 2);
      if (!book.series.empty() && !number.empty()) book.series += ", " + number;
      return;
    }
    case kEdition:
      if (info.edition == 0) info.edition = edition_in(first);
      return;
    case kUrl:
      return fill(info.url, clean());
    case kKind: {
      const std::string kind = fold(clean());
      const bool article = kind == "article" || kind == "paper" || kind.ends_with(" article");
      if (article) info.kind = Kind::kArticle;
      return;
    }
    case kId:
      return fill(book.id, clean());
    case kIdentifiers: {
      const std::string text = clean();
      const std::size_t at = text.find("isbn:");
      if (at != std::string::npos) fill(info.isbn, isbn_in(std::string_view(text).substr(at + 5)));
      return;
    }
    case kNone:
      return;
  }
}

}  // namespace

std::string mappable_fields() {
  std::string out;
  for (const auto& [name, field] : kMappable) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

bool is_mappable(const std::string& field) {
  return std::any_of(std::begin(kMappable), std::end(kMappable),
                     [&](const auto& known) { return known.first == field; });
}

std::string column_key(std::string_view column) {
  std::string key = fold(column.substr(0, utf8_floor(column, 200)));
  std::erase_if(key, [](char c) { return c == ' ' || c == '_' || c == '-' || c == '\n'; });
  return key;
}

ColumnNames::ColumnNames(const ColumnMap& map) {
  const auto mapped = [&](RowField field) {
    return std::any_of(std::begin(kMappable), std::end(kMappable), [&](const auto& known) {
      return known.second == field && map.contains(std::string(known.first));
    });
  };
  int rank = 0;
  for (const auto& [name, field] : kColumns) {
    ++rank;
    if (!mapped(field)) meanings_[std::string(name)] = {field, rank};
  }
  for (const auto& [name, field] : kMappable) {
    const auto column = map.find(std::string(name));
    if (column != map.end()) meanings_[column_key(column->second)] = {field, 0};
  }
}

ColumnNames::Meaning ColumnNames::of(std::string_view column) const {
  const auto found = meanings_.find(column_key(column));
  return found == meanings_.end() ? Meaning{} : found->second;
}

bool ColumnNames::describe_books(const std::vector<std::string>& columns) const {
  bool title = false;
  bool more = false;
  for (const std::string& column : columns) {
    const RowField field = of(column).field;
    title = title || field == kTitle;
    more = more || field == kAuthors || field == kAuthorsTurned || field == kDescription ||
           field == kIsbn;
  }
  return title && more;
}

BookDescription describe_row(const std::vector<Cell>& cells, const ColumnNames& names) {
  BookDescription book;
  book.info.kind = Kind::kBook;
  std::vector<std::pair<ColumnNames::Meaning, const Cell*>> order;
  for (const Cell& cell : cells) {
    const ColumnNames::Meaning meaning = names.of(cell.column);
    if (meaning.field != kNone && !cell.values.empty()) order.emplace_back(meaning, &cell);
  }
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first.field, a.first.rank) < std::pair(b.first.field, b.first.rank);
  });
  for (const auto& [meaning, cell] : order) take(book, *cell, meaning.field);
  WorkInfo& info = book.info;
  split_series(book);
  const std::size_t colon = info.title.find(": ");
  if (info.subtitle.empty() && colon != std::string::npos && colon > 0) {
    info.subtitle = info.title.substr(colon + 2);
    info.title.resize(colon);
  }
  return book;
}

}  // namespace tome
