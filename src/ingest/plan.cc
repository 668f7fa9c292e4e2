// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "extract/extract.h"
#include "ingest/walk.h"
#include "ingest/whole_folders.h"
#include "ingest/wholes.h"
#include "store/files.h"
#include "text/hash.h"
#include "text/text.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kLargestFile = 256u << 20;
constexpr std::size_t kPeekBytes = 64u << 10;

struct File {
  FoundFile found;
  Format format = Format::kUnknown;
  SourceRecord record;
  bool known = false;    // the index has it
  bool changed = false;  // new, or not what the index has
};

bool in_scope(const std::string& path, const Scope& scope) {
  return scope.parts.empty() ||
         std::any_of(scope.parts.begin(), scope.parts.end(), [&](const std::string& part) {
           return path == part || (path.starts_with(part) && path[part.size()] == '/');
         });
}

Format format_of(std::string_view name) {
  for (const Format format : {Format::kText, Format::kMarkdown, Format::kHtml}) {
    if (name == format_name(format)) return format;
  }
  return Format::kUnknown;
}

Result<Document> load_file(const fs::path& path, Format format, SourceRecord& record) {
  Result<std::string> bytes = read_file(path, kLargestFile);
  if (!bytes) return bytes.error();
  record.digest = hex_digest(*bytes);
  record.format = format_name(format);
  return extract(format, *bytes);
}

// First bytes of a file; empty when it cannot be read (the pipeline reports why).
std::string head_of(const fs::path& path) {
  std::string head(kPeekBytes, '\0');
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return {};
  head.resize(std::fread(head.data(), 1, head.size(), file));
  std::fclose(file);
  return head;
}

std::string extension_of(const std::string& path) {
  const std::string extension = fs::path(path).extension().string();
  return extension.empty() ? "no extension" : extension;
}

class Planner {
 public:
  Planner(const fs::path& index, const IndexOptions& options,
          const std::vector<SourceRecord>& before)
      : index_(index), options_(options) {
    for (const SourceRecord& source : before) before_[source.root][source.path] = &source;
  }

  Status add(const Scope& scope) {
    const fs::path path = root_path(index_, scope.root);
    Result<Walk> walked = walk_parts(path, scope);
    const bool had = before_.contains(scope.root.name);
    if (!walked && scope.root.keep_missing) {
      walked = Walk{};
    } else if (!walked) {
      plan_.empty_roots.push_back(fmt::format("{} ({})", path.string(), walked.error().message));
      if (!options_.force) return Ok{};
      walked = Walk{};
    } else if (walked->files.empty() && had && scope.parts.empty() && !scope.root.keep_missing) {
      plan_.empty_roots.push_back(fmt::format("{} (nothing is in it any more)", path.string()));
    }
    for (const Error& failure : walked->failures) plan_.report.failures.push_back(failure);
    if (walked->excluded > 0) skipped_["excluded"] += walked->excluded;
    if (walked->links > 0) skipped_["symbolic links"] += walked->links;

    const fs::path base = fs::is_regular_file(path) ? path.parent_path() : path;
    std::vector<File> files = compare(scope, base, *walked);
    remove_vanished(scope, *walked, files);
    add_rest_of_root(scope, files);
    make_jobs(scope, base, std::move(files));
    return Ok{};
  }

  UpdatePlan take() {
    for (const auto& [why, count] : skipped_) plan_.report.skipped.emplace_back(why, count);
    return std::move(plan_);
  }

 private:
  Result<Walk> walk_parts(const fs::path& root, const Scope& scope) const {
    std::vector<std::string> patterns = scope.root.excludes;
    const std::string inside = root.string() + "/";  // an index is no source of itself
    const std::string own = fs::weakly_canonical(fs::absolute(index_)).string();
    if (own.starts_with(inside)) {
      patterns.push_back(Ignore::pattern_for(std::string_view(own).substr(inside.size())));
    }
    const Ignore ignore(patterns);
    if (scope.parts.empty()) return walk(root, "", ignore);
    Walk all;
    for (const std::string& part : scope.parts) {
      Result<Walk> one = walk(root, part, ignore);
      if (!one) return one;
      all.files.insert(all.files.end(), one->files.begin(), one->files.end());
      all.failures.insert(all.failures.end(), one->failures.begin(), one->failures.end());
      all.excluded += one->excluded;
      all.links += one->links;
    }
    std::sort(all.files.begin(), all.files.end(),
              [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
    return all;
  }

  // Each file found against what the index has of it.
  std::vector<File> compare(const Scope& scope, const fs::path& base, const Walk& walked) {
    const auto& known = before_[scope.root.name];
    std::vector<File> files;
    for (const FoundFile& found : walked.files) {
      File file;
      file.found = found;
      if (is_whole_file(found.path)) continue;
      const auto old = known.find(found.path);
      if (old != known.end()) {
        file.known = true;
        file.record = *old->second;
        file.format = format_of(file.record.format);
        if (unchanged(file, base / found.path)) {
          files.push_back(std::move(file));
          continue;
        }
      }
      file.changed = true;
      if (!look(file, base / found.path)) continue;
      file.record.id = source_id(scope.root.name, found.path);
      file.record.root = scope.root.name;
      file.record.path = found.path;
      file.record.size = found.size;
      file.record.mtime = found.mtime;
      files.push_back(std::move(file));
    }
    return files;
  }

  bool unchanged(const File& file, const fs::path& path) const {
    const SourceRecord& old = file.record;
    if (old.state == SourceState::kFailed && options_.retry) return false;
    if (old.size != file.found.size) return false;
    if (old.mtime == file.found.mtime) return true;
    if (old.state == SourceState::kFailed) return false;
    const Result<std::string> bytes = read_file(path, kLargestFile);
    return bytes.ok() && hex_digest(*bytes) == old.digest;
  }

  // Tells the format and what the page says of its whole; false when the file is none of ours.
  bool look(File& file, const fs::path& path) {
    file.record = SourceRecord{};
    const std::string head = head_of(path);
    file.format = detect_format(file.found.path, head);
    file.record.format = format_name(file.format);
    if (file.format == Format::kUnknown) {
      ++skipped_["unknown format: " + extension_of(file.found.path)];
      return false;
    }
    const WholeHints hints = peek_hints(file.format, head);
    file.record.hint_title = hints.title;
    file.record.hint_home = hints.home;
    file.record.hint_home_title = hints.home_title;
    file.record.hint_site = hints.site_name;
    return true;
  }

  void remove_vanished(const Scope& scope, const Walk& walked, const std::vector<File>& files) {
    std::set<std::string> present;
    for (const File& file : files) present.insert(file.found.path);
    std::set<std::string> found;  // there, but none of ours any more: not missing
    for (const FoundFile& file : walked.files) found.insert(file.path);
    for (const auto& [path, source] : before_[scope.root.name]) {
      if (!in_scope(path, scope) || present.contains(path)) continue;
      // What stands in a folder that could not be listed is not known to be gone.
      bool unknown = false;
      const fs::path full = root_path(index_, scope.root) / path;
      for (const Error& failure : walked.failures) {
        unknown = unknown || full.string().starts_with(failure.path + "/");
      }
      if (unknown || (scope.root.keep_missing && !found.contains(path))) {
        ++plan_.report.kept;
      } else {
        plan_.removed.insert(source->id);
        ++plan_.report.removed;
      }
    }
  }

  // Wholes are decided from a whole root: when only a part is looked at, the index speaks for the
  // rest.
  void add_rest_of_root(const Scope& scope, std::vector<File>& files) {
    if (scope.parts.empty()) return;
    for (const auto& [path, source] : before_[scope.root.name]) {
      if (in_scope(path, scope)) continue;
      File file;
      file.found.path = path;
      file.record = *source;
      file.format = format_of(source->format);
      file.known = true;
      files.push_back(std::move(file));
    }
    std::sort(files.begin(), files.end(),
              [](const File& a, const File& b) { return a.found.path < b.found.path; });
  }

  void make_jobs(const Scope& scope, const fs::path& base, std::vector<File> files) {
    std::vector<WholeMember> members;
    for (const File& file : files) {
      const SourceRecord& record = file.record;
      members.push_back({file.found.path, file.format == Format::kHtml,
                         file.format == Format::kMarkdown, record.hint_title, record.hint_home,
                         record.hint_home_title, record.hint_site});
    }
    std::vector<Error> warnings;
    const std::vector<WholeFolder> folders = find_whole_folders(base, members, warnings);
    for (Error& warning : warnings) plan_.report.warnings.push_back(std::move(warning));
    const WholePlan wholes = find_wholes(scope.root.name, members, folders);
    for (std::size_t i = 0; i < files.size(); ++i) {
      File& file = files[i];
      const Whole* whole =
          wholes.of[i] < wholes.wholes.size() ? &wholes.wholes[wholes.of[i]] : nullptr;
      const std::string fingerprint = whole ? whole->fingerprint : std::string();
      if (!file.changed && file.record.whole == fingerprint) {
        ++plan_.report.unchanged;
        continue;
      }
      if (file.known) plan_.removed.insert(file.record.id);
      ++(file.known ? plan_.report.changed : plan_.report.added);
      SourceJob job;
      job.record = std::move(file.record);
      job.record.whole = fingerprint;
      job.record.reason.clear();
      job.context.file_name = fs::path(file.found.path).filename().string();
      repair_utf8(job.context.file_name);  // it may become a title
      if (whole) {
        job.context.chapter = true;
        job.context.whole = whole->record.info;
        job.context.whole_tail = whole->tail;
        job.whole = whole->record;
      }
      job.load = [path = base / file.found.path, format = file.format](SourceRecord& record) {
        return load_file(path, format, record);
      };
      plan_.jobs.push_back(std::move(job));
    }
  }

  const fs::path& index_;
  const IndexOptions& options_;
  std::map<std::string, std::map<std::string, const SourceRecord*>> before_;  // root -> path
  std::map<std::string, std::uint64_t> skipped_;
  UpdatePlan plan_;
};

}  // namespace

Result<UpdatePlan> plan_update(const fs::path& index, const std::vector<Scope>& scopes,
                               const std::vector<SourceRecord>& before,
                               const IndexOptions& options) {
  Planner planner(index, options, before);
  for (const Scope& scope : scopes) {
    if (Status status = planner.add(scope); !status) return status.error();
  }
  return planner.take();
}

}  // namespace tome
