// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/chunk_database.h"

#include <utility>

#include "store/database.h"
#include "store/files.h"
#include "store/glass_chunk.h"
#include "store/glass_version.h"
#include "store/passage_document.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kMostVersion = 64u << 10;  // bytes of a version file

// Small flushes keep Xapian's inverter in the processor's cache.
constexpr std::uint64_t kPassagesPerFlush = 2000;

constexpr std::uint64_t kPostingBytes = 64;  // about what Xapian takes for one that is pending

class XapianChunk : public ChunkDatabase {
 public:
  XapianChunk(fs::path folder, Xapian::WritableDatabase database)
      : folder_(std::move(folder)), database_(std::move(database)) {}

  Status add(const PassageRecord& passage, const std::vector<Posting>& postings) override {
    return written([&] {
      documents_.push_back(passage_document(passage, postings));
      pending_ += postings.size() * kPostingBytes;
    });
  }

  Status add_data(const std::vector<std::string>& data) override {
    return written([&] {
      for (std::size_t i = 0; i < data.size(); ++i) {
        documents_[i].set_data(data[i]);
        database_.add_document(documents_[i]);
      }
      documents_.erase(documents_.begin(),
                       documents_.begin() + static_cast<std::ptrdiff_t>(data.size()));
      unflushed_ += data.size();
      if (unflushed_ >= kPassagesPerFlush) commit();
    });
  }

  std::uint64_t pending() const override { return pending_; }

  Result<bool> flush() override {
    if (Status status = written([&] { commit(); }); !status) return status.error();
    return true;
  }

  Status finish() override {
    return written([&] {
      database_.commit();
      database_.close();
    });
  }

 private:
  template <class Write>
  Status written(Write write) {
    try {
      write();
      return Ok{};
    } catch (const Xapian::Error& error) {
      return write_failed(error, folder_);
    }
  }

  void commit() {
    database_.commit();
    unflushed_ = 0;
    pending_ = 0;
  }

  fs::path folder_;
  Xapian::WritableDatabase database_;
  std::vector<Xapian::Document> documents_;  // without data
  std::uint64_t unflushed_ = 0;
  std::uint64_t pending_ = 0;
};

}  // namespace

Result<std::unique_ptr<ChunkDatabase>> create_chunk_database(const fs::path& folder,
                                                             ChunkForm form) {
  try {
    std::error_code code;
    fs::create_directories(folder.parent_path(), code);
    Xapian::WritableDatabase database(
        folder.string(), Xapian::DB_CREATE_OR_OVERWRITE | Xapian::DB_BACKEND_GLASS | kPrivate);
    if (form == ChunkForm::kFastest) {
      // What Xapian has made says which format it is that it reads.
      Result<std::string> version = read_file(folder / kVersionFile, kMostVersion);
      if (!version) return version.error();
      if (is_known_version(*version)) {
        database.close();
        return create_glass_chunk(folder, std::move(version).value());
      }
    }
    return std::unique_ptr<ChunkDatabase>(
        std::make_unique<XapianChunk>(folder, std::move(database)));
  } catch (const Xapian::Error& error) {
    return write_failed(error, folder);
  }
}

}  // namespace tome
