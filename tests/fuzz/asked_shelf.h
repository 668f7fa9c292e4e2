// SPDX-License-Identifier: GPL-2.0-or-later
// The shelf that requests and messages are asked of, made once.
#pragma once

#include <filesystem>

namespace tome::fuzz {

const std::filesystem::path& asked_index();

}  // namespace tome::fuzz
