// SPDX-License-Identifier: GPL-2.0-or-later
// Where programs are: those of tome, and those that a user names.
#pragma once

#include <filesystem>
#include <string>

#include "tome/result.h"

namespace tome {

// A program that is part of tome: beside the running program, else in ../libexec/tome seen from
// there, else where it was installed.
Result<std::filesystem::path> find_own_program(const char* name);

// tome-extract: $TOME_EXTRACT, else as above. kNotFound says what to do.
Result<std::filesystem::path> find_extract_program();

// The program that a shell would run as `name`: a path, or a name in one of the folders of $PATH.
Result<std::string> find_program(const std::string& name);
bool is_program(const std::string& name);

}  // namespace tome
