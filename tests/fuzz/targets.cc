// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdio>
#include <cstdlib>

#include "target.h"

namespace tome::fuzz {

const std::vector<Target>& targets() {
  static const std::vector<Target> all = {
      {"text", run_text},
      {"markdown", run_markdown},
      {"html", run_html},
      {"rst", run_rst},
      {"asciidoc", run_asciidoc},
      {"man", run_man},
      {"mdoc", run_man},  // the same reader from other seeds: two languages of macros
      {"org", run_org},
      {"latex", run_latex},
      {"notebook", run_notebook},
      {"fb2", run_fiction_book},
      {"rtf", run_rtf},
      {"pdf", run_pdf},
      {"epub", run_epub},
      {"odt", run_open_document},
      {"docx", run_docx},
      {"csv", run_csv},
      {"jsonl", run_jsonl},
      {"json", run_json},
      {"compressed", run_compressed},
      {"structure", run_structure},
      {"analyser", run_analyser},
      {"query", run_query},
      {"request", run_request},
      {"mcp", run_mcp},
      {"manifest", run_manifest},
      {"records", run_records},
      {"shards", run_shards},
      {"table", run_table},
      {"wire", run_wire},
  };
  return all;
}

const Target* find_target(std::string_view name) {
  for (const Target& target : targets()) {
    if (target.name == name) return &target;
  }
  return nullptr;
}

void require(bool holds, std::string_view what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
}

void require_none(std::string_view fault) { require(fault.empty(), fault); }

unsigned char take_byte(std::string_view& bytes) {
  if (bytes.empty()) return 0;
  const auto byte = static_cast<unsigned char>(bytes.front());
  bytes.remove_prefix(1);
  return byte;
}

std::string_view take_line(std::string_view& bytes) {
  const std::size_t end = bytes.find('\n');
  const std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end == bytes.npos ? bytes.size() : end + 1);
  return line;
}

}  // namespace tome::fuzz
