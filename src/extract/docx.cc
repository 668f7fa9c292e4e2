// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/readers.h"

namespace tome {

Result<Document> read_docx(std::string_view) {
  return Error{Code::kUnsupported, "not read yet", "", ""};
}

}  // namespace tome
