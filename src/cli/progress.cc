// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <csignal>
#include <cstdio>

#include "cli/context.h"

namespace tome::cli {
namespace {

constexpr auto kBarEvery = std::chrono::milliseconds(100);
constexpr auto kLineEvery = std::chrono::seconds(10);
constexpr unsigned kBarCells = 24;
constexpr unsigned kLineCells = 60;  // what stands beside the bar, at most

std::atomic<bool> interrupted{false};

// The first asks for an orderly end; a second ends the program, which leaves the index as it was.
extern "C" void on_interrupt(int signal) {
  interrupted = true;
  std::signal(signal, SIG_DFL);
}

std::string duration(double seconds) {
  const auto whole = std::lround(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  return fmt::format("{} min {:02} s", whole / 60, whole % 60);
}

}  // namespace

Progress::Progress(bool quiet)
    : quiet_(quiet), terminal_(stderr_is_terminal()), start_(Clock::now()), last_(start_) {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
}

double Progress::seconds() const {
  return std::chrono::duration<double>(Clock::now() - start_).count();
}

void Progress::bar(const IndexProgress& done, double seconds) const {
  const double share =
      done.total == 0 ? 1.0 : static_cast<double>(done.sources) / static_cast<double>(done.total);
  // A line that wraps cannot be drawn over: on a narrow terminal the bar is the first to go.
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  const unsigned width = known ? size.ws_col : 80;
  const unsigned cells = width < kLineCells + 8 ? 0 : std::min(kBarCells, width - kLineCells);
  const auto full = static_cast<unsigned>(share * cells);
  const double left = share > 0 ? seconds / share - seconds : 0;
  const double rate = static_cast<double>(done.bytes) / 1e6 / seconds;
  std::string line = fmt::format("{:3.0f} %  {} of {} files  {:.1f} MB/s  {} left", 100 * share,
                                 done.sources, done.total, rate, duration(left));
  if (cells > 0) {
    line = "[" + std::string(full, '#') + std::string(cells - full, '.') + "] " + line;
  }
  line.resize(std::min<std::size_t>(line.size(), width - 1));
  std::fputs(("\r\x1b[K" + line).c_str(), stderr);
  std::fflush(stderr);
}

bool Progress::show(const IndexProgress& done) {
  if (interrupted) return false;
  const Clock::time_point now = Clock::now();
  if (quiet_ ||
      now - last_ < (terminal_ ? Clock::duration(kBarEvery) : Clock::duration(kLineEvery))) {
    return true;
  }
  last_ = now;
  if (terminal_) {
    bar(done, seconds());
    shown_ = true;
  } else {
    std::fputs(fmt::format("indexed {} of {} files, {} passages, {}\n", done.sources, done.total,
                           done.passages, duration(seconds()))
                   .c_str(),
               stderr);
  }
  return true;
}

void Progress::clear() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
  shown_ = false;
}

}  // namespace tome::cli
