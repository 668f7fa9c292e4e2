// SPDX-License-Identifier: GPL-2.0-or-later
// A new file, written from its beginning to its end. It is not synced: what needs it is synced as a
// whole with its folder (store/files.h).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "tome/result.h"

namespace tome {

// Not for several threads at once. Errors are kIo with the file's path.
class FileWriter {
 public:
  // Takes the place of a file that is there.
  static Result<FileWriter> create(std::filesystem::path path);
  FileWriter(FileWriter&& other) noexcept;
  FileWriter& operator=(FileWriter&& other) = delete;
  ~FileWriter();  // what was not closed may not be written

  Status append(std::string_view bytes);
  Status close();

 private:
  FileWriter(std::filesystem::path path, int fd);
  Status write_out();

  std::filesystem::path path_;
  int fd_ = -1;
  std::string buffer_;
};

}  // namespace tome
