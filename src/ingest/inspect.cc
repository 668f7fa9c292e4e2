// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/inspect.h"

#include <strings.h>
#include <unistd.h>

#include <cstdio>

#include "ingest/calibre.h"
#include "sandbox/filter.h"
#include "store/files.h"
#include "text/hash.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kLargestFile = 256u << 20;
constexpr std::size_t kPeekBytes = 64u << 10;
// Record::format of a file that a filter reads; no Format has this name, so it stays kUnknown.
constexpr std::string_view kFiltered = "filter";

// What a file is that is not read, for the report.
std::string form_of(const std::string& path, std::string_view head) {
  if (head.starts_with("PK\x03\x04")) return "ZIP";
  const std::string extension = fs::path(path).extension().string();
  // detect_format() takes a name alone for text when it knows no better.
  const bool named =
      detect_format(path, {}) != Format::kText || ::strcasecmp(extension.c_str(), ".txt") == 0;
  if (named) return "not what its name says: " + extension;
  return "unknown format: " + (extension.empty() ? "no extension" : extension);
}

// First bytes of a file; empty when it cannot be read (the pipeline reports why).
std::string head_of(const fs::path& path) {
  std::string head(kPeekBytes, '\0');
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return {};
  head.resize(std::fread(head.data(), 1, head.size(), file));
  std::fclose(file);
  return head;
}

// Whether a page that asks not to be listed is one of a site that does not ask so: the whole book
// in one page for the printer, an old edition of a page. The nearest index.html speaks for the
// site.
bool repeats_site(const fs::path& base, const std::string& path) {
  for (std::string folder = path; !folder.empty();) {
    const std::size_t slash = folder.rfind('/');
    folder.resize(slash == std::string::npos ? 0 : slash);
    const fs::path index = base / folder / "index.html";
    if (::access(index.c_str(), R_OK) == 0) {
      return !peek_hints(Format::kHtml, head_of(index)).unlisted;
    }
  }
  return false;
}

State compare(const SourceFields& old, const FoundFile& found, const fs::path& path, bool retry) {
  if (old.size != found.size) return State::kChanged;
  if (old.state == SourceState::kFailed && (retry || old.mtime != found.mtime)) {
    return State::kChanged;
  }
  if (old.mtime == found.mtime) return State::kSame;
  const Result<FileDigest> digest = digest_file(path, kLargestFile);
  return digest.ok() && digest->hex == old.digest ? State::kTouched : State::kChanged;
}

}  // namespace

File inspect(const fs::path& base, const std::string& root, const FoundFile& found,
             const PackedSource* old, const IndexOptions& options, bool alone) {
  File file;
  file.filter = find_filter(options.filters, found.path);
  const fs::path path = base / found.path;
  file.state = old == nullptr ? State::kNew : compare(old->fields(), found, path, options.retry);
  if (!file.to_read()) {
    if (file.state == State::kSame) {
      file.same = old;
    } else {
      file.fresh = at_time(*old, found.mtime);
    }
    file.format = format_of(old->fields().format);
    return file;
  }
  std::string head;
  if (file.filter == nullptr) {
    head = head_of(path);
    file.format = detect_format(found.path, head);
    if (file.format == Format::kUnknown) file.unread = form_of(found.path, head);
  }
  const WholeHints hints = peek_hints(file.format, head);
  const bool beside = hints.listing || (hints.unlisted && repeats_site(base, found.path));
  if (hints.redirect || (beside && !alone)) {
    file.format = Format::kUnknown;
    file.unread = hints.redirect  ? "pages that lead to another"
                  : hints.listing ? "listings of program source"
                                  : "pages that repeat others of their site";
  }
  SourceRecord record;
  record.id = source_id(root, found.path);
  record.root = root;
  record.path = found.path;
  record.size = found.size;
  record.mtime = found.mtime;
  record.format = file.filter != nullptr ? kFiltered : format_name(file.format);
  record.hint_title = hints.title;
  record.hint_home = hints.home;
  record.hint_home_title = hints.home_title;
  record.hint_site = hints.site_name;
  file.fresh = PackedSource(record);
  return file;
}

PackedSource at_time(const PackedSource& source, std::int64_t mtime) {
  SourceRecord record = source.unpack();
  record.mtime = mtime;
  return PackedSource(record);
}

File as_indexed(const PackedSource& record, const IndexOptions& options) {
  const SourceFields fields = record.fields();
  File file;
  file.filter = find_filter(options.filters, fields.path);
  file.same = &record;
  file.format = format_of(fields.format);
  file.apart = file_of_source(fields.path) != fields.path || is_calibre_fingerprint(fields.whole);
  if (file.apart) file.fingerprint = fields.whole;
  return file;
}

Result<Document> load_file(const fs::path& path, Format format, const Filter* filter,
                           SourceRecord& record, Extractor& extractor) {
  Result<std::string> bytes = read_file(path, kLargestFile);
  if (!bytes) return bytes.error();
  record.digest = hex_digest(*bytes);
  if (filter != nullptr) {
    record.format = kFiltered;
    return extractor.extract(*filter, path);
  }
  // One that a filter read before, and now there is none.
  if (format == Format::kUnknown) format = detect_format(record.path, *bytes);
  record.format = format_name(format);
  return extractor.extract(record.path, format, *bytes);
}

}  // namespace tome
