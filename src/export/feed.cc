// SPDX-License-Identifier: GPL-2.0-or-later
#include "export/feed.h"

#include <nlohmann/json.hpp>

#include "text/text.h"

namespace tome {
namespace {

using Json = nlohmann::ordered_json;

// Vespa turns down a whole document for one of these (XML 1.1's characters, less the controls).
bool vespa_takes(std::int32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  if (c < 0xFDD0) return true;
  return c > 0xFDDF && (c < 0x10000 || (c & 0xFFFF) < 0xFFFE);
}

// Each character that Vespa would turn down is a space.
std::string for_vespa(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    const std::int32_t c = next_character(text, i);
    if (c >= 0 && !vespa_takes(c)) {
      out += ' ';
    } else {
      out.append(text, begin, i - begin);
    }
  }
  return out;
}

std::string_view name_of(Kind kind) {
  if (kind == Kind::kBook) return "book";
  return kind == Kind::kArticle ? "article" : "";
}

// Adds fields that are known.
class Fields {
 public:
  explicit Fields(bool vespa) : vespa_(vespa) {}

  void add(const char* name, const std::string& text) {
    if (!text.empty()) json[name] = fit(text);
  }
  void add(const char* name, std::uint64_t number) {
    if (number != 0) json[name] = number;
  }
  void add(const char* name, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    Json& list = json[name] = Json::array();
    for (const std::string& text : texts) list.push_back(fit(text));
  }

  Json json = Json::object();

 private:
  std::string fit(const std::string& text) const { return vespa_ ? for_vespa(text) : text; }
  bool vespa_;
};

Json fields_of(const PassageRecord& record, const Work* work, bool vespa) {
  Fields fields(vespa);
  fields.add("id", record.id);
  fields.add("text", record.text);
  fields.add("title", work != nullptr ? work->info.title : record.title);
  fields.add("authors", work != nullptr ? work->info.authors : record.authors);
  fields.add("headings", record.headings);
  fields.add("language", record.language);
  if (work != nullptr) {
    fields.add("kind", std::string(name_of(work->info.kind)));
    fields.add("topics", work->info.topics);
    if (work->info.year != 0) fields.json["year"] = work->info.year;
    fields.add("work", work->id);
  } else if (!record.works.empty()) {
    fields.add("work", record.works.front());
  }
  fields.add("source", record.source);
  fields.add("root", record.root);
  fields.add("path", record.path);
  fields.json["ordinal"] = record.ordinal;
  fields.add("line", record.line);
  fields.add("page", record.page);
  fields.add("page_label", record.page_label);
  fields.add("chapter", record.chapter);
  fields.add("anchor", record.anchor);
  fields.json["begin"] = record.begin;
  fields.json["end"] = record.end;
  return std::move(fields.json);
}

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace

std::string feed_lines(FeedFormat format, const PassageRecord& record, const Work* work) {
  Json fields = fields_of(record, work, format == FeedFormat::kVespa);
  switch (format) {
    case FeedFormat::kVespa:
      return line_of(Json{{"put", "id:tome:passage::" + record.id}, {"fields", std::move(fields)}});
    case FeedFormat::kOpenSearch:
      return line_of(Json{{"index", {{"_id", record.id}}}}) + line_of(fields);
    case FeedFormat::kJsonLines:
      break;
  }
  return line_of(fields);
}

Result<FeedCounts> write_feed(const Reader& reader, FeedFormat format,
                              const std::function<bool(std::string_view)>& write) {
  const Result<const Catalogue*> catalogue = reader.catalogue();
  if (!catalogue) return catalogue.error();
  FeedCounts counts;
  const Status status = reader.each_passage([&](const PassageRecord& record) {
    const Work* work = record.works.empty() ? nullptr : (*catalogue)->find(record.works.front());
    const std::string lines = feed_lines(format, record, work);
    ++counts.passages;
    counts.bytes += lines.size();
    return write(lines);
  });
  if (!status) return status.error();
  return counts;
}

}  // namespace tome
