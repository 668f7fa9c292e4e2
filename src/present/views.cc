// SPDX-License-Identifier: GPL-2.0-or-later
// A passage in its context, the works, the status, errors.
#include <fmt/format.h>

#include <algorithm>

#include "present/paint.h"
#include "present/terminal.h"
#include "text/text.h"

namespace tome {
namespace {

std::string heading_lines(const std::string& path, const TerminalStyle& style) {
  return block({path, {}}, {.colour = kHeadingColour}, style) + '\n';
}

// The text of `hits`, with the heading path where it is another than the one printed last.
std::string neighbours(const std::vector<PassageHit>& hits, std::string& heading,
                       const TerminalStyle& style) {
  std::string out;
  for (const PassageHit& hit : hits) {
    const std::string path = heading_path(hit.locator.headings);
    if (path != heading) out += heading_lines(path, style);
    heading = path;
    out += block(snippet(hit.snippet), {.colour = kDim, .blank_lines = true}, style) + '\n';
  }
  return out;
}

std::string kind_name(Kind kind) {
  return kind == Kind::kBook ? "book" : kind == Kind::kArticle ? "article" : "work";
}

std::string row(std::string_view name, const std::string& value) {
  return fmt::format("{:<11}{}\n", name, value);
}

}  // namespace

std::string present_passage_view(const PassageView& view, const TerminalStyle& style) {
  const PassageHit& hit = view.passage;
  std::vector<WorkRef> works = hit.works;
  if (works.empty()) works.emplace_back();
  const WorkRef own = works.front();
  works.erase(works.begin());
  const BlockStyle look{.first = "", .rest = "", .marks = kTitleColour};
  std::string out = block(title_line(own.info, works, hit.locator.path), look, style);

  const std::string own_heading = heading_path(hit.locator.headings);
  std::string heading =
      view.before.empty() ? own_heading : heading_path(view.before.front().locator.headings);
  out += heading_lines(heading, style);
  out += neighbours(view.before, heading, style);
  if (heading != own_heading) out += heading_lines(own_heading, style);
  heading = own_heading;

  // Among neighbours a bar says which passage was asked for, without colours too; alone it has
  // none, and its code can be copied.
  BlockStyle body;
  body.blank_lines = true;
  if (!view.before.empty() || !view.after.empty()) body.first = body.rest = "| ";
  out += block(snippet(hit.snippet), body, style) + '\n';
  out += neighbours(view.after, heading, style);

  std::string place = locator(hit.locator, style) + "  " + clean_line(hit.id);
  if (!view.before.empty()) place += "  before: " + clean_line(view.before.back().id);
  if (!view.after.empty()) place += "  after: " + clean_line(view.after.front().id);
  return out + "  " + paint(place, kDim, style) + '\n';
}

std::string present_works(const std::vector<WorkView>& works, bool sources,
                          const TerminalStyle& style) {
  if (works.empty()) return "The shelf is empty.\ntry: tome index PATH...\n";
  const BlockStyle look{.first = "", .rest = "    ", .marks = kTitleColour};
  std::string out;
  std::uint64_t books = 0;
  for (const WorkView& view : works) {
    const WorkInfo& info = view.work.info;
    if (info.kind == Kind::kBook) ++books;
    MarkedText line =
        title_line(info, {}, view.files.empty() ? std::string_view("(untitled)") : view.files[0]);
    line.text += fmt::format(" ({}, {})", kind_name(info.kind), counted(view.passages, "passage"));
    out += block(line, look, style);
    if (!sources) continue;
    for (const std::string& file : view.files) {
      out += "  " + paint(clean_name(file), kDim, style) + '\n';
    }
  }
  const std::string total = counted(works.size(), "work") + ", of them " + counted(books, "book");
  return out + '\n' + paint(total, kDim, style) + '\n';
}

std::string present_counts(const Counts& counts, std::string_view what,
                           const TerminalStyle& style) {
  std::size_t widest = 0;
  for (const auto& [name, count] : counts) {
    widest = std::max(widest, display_width(clean_line(name)));
  }
  std::string out;
  for (const auto& [name, count] : counts) {
    const std::string clean = clean_line(name);
    out += clean + std::string(widest - display_width(clean) + 2, ' ') + grouped(count) + '\n';
  }
  return out + '\n' + paint(counted(counts.size(), what), kDim, style) + '\n';
}

namespace {

// A shard a line: where it is, what it holds, how long it takes.
std::string shard_rows(const std::vector<ShardStatus>& shards, const TerminalStyle& style) {
  std::size_t widest = 0;
  for (const ShardStatus& shard : shards) {
    widest = std::max(widest, display_width(clean_name(shard.address)));
  }
  std::string out;
  for (const ShardStatus& shard : shards) {
    const std::string address = clean_name(shard.address);
    std::string line = address + std::string(widest - display_width(address) + 2, ' ');
    if (!shard.reachable) {
      line += paint("does not answer", kBold, style) + ": " + clean_line(shard.reason);
    } else {
      line +=
          fmt::format("generation {}, {}", shard.generation, counted(shard.passages, "passage"));
      if (shard.remote) line += fmt::format(", {:.2f} ms", shard.milliseconds);
    }
    out += row(out.empty() ? "shards" : "", line);
  }
  return out;
}

}  // namespace

std::string present_status(const ShelfStatus& status, const TerminalStyle& style) {
  std::string out = row(
      "works", fmt::format("{}, of them {}", grouped(status.works), counted(status.books, "book")));
  out += row("passages",
             fmt::format("{} in {}", grouped(status.passages), counted(status.sources, "source")));
  if (status.failed != 0) {
    out +=
        row("failed", paint(counted(status.failed, "source") + " could not be read", kBold, style) +
                          ": tome list --failed");
  }
  std::string languages;
  for (const auto& [language, passages] : status.languages) {
    const std::string name = clean_line(language);
    if (!languages.empty()) languages += ", ";
    languages += fmt::format("{} {}", name.empty() ? "unknown" : name, grouped(passages));
  }
  if (!languages.empty()) out += row("languages", languages);
  out += row("size", fmt::format("{} on disk for {} of text", size_name(status.bytes),
                                 size_name(status.text_bytes)));
  out += row("index", fmt::format("generation {}, {}", status.generation,
                                  counted(status.segments, "segment")));
  out += shard_rows(status.shards, style);
  std::size_t widest = 0;
  for (const auto& root : status.roots)
    widest = std::max(widest, display_width(clean_name(root.name)));
  std::string_view label = "roots";
  for (const auto& root : status.roots) {
    const std::string name = clean_name(root.name);
    const std::string gap(widest - display_width(name) + 2, ' ');
    const std::string away = root.present ? "" : "  (not there)";
    out += row(label, fmt::format("{}{}{}{}", name, gap, clean_name(root.path), away));
    label = "";
  }
  if (status.sources == 0) out += "The shelf is empty.\ntry: tome index PATH...\n";
  return out;
}

std::string present_error(const Error& error, const TerminalStyle& style) {
  std::string out = paint("tome:", kErrorColour, style) + ' ' + clean_line(error.message);
  if (!error.path.empty()) out += ": " + clean_name(error.path);
  out += '\n';
  if (!error.hint.empty()) out += "try: " + clean_line(error.hint) + '\n';
  return out;
}

}  // namespace tome
