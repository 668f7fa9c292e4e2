// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/check_generation.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>

#include "sandbox/descriptor.h"
#include "sandbox/process.h"
#include "store/files.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostAnswered = 65536;  // what a pipe holds

std::string read_all(int fd) {
  std::string bytes(kMostAnswered, '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t n = ::read(fd, bytes.data() + size, bytes.size() - size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    size += static_cast<std::size_t>(n);
  }
  bytes.resize(size);
  return bytes;
}

void failed(SegmentContents& contents, std::string message) {
  contents = {};
  contents.problems.push_back({"", std::move(message)});
}

// check_contents() in a process of its own.
SegmentContents check_apart(const fs::path& folder, std::uint64_t size,
                            const CheckOptions& options) {
  SegmentContents contents;
  Result<DescriptorPair> pipe = make_pipe();
  if (!pipe) {
    failed(contents, pipe.error().message);
    return contents;
  }
  ProcessSetup setup;
  setup.command = options.checker;
  setup.command.push_back(folder.string());
  setup.out = pipe->theirs.get();
  Result<Process> process = Process::start(setup);
  if (!process) {
    failed(contents, process.error().message);
    return contents;
  }
  pipe->theirs.close();
  const auto patience = options.patience * static_cast<long>(1 + (size >> 26));
  const bool in_time = process->ended(patience);
  const Ending ending = process->finish();
  if (!in_time) {
    failed(contents,
           fmt::format("reading it takes longer than {} s",
                       std::chrono::duration_cast<std::chrono::seconds>(patience).count()));
  } else if (ending.signal != 0) {
    failed(contents, fmt::format("Xapian crashes on it (signal {})", ending.signal));
  } else if (!decode(read_all(pipe->ours.get()), contents)) {
    failed(contents, fmt::format("its check ended with status {}", ending.status));
  }
  return contents;
}

}  // namespace

const SegmentContents& GenerationCheck::segment(const SegmentInfo& segment) {
  const auto [known, fresh] = segments_.try_emplace(segment.id);
  SegmentContents& contents = known->second;
  if (!fresh) return contents;
  const std::vector<SegmentProblem> files = check_files(index_, segment);
  if (!options_.checker.empty()) {
    contents = check_apart(segment_path(index_, segment.id), segment.bytes, options_);
  } else if (files.empty()) {
    contents = check_contents(segment_path(index_, segment.id));
  }
  if (files.empty() && contents.problems.empty() && contents.passages != segment.passages) {
    contents.problems.push_back({"", fmt::format("it has {} passages, the manifest says {}",
                                                 contents.passages, segment.passages)});
  }
  contents.problems.insert(contents.problems.begin(), files.begin(), files.end());
  return contents;
}

bool GenerationCheck::whole(std::uint64_t number, CheckReport& report) {
  const Result<Manifest> manifest = read_manifest(index_, number);
  if (!manifest) {
    report.problems.push_back(manifest.error());
    return false;
  }
  bool whole = true;
  for (const SegmentInfo& info : manifest->segments) {
    const SegmentContents& contents = segment(info);
    ++report.segments;
    report.files += info.files.size();
    report.bytes += info.bytes;
    report.passages += contents.passages;
    report.sources += contents.sources;
    report.work_records += contents.work_records;
    report.words += contents.words;
    whole = whole && contents.problems.empty();
    for (const SegmentProblem& problem : contents.problems) {
      const fs::path folder = segment_path(index_, info.id);
      const fs::path path = problem.file.empty() ? folder : folder / problem.file;
      const int number = error_named_in(problem.message);
      report.problems.push_back(is_denial(number) ? system_error("read", path, number)
                                                  : damaged(problem.message, path));
    }
  }
  return whole;
}

std::uint64_t GenerationCheck::newest_whole(std::uint64_t before, CheckReport& report) {
  const Result<std::vector<std::uint64_t>> numbers = generations_on_disk(index_);
  if (!numbers) {
    report.notices.push_back(numbers.error());
    return 0;
  }
  for (const std::uint64_t number : *numbers) {
    if (number >= before) continue;
    CheckReport spare;
    if (whole(number, spare)) return number;
    if (spare.problems.front().code == Code::kUnsupported) continue;  // from before an upgrade
    Error notice = spare.problems.front();
    notice.message = fmt::format("generation {} is damaged too: {}", number, notice.message);
    notice.hint.clear();
    report.notices.push_back(std::move(notice));
  }
  return 0;
}

}  // namespace tome
