// SPDX-License-Identifier: GPL-2.0-or-later
// Formats that are a ZIP of files. A change inside a ZIP only breaks a checksum, so an input is the
// files as text, "=== NAME" before each, and is put into a ZIP here; what begins as a ZIP is taken
// as it stands.
#include "documents.h"
#include "extract/extract.h"
#include "sandbox/compressed.h"
#include "support/zip_file.h"
#include "target.h"

namespace tome::fuzz {
namespace {

constexpr std::string_view kMark = "=== ";

std::string container_of(std::string_view bytes) {
  if (bytes.starts_with("PK")) return std::string(bytes);
  test::ZipFiles files;
  while (!bytes.empty() && files.size() < 100) {
    const std::string_view line = take_line(bytes);
    if (line.starts_with(kMark)) {
      files.emplace_back(line.substr(kMark.size()), "");
    } else if (!files.empty()) {
      files.back().second.append(line).push_back('\n');
    }
  }
  // mimetype is compared with its whole contents.
  for (auto& [name, contents] : files) {
    if (name == "mimetype" && contents.ends_with('\n')) contents.pop_back();
  }
  return test::zip_of(files, "compression=store");
}

void run(Format format, std::string_view bytes) {
  const std::string file = container_of(bytes);
  detect_format("book", file);
  check(extract(format, file), file.size());
}

}  // namespace

void run_epub(std::string_view bytes) { run(Format::kEpub, bytes); }
void run_open_document(std::string_view bytes) { run(Format::kOpenDocument, bytes); }
void run_docx(std::string_view bytes) { run(Format::kDocx, bytes); }

// What is inside may be a thousand times as long, so only the promises are checked.
void run_compressed(std::string_view bytes) {
  const Result<Document> document = extract_any("notes.md.gz", Format::kCompressed, bytes);
  if (document.ok()) require_none(broken_promise(*document));
}

}  // namespace tome::fuzz
