// SPDX-License-Identifier: GPL-2.0-or-later
// What a check found, and what a repair did.
#include <fmt/format.h>

#include <map>
#include <set>

#include "present/paint.h"
#include "present/terminal.h"

namespace tome {
namespace {

// Each path once, with what is said of it below; then each thing to do once.
std::string by_file(const std::vector<Error>& errors, std::string_view colour,
                    const TerminalStyle& style) {
  std::vector<std::string> order;
  std::map<std::string, std::string> said;
  std::vector<std::string> hints;
  std::set<std::string> known;
  for (const Error& error : errors) {
    if (said.find(error.path) == said.end()) order.push_back(error.path);
    said[error.path] += "  " + clean_line(error.message) + '\n';
    if (!error.hint.empty() && known.insert(error.hint).second) hints.push_back(error.hint);
  }
  std::string out;
  for (const std::string& path : order) {
    out += paint(clean_name(path), colour, style) + '\n' + said[path];
  }
  for (const std::string& hint : hints) out += "try: " + clean_line(hint) + '\n';
  return out;
}

std::string generation(std::uint64_t number) {
  return number == 0 ? "what is in force" : fmt::format("generation {}", number);
}

}  // namespace

std::string present_check(const CheckReport& report, const std::string& index,
                          const TerminalStyle& style) {
  std::string out = by_file(report.problems, kErrorColour, style);
  if (!out.empty()) out += '\n';
  if (!report.notices.empty()) out += by_file(report.notices, kBold, style) + '\n';
  if (!report.problems.empty()) {
    return out + fmt::format("{}: {} is damaged: {}\n", clean_name(index),
                             generation(report.generation),
                             counted(report.problems.size(), "problem"));
  }
  out += fmt::format("{}: generation {} is sound\n", clean_name(index), report.generation);
  out += fmt::format("  read {} of {}, {} bytes: {}, {}, {}, {}\n", counted(report.files, "file"),
                     counted(report.segments, "segment"), grouped(report.bytes),
                     counted(report.passages, "passage"), counted(report.sources, "source"),
                     counted(report.work_records, "work record"), counted(report.words, "word"));
  if (report.fallback > 0) {
    out +=
        fmt::format("  generation {} is whole too, should this one be damaged\n", report.fallback);
  }
  return out;
}

std::string present_repair(const RepairReport& report, const std::string& index,
                           const TerminalStyle& style) {
  if (!report.repaired) {
    std::string out = fmt::format("Nothing to repair: generation {} of {} is sound\n",
                                  report.generation, clean_name(index));
    if (report.dropped > 0) {
      out += fmt::format("  {} not in force and damaged: dropped\n",
                         counted(report.dropped, "generation"));
    }
    return out;
  }
  std::vector<Error> problems = report.problems;
  for (Error& problem : problems) problem.hint.clear();
  std::string out = by_file(problems, kErrorColour, style) + '\n';
  out += fmt::format("Repaired {}: {} was damaged", clean_name(index), generation(report.damaged));
  if (report.generation == report.taken) {
    out += fmt::format("; generation {} is in force", report.generation);
  } else {
    out += fmt::format("; generation {} is what {} was", report.generation, report.taken);
  }
  return out + fmt::format(" ({})\ntry: tome index, which takes in what has changed since\n",
                           counted(report.passages, "passage"));
}

}  // namespace tome
