// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/readers.h"

namespace tome {

Document read_asciidoc(std::string_view text) { return read_plain(text); }

}  // namespace tome
