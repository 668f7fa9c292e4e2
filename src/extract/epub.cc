// SPDX-License-Identifier: GPL-2.0-or-later
// EPUB 2 and 3 -> Document: the chapters in reading order, under the titles of the table of
// contents.
#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "extract/epub_chapter.h"
#include "extract/epub_files.h"
#include "extract/epub_join.h"
#include "extract/epub_package.h"
#include "extract/epub_toc.h"
#include "extract/readers.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMaxWarnings = 10;

}  // namespace

Result<Document> read_epub(std::string_view bytes) {
  Result<Members> members = unzip(bytes, epub::may_hold_text);
  if (!members) return members.error();
  const epub::Files files(std::move(members).value());
  Result<epub::Package> package = epub::read_package(files);
  if (!package) return package.error();
  const std::vector<epub::TocEntry> toc = epub::read_toc(files, *package);
  std::map<std::string_view, std::vector<const epub::TocEntry*>> leading_to;
  for (const epub::TocEntry& entry : toc) leading_to[entry.file].push_back(&entry);

  std::vector<std::string> warnings = std::move(package->warnings);
  std::size_t failed = 0;
  std::uint64_t replaced = 0;
  epub::Joiner book;
  for (const std::string& name : package->spine) {
    const std::string* content = files.find(name);
    if (content == nullptr) continue;
    const Result<epub::Chapter> chapter = epub::read_chapter(*content);
    if (!chapter) {
      if (++failed <= kMaxWarnings) {
        warnings.push_back(fmt::format("{} was left out: {}", name, chapter.error().message));
      }
      continue;
    }
    replaced += chapter->document.replaced;
    book.add(name, *chapter, leading_to[name]);
  }
  if (failed > kMaxWarnings) {
    warnings.push_back(fmt::format("{} more files were left out", failed - kMaxWarnings));
  }
  if (book.blocks() == 0) {
    const std::string why = warnings.empty() ? "" : ": " + warnings.front();
    return Error{Code::kUnsupported, "holds no text" + why, "", ""};
  }
  Document document = std::move(book).finish();
  document.meta = std::move(package->info);
  document.title = document.meta.title;
  document.encoding = "UTF-8";
  document.replaced = replaced;
  document.warnings = std::move(warnings);
  return document;
}

}  // namespace tome
