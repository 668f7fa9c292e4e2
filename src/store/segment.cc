// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/segment.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>

#include "store/database.h"
#include "store/files.h"
#include "store/metadata_keys.h"
#include "store/passage_reader.h"
#include "store/step.h"
#include "store/terms.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

// Records of wholes of which the database no longer has a chapter: they would speak for the whole
// beside what its chapters, indexed anew elsewhere, say of it now.
void drop_empty_wholes(Xapian::WritableDatabase& database) {
  const std::string prefix = work_record_key("", "");
  std::vector<std::string> keys;
  for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix);
       ++key) {
    if (!database.term_exists(work_term((*key).substr(prefix.size())))) keys.push_back(*key);
  }
  for (const std::string& key : keys) database.set_metadata(key, "");
}

// std::filesystem::copy() of a folder throws when listing it fails half-way.
Status copy_files(const fs::path& from, const fs::path& to) {
  const Result<std::vector<fs::path>> files = list_folder(from);
  if (!files) return files.error();
  std::error_code code;
  fs::create_directory(to, code);
  for (auto file = files->begin(); !code && file != files->end(); ++file) {
    fs::copy_file(*file, to / file->filename(), code);
  }
  if (code) return system_error("copy a segment", to, code.value());
  return Ok{};
}

}  // namespace

struct SegmentEditor::Impl {
  fs::path index;
  std::string id;
  Xapian::WritableDatabase database;
};

SegmentEditor::SegmentEditor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SegmentEditor::SegmentEditor(SegmentEditor&&) noexcept = default;
SegmentEditor::~SegmentEditor() = default;

Result<SegmentEditor> SegmentEditor::copy(const fs::path& index, const std::string& from,
                                          const std::string& id) {
  const fs::path target = segment_path(index, id);
  if (Status status = copy_files(segment_path(index, from), target); !status) {
    return status.error();
  }
  step("segment copied");
  try {
    auto impl = std::make_unique<Impl>();
    impl->index = index;
    impl->id = id;
    impl->database = Xapian::WritableDatabase(target.string(), Xapian::DB_OPEN | kPrivate);
    return SegmentEditor(std::move(impl));
  } catch (const Xapian::Error& error) {
    return write_failed(error, target);
  }
}

Status SegmentEditor::each_passage(const std::string& source,
                                   const std::function<void(const PassageRecord&)>& visit) {
  const std::string term = source_term(source);
  PassageReader reader;
  try {
    for (auto it = impl_->database.postlist_begin(term); it != impl_->database.postlist_end(term);
         ++it) {
      PassageRecord record;
      if (!reader.read(impl_->database, *it, record)) {
        return damaged("the index is damaged: a passage is not what was written",
                       segment_path(impl_->index, impl_->id));
      }
      visit(record);
    }
    return Ok{};
  } catch (const Xapian::Error& error) {
    return write_failed(error, segment_path(impl_->index, impl_->id));
  }
}

Status SegmentEditor::remove(const std::string& source) {
  try {
    impl_->database.delete_document(source_term(source));
    impl_->database.set_metadata(source_key(source), "");
    const std::string prefix = work_record_key(source, "");
    std::vector<std::string> keys;
    for (auto key = impl_->database.metadata_keys_begin(prefix);
         key != impl_->database.metadata_keys_end(prefix); ++key) {
      keys.push_back(*key);
    }
    for (const std::string& key : keys) impl_->database.set_metadata(key, "");
    step("source taken out");
    return Ok{};
  } catch (const Xapian::Error& error) {
    return write_failed(error, segment_path(impl_->index, impl_->id));
  }
}

Status SegmentEditor::replace(const SourceRecord& source) {
  try {
    impl_->database.set_metadata(source_key(source.id), encode(source));
    return Ok{};
  } catch (const Xapian::Error& error) {
    return write_failed(error, segment_path(impl_->index, impl_->id));
  }
}

Result<SegmentInfo> SegmentEditor::finish(const WordCounts& gone) {
  const fs::path folder = segment_path(impl_->index, impl_->id);
  try {
    Result<std::vector<WordCount>> list = read_words(impl_->database, folder);
    if (!list) return list.error();
    std::vector<WordCount> words = std::move(list).value();
    for (WordCount& word : words) {
      const auto found = gone.find(word.word);
      if (found == gone.end()) continue;
      word.count -= std::min(word.count, static_cast<std::uint64_t>(found->second));
    }
    std::erase_if(words, [](const WordCount& word) { return word.count == 0; });
    write_words(impl_->database, words);
    drop_empty_wholes(impl_->database);
    impl_->database.commit();
    const std::uint64_t passages = impl_->database.get_doccount();
    const std::string prefix(kSourcePrefix);
    const bool empty = passages == 0 && impl_->database.metadata_keys_begin(prefix) ==
                                            impl_->database.metadata_keys_end(prefix);
    impl_->database.close();
    step("edit written");
    if (empty) {
      std::error_code code;
      fs::remove_all(folder, code);
      return SegmentInfo{};
    }
    if (Status status = expect_contents(Xapian::Database(folder.string()), {passages}, folder);
        !status) {
      return status.error();
    }
    Result<SegmentInfo> segment = describe_segment(impl_->index, impl_->id, passages);
    if (!segment) return segment;
    if (Status status = sync_folder(folder); !status) return status.error();
    step("edit synced");
    return segment;
  } catch (const Xapian::Error& error) {
    return write_failed(error, folder);
  }
}

std::string new_segment_id() {
  static std::atomic<unsigned> serial{0};
  const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  return fmt::format("{:014x}-{:04x}", now, ++serial & 0xffffu);
}

}  // namespace tome
