// SPDX-License-Identifier: GPL-2.0-or-later
// Confinement: what a process gives up before it touches what it was given. There is no way back.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace tome {

// Of tome-extract itself: memory, no core files, few descriptors, no file may be written, made,
// renamed or removed, no program, process or socket may be made; it ends with its parent. Files may
// be read: fonts and tables of encodings are.
bool confine_reader(std::uint64_t memory);

// Of a program of the user: memory, seconds on the processor, no core files, files of at most 1 GB;
// it ends with the process `parent`.
bool confine_program(std::uint64_t memory, std::uint64_t seconds, pid_t parent);

}  // namespace tome
