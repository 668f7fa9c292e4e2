// SPDX-License-Identifier: GPL-2.0-or-later
#include "mcp/view.h"

#include <fmt/format.h>

#include <algorithm>

#include "mcp/describe.h"
#include "mcp/plain.h"
#include "present/paint.h"

namespace tome::mcp {
namespace {

constexpr std::size_t kMaxFiles = 50;
constexpr std::size_t kMaxFeatures = 30;

std::string file_of(const std::string& file, const std::vector<RootStatus>& roots) {
  for (const auto& [name, path, present] : roots) {
    if (file.starts_with(name + "/")) return plain_name(path + file.substr(name.size()));
  }
  return plain_name(file);
}

// "label: value" where there is a value.
void row(Page& page, std::string_view label, const std::string& value) {
  if (!value.empty()) page.say(fmt::format("{}: {}", label, value));
}

}  // namespace

bool keep_what_fits(PassageView& view) {
  std::size_t size = passage_text(view.passage, "").size();
  const std::size_t had = view.before.size() + view.after.size();
  std::size_t before = 0;
  std::size_t after = 0;
  const auto takes = [&](const PassageHit& hit) {
    const std::size_t more = passage_text(hit, "").size() + 20;
    if (size + more > kPageBytes) return false;
    size += more;
    return true;
  };
  bool back = true;
  bool forth = true;
  while (back || forth) {
    forth = forth && after < view.after.size() && takes(view.after[after]);
    if (forth) ++after;
    back = back && before < view.before.size() &&
           takes(*(view.before.rbegin() + static_cast<std::ptrdiff_t>(before)));
    if (back) ++before;
  }
  view.before.erase(view.before.begin(), view.before.end() - static_cast<std::ptrdiff_t>(before));
  view.after.resize(after);
  return before + after < had;
}

std::string view_text(const PassageView& view, bool cut) {
  const WorkRef own = view.passage.works.empty() ? WorkRef{} : view.passage.works.front();
  std::string out;
  for (const PassageHit& hit : view.before) out += "[before]\n" + evidence_text(hit, own) + '\n';
  out += passage_text(view.passage, "[passage] ");
  for (const PassageHit& hit : view.after) out += "\n[after]\n" + evidence_text(hit, own);
  if (cut) {
    const PassageHit& last = view.after.empty() ? view.passage : view.after.back();
    out += fmt::format("\ncut here to keep the answer short; to read on: read_passage {}\n",
                       plain_name(last.id));
  }
  return out;
}

std::string outline_text(const WorkDetail& work, const std::vector<RootStatus>& roots) {
  const WorkInfo& info = work.view.work.info;
  Page page;
  page.add(work_text(work.view));
  row(page, "publisher", plain_line(info.publisher));
  if (info.edition != 0) row(page, "edition", std::to_string(info.edition));
  row(page, "ISBN", plain_line(info.isbn));
  row(page, "URL", plain_line(info.url));
  row(page, "words that tell it from the rest", plain_list(work.terms, ", ", 30));
  if (!info.features.empty())
    page.say("features:\n- " + plain_list(info.features, "\n- ", kMaxFeatures));
  if (!work.view.files.empty()) {
    std::vector<std::string> files;
    for (const std::string& file : work.view.files) {
      if (files.size() == kMaxFiles) break;
      if (!page.add("file: " + file_of(file, roots) + '\n')) break;
      files.push_back(file);
    }
    if (files.size() < work.view.files.size()) {
      page.say(fmt::format("and {} more files", grouped(work.view.files.size() - files.size())));
    }
  }
  for (const BookHit& like : work.similar) {
    page.add(fmt::format("like it: {} {}\n", plain_title(like.work.info, {}, "(untitled)"),
                         work_address(like.work.id)));
  }
  std::size_t listed = 0;
  if (!work.headings.empty()) page.say("headings:");
  for (const std::string& heading : work.headings) {
    const std::string line = plain_line(heading);
    if (!page.add("- " + line + '\n')) break;
    ++listed;
  }
  if (listed < work.headings.size()) {
    page.say(
        fmt::format("cut here to keep the answer short: {} more headings; search_passages "
                    "with title:\"...\" searches in this work alone",
                    grouped(work.headings.size() - listed)));
  }
  return page.text();
}

}  // namespace tome::mcp
