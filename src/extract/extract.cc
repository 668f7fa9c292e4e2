// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/extract.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "extract/decode.h"
#include "extract/readers.h"
#include "extract/tags.h"

namespace tome {
namespace {

constexpr std::size_t kMegabyte = 1 << 20;

// Markup grows in memory to many times its size; plain text does not.
std::size_t limit_of(Format format) {
  return format == Format::kText ? 256 * kMegabyte : 64 * kMegabyte;
}

}  // namespace

Result<Document> extract(Format format, std::string_view bytes) {
  if (format == Format::kUnknown) {
    return Error{Code::kUnsupported, "the file is in no format that tome reads", "", ""};
  }
  if (bytes.size() > limit_of(format)) {
    return Error{Code::kLimit,
                 fmt::format("the file is larger than {} MB", limit_of(format) / kMegabyte),
                 "split the file", ""};
  }
  const std::string_view declared =
      format == Format::kHtml ? declared_charset(bytes) : std::string_view();
  const Decoded decoded = decode(bytes, declared);
  Result<Document> read = format == Format::kText ? Result<Document>(read_plain(decoded.text))
                          : format == Format::kMarkdown
                              ? Result<Document>(read_markdown(decoded.text))
                              : read_html(decoded.text);
  if (!read.ok()) return read;
  read->format = format_name(format);
  read->encoding = decoded.encoding;
  read->replaced = decoded.replaced;
  return read;
}

}  // namespace tome
