// SPDX-License-Identifier: GPL-2.0-or-later
// Work on the parts of a list, in several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace tome {

// Calls work(begin, end) for parts of [0, count) of `part` each, the last one shorter, in up to
// `workers` threads (0: as many as the machine has cores); this one is one of them. What one of
// them throws is thrown again when all have ended; no part is begun after it.
void in_threads(unsigned workers, std::size_t count, std::size_t part,
                const std::function<void(std::size_t begin, std::size_t end)>& work);

}  // namespace tome
