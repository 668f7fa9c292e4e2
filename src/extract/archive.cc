// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <clocale>
#include <memory>

#include "text/text.h"

namespace tome {
namespace {

constexpr std::uint64_t kRatioFrom = 16u << 20;  // below this much output no ratio is a bomb
constexpr std::size_t kPiece = 64u << 10;
constexpr std::size_t kMaxName = 512;  // bytes; a name may be stored with every block of a book
constexpr int kMostLayers = 2;         // of compression; libarchive takes them off together

struct Free {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<archive, Free>;

Error damaged(archive* reader, std::string_view what) {
  const char* text = archive_error_string(reader);
  return {Code::kUnsupported,
          text ? fmt::format("damaged {}: {}", what, text) : fmt::format("damaged {}", what), "",
          ""};
}

// libarchive turns names into the encoding of the thread's locale and loses those that have no
// place in it, so while this lives the thread's is UTF-8.
class Utf8Locale {
 public:
  Utf8Locale() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (locale_ != nullptr) before_ = uselocale(locale_);
  }
  ~Utf8Locale() {
    if (locale_ == nullptr) return;
    uselocale(before_);
    freelocale(locale_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t locale_;
  locale_t before_ = nullptr;
};

// What is left of the bounds while an archive is unpacked.
class Budget {
 public:
  Budget(const ArchiveLimits& limits, std::size_t packed) : limits_(limits), packed_(packed) {}

  Status spend(std::size_t bytes) {
    spent_ += bytes;
    if (spent_ > limits_.bytes) {
      return Error{Code::kLimit, fmt::format("unpacks to more than {} MB", limits_.bytes >> 20), "",
                   ""};
    }
    if (spent_ > kRatioFrom && spent_ / limits_.ratio > packed_) {
      return Error{Code::kLimit,
                   fmt::format("unpacks to more than {} times its size", limits_.ratio), "", ""};
    }
    return Ok{};
  }

 private:
  const ArchiveLimits& limits_;
  std::uint64_t packed_;
  std::uint64_t spent_ = 0;
};

Result<std::string> contents(archive* reader, Budget& budget, std::string_view what) {
  std::string out;
  std::string piece(kPiece, '\0');
  for (;;) {
    const la_ssize_t got = archive_read_data(reader, piece.data(), piece.size());
    if (got == 0) return out;
    if (got < 0) return damaged(reader, what);
    if (Status status = budget.spend(static_cast<std::size_t>(got)); !status) return status.error();
    out.append(piece, 0, static_cast<std::size_t>(got));
  }
}

// Empty: not a name to be used.
std::string clean_name(std::string_view name) {
  if (name.starts_with("./")) name.remove_prefix(2);
  const bool odd = name.empty() || name.size() > kMaxName || name.front() == '/' ||
                   name.back() == '/' || name.find('\\') != std::string_view::npos ||
                   name == ".." || name.starts_with("../") || name.ends_with("/..") ||
                   name.find("/../") != std::string_view::npos;
  if (odd) return "";
  std::string valid(name);
  repair_utf8(valid);  // names of old packers are in any code page
  return valid;
}

}  // namespace

Result<Members> unzip(std::string_view bytes, bool (*wanted)(std::string_view name),
                      const ArchiveLimits& limits) {
  const Utf8Locale locale;
  const Reader reader(archive_read_new());
  archive_read_support_format_zip(reader.get());
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    return damaged(reader.get(), "ZIP");
  }
  Members members;
  Budget budget(limits, bytes.size());
  std::uint64_t count = 0;
  for (;;) {
    archive_entry* entry = nullptr;
    const int state = archive_read_next_header(reader.get(), &entry);
    if (state == ARCHIVE_EOF) return members;
    if (state != ARCHIVE_OK && state != ARCHIVE_WARN) return damaged(reader.get(), "ZIP");
    if (++count > limits.members) {
      return Error{Code::kLimit, fmt::format("holds more than {} files", limits.members), "", ""};
    }
    const char* utf8 = archive_entry_pathname_utf8(entry);
    const char* raw = utf8 != nullptr ? utf8 : archive_entry_pathname(entry);
    const std::string name = clean_name(raw != nullptr ? raw : "");
    if (name.empty() || archive_entry_filetype(entry) != AE_IFREG) continue;
    if (wanted != nullptr && !wanted(name)) continue;
    if (archive_entry_is_data_encrypted(entry) > 0) {
      return Error{Code::kUnsupported, "encrypted: " + name, "", ""};
    }
    Result<std::string> data = contents(reader.get(), budget, "ZIP");
    if (!data) return data.error();
    members.emplace(name, std::move(data).value());
  }
}

Result<std::string> decompress(std::string_view bytes, const ArchiveLimits& limits) {
  const Reader reader(archive_read_new());
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_filter_xz(reader.get());
  archive_read_support_filter_zstd(reader.get());
  archive_read_support_filter_bzip2(reader.get());
  archive_read_support_format_raw(reader.get());
  archive_read_support_format_empty(reader.get());  // which raw refuses
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    return damaged(reader.get(), "compressed file");
  }
  archive_entry* entry = nullptr;
  const int state = archive_read_next_header(reader.get(), &entry);
  if (archive_filter_code(reader.get(), 0) == ARCHIVE_FILTER_NONE) {
    return Error{Code::kUnsupported, "damaged compressed file: not gzip, xz, zstd or bzip2", "",
                 ""};
  }
  if (state == ARCHIVE_EOF) return std::string();  // nothing was packed
  if (state != ARCHIVE_OK) return damaged(reader.get(), "compressed file");
  if (archive_filter_count(reader.get()) > kMostLayers + 1) {  // the last one is the bytes
    return Error{Code::kLimit, "is compressed more than twice", "unpack it", ""};
  }
  Budget budget(limits, bytes.size());
  return contents(reader.get(), budget, "compressed file");
}

}  // namespace tome
