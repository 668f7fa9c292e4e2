// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "cli/context.h"
#include "present/clean.h"

namespace tome::cli {
namespace {

constexpr std::size_t kMostListed = 20;  // failures and warnings, each

std::string counted(std::uint64_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

void list(const char* what, const std::vector<Error>& errors) {
  for (std::size_t i = 0; i < std::min(kMostListed, errors.size()); ++i) {
    const std::string line = present_error(errors[i], TerminalStyle{});
    std::fputs(line.c_str(), stderr);
  }
  if (errors.size() > kMostListed) {
    std::fputs(fmt::format("... and {} more {}\n", errors.size() - kMostListed, what).c_str(),
               stderr);
  }
}

}  // namespace

void print_failures(const IndexReport& report) {
  list("files that could not be read", report.failures);
  list("warnings", report.warnings);
}

int print_report(const IndexReport& report, const std::filesystem::path& index, bool quiet,
                 double seconds) {
  print_failures(report);
  const int code = report.failures.empty() ? kFound : kSomeFilesFailed;
  if (quiet) return code;
  std::string out;
  if (report.published) {
    out = fmt::format("Indexed into {} (generation {}, {:.1f} s)\n", clean_name(index.string()),
                      report.generation, seconds);
  } else {
    out = fmt::format("Nothing has changed: {} is up to date (generation {})\n",
                      clean_name(index.string()), report.generation);
  }
  out += fmt::format("  {}: {} new, {} changed, {} removed, {} unchanged",
                     counted(report.sources, "source"), report.added, report.changed,
                     report.removed, report.unchanged);
  if (report.moved > 0) out += fmt::format(", {} moved", report.moved);
  if (report.kept > 0) out += fmt::format(", {} kept though missing", report.kept);
  out += fmt::format("\n  {}, {} of them books; {}\n", counted(report.works, "work"), report.books,
                     counted(report.passages, "passage"));
  if (report.replaced > 0) {
    out += fmt::format("  {} that are not text in the file's encoding became U+FFFD\n",
                       counted(report.replaced, "byte sequence"));
  }
  std::uint64_t skipped = 0;
  for (const auto& [why, count] : report.skipped) skipped += count;
  if (skipped > 0) {
    out += fmt::format("  skipped {}:", counted(skipped, "file"));
    for (const auto& [why, count] : report.skipped)
      out += fmt::format(" {} {};", count, clean_line(why));
    out.back() = '\n';
  }
  if (!report.failures.empty()) {
    out += fmt::format("  {} could not be read (see above)\n",
                       counted(report.failures.size(), "file"));
  }
  return print(out, code);
}

}  // namespace tome::cli
