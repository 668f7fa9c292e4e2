// SPDX-License-Identifier: GPL-2.0-or-later
#include "sandbox/extractor.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "sandbox/filter.h"
#include "sandbox/program.h"

namespace tome {
namespace {

constexpr unsigned kMostAnswers = 500;
constexpr std::uint64_t kMostResident = 256u << 20;     // bytes in memory, between two files
constexpr std::chrono::milliseconds kLastBreath{1000};  // from a closed socket to the end

template <class Plain>
std::string_view as_bytes(const Plain& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

// Bytes in memory, from proc(5), statm; 0: not known.
std::uint64_t resident(pid_t pid) {
  std::FILE* file = std::fopen(fmt::format("/proc/{}/statm", pid).c_str(), "re");
  if (file == nullptr) return 0;
  unsigned long long size = 0;
  unsigned long long pages = 0;
  // NOLINTNEXTLINE(cert-err34-c): the kernel writes numbers that fit
  const int got = std::fscanf(file, "%llu %llu", &size, &pages);
  std::fclose(file);
  return got == 2 ? pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace

Result<Document> Extractor::extract(std::string_view name, Format format, std::string_view bytes) {
  if (!is_risky(format)) return tome::extract(format, bytes);
  return ask_twice(Task::kRead, name, format, bytes);
}

Result<Document> Extractor::unpack(std::string_view bytes) {
  return ask_twice(Task::kUnpack, "", Format::kCompressed, bytes);
}

Result<Document> Extractor::extract(const Filter& filter, const std::filesystem::path& file) {
  const Result<std::string> output = run_filter(filter, file, limits_);
  if (!output) return output.error();
  const Format format = detect_format("", *output);
  if (format == Format::kUnknown) {
    return Error{Code::kUnsupported,
                 fmt::format("the filter {} writes neither text nor HTML", filter.command.front()),
                 "", ""};
  }
  return extract("", format, *output);
}

Status Extractor::start(Moment deadline) {
  const Result<std::filesystem::path> program = find_extract_program();
  if (!program) return program.error();
  Result<DescriptorPair> sockets = make_socket_pair();
  if (!sockets) return sockets.error();
  ProcessSetup setup;
  setup.command = {program->string(), "serve", std::to_string(limits_.memory)};
  setup.in = setup.out = sockets->theirs.get();
  Result<Process> process = Process::start(setup);
  if (!process) return process.error();
  sockets->theirs.close();
  std::uint64_t hello = 0;
  if (receive_bytes(sockets->ours.get(), reinterpret_cast<char*>(&hello), sizeof hello, deadline) !=
      Transfer::kDone) {
    return Error{Code::kIo, fmt::format("{} does not start", program->string()),
                 "does it run by hand?", ""};
  }
  if (hello != kHello) {
    return Error{Code::kUnsupported,
                 fmt::format("{} is of another version of tome", program->string()),
                 "install tome anew", ""};
  }
  helper_.emplace(Helper{std::move(process).value(), std::move(sockets->ours), 0});
  return Ok{};
}

// An earlier file may have left its process damaged, or somebody ended it: that is not held against
// this file.
Result<Document> Extractor::ask_twice(Task task, std::string_view name, Format format,
                                      std::string_view bytes) {
  const bool used = helper_ && helper_->answers > 0;
  Attempt attempt = ask(task, name, format, bytes);
  if (attempt.suspect && used) attempt = ask(task, name, format, bytes);
  return std::move(attempt.result);
}

Extractor::Attempt Extractor::ask(Task task, std::string_view name, Format format,
                                  std::string_view bytes) {
  const Moment deadline = std::chrono::steady_clock::now() + limits_.time;
  if (!helper_) {
    if (Status status = start(deadline); !status) return {status.error(), false};
  }
  const int socket = helper_->socket.get();
  RequestHead request;
  request.format = static_cast<std::uint32_t>(format);
  request.name = static_cast<std::uint32_t>(name.size());
  request.bytes = bytes.size();
  request.task = static_cast<std::uint64_t>(task);
  for (const std::string_view part : {as_bytes(request), name, bytes}) {
    const Transfer state = send_bytes(socket, part, deadline);
    // One that ran out of memory while it was told may have said so.
    if (state == Transfer::kClosed) break;
    if (state != Transfer::kDone) return interrupted(state);
  }
  AnswerHead head;
  Transfer state = receive_bytes(socket, reinterpret_cast<char*>(&head), sizeof head, deadline);
  if (state != Transfer::kDone) return interrupted(state);
  if (head.fields > limits_.output || head.text > limits_.output - head.fields) {
    helper_.reset();
    return {makes_too_much_text(limits_), false};
  }
  std::string fields;
  std::string text;
  state = receive_string(socket, fields, head.fields, deadline);
  if (state == Transfer::kDone) state = receive_string(socket, text, head.text, deadline);
  if (state != Transfer::kDone) return interrupted(state);
  DecodedAnswer answer = decode_answer(fields, std::move(text), limits_);
  ++helper_->answers;
  if (answer.out_of_memory || answer.nonsense || outlived()) helper_.reset();
  return {std::move(answer.result), answer.out_of_memory};
}

bool Extractor::outlived() const {
  return helper_->answers >= kMostAnswers || resident(helper_->process.pid()) > kMostResident;
}

Extractor::Attempt Extractor::interrupted(Transfer state) {
  if (state == Transfer::kClosed) return stopped();
  helper_.reset();
  return {took_too_long(limits_), false};
}

// Why the process is gone.
Extractor::Attempt Extractor::stopped() {
  const bool by_itself = helper_->process.ended(kLastBreath);
  const Ending ending = helper_->process.finish();
  helper_.reset();
  if (by_itself && ending.peak_memory > limits_.memory / 4 * 3) {
    return {needs_too_much_memory(limits_), true};  // a library that gives up without a word
  }
  const std::string how = !by_itself          ? "no answer"
                          : ending.signal > 0 ? fmt::format("signal {}", ending.signal)
                                              : fmt::format("exit status {}", ending.status);
  return {Error{Code::kUnsupported, fmt::format("crashed while it was read ({})", how), "", ""},
          true};
}

}  // namespace tome
