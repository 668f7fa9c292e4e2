// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <vector>

#include "ingest/ahead.h"
#include "ingest/calibre.h"
#include "ingest/catalogue_rows.h"
#include "ingest/inspect.h"
#include "ingest/walk.h"
#include "ingest/whole_folders.h"
#include "ingest/wholes.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kFilesAtOnce = 200;    // that one thread looks at
constexpr std::size_t kFilesAhead = 20'000;  // that are looked at before they are listed

bool in_scope(std::string_view source, const Scope& scope) {
  const std::string_view path = file_of_source(source);
  return scope.parts.empty() ||
         std::any_of(scope.parts.begin(), scope.parts.end(), [&](const std::string& part) {
           return path == part || (path.starts_with(part) && path[part.size()] == '/');
         });
}

// "changelog.html.gz": what it names is not known before it is unpacked, so it is as a page that
// names nothing.
bool is_packed_page(const File& file) {
  if (file.format != Format::kCompressed) return false;
  const std::string_view path = file.record().path();
  const std::string_view inside = unpacked_name(path);
  return inside.size() < path.size() && detect_format(inside, "<") == Format::kHtml;
}

// Takes out the record that a file begins with when it is indexed as a chapter of a whole.
PackedSource to_index(File& file, const std::string& fingerprint) {
  const SourceFields fields = file.record().fields();
  const bool as_it_is =
      file.same == nullptr && fields.whole == fingerprint && fields.reason.empty();
  if (as_it_is) return std::move(file.fresh);
  SourceRecord record = file.record().unpack();
  record.whole = fingerprint;
  record.reason.clear();
  return PackedSource(record);
}

class Planner {
 public:
  Planner(const fs::path& index, const IndexOptions& options, KnownSources before)
      : index_(index), options_(options), before_(before) {}

  Status add(const Scope& scope) {
    const fs::path path = root_path(index_, scope.root);
    Result<Walk> walked = walk_parts(path, scope);
    const KnownSources known = of_root(before_, scope.root.name);
    if (!walked && scope.root.keep_missing) {
      walked = Walk{};
    } else if (!walked) {
      plan_.empty_roots.push_back(fmt::format("{} ({})", path.string(), walked.error().message));
      if (!options_.force) return Ok{};
      walked = Walk{};
    } else if (walked->files.empty() && !known.empty() && scope.parts.empty() &&
               !scope.root.keep_missing) {
      plan_.empty_roots.push_back(fmt::format("{} (nothing is in it any more)", path.string()));
    }
    for (const Error& failure : walked->failures) plan_.report.failures.push_back(failure);
    skip("excluded", walked->excluded);
    skip("symbolic links", walked->links);
    skip("page sources beside their pages", walked->page_sources);
    skip("scripts, styles and search indexes of pages", walked->page_parts);

    const fs::path base = fs::is_regular_file(path) ? path.parent_path() : path;
    if (scope.root.keep_missing) {
      for (const FoundFile& file : walked->files) {
        plan_.found.insert(scope.root.name + "/" + file.path);
      }
    }
    Result<Files> inspected = inspect_all(scope, known, base, *walked);
    if (!inspected) return inspected.error();
    Files files = std::move(inspected).value();
    remove_vanished(scope, known, *walked, files);
    walked = Walk{};  // which is as large as the paths of all files
    add_rest_of_root(scope, known, files);
    make_jobs(scope, base, std::move(files));
    return Ok{};
  }

  UpdatePlan take() {
    for (const auto& [why, count] : skipped_) plan_.report.skipped.emplace_back(why, count);
    return std::move(plan_);
  }

 private:
  Result<Walk> walk_parts(const fs::path& root, const Scope& scope) const {
    const Ignore ignore =
        ignore_of(index_, root, scope.root.excludes);  // an index is no source of itself
    if (scope.parts.empty()) return walk(root, "", ignore);
    Walk all;
    for (const std::string& part : scope.parts) {
      Result<Walk> one = walk(root, part, ignore);
      if (!one) return one;
      all.files.insert(all.files.end(), one->files.begin(), one->files.end());
      all.failures.insert(all.failures.end(), one->failures.begin(), one->failures.end());
      all.excluded += one->excluded;
      all.links += one->links;
      all.page_sources += one->page_sources;
      all.page_parts += one->page_parts;
    }
    std::sort(all.files.begin(), all.files.end(),
              [](const FoundFile& a, const FoundFile& b) { return a.path < b.path; });
    return all;
  }

  void skip(const std::string& why, std::uint64_t count) {
    if (count > 0) skipped_[why] += count;
  }

  // Each file found against what the index has of it.
  Result<Files> inspect_all(const Scope& scope, KnownSources known, const fs::path& base,
                            const Walk& walked) {
    const bool alone = fs::is_regular_file(root_path(index_, scope.root));
    const auto books = find_calibre_books(base, walked.files, plan_.report.warnings);
    CatalogueRows catalogues(base, scope.root.name, scope.root.maps, options_);
    const auto look = [&](const FoundFile& found) {
      return inspect(base, scope.root.name, found, find_path(known, found.path), options_, alone);
    };
    const auto head = [&](std::size_t i) -> std::optional<File> {  // what takes time
      const FoundFile& found = walked.files[i];
      if (has_catalogue_name(found.path) || is_whole_file(found.path)) return std::nullopt;
      const auto book = books.find(found.path);
      if (book != books.end() && book->second.book == nullptr) return std::nullopt;
      return look(found);
    };
    Ahead<std::optional<File>> heads(walked.files.size(), kFilesAhead, kFilesAtOnce,
                                     options_.workers, head);
    Files files;
    for (std::size_t i = 0; i < walked.files.size(); ++i) {
      const FoundFile& found = walked.files[i];
      if (is_whole_file(found.path)) continue;
      if (file_of_source(found.path) != found.path) {
        skip("named like a row of a catalogue", 1);
        continue;
      }
      const auto book = books.find(found.path);
      if (book != books.end() && book->second.book == nullptr) {
        if (book->second.another_format) skip("other formats of a book", 1);
        continue;
      }
      if (auto rows = catalogues.inspect(found, known)) {
        std::move(rows->begin(), rows->end(), std::back_inserter(files));
        continue;
      }
      std::optional<File> looked = heads.take(i);
      File file = looked ? *std::move(looked) : look(found);
      if (file.to_read() && !file.readable()) {
        skip(file.unread, 1);
      } else {
        if (book != books.end()) tell_of_book(base, book->second.book, file);
        files.push_back(std::move(file));
      }
    }
    return take_report(std::move(catalogues), std::move(files));
  }

  Result<Files> take_report(CatalogueRows catalogues, Files files) {
    if (!options_.maps.empty()) {
      if (Status status = catalogues.check_map(); !status) return status.error();
    }
    for (Error& warning : catalogues.warnings) plan_.report.warnings.push_back(std::move(warning));
    for (Error& failure : catalogues.failures) plan_.report.failures.push_back(std::move(failure));
    plan_.report.replaced += catalogues.replaced;
    skip("catalogues without rows", catalogues.empty);
    const auto by_path = [](const File& a, const File& b) {
      return a.record().path() < b.record().path();
    };
    if (!std::is_sorted(files.begin(), files.end(), by_path)) {
      std::sort(files.begin(), files.end(), by_path);
    }
    return files;
  }

  void remove_vanished(const Scope& scope, KnownSources known, const Walk& walked, Files& files) {
    if (known.empty()) return;
    std::map<std::string_view, File*> fresh;  // a new source of each file
    for (File& file : files) {
      if (!file.known()) fresh.emplace(file_of_source(file.record().path()), &file);
    }
    const auto is_there = [&](std::string_view path) {  // maybe none of ours any more: not missing
      const auto at = std::partition_point(walked.files.begin(), walked.files.end(),
                                           [&](const auto& file) { return file.path < path; });
      return at != walked.files.end() && at->path == path;
    };
    auto next = files.begin();  // both are in path order
    for (const PackedSource& source : known) {
      const std::string_view path = source.path();
      while (next != files.end() && next->record().path() < path) ++next;
      const bool present = next != files.end() && next->record().path() == path;
      if (present || !in_scope(path, scope)) continue;
      // What stands in a folder that could not be listed is not known to be gone.
      bool unknown = false;
      const fs::path full = root_path(index_, scope.root) / path;
      for (const Error& failure : walked.failures) {
        unknown = unknown || full.string().starts_with(failure.path + "/");
      }
      const std::string_view file = file_of_source(path);
      const auto now = fresh.find(file);
      if (unknown || (scope.root.keep_missing && !is_there(file))) {
        ++plan_.report.kept;
      } else if (now != fresh.end() && (file == path) != (now->second->record().path() == file)) {
        // The file began or ceased to be a catalogue: one source of it became another.
        plan_.removed.emplace(source.id());
        now->second->state = State::kChanged;
        fresh.erase(now);
      } else {
        plan_.removed.emplace(source.id());
        ++plan_.report.removed;
      }
    }
  }

  // Wholes are decided from a whole root: when only a part is looked at, the index speaks for the
  // rest.
  void add_rest_of_root(const Scope& scope, KnownSources known, Files& files) {
    if (scope.parts.empty()) return;
    Files found = std::move(files);
    files.clear();
    auto next = found.begin();
    for (const PackedSource& source : known) {  // both are in path order
      const std::string_view path = source.path();
      if (in_scope(path, scope)) continue;
      for (; next != found.end() && next->record().path() < path; ++next) {
        files.push_back(std::move(*next));
      }
      files.push_back(as_indexed(source, options_));
    }
    std::move(next, found.end(), std::back_inserter(files));
  }

  void make_jobs(const Scope& scope, const fs::path& base, Files files) {
    std::vector<WholeMember> members;
    for (const File& file : files) {
      if (file.apart) continue;
      const SourceFields fields = file.record().fields();
      members.push_back({fields.path, file.format == Format::kHtml || is_packed_page(file),
                         file.format == Format::kMarkdown, fields.hint_title, fields.hint_home,
                         fields.hint_home_title, fields.hint_site});
    }
    std::vector<Error> warnings;
    const std::vector<WholeFolder> folders = find_whole_folders(base, members, warnings);
    for (Error& warning : warnings) plan_.report.warnings.push_back(std::move(warning));
    WholePlan plan = find_wholes(scope.root.name, members, folders);
    members = {};
    std::vector<std::shared_ptr<const Whole>> wholes;
    for (Whole& whole : plan.wholes) {
      wholes.push_back(std::make_shared<const Whole>(std::move(whole)));
    }
    const auto to_read =
        std::count_if(files.begin(), files.end(), [](const File& file) { return file.to_read(); });
    plan_.jobs.reserve(plan_.jobs.size() + static_cast<std::size_t>(to_read));
    const auto folder = std::make_shared<const fs::path>(base);
    std::size_t member = 0;
    for (; !files.empty(); files.pop_front()) {
      File& file = files.front();
      const std::size_t of = file.apart ? wholes.size() : plan.of[member++];
      const std::shared_ptr<const Whole> whole = of < wholes.size() ? wholes[of] : nullptr;
      const std::string& fingerprint = whole ? whole->fingerprint : file.fingerprint;
      if (!file.to_read() && file.record().fields().whole == fingerprint) {
        ++plan_.report.unchanged;
        if (file.state == State::kTouched) plan_.touched.push_back(std::move(file.fresh));
        plan_.moved = plan_.moved || file.moved;
        continue;
      }
      if (file.known()) plan_.removed.emplace(file.record().id());
      ++(file.known() ? plan_.report.changed : plan_.report.added);
      SourceJob job;
      job.record = to_index(file, fingerprint);
      job.whole = whole;
      job.bytes = file.bytes;
      job.load = std::move(file.load);
      if (!job.load) {
        job.load = [folder, format = file.format, filter = file.filter](SourceRecord& source,
                                                                        Extractor& extractor) {
          return load_file(*folder / source.path, format, filter, source, extractor);
        };
      }
      plan_.jobs.push_back(std::move(job));
    }
  }

  const fs::path& index_;
  const IndexOptions& options_;
  KnownSources before_;
  std::map<std::string, std::uint64_t> skipped_;
  UpdatePlan plan_;
};

}  // namespace

Result<UpdatePlan> plan_update(const fs::path& index, const std::vector<Scope>& scopes,
                               KnownSources before, const IndexOptions& options) {
  Planner planner(index, options, before);
  for (const Scope& scope : scopes) {
    if (Status status = planner.add(scope); !status) return status.error();
  }
  return planner.take();
}

}  // namespace tome
