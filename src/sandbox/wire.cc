// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "extract/extract.h"
#include "sandbox/document_check.h"
#include "text/codec.h"
#include "text/text.h"

namespace tome {
namespace {

enum Tag : std::uint64_t { kError, kDocument, kOutOfMemory };

// A block takes a hundred bytes of memory, and as little as nine on its way.
constexpr std::uint64_t kMostBlocks = 4'000'000;
constexpr std::uint64_t kMostTexts = 1'000'000;  // labels, authors, warnings: of each list

std::uint64_t of_int(int value) { return static_cast<std::uint32_t>(value); }

void put(Encoder& out, const WorkInfo& info) {
  out.number(static_cast<std::uint64_t>(info.kind));
  out.text(info.title);
  out.text(info.subtitle);
  out.texts(info.authors);
  out.number(of_int(info.year));
  out.number(of_int(info.edition));
  out.text(info.publisher);
  out.text(info.isbn);
  out.texts(info.topics);
  out.texts(info.features);
  out.text(info.language);
  out.text(info.url);
}

// Begin and end as distances, so that what comes out is in order.
void put(Encoder& out, const Block& block, std::uint32_t before) {
  out.number(static_cast<std::uint64_t>(block.style));
  out.number(of_int(block.level));
  out.number(block.numbered ? 1 : 0);
  out.number(block.begin - before);
  out.number(block.end - block.begin);
  out.number(block.line);
  out.text(block.anchor);
  out.number(block.page);
  out.text(block.chapter);
}

// Fields one by one; after the first that is out of its bounds, ok() is false.
class FieldReader {
 public:
  explicit FieldReader(std::string_view fields) : in_(fields) {}

  std::uint64_t number(std::uint64_t most) {
    const std::uint64_t value = in_.number();
    if (value > most) ok_ = false;
    return value > most ? 0 : value;
  }
  std::uint32_t number32() { return static_cast<std::uint32_t>(number(UINT32_MAX)); }
  int integer() { return static_cast<int>(number32()); }
  std::string text() {
    std::string value(in_.text());
    repair_utf8(value);
    return value;
  }
  std::vector<std::string> texts() {
    std::vector<std::string> values;
    const std::uint64_t count = number(kMostTexts);
    for (std::uint64_t i = 0; i < count && ok(); ++i) values.push_back(text());
    return values;
  }
  bool ok() const { return ok_ && in_.ok(); }
  bool done() const { return ok() && in_.at_end(); }

 private:
  Decoder in_;
  bool ok_ = true;
};

WorkInfo work_info(FieldReader& in) {
  WorkInfo info;
  info.kind = static_cast<Kind>(in.number(static_cast<std::uint64_t>(Kind::kArticle)));
  info.title = in.text();
  info.subtitle = in.text();
  info.authors = in.texts();
  info.year = in.integer();
  info.edition = in.integer();
  info.publisher = in.text();
  info.isbn = in.text();
  info.topics = in.texts();
  info.features = in.texts();
  info.language = in.text();
  info.url = in.text();
  return info;
}

Block block_of(FieldReader& in, std::uint32_t before, std::size_t size) {
  Block block;
  block.style = static_cast<Style>(in.number(static_cast<std::uint64_t>(Style::kLabel)));
  block.level = in.integer();
  block.numbered = in.number(1) == 1;
  block.begin = before + static_cast<std::uint32_t>(in.number(size - before));
  block.end = block.begin + static_cast<std::uint32_t>(in.number(size - block.begin));
  block.line = in.number32();
  block.anchor = in.text();
  block.page = in.number32();
  block.chapter = in.text();
  return block;
}

DecodedAnswer no_document(std::string_view why) {
  DecodedAnswer answer;
  answer.nonsense = true;
  answer.result = Error{Code::kUnsupported,
                        fmt::format("was read into something that is no document ({})", why),
                        "the file is odd or the reader has a fault: please report it", ""};
  return answer;
}

}  // namespace

std::string encode_answer(const Document& document) {
  Encoder out;
  out.number(kDocument);
  out.text(document.format);
  out.number(document.blocks.size());
  std::uint32_t before = 0;
  for (const Block& block : document.blocks) {
    put(out, block, before);
    before = block.end;
  }
  put(out, document.meta);
  out.texts(document.page_labels);
  out.text(document.title);
  out.text(document.encoding);
  out.number(document.replaced);
  out.texts(document.warnings);
  return out.take();
}

std::string encode_answer(const Error& error) {
  Encoder out;
  out.number(kError);
  out.number(static_cast<std::uint64_t>(error.code));
  out.text(error.message);
  out.text(error.hint);
  return out.take();
}

std::string encode_out_of_memory() {
  Encoder out;
  out.number(kOutOfMemory);
  return out.take();
}

DecodedAnswer decode_answer(std::string_view fields, std::string text,
                            const ExtractLimits& limits) {
  FieldReader in(fields);
  DecodedAnswer answer;
  const std::uint64_t tag = in.number(kOutOfMemory);
  if (in.ok() && tag == kOutOfMemory) {
    answer.out_of_memory = true;
    answer.result = needs_too_much_memory(limits);
    return answer;
  }
  if (in.ok() && tag == kError) {
    Error error;
    error.code = static_cast<Code>(in.number(static_cast<std::uint64_t>(Code::kRefused)));
    error.message = in.text();
    error.hint = in.text();
    if (!in.done() || error.message.empty()) return no_document("no reason given");
    answer.result = std::move(error);
    return answer;
  }
  Document document;
  document.text = std::move(text);
  document.format = in.text();
  const std::uint64_t blocks = in.number(UINT64_MAX);
  if (in.ok() && blocks > kMostBlocks) {
    answer.result = Error{Code::kLimit, fmt::format("has more than {} paragraphs", kMostBlocks),
                          "split the file", ""};
    return answer;
  }
  std::uint32_t before = 0;
  for (std::uint64_t i = 0; i < blocks && in.ok(); ++i) {
    document.blocks.push_back(block_of(in, before, document.text.size()));
    before = document.blocks.back().end;
  }
  document.meta = work_info(in);
  document.page_labels = in.texts();
  document.title = in.text();
  document.encoding = in.text();
  document.replaced = in.number(UINT64_MAX);
  document.warnings = in.texts();
  if (!in.done()) return no_document("its fields are out of bounds");
  const std::string fault = fault_of(document);
  if (!fault.empty()) return no_document(fault);
  answer.result = std::move(document);
  return answer;
}

}  // namespace tome
