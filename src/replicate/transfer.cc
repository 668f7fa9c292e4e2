// SPDX-License-Identifier: GPL-2.0-or-later
#include "replicate/transfer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>

#include "sandbox/descriptor.h"
#include "sandbox/process.h"
#include "sandbox/program.h"
#include "store/files.h"

namespace tome {
namespace {

constexpr int kPartial = 23;   // rsync: some files were not transferred
constexpr int kVanished = 24;  // rsync: a file went away meanwhile

// The names, each ended by NUL, to be read from its start.
Result<Descriptor> list_of(const std::vector<std::string>& files) {
  Descriptor list(::memfd_create("tome-files", MFD_CLOEXEC));
  if (!list) return system_error("make a list in memory", "");
  std::string names;
  for (const std::string& file : files) names.append(file).push_back('\0');
  std::string_view rest = names;
  while (!rest.empty()) {
    const ssize_t n = ::write(list.get(), rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return system_error("write a list in memory", "");
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
  ::lseek(list.get(), 0, SEEK_SET);
  return list;
}

// One line that rsync prints: "12345 id/postlist.glass"; a folder ends in a slash.
void note(std::string_view line, Sent& sent) {
  std::uint64_t size = 0;
  const auto parsed = std::from_chars(line.data(), line.data() + line.size(), size);
  if (parsed.ec != std::errc() || line.ends_with('/')) return;
  line.remove_prefix(static_cast<std::size_t>(parsed.ptr - line.data()));
  if (line.size() < 2 || line[0] != ' ') return;
  sent.names.emplace(line.substr(1));
  sent.bytes += size;
}

void read_lines(int from, Sent& sent) {
  std::string text;
  char piece[16 << 10];
  for (;;) {
    const ssize_t n = ::read(from, piece, sizeof piece);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    text.append(piece, static_cast<std::size_t>(n));
    std::size_t begin = 0;
    for (std::size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
      note(std::string_view(text).substr(begin, end - begin), sent);
    }
    text.erase(0, begin);
  }
}

}  // namespace

std::vector<std::string> files_of(const std::vector<SegmentInfo>& segments) {
  std::vector<std::string> files;
  for (const SegmentInfo& segment : segments) {
    for (const SegmentFile& file : segment.files) files.push_back(segment.id + "/" + file.name);
  }
  return files;
}

Result<Sent> run_rsync(const RsyncRun& run) {
  const Result<std::string> program = find_program("rsync");
  if (!program) {
    return Error{Code::kNotFound, "the program rsync is not found",
                 "install it: apt-get install rsync", ""};
  }
  Result<Descriptor> list = list_of(run.files);
  if (!list) return list.error();
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return system_error("make a pipe", "");
  Descriptor ours(ends[0]);
  Descriptor theirs(ends[1]);
  std::string ssh;
  for (const std::string& word : run.ssh) ssh.append(ssh.empty() ? "" : " ").append(word);
  // Segments never change, so a file of the same name and size is that file; what arrives is read
  // against its digest anyway. -s: paths are not seen by the other machine's shell.
  ProcessSetup setup;
  setup.command = {*program,
                   "-s",
                   "-t",
                   "--from0",
                   "--files-from=-",
                   "--no-links",
                   "--chmod=u+rw",
                   "--partial-dir=.partial",
                   "--mkpath",
                   "-e",
                   ssh,
                   run.compare ? "--checksum" : "--size-only",
                   "--out-format=%l %n"};
  if (run.optional) setup.command.push_back("--ignore-missing-args");
  setup.command.insert(setup.command.end(), {"--", rsync_name(run.from, run.below_from),
                                             rsync_name(run.to, run.below_to)});
  setup.in = list->get();
  setup.out = theirs.get();
  setup.err = STDERR_FILENO;
  Result<Process> process = Process::start(setup);
  if (!process) return process.error();
  theirs.close();
  Sent sent;
  read_lines(ours.get(), sent);
  while (!process->ended(std::chrono::hours(1))) continue;
  const Ending ending = process->finish();
  if (ending.signal == 0 && ending.status == 0) return sent;
  const bool gone = ending.status == kPartial || ending.status == kVanished;
  return Error{Code::kIo,
               ending.signal != 0
                   ? fmt::format("rsync was ended by signal {}", ending.signal)
                   : fmt::format("rsync failed (exit status {}), see above", ending.status),
               gone ? "files are missing or may not be read or written"
                    : "the replica is as it was; run this again to go on",
               ""};
}

}  // namespace tome
