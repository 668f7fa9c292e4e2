// SPDX-License-Identifier: GPL-2.0-or-later
// Extractor: reads files of any format; those that is_risky() in a process of its own,
// tome-extract, which has limits and can write nothing, so that a hostile file costs itself and no
// other.
//
// Owns that process: starts it when it is first needed, uses it for many files, replaces it after a
// crash, after some hundred files, and when it has grown. Make one a thread and use it in that
// thread alone: the process ends with the thread that started it.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "extract/extract.h"
#include "sandbox/channel.h"
#include "sandbox/descriptor.h"
#include "sandbox/limits.h"
#include "sandbox/process.h"
#include "sandbox/wire.h"
#include "tome/index.h"
#include "tome/result.h"

namespace tome {

class Extractor {
 public:
  explicit Extractor(ExtractLimits limits = {}) : limits_(limits) {}

  // As extract(), and of compressed files what is inside (sandbox/compressed.h); `name` helps to
  // tell its format. A file that crashes its process or goes over a limit is an error that says so.
  Result<Document> extract(std::string_view name, Format format, std::string_view bytes);

  // The text that is packed in `bytes`: unpack_text() of sandbox/compressed.h.
  Result<Document> unpack(std::string_view bytes);

  // What the filter makes of `file`, read as HTML or plain text, whichever it looks like.
  Result<Document> extract(const Filter& filter, const std::filesystem::path& file);

  // The number of the process; 0: none is running.
  pid_t process() const { return helper_ ? helper_->process.pid() : 0; }

 private:
  struct Helper {
    Process process;
    Descriptor socket;
    unsigned answers = 0;
  };
  struct Attempt {
    Result<Document> result = Error{};
    bool suspect = false;  // what came before in the process may be to blame
  };

  Status start(Moment deadline);
  Result<Document> ask_twice(Task task, std::string_view name, Format format,
                             std::string_view bytes);
  Attempt ask(Task task, std::string_view name, Format format, std::string_view bytes);
  Attempt stopped();
  Attempt interrupted(Transfer state);
  bool outlived() const;

  ExtractLimits limits_;
  std::optional<Helper> helper_;
};

}  // namespace tome
