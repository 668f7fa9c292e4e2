// SPDX-License-Identifier: GPL-2.0-or-later
#include "replicate/channel.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <optional>

#include "sandbox/program.h"
#include "text/text.h"

namespace tome {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestLine = 300u << 20;  // a manifest's limit, and what is around it

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    // A reader that has gone is an error here, not the end of the program.
    ssize_t n = ::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
    if (n < 0 && errno == ENOTSOCK) n = ::write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

// The next line, without its end; nothing at the end of the stream or of patience with its length.
std::optional<std::string> read_line(int fd, std::string& unread) {
  std::size_t searched = 0;
  for (;;) {
    const std::size_t end = unread.find('\n', searched);
    if (end != std::string::npos) {
      std::string line = unread.substr(0, end);
      unread.erase(0, end + 1);
      return line;
    }
    searched = unread.size();
    if (searched > kLongestLine) return std::nullopt;
    char piece[64 << 10];
    const ssize_t n = ::read(fd, piece, sizeof piece);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return std::nullopt;
    unread.append(piece, static_cast<std::size_t>(n));
  }
}

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string line_of(const Result<CopyStep>& step) {
  if (!step) {
    const Error& error = step.error();
    return line_of(Json{{"error",
                         {{"code", static_cast<int>(error.code)},
                          {"message", error.message},
                          {"hint", error.hint},
                          {"path", error.path}}}});
  }
  if (!step->done) return line_of(Json{{"wanted", step->wanted}, {"compare", step->compare}});
  return line_of(Json{{"done",
                       {{"generation", step->report.generation},
                        {"passages", step->report.passages},
                        {"switched", step->report.switched},
                        {"segments", step->report.segments}}}});
}

// Throws what nlohmann::json does when it is not what a receiver says.
Result<CopyStep> step_in(const std::string& line) {
  const Json json = Json::parse(line);
  if (json.contains("error")) {
    const Json& error = json.at("error");
    const int code = error.at("code").get<int>();
    const bool known = code >= 0 && code <= static_cast<int>(Code::kRefused);
    return Error{known ? static_cast<Code>(code) : Code::kIo,
                 error.at("message").get<std::string>(), error.at("hint").get<std::string>(),
                 error.at("path").get<std::string>()};
  }
  CopyStep step;
  if (json.contains("done")) {
    const Json& done = json.at("done");
    step.done = true;
    done.at("generation").get_to(step.report.generation);
    done.at("passages").get_to(step.report.passages);
    done.at("switched").get_to(step.report.switched);
    done.at("segments").get_to(step.report.segments);
    return step;
  }
  json.at("wanted").get_to(step.wanted);
  json.at("compare").get_to(step.compare);
  return step;
}

}  // namespace

Result<FarReceiver> FarReceiver::open(const std::vector<std::string>& ssh, const std::string& host,
                                      const std::string& path, const CopyOptions& options) {
  const Result<std::string> program = find_program(ssh.front());
  if (!program) return program.error();
  Result<DescriptorPair> pair = make_socket_pair();
  if (!pair) return pair.error();
  ProcessSetup setup;
  setup.command = ssh;
  setup.command.front() = *program;
  std::string machine = host;  // ssh takes no brackets
  std::erase_if(machine, [](char c) { return c == '[' || c == ']'; });
  setup.command.insert(setup.command.end(), {"--", machine, options.remote_tome, "receive-push"});
  setup.in = setup.out = pair->theirs.get();
  setup.err = STDERR_FILENO;
  Result<Process> process = Process::start(setup);
  if (!process) return process.error();
  return FarReceiver(std::move(process).value(), std::move(pair->ours), host, path, options);
}

Result<CopyStep> FarReceiver::ask(const std::string& line) {
  std::optional<std::string> answer;
  if (write_all(stream_.get(), line)) answer = read_line(stream_.get(), unread_);
  if (answer) {
    try {
      Result<CopyStep> step = step_in(*answer);
      if (step) return step;
      Error error = step.error();
      if (!error.path.empty()) error.path = host_ + ":" + error.path;
      return error;
    } catch (const std::exception&) {
      // Said below.
    }
  }
  return Error{
      Code::kIo,
      answer
          ? fmt::format("{} on {} does not answer as a receiver does", options_.remote_tome, host_)
          : fmt::format("no answer from {} on {}, see above", options_.remote_tome, host_),
      "tome must be there, in the same version: --remote-tome says where", ""};
}

Result<CopyStep> FarReceiver::offer(std::uint64_t generation, const std::string& manifest) {
  return ask(line_of(Json{{"index", path_},
                          {"force", options_.force},
                          {"all", options_.all},
                          {"patience", options_.patience.count()},
                          {"generation", generation},
                          {"manifest", manifest}}));
}

Result<CopyStep> FarReceiver::copied() { return ask(line_of(Json{{"copied", true}})); }

int receive_push(int in, int out) {
  std::string unread;
  const std::optional<std::string> offer = read_line(in, unread);
  if (!offer) return 1;
  try {
    const Json json = Json::parse(*offer);
    CopyOptions options;
    json.at("force").get_to(options.force);
    json.at("all").get_to(options.all);
    options.patience = std::chrono::milliseconds(json.at("patience").get<std::int64_t>());
    Result<Receiver> receiver = Receiver::open(json.at("index").get<std::string>(), options);
    Result<CopyStep> step = receiver ? receiver->offer(json.at("generation").get<std::uint64_t>(),
                                                       json.at("manifest").get<std::string>())
                                     : Result<CopyStep>(receiver.error());
    while (write_all(out, line_of(step)) && step && !step->done) {
      const std::optional<std::string> line = read_line(in, unread);
      if (!line) return 1;  // the pusher has gone: what was in force stays
      step = receiver->copied();
    }
    return step ? 0 : 1;
  } catch (const Json::exception&) {
    write_all(out, line_of(Error{Code::kUsage, "this is not what tome push says", "", ""}));
    return 1;
  }
}

}  // namespace tome
