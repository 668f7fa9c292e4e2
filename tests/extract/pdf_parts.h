// SPDX-License-Identifier: GPL-2.0-or-later
// Small PDFs in memory, and how they are read.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "extract/blocks.h"
#include "support/pdf_file.h"

namespace tome::test {

inline Document read_parts(const PdfParts& parts) {
  auto document = extract(Format::kPdf, pdf_file(parts));
  EXPECT_TRUE(document.ok()) << (document.ok() ? "" : document.error().message);
  return document.ok() ? *document : Document{};
}

inline std::string show_parts(const PdfParts& parts) { return show(read_parts(parts)); }

inline std::string pages_of(const Document& document) {
  std::string out;
  for (const Block& block : document.blocks) out += fmt::format("{} ", block.page);
  return out;
}

inline std::vector<PdfText> joined(std::vector<PdfText> a, const std::vector<PdfText>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// Lines of about one width.
inline const std::vector<std::string> kProse = {
    "The quick brown fox jumps over the lazy dog by night,",
    "and the lazy dog sleeps on without a care in the world,",
    "until the morning comes and the fox has gone away."};

inline void expect_error(std::string_view bytes, Code code, const std::string& message) {
  const auto document = extract(Format::kPdf, bytes);
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.error().code, code);
  EXPECT_EQ(document.error().message, message);
}

}  // namespace tome::test
