// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/records.h"

#include <algorithm>
#include <array>

#include "text/codec.h"
#include "text/hash.h"
#include "text/text.h"

namespace tome {
namespace {

std::string text_of(Decoder& in) { return std::string(in.text()); }
std::uint32_t short_of(Decoder& in) { return static_cast<std::uint32_t>(in.number()); }

}  // namespace

void put_info(Encoder& out, const WorkInfo& info) {
  out.number(static_cast<std::uint64_t>(info.kind));
  out.text(info.title);
  out.text(info.subtitle);
  out.texts(info.authors);
  out.number(static_cast<std::uint64_t>(std::max(0, info.year)));
  out.number(static_cast<std::uint64_t>(std::max(0, info.edition)));
  out.text(info.publisher);
  out.text(info.isbn);
  out.texts(info.topics);
  out.texts(info.features);
  out.text(info.language);
  out.text(info.url);
}

WorkInfo info_of(Decoder& in) {
  WorkInfo info;
  info.kind = static_cast<Kind>(std::min<std::uint64_t>(in.number(), 2));
  info.title = text_of(in);
  info.subtitle = text_of(in);
  info.authors = in.texts();
  info.year = static_cast<int>(in.number());
  info.edition = static_cast<int>(in.number());
  info.publisher = text_of(in);
  info.isbn = text_of(in);
  info.topics = in.texts();
  info.features = in.texts();
  info.language = text_of(in);
  info.url = text_of(in);
  return info;
}

namespace {

// Fields joined by a byte that no path or folded title holds.
std::string hash_of(std::initializer_list<std::string_view> fields, std::size_t characters) {
  std::string joined;
  for (const std::string_view field : fields) joined.append(field).push_back('\0');
  return short_digest(joined, characters);
}

}  // namespace

std::string write_passage(const PassageRecord& record) {
  Encoder out;
  out.text(record.root);
  out.text(record.path);
  out.number(record.ordinal);
  // As a rule they follow from these, and are all that does not repeat in a block but the text.
  out.text(record.id == passage_id(record.root, record.path, record.ordinal) ? "" : record.id);
  out.text(record.source == source_id(record.root, record.path) ? "" : record.source);
  out.number(record.count);
  out.number(record.begin);
  out.number(record.end);
  out.number(record.body);
  out.number(record.line);
  out.text(record.anchor);
  out.number(record.page);
  out.text(record.page_label);
  out.text(record.chapter);
  out.text(record.language);
  out.texts(record.headings);
  out.texts(record.works);
  out.text(record.title);
  out.texts(record.authors);
  out.text(record.text);
  return out.take();
}

bool read_passage(std::string_view bytes, PassageRecord& record) {
  Decoder in(bytes);
  record.root = text_of(in);
  record.path = text_of(in);
  record.ordinal = short_of(in);
  record.id = text_of(in);
  if (record.id.empty()) record.id = passage_id(record.root, record.path, record.ordinal);
  record.source = text_of(in);
  if (record.source.empty()) record.source = source_id(record.root, record.path);
  record.count = short_of(in);
  record.begin = short_of(in);
  record.end = short_of(in);
  record.body = short_of(in);
  record.line = short_of(in);
  record.anchor = text_of(in);
  record.page = short_of(in);
  record.page_label = text_of(in);
  record.chapter = text_of(in);
  record.language = text_of(in);
  record.headings = in.texts();
  record.works = in.texts();
  record.title = text_of(in);
  record.authors = in.texts();
  record.text = text_of(in);
  return in.ok() && in.at_end() && record.body <= record.text.size();
}

std::string encode(const SourceRecord& record) {
  Encoder out;
  out.text(record.id);
  out.text(record.root);
  out.text(record.path);
  out.number(record.size);
  out.number(static_cast<std::uint64_t>(record.mtime));
  out.text(record.digest);
  out.number(static_cast<std::uint64_t>(record.state));
  out.text(record.reason);
  out.text(record.format);
  out.text(record.language);
  out.number(record.passages);
  out.number(record.text_bytes);
  out.number(record.replaced);
  out.text(record.whole);
  out.text(record.hint_title);
  out.text(record.hint_home);
  out.text(record.hint_home_title);
  out.text(record.hint_site);
  out.texts(record.warnings);
  out.number(record.line);
  return out.take();
}

namespace {

// Into a SourceRecord, or SourceFields, which has no warnings.
template <typename Source>
bool read_source(std::string_view bytes, Source& source) {
  Decoder in(bytes);
  source.id = in.text();
  source.root = in.text();
  source.path = in.text();
  source.size = in.number();
  source.mtime = static_cast<std::int64_t>(in.number());
  source.digest = in.text();
  source.state = static_cast<SourceState>(std::min<std::uint64_t>(in.number(), 2));
  source.reason = in.text();
  source.format = in.text();
  source.language = in.text();
  source.passages = short_of(in);
  source.text_bytes = in.number();
  source.replaced = in.number();
  source.whole = in.text();
  source.hint_title = in.text();
  source.hint_home = in.text();
  source.hint_home_title = in.text();
  source.hint_site = in.text();
  if constexpr (requires { source.warnings; }) {
    source.warnings = in.texts();
  } else {
    in.skip_texts();
  }
  source.line = short_of(in);
  return in.ok() && in.at_end();
}

}  // namespace

bool decode(std::string_view bytes, SourceRecord& record) { return read_source(bytes, record); }
bool decode(std::string_view bytes, SourceFields& fields) { return read_source(bytes, fields); }

std::string encode(const WorkRecord& record) {
  Encoder out;
  out.text(record.key);
  out.text(record.source);
  out.text(record.place);
  out.number(static_cast<std::uint64_t>(record.origin));
  put_info(out, record.info);
  return out.take();
}

bool decode(std::string_view bytes, WorkRecord& record) {
  Decoder in(bytes);
  record.key = text_of(in);
  record.source = text_of(in);
  record.place = text_of(in);
  record.origin = static_cast<Origin>(std::min<std::uint64_t>(in.number(), 2));
  record.info = info_of(in);
  return in.ok() && in.at_end();
}

std::string_view unpacked_name(std::string_view path) {
  static constexpr std::array<std::string_view, 4> kEndings = {".gz", ".xz", ".zst", ".bz2"};
  for (const std::string_view ending : kEndings) {
    if (path.ends_with(ending)) return path.substr(0, path.size() - ending.size());
  }
  return path;
}

bool has_catalogue_name(std::string_view path) {
  path = unpacked_name(path);
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos || path.size() - dot > 7) return false;
  std::string extension(path.substr(dot + 1));
  for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  static constexpr std::array<std::string_view, 5> kExtensions = {"csv", "tsv", "jsonl", "ndjson",
                                                                  "json"};
  return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

std::string_view file_of_source(std::string_view path) {
  const std::size_t mark = path.rfind('#');
  if (mark == std::string_view::npos || mark + 1 == path.size()) return path;
  if (path.find('/', mark) != std::string_view::npos) return path;
  return has_catalogue_name(path.substr(0, mark)) ? path.substr(0, mark) : path;
}

std::string source_id(std::string_view root, std::string_view path) {
  return hash_of({root, path}, 16);
}

std::string passage_id(std::string_view root, std::string_view path, std::uint32_t ordinal) {
  return hash_of({root, path, std::to_string(ordinal)}, 12);
}

std::string_view main_title(std::string_view title) {
  const std::size_t colon = title.find(": ");
  return colon == 0 || colon == std::string_view::npos ? title : title.substr(0, colon);
}

std::string family_name(std::string_view author) {
  static constexpr std::array<std::string_view, 6> kSuffixes = {"jr",  "jr.", "sr",
                                                                "sr.", "ii",  "iii"};
  std::string folded = fold(squeeze(author));
  const std::size_t comma = folded.find(',');
  if (comma != std::string::npos && comma > 0) {  // "Lee, Ann" or "Brooks, Jr."
    const std::string rest = squeeze(std::string_view(folded).substr(comma + 1));
    folded.resize(comma);
    if (std::find(kSuffixes.begin(), kSuffixes.end(), rest) == kSuffixes.end()) return folded;
  }
  while (true) {
    const std::size_t space = folded.find_last_of(' ');
    if (space == std::string::npos) return folded;
    const std::string_view last = std::string_view(folded).substr(space + 1);
    if (std::find(kSuffixes.begin(), kSuffixes.end(), last) == kSuffixes.end()) {
      return std::string(last);
    }
    folded.resize(space);
  }
}

std::string work_key(const WorkInfo& info, std::string_view place) {
  std::vector<std::string> families;
  for (const std::string& author : info.authors) families.push_back(family_name(author));
  std::sort(families.begin(), families.end());
  std::string joined;
  for (const std::string& family : families) joined += family + '\n';
  const std::string kind = info.kind == Kind::kBook ? "book" : "article";
  return hash_of({kind, fold(main_title(info.title)), joined, families.empty() ? place : ""}, 16);
}

}  // namespace tome
