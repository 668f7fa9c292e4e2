// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/contents.h"

#include <algorithm>
#include <utility>

namespace tome {
namespace {

Status read_sources(Shelf& shelf, Contents& contents) {
  Result<std::vector<SourceView>> sources = shelf.sources();
  if (!sources) return sources.error();
  std::map<std::string, std::int64_t> changed;  // by "root/path"
  for (SourceView& source : *sources) {
    if (!source.indexed) continue;
    changed[source.root + "/" + source.path] = source.changed;
    if (!source.folder.empty()) contents.sources[source.id] = std::move(source);
  }
  for (const WorkView& work : contents.works) {
    std::int64_t newest = 0;
    for (const std::string& file : work.files) {
      // "root/folder/" stands for the files below it: a whole of many.
      const bool folder = file.ends_with('/');
      for (auto one = changed.lower_bound(file);
           one != changed.end() && (folder ? one->first.starts_with(file) : one->first == file);
           ++one) {
        newest = std::max(newest, one->second);
      }
    }
    contents.changed.push_back(newest);
  }
  return Ok{};
}

Result<std::shared_ptr<const Contents>> read_contents(Shelf& shelf) {
  auto contents = std::make_shared<Contents>();
  Result<ShelfStatus> status = shelf.status();
  if (!status) return status.error();
  contents->status = std::move(status).value();
  Result<std::vector<WorkView>> works = shelf.works();
  if (!works) return works.error();
  contents->works = std::move(works).value();
  if (Status read = read_sources(shelf, *contents); !read) return read.error();
  contents->generation = shelf.generation();
  contents->state = shelf.state();
  return std::shared_ptr<const Contents>(std::move(contents));
}

}  // namespace

Result<std::shared_ptr<const Contents>> ContentsCache::of(Shelf& shelf) {
  const std::lock_guard lock(mutex_);
  if (newest_ != nullptr && newest_->state == shelf.state()) return newest_;
  Result<std::shared_ptr<const Contents>> contents = read_contents(shelf);
  if (!contents) return contents;
  if (newest_ == nullptr || shelf.is_sharded() || newest_->generation < (*contents)->generation) {
    newest_ = *contents;
  }
  return contents;
}

}  // namespace tome
