// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/calibre.h"

#include <algorithm>
#include <array>
#include <utility>

#include "extract/calibre_opf.h"
#include "store/files.h"
#include "text/hash.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kMetadata = "metadata.opf";
constexpr std::string_view kPrefix = "opf:";
constexpr std::uint64_t kLargest = 1u << 20;
constexpr int kUnread = 100;

// Formats of a book, the best first.
constexpr std::pair<std::string_view, int> kFormats[] = {
    {"epub", 0}, {"html", 1}, {"htm", 1}, {"xhtml", 1}, {"fb2", 2}, {"docx", 3},
    {"odt", 4},  {"rtf", 5},  {"md", 6},  {"txt", 7},   {"pdf", 8}};
constexpr std::string_view kUnreadFormats[] = {
    "mobi", "azw", "azw3",  "azw4", "kfx", "lit", "prc",   "pdb", "djvu", "djv", "cbz",
    "cbr",  "zip", "htmlz", "txtz", "lrf", "snb", "kepub", "chm", "rar",  "doc", "original_epub"};

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view name_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::pair<std::string, std::string> stem_and_extension(std::string_view path) {
  const std::string_view name = name_of(path);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return {std::string(name), ""};
  std::string extension(name.substr(dot + 1));
  for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return {std::string(name.substr(0, dot)), extension};
}

// How good a file is as the text of a book; kUnread: it is one that is not read; -1: no book.
int quality_of(const std::string& extension) {
  for (const auto& [known, quality] : kFormats) {
    if (extension == known) return quality;
  }
  const bool unread = std::find(std::begin(kUnreadFormats), std::end(kUnreadFormats), extension) !=
                      std::end(kUnreadFormats);
  return unread ? kUnread : -1;
}

// Formats of one book: files that differ in their extension alone.
struct Formats {
  int count = 0;
  int best_quality = kUnread + 1;
  const FoundFile* best = nullptr;
};

// Calibre names the files of a book "Title - Author.epub"; a note that somebody put beside them has
// another name. Else the book is what comes in most formats, then in the best one.
bool is_rather_the_book(const std::string& a, const Formats& of_a, const std::string& b,
                        const Formats& of_b) {
  const bool dash_a = a.find(" - ") != std::string::npos;
  const bool dash_b = b.find(" - ") != std::string::npos;
  if (dash_a != dash_b) return dash_a;
  if (of_a.count != of_b.count) return of_a.count > of_b.count;
  return of_a.best_quality < of_b.best_quality;
}

// The files of one folder, as one book.
void add_book(const std::vector<const FoundFile*>& files,
              const std::shared_ptr<const CalibreBook>& book,
              std::map<std::string, CalibrePart>& parts) {
  std::map<std::string, Formats> stems;
  for (const FoundFile* file : files) {
    const auto [own, extension] = stem_and_extension(file->path);
    const int quality = quality_of(extension);
    if (quality < 0) continue;
    Formats& formats = stems[own];
    ++formats.count;
    if (quality >= formats.best_quality) continue;
    formats.best_quality = quality;
    formats.best = file;
  }
  std::string stem;
  Formats formats;
  for (const auto& [own, of_own] : stems) {
    if (formats.best != nullptr && !is_rather_the_book(own, of_own, stem, formats)) continue;
    stem = own;
    formats = of_own;
  }
  const FoundFile* best = formats.best;
  const bool read = best != nullptr && formats.best_quality < kUnread;
  for (const FoundFile* file : files) {
    const auto [own, extension] = stem_and_extension(file->path);
    const std::string_view name = name_of(file->path);
    if (name == kMetadata) {
      parts[file->path].book = read ? nullptr : book;
    } else if (read && file == best) {
      parts[file->path].book = book;
    } else if (name == "cover.jpg" || name == "cover.jpeg" || name == "cover.png") {
      parts[file->path];
    } else if (quality_of(extension) >= 0 && own == stem) {
      parts[file->path].another_format = true;
    }
  }
}

}  // namespace

std::map<std::string, CalibrePart> find_calibre_books(const fs::path& base,
                                                      const std::vector<FoundFile>& found,
                                                      std::vector<Error>& warnings) {
  std::map<std::string_view, std::vector<const FoundFile*>> folders;
  std::map<std::string, CalibrePart> parts;
  for (const FoundFile& file : found) {
    const std::string_view name = name_of(file.path);
    if (name == kMetadata) folders[folder_of(file.path)];
    if (name == "metadata.db") {  // the library's own; a source of no book
      parts[file.path];
      const std::string_view folder = folder_of(file.path);
      const std::string saved = "metadata_db_prefs_backup.json";
      parts[folder.empty() ? saved : std::string(folder) + "/" + saved];
    }
  }
  if (folders.empty()) return parts;
  for (const FoundFile& file : found) {
    const auto folder = folders.find(folder_of(file.path));
    if (folder != folders.end()) folder->second.push_back(&file);
  }
  for (const auto& [folder, files] : folders) {
    const fs::path path = base / folder / kMetadata;
    const Result<std::string> bytes = read_file(path, kLargest);
    const Result<BookDescription> described =
        bytes.ok() ? read_calibre_opf(*bytes) : Result<BookDescription>(bytes.error());
    if (!described) {
      const Error& error = described.error();
      warnings.push_back({error.code, error.message, error.hint, path.string()});
      continue;
    }
    CalibreBook book{*described, std::string(kPrefix) + hex_digest(*bytes)};
    add_book(files, std::make_shared<const CalibreBook>(std::move(book)), parts);
  }
  return parts;
}

void tell_of_book(const fs::path& base, const std::shared_ptr<const CalibreBook>& book,
                  File& file) {
  file.apart = true;
  file.fingerprint = book->fingerprint;
  const std::string path(file.record().path());
  if (name_of(path) == kMetadata) {
    if (file.to_read()) {
      SourceRecord record = file.fresh.unpack();
      record.format = "opf";
      file.fresh = PackedSource(record);
    }
    file.load = [book](SourceRecord& record, Extractor&) {
      record.digest = book->fingerprint.substr(kPrefix.size());
      record.format = "opf";
      return describe_book(book->described);
    };
  } else {
    file.load = [book, path = base / path, format = file.format, filter = file.filter](
                    SourceRecord& record, Extractor& extractor) {
      Result<Document> document = load_file(path, format, filter, record, extractor);
      if (document.ok()) apply_description(book->described, *document);
      return document;
    };
  }
}

bool is_calibre_fingerprint(std::string_view whole) { return whole.starts_with(kPrefix); }

std::string with_calibre_folder(const fs::path& root, const std::string& part) {
  std::error_code code;
  if (part.empty() || fs::is_directory(root / part, code)) return part;
  const std::string folder(folder_of(part));
  return fs::is_regular_file(root / folder / kMetadata, code) ? folder : part;
}

}  // namespace tome
