// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/segment.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <set>

#include "store/database.h"
#include "store/files.h"
#include "store/glass_version.h"
#include "store/metadata_keys.h"
#include "store/passage_block.h"
#include "store/passage_document.h"
#include "store/step.h"
#include "store/terms.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

// All but the records.
Status copy_files(const fs::path& from, const fs::path& to) {
  const Result<std::vector<fs::path>> files = list_folder(from);
  if (!files) return files.error();
  std::error_code code;
  fs::create_directory(to, code);
  if (code) return system_error("make a folder", to, code.value());
  for (const fs::path& file : *files) {
    if (file.filename() == kRecordsFile) continue;
    if (Status status = copy_new_file(file, to / file.filename()); !status) return status;
  }
  return Ok{};
}

void take_off(std::vector<WordCount>& words, const WordCounts& gone) {
  for (WordCount& word : words) {
    const std::int64_t* const count = gone.find(word.word);
    if (count == nullptr) continue;
    word.count -= std::min(word.count, static_cast<std::uint64_t>(*count));
  }
  std::erase_if(words, [](const WordCount& word) { return word.count == 0; });
}

// Takes sources out of a copy of a segment. Xapian needs the terms of a document to take it out or
// to change its data; a small database beside it lends it those (store/glass_version.h).
class Editor {
 public:
  Editor(const fs::path& index, const std::string& from, const std::string& id)
      : folder_(segment_path(index, id)),
        from_(segment_path(index, from)),
        lender_(index / "tmp" / (id + "-terms")) {}
  ~Editor() {
    std::error_code code;
    fs::remove_all(lender_, code);
  }

  // False when it is of a form that is not known; then nothing was copied.
  Result<bool> apply(const SegmentEdit& edit, const PostingsOf& postings) {
    WordCounts gone;
    bool lent = false;
    if (!edit.removed.empty()) {
      const Result<bool> any = gather(edit, postings, gone);
      if (!any) return any.error();
      lent = *any;
    }
    std::string version;
    if (lent) {
      const Result<std::string> own = read_file(from_ / kVersionFile);
      const Result<std::string> other = read_file(lender_ / "merged" / kVersionFile);
      if (!own || !other) return own.ok() ? other.error() : own.error();
      version = lend_terms(*own, *other);
      if (version.empty()) return false;
    }
    if (Status status = copy_files(from_, folder_); !status) return status.error();
    if (lent) {
      const Status status = copy_new_file(lender_ / "merged" / kTermsFile, folder_ / kTermsFile);
      if (!status) return status.error();
      if (Status status = write_file_atomically(folder_ / kVersionFile, version); !status) {
        return status.error();
      }
    }
    step("segment copied");
    if (Status status = change(edit, gone, lent); !status) return status.error();
    step("edit written");
    return true;
  }

 private:
  // What goes and the passages that share a block with it, with their terms and numbers, in a
  // database of their own; the words of what goes in `gone`. False when nothing goes.
  Result<bool> gather(const SegmentEdit& edit, const PostingsOf& postings, WordCounts& gone) {
    const Xapian::Database database(from_.string());
    for (const std::string& source : edit.removed) {
      const std::string term = source_term(source);
      for (auto it = database.postlist_begin(term); it != database.postlist_end(term); ++it) {
        BlockPlace place;
        const std::string data = database.get_document(*it).get_data();
        if (!read_place(data, place) || place.back >= *it) return broken();
        blocks_[*it - place.back].insert(*it);
      }
    }
    std::error_code code;
    fs::create_directories(lender_, code);
    Xapian::WritableDatabase lender((lender_ / "terms").string(), Xapian::DB_CREATE_OR_OVERWRITE |
                                                                      Xapian::DB_BACKEND_GLASS |
                                                                      kWithTerms);
    WordCounts stays;
    PassageBlock block;
    PassageRecord passage;
    for (const auto& [head, going] : blocks_) {
      if (!block.open(database.get_document(head).get_data())) return broken();
      for (std::size_t i = 0; i < block.size(); ++i) {
        if (block.bytes(i).empty()) continue;
        if (!block.read(i, passage)) return broken();
        const Xapian::docid document = head + static_cast<Xapian::docid>(i);
        WordCounts& words = going.contains(document) ? gone : stays;
        lender.replace_document(document, passage_document(passage, postings(passage, words)));
      }
    }
    lender.commit();
    // Merged, it has one revision, none that is later than the segment's.
    lender.compact((lender_ / "merged").string(), Xapian::DBCOMPACT_NO_RENUMBER);
    return !blocks_.empty();
  }

  // Puts what stays of the blocks of which something goes into blocks of their own.
  Status write_blocks(Xapian::WritableDatabase& database) {
    const Xapian::Database before(from_.string());
    PassageBlock block;
    for (const auto& [head, going] : blocks_) {
      if (!block.open(before.get_document(head).get_data())) return broken();
      Xapian::docid first = 0;
      std::vector<std::string> records;
      for (std::size_t i = 0; i < block.size(); ++i) {
        const Xapian::docid document = head + static_cast<Xapian::docid>(i);
        const bool stays = !block.bytes(i).empty() && !going.contains(document);
        if (stays && first == 0) first = document;
        if (first != 0) records.emplace_back(stays ? block.bytes(i) : std::string_view());
      }
      while (!records.empty() && records.back().empty()) records.pop_back();
      if (records.empty()) continue;
      const std::vector<std::string> data = write_block(records);
      for (std::size_t i = 0; i < records.size(); ++i) {
        if (records[i].empty()) continue;
        Xapian::Document document = database.get_document(first + static_cast<Xapian::docid>(i));
        document.set_data(data[i]);
        database.replace_document(document.get_docid(), document);
      }
    }
    return Ok{};
  }

  Status change(const SegmentEdit& edit, const WordCounts& gone, bool lent) {
    Xapian::WritableDatabase database(folder_.string(),
                                      Xapian::DB_OPEN | (lent ? kWithTerms : kPrivate));
    for (const std::string& source : edit.removed) {
      if (lent) database.delete_document(source_term(source));
      step("source taken out");
    }
    if (Status status = write_blocks(database); !status) return status;
    database.commit();
    if (Status status = write_table(database, edit, gone); !status) return status;
    database.close();
    std::error_code code;
    if (lent && !fs::remove(folder_ / kTermsFile, code)) {
      return system_error("remove a table", folder_ / kTermsFile, code ? code.value() : ENOENT);
    }
    return Ok{};
  }

  // The records of what stays. Those of wholes of which `database` no longer has a chapter go too:
  // they would speak for the whole beside what its chapters, indexed anew elsewhere, say of it now.
  Status write_table(const Xapian::Database& database, const SegmentEdit& edit,
                     const WordCounts& gone) {
    Result<RecordTable> before = RecordTable::open(from_);
    if (!before) return before.error();
    RecordMap records;
    for (const PackedSource& source : edit.replaced) {
      records.insert_or_assign(source_key(source.id()), std::string(source.bytes()));
    }
    if (!gone.empty()) {
      Result<std::vector<WordCount>> words = read_words(*before, from_);
      if (!words) return words.error();
      take_off(*words, gone);
      write_words(records, *words);
    }
    const std::set<std::string, std::less<>> removed(edit.removed.begin(), edit.removed.end());
    const std::string wholes = work_record_key("", "");
    const auto stays = [&](std::string_view key) {
      if (key.starts_with(kWordsKey)) return gone.empty();
      if (key.starts_with(wholes)) {
        return database.term_exists(work_term(key.substr(wholes.size())));
      }
      return !removed.contains(source_of(key));
    };
    std::vector<RecordTable> tables;
    tables.push_back(std::move(before).value());
    return write_records(folder_, records, tables, stays);
  }

  Error broken() const {
    return damaged("the index is damaged: a passage is not what was written", from_);
  }

  fs::path folder_;
  fs::path from_;
  fs::path lender_;
  // The first document of each block of which something goes -> what goes of it.
  std::map<Xapian::docid, std::set<Xapian::docid>> blocks_;
};

}  // namespace

Result<SegmentInfo> edit_segment(const fs::path& index, const std::string& from,
                                 const std::string& id, const SegmentEdit& edit,
                                 const PostingsOf& postings) {
  const fs::path folder = segment_path(index, id);
  try {
    const Result<bool> edited = Editor(index, from, id).apply(edit, postings);
    if (!edited) return edited.error();
    if (!*edited) return rewrite_segment(index, from, id, edit, postings);
    std::uint64_t passages = 0;
    {
      const Xapian::Database database(folder.string());
      passages = database.get_doccount();
      const Result<RecordTable> table = RecordTable::open(folder);
      if (!table) return table.error();
      RecordCursor source(*table);
      if (Status status = source.seek(kSourcePrefix); !status) return status.error();
      if (passages == 0 && (source.at_end() || !source.key().starts_with(kSourcePrefix))) {
        std::error_code code;
        fs::remove_all(folder, code);
        return SegmentInfo{};
      }
      if (Status status = expect_contents(database, {passages}, folder); !status) {
        return status.error();
      }
    }
    Result<SegmentInfo> segment = describe_segment(index, id, passages);
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
