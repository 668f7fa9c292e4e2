// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/message.h"

#include <unistd.h>

namespace tome {

OpenFile::~OpenFile() {
  if (descriptor >= 0) ::close(descriptor);
}

}  // namespace tome
