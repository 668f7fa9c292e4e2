// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/corpus.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <unordered_set>

#include "eval/json_line.h"
#include "eval/lines.h"
#include "store/files.h"

namespace tome {
namespace {

Result<CollectionDocument> parse_document(const std::filesystem::path& file, std::uint64_t number,
                                          std::string_view line) {
  Result<JsonLine> json = JsonLine::parse(file, number, line);
  if (!json) return json.error();
  Result<std::string> id = json->identifier();
  if (!id) return id.error();
  Result<std::string> title = json->text("title");
  if (!title) return title.error();
  Result<std::string> text = json->text("text");
  if (!text) return text.error();
  return CollectionDocument{std::move(*id), std::move(*title), std::move(*text)};
}

}  // namespace

Result<Corpus> Corpus::open(const std::filesystem::path& file) {
  Result<LineReader> lines = LineReader::open(file);
  if (!lines) return lines.error();
  Corpus corpus(file);
  corpus.fd_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (corpus.fd_ < 0) return system_error("open", file);
  std::unordered_set<std::string> seen;
  std::string line;
  while (lines->next(line)) {
    if (trim(line).empty()) continue;
    Result<CollectionDocument> document = parse_document(file, lines->number(), line);
    if (!document) return document.error();
    if (!seen.insert(document->id).second) {
      return line_error(file, lines->number(), "a document of this _id stands further up");
    }
    corpus.places_.push_back(
        {std::move(document->id), lines->offset(), line.size(), lines->number()});
  }
  if (Status status = lines->status(); !status) return status.error();
  if (corpus.places_.empty()) {
    return Error{Code::kUnsupported, "holds no document", "", file.string()};
  }
  return corpus;
}

Corpus::Corpus(Corpus&& other) noexcept
    : file_(std::move(other.file_)), fd_(other.fd_), places_(std::move(other.places_)) {
  other.fd_ = -1;
}

Corpus::~Corpus() {
  if (fd_ >= 0) ::close(fd_);
}

Result<CollectionDocument> Corpus::read(const DocumentPlace& place) const {
  std::string line(static_cast<std::size_t>(place.length), '\0');
  std::size_t size = 0;
  while (size < line.size()) {  // pread, not a shared stream: workers read at the same time
    const ssize_t n = ::pread(fd_, line.data() + size, line.size() - size,
                              static_cast<off_t>(place.offset + size));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_error("read", file_);
    if (n == 0) return line_error(file_, place.line, "the file became shorter while it was read");
    size += static_cast<std::size_t>(n);
  }
  return parse_document(file_, place.line, line);
}

}  // namespace tome
