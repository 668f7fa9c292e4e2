// SPDX-License-Identifier: GPL-2.0-or-later
// Fatal signals: Xapian may crash on a damaged file, and a crash is answered like other damage.
#pragma once

namespace tome::cli {

// From now on a fatal signal writes one line and what to do to standard error and ends the program
// with kIndexTrouble. Has a stack of its own for the main thread, so that a full one is told too.
void report_fatal_signals();

// Undoes that.
void default_fatal_signals();

}  // namespace tome::cli
