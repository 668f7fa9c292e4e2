// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/filter.h"

#include <fmt/format.h>
#include <fnmatch.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

#include "sandbox/channel.h"
#include "sandbox/descriptor.h"
#include "sandbox/process.h"
#include "sandbox/program.h"
#include "text/text.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::chrono::milliseconds kTick{20};  // between two looks whether it has ended
constexpr std::size_t kTail = 4096;             // bytes of standard error that are kept
constexpr std::size_t kLongestLine = 200;       // bytes of it that are told
constexpr std::string_view kPlace = "{}";

std::vector<std::string> arguments_of(const Filter& filter, const std::string& file) {
  std::vector<std::string> words = filter.command;
  bool placed = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t at = words[i].find(kPlace);
    if (at == std::string::npos) continue;
    words[i].replace(at, kPlace.size(), file);
    placed = true;
  }
  if (!placed) words.push_back(file);
  return words;
}

// What a running filter has written so far.
struct Written {
  Descriptor out;
  Descriptor err;
  std::string text;
  std::string complaint;  // the end of standard error
};

// Reads what is there, of standard output no more than `most` bytes and one; true at the end.
bool read_some(Descriptor& from, std::string& into, std::size_t most) {
  char piece[64 << 10];
  while (into.size() <= most) {
    const ssize_t n = ::read(from.get(), piece, sizeof piece);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EAGAIN) return false;
    if (n <= 0) return true;
    into.append(piece, static_cast<std::size_t>(n));
    if (n < static_cast<ssize_t>(sizeof piece)) return false;
  }
  return false;
}

void read_complaint(Written& written) {
  std::string piece;
  if (read_some(written.err, piece, kTail)) written.err.close();
  written.complaint += piece;
  if (written.complaint.size() > kTail) {
    written.complaint.erase(0, written.complaint.size() - kTail);
  }
}

void read_both(Written& written, std::size_t most) {
  if (written.out && read_some(written.out, written.text, most)) written.out.close();
  if (written.err) read_complaint(written);
}

void wait_for_more(const Written& written, Moment deadline) {
  pollfd fds[2] = {{written.out.get(), POLLIN, 0}, {written.err.get(), POLLIN, 0}};  // -1: ignored
  ::poll(fds, 2, std::min(poll_time(deadline), static_cast<int>(kTick.count())));
}

std::string last_line(std::string text) {
  repair_utf8(text);
  text.erase(text.find_last_not_of(" \t\r\n") + 1);
  const std::size_t begin = text.find_last_of("\r\n") + 1;
  return squeeze(
      text.substr(begin, utf8_floor(std::string_view(text).substr(begin), kLongestLine)));
}

// What is said of a filter that did not end well.
Error failure(const std::string& program, const Ending& ending, const std::string& complaint,
              const ExtractLimits& limits) {
  if (ending.signal == SIGXCPU) return took_too_long(limits);
  const std::string line = last_line(complaint);
  const std::string why = line.empty() ? std::string() : ": " + line;
  if (ending.signal != 0) {
    return {Code::kUnsupported,
            fmt::format("the filter {} crashed (signal {}){}", program, ending.signal, why), "",
            ""};
  }
  return {Code::kUnsupported,
          fmt::format("the filter {} failed (exit status {}){}", program, ending.status, why), "",
          ""};
}

}  // namespace

const Filter* find_filter(const std::vector<Filter>& filters, std::string_view path) {
  const std::string name(path.substr(path.find_last_of('/') + 1));
  const Filter* found = nullptr;
  std::size_t length = 0;
  for (const Filter& filter : filters) {
    for (const std::string& pattern : filter.patterns) {
      if (pattern.size() <= length || filter.command.empty()) continue;
      if (::fnmatch(pattern.c_str(), name.c_str(), FNM_CASEFOLD) != 0) continue;
      found = &filter;
      length = pattern.size();
    }
  }
  return found;
}

Result<std::string> run_filter(const Filter& filter, const fs::path& file,
                               const ExtractLimits& limits) {
  const std::string& program = filter.command.front();
  if (!is_program(program)) {
    return Error{Code::kNotFound, fmt::format("the filter {} is not found", program),
                 "install it, or name its full path in config.toml", ""};
  }
  const Result<fs::path> launcher = find_extract_program();
  if (!launcher) return launcher.error();
  std::error_code code;
  const std::vector<std::string> words = arguments_of(filter, fs::absolute(file, code).string());
  Result<DescriptorPair> out = make_pipe();
  if (!out) return out.error();
  Result<DescriptorPair> err = make_pipe();
  if (!err) return err.error();
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(limits.time).count();
  ProcessSetup setup;
  setup.command = {launcher->string(), "run", std::to_string(limits.memory),
                   std::to_string(seconds), std::to_string(::getpid())};
  setup.command.insert(setup.command.end(), words.begin(), words.end());
  setup.out = out->theirs.get();
  setup.err = err->theirs.get();
  setup.own_group = true;
  const Moment deadline = std::chrono::steady_clock::now() + limits.time;
  Result<Process> process = Process::start(setup);
  if (!process) return process.error();
  out->theirs.close();
  err->theirs.close();

  Written written{std::move(out->ours), std::move(err->ours), {}, {}};
  bool ended = false;
  while (!ended) {
    wait_for_more(written, deadline);
    ended = process->ended();  // before the last look, so that nothing it wrote is missed
    read_both(written, limits.output);
    if (written.text.size() > limits.output) return makes_too_much_text(limits);
    if (!ended && poll_time(deadline) == 0) return took_too_long(limits);
  }
  const Ending ending = process->finish();
  if (ending.signal != 0 || ending.status != 0) {
    return failure(program, ending, written.complaint, limits);
  }
  while (written.out) {  // what is left in the pipe; a process that got away may hold it open
    const std::size_t had = written.text.size();
    read_both(written, limits.output);
    if (written.text.size() > limits.output) return makes_too_much_text(limits);
    if (written.text.size() == had) break;
  }
  return std::move(written.text);
}

}  // namespace tome
