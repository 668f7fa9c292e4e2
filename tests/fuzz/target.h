// SPDX-License-Identifier: GPL-2.0-or-later
// Fuzz targets: functions that take any bytes, use one part of tome with them and abort when what
// comes out is not what its header promises. libFuzzer feeds them (tools/fuzz), and so does an
// ordinary test with the seeds and the former findings.
#pragma once

#include <string_view>
#include <vector>

namespace tome::fuzz {

struct Target {
  std::string_view name;  // of its folders in corpus/ and regressions/
  void (*run)(std::string_view bytes);
};

// One list for the fuzzer and the test; in targets.cc.
const std::vector<Target>& targets();
const Target* find_target(std::string_view name);  // null when there is none

// Aborts with `what` unless `holds`.
void require(bool holds, std::string_view what);
// Aborts with `fault` unless it is empty.
void require_none(std::string_view fault);

// Takes the first byte off `bytes`; 0 when there is none.
unsigned char take_byte(std::string_view& bytes);
// Takes a line off `bytes`, without its end.
std::string_view take_line(std::string_view& bytes);

// extractors.cc; in containers.cc those of formats that are a ZIP of files.
void run_text(std::string_view bytes);
void run_markdown(std::string_view bytes);
void run_html(std::string_view bytes);
void run_rst(std::string_view bytes);
void run_asciidoc(std::string_view bytes);
void run_man(std::string_view bytes);
void run_org(std::string_view bytes);
void run_latex(std::string_view bytes);
void run_notebook(std::string_view bytes);
void run_fiction_book(std::string_view bytes);
void run_rtf(std::string_view bytes);
void run_pdf(std::string_view bytes);
void run_epub(std::string_view bytes);
void run_open_document(std::string_view bytes);
void run_docx(std::string_view bytes);

void run_csv(std::string_view bytes);
void run_jsonl(std::string_view bytes);
void run_json(std::string_view bytes);
void run_compressed(std::string_view bytes);
void run_structure(std::string_view bytes);
void run_analyser(std::string_view bytes);
void run_query(std::string_view bytes);
void run_request(std::string_view bytes);
void run_mcp(std::string_view bytes);
void run_manifest(std::string_view bytes);
void run_records(std::string_view bytes);
void run_shards(std::string_view bytes);
void run_table(std::string_view bytes);
void run_wire(std::string_view bytes);

}  // namespace tome::fuzz
