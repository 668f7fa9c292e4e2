// SPDX-License-Identifier: GPL-2.0-or-later
// tome-extract: reads files for tome, apart from it and confined. Not to be run by hand.
//   tome-extract serve MEMORY                          answers requests on standard input
//   tome-extract run MEMORY SECONDS PARENT PROGRAM...  becomes a filter program, within limits
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include "sandbox/compressed.h"
#include "sandbox/serve.h"
#include "sandbox/worker/confine.h"

namespace {

constexpr int kNotConfined = 125;  // these three as env(1) has them
constexpr int kNotRun = 126;
constexpr int kNotThere = 127;

std::uint64_t number(const char* text) { return std::strtoull(text, nullptr, 10); }

}  // namespace

int main(int argc, char** argv) {
  const std::string_view what = argc > 1 ? argv[1] : "";
  if (what == "serve" && argc == 3) {
    if (!tome::confine_reader(number(argv[2]))) return kNotConfined;
    const bool whole = tome::serve(STDIN_FILENO, tome::extract_any, tome::unpack_text);
    std::_Exit(whole ? 0 : 1);  // nothing is left to be done, and libraries need not be tidied away
  }
  if (what == "run" && argc >= 6) {
    if (!tome::confine_program(number(argv[2]), number(argv[3]),
                               static_cast<pid_t>(number(argv[4])))) {
      std::fprintf(stderr, "the limits cannot be set: %s\n",
                   std::generic_category().message(errno).c_str());
      return kNotConfined;
    }
    ::execvp(argv[5], argv + 5);
    const int reason = errno;
    std::fprintf(stderr, "cannot run %s: %s\n", argv[5],
                 std::generic_category().message(reason).c_str());
    return reason == ENOENT ? kNotThere : kNotRun;
  }
  std::fputs("tome-extract: this program is run by tome\n", stderr);
  return 2;
}
