// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/wholes.h"

#include <algorithm>
#include <array>
#include <map>

#include "text/codec.h"
#include "text/hash.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kLeastTitles = 5;  // pages that must share the ending of a title
constexpr std::size_t kLeastLinked = 2;  // pages that must name the same home or site
constexpr std::array<std::string_view, 6> kSeparators = {" - ", " — ", " – ", " | ", " :: ", " » "};

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool below(std::string_view path, std::string_view folder) {
  return folder.empty() || path == folder ||
         (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

std::string_view common_folder(std::string_view a, std::string_view b) {
  while (!below(b, a)) a = folder_of(a);
  return a;
}

// The ending of a title from its last separator on: " - The Rust Programming Language".
std::string_view tail_of(std::string_view title) {
  constexpr std::size_t kNowhere = std::string_view::npos;
  std::size_t last = kNowhere;
  for (const std::string_view separator : kSeparators) {
    const std::size_t at = title.rfind(separator);
    if (at != kNowhere && at > 0 && (last == kNowhere || at > last)) last = at;
  }
  return last == kNowhere ? std::string_view() : title.substr(last);
}

std::string_view without_separator(std::string_view tail) {
  for (const std::string_view separator : kSeparators) {
    if (tail.starts_with(separator)) return tail.substr(separator.size());
  }
  return tail;
}

// "../index.html#top" seen from "a/b/c.html" -> "a/index.html"; empty when it leads elsewhere.
std::string resolve(std::string_view from, std::string_view href) {
  href = href.substr(0, href.find_first_of("#?"));
  if (href.empty() || href[0] == '/' || href.find("://") != std::string_view::npos) return {};
  std::string folder(folder_of(from));
  for (std::size_t begin = 0; begin <= href.size();) {
    const std::size_t slash = std::min(href.find('/', begin), href.size());
    const std::string_view piece = href.substr(begin, slash - begin);
    if (piece == "..") {
      if (folder.empty()) return {};
      folder.resize(folder_of(folder).size());
    } else if (!piece.empty() && piece != ".") {
      if (!folder.empty()) folder += '/';
      folder += piece;
    }
    begin = slash + 1;
  }
  return folder;
}

struct Group {
  std::vector<std::size_t> members;
  std::string folder;
  std::string title;
  std::string tail;
};

void add(Group& group, const std::vector<WholeMember>& members, std::size_t i) {
  const std::string_view folder = folder_of(members[i].path);
  group.folder = group.members.empty() ? folder : common_folder(group.folder, folder);
  group.members.push_back(i);
}

Whole make_whole(const std::string& root, const std::string& folder, WorkInfo info, Origin origin,
                 std::string tail) {
  Whole whole;
  if (info.kind == Kind::kUnknown) info.kind = Kind::kBook;
  whole.record.info = std::move(info);
  whole.record.origin = origin;
  whole.record.place = folder.empty() ? root : root + "/" + folder;
  whole.record.key = work_key(whole.record.info, whole.record.place);
  whole.tail = std::move(tail);
  Encoder parts;
  parts.text(encode(whole.record));
  parts.text(whole.tail);
  whole.fingerprint = short_digest(parts.take(), 12);
  return whole;
}

// The longest tail that the titles of a group's pages share; empty when most have none.
std::string shared_tail(const Group& group, const std::vector<WholeMember>& members) {
  std::map<std::string_view, std::size_t> tails;
  for (const std::size_t i : group.members) ++tails[tail_of(members[i].title)];
  for (const auto& [tail, count] : tails) {
    if (!tail.empty() && count * 2 > group.members.size()) return std::string(tail);
  }
  return {};
}

// Wholes of one generator in folders side by side end their titles alike ("Vec in std::vec - Rust"
// of std/ and of core/). Where no page of the group stands in the common folder itself, and at
// least two folders in it have a first page, each of these is a group of its own; others stay in
// `group`.
std::vector<Group> split_by_folder(Group& group, const std::vector<WholeMember>& members) {
  std::map<std::string_view, Group> parts;
  const std::size_t skip = group.folder.empty() ? 0 : group.folder.size() + 1;
  for (const std::size_t i : group.members) {
    const std::string_view path = members[i].path;
    const std::size_t slash = path.find('/', skip);
    if (slash == std::string::npos) return {};
    if (path.substr(slash) != "/index.html") continue;
    Group& part = parts[path.substr(0, slash)];
    part.tail = group.tail;
    part.title = members[i].title;
  }
  if (parts.size() < 2) return {};
  Group rest;
  rest.title = group.title;
  rest.tail = group.tail;
  for (const std::size_t i : group.members) {
    const std::string_view path = members[i].path;
    const auto part = parts.find(path.substr(0, path.find('/', skip)));
    add(part == parts.end() ? rest : part->second, members, i);
  }
  group = std::move(rest);
  std::vector<Group> out;
  out.reserve(parts.size());
  for (auto& [folder, part] : parts) out.push_back(std::move(part));
  return out;
}

// Groups by what the pages themselves name; each page is in one group at most.
std::vector<Group> named_groups(const std::vector<WholeMember>& members,
                                const std::vector<bool>& taken) {
  std::map<std::string, Group> by_name;
  std::map<std::string_view, std::size_t> tail_counts;
  std::map<std::string_view, std::string_view> title_of;  // path -> title, for home pages
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].html) title_of[members[i].path] = members[i].title;
    if (!taken[i]) ++tail_counts[tail_of(members[i].title)];
  }
  std::vector<std::size_t> rest;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (taken[i] || !members[i].html) continue;
    const WholeMember& member = members[i];
    const std::string home = resolve(member.path, member.home);
    const std::string_view tail = tail_of(member.title);
    const auto home_page = home.empty() ? title_of.end() : title_of.find(home);
    if (home_page != title_of.end()) {
      Group& group = by_name["home:" + home];
      if (group.title.empty()) group.title = member.home_title;
      if (group.title.empty()) group.title = home_page->second;
      add(group, members, i);
    } else if (!member.site.empty()) {
      Group& group = by_name[std::string("site:").append(member.site)];
      group.title = member.site;
      add(group, members, i);
    } else if (!tail.empty() && tail_counts[tail] >= kLeastTitles) {
      Group& group = by_name[std::string("tail:").append(tail)];
      group.title = without_separator(tail);
      group.tail = tail;
      add(group, members, i);
    } else {
      rest.push_back(i);
    }
  }
  for (const std::size_t i : rest) {  // the home page itself seldom names itself
    const auto home = by_name.find(std::string("home:").append(members[i].path));
    if (home != by_name.end()) {
      add(home->second, members, i);
      continue;
    }
    for (auto& [name, group] : by_name) {
      if (!group.tail.empty() && members[i].title == group.title &&
          below(members[i].path, group.folder)) {
        add(group, members, i);
        break;
      }
    }
  }
  std::vector<Group> groups;
  const auto keep = [&](Group& group) {
    if (group.members.size() < kLeastLinked || group.title.empty()) return;
    if (group.tail.empty()) group.tail = shared_tail(group, members);
    groups.push_back(std::move(group));
  };
  for (auto& [name, group] : by_name) {
    if (name.starts_with("tail:")) {
      for (Group& part : split_by_folder(group, members)) keep(part);
    }
    keep(group);
  }
  return groups;
}

}  // namespace

WholePlan find_wholes(const std::string& root, const std::vector<WholeMember>& members,
                      const std::vector<WholeFolder>& folders) {
  WholePlan plan;
  constexpr std::size_t kNone = SIZE_MAX;
  plan.of.assign(members.size(), kNone);
  std::vector<bool> taken(members.size(), false);

  std::vector<std::size_t> folder_whole;
  for (const WholeFolder& folder : folders) {
    folder_whole.push_back(plan.wholes.size());
    plan.wholes.push_back(make_whole(root, folder.folder, folder.info, folder.origin, {}));
  }
  for (std::size_t i = 0; i < members.size(); ++i) {  // the deepest folder that says what it is
    std::size_t best = kNone;
    for (std::size_t f = 0; f < folders.size(); ++f) {
      if (!below(members[i].path, folders[f].folder)) continue;
      if (folders[f].markdown_only && !members[i].markdown) continue;
      if (best == kNone || folders[f].folder.size() > folders[best].folder.size()) best = f;
    }
    if (best == kNone) continue;
    plan.of[i] = folder_whole[best];
    taken[i] = true;
  }

  std::vector<Group> groups = named_groups(members, taken);
  for (Group& group : groups) {
    WorkInfo info;
    info.title = squeeze(group.title);
    for (const std::size_t i : group.members) {
      plan.of[i] = plan.wholes.size();
      taken[i] = true;
    }
    plan.wholes.push_back(make_whole(root, group.folder, info, Origin::kInferred, group.tail));
  }
  // A page that names nothing belongs to the whole in whose folder it stands, if most pages there
  // do.
  std::map<std::size_t, std::vector<std::size_t>> strays;
  const std::size_t first_group = plan.wholes.size() - groups.size();
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (taken[i] || !members[i].html) continue;
    std::size_t best = kNone;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      if (!below(members[i].path, groups[g].folder)) continue;
      if (best == kNone || groups[g].folder.size() > groups[best].folder.size()) best = g;
    }
    if (best != kNone) strays[best].push_back(i);
  }
  for (const auto& [g, list] : strays) {
    if (list.size() > groups[g].members.size()) continue;
    for (const std::size_t i : list) plan.of[i] = first_group + g;
  }
  for (std::size_t& whole : plan.of) {
    if (whole == kNone) whole = plan.wholes.size();
  }
  return plan;
}

}  // namespace tome
