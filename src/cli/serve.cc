// SPDX-License-Identifier: GPL-2.0-or-later
// tome serve
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string_view>

#include "cli/context.h"
#include "present/clean.h"
#include "serve/server.h"

namespace tome::cli {
namespace {

constexpr std::chrono::seconds kFinish{10};  // for what is running when a signal ends the server
constexpr std::size_t kShortestToken = 16;
constexpr std::size_t kLongestToken = 256;

struct Served {
  ServerOptions options;
  std::string token_file;
};

// The first line of the file. It stands in a header, a cookie and an address, so it holds no more
// than letters, digits and - _ . ~
Result<std::string> read_token(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string line(kLongestToken + 2, '\0');
  file.read(line.data(), static_cast<std::streamsize>(line.size()));
  if (file.bad() || !file.is_open()) {
    return Error{Code::kUsage, "the file of the token cannot be read", "", path};
  }
  line.resize(static_cast<std::size_t>(file.gcount()));
  line.resize(std::min(line.size(), line.find_first_of("\r\n")));
  const bool plain = std::all_of(line.begin(), line.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_.~").find(c) != std::string_view::npos;
  });
  if (!plain || line.size() < kShortestToken || line.size() > kLongestToken) {
    return Error{Code::kUsage,
                 fmt::format("a token is {} to {} letters, digits, or any of - _ . ~",
                             kShortestToken, kLongestToken),
                 "head -c 24 /dev/urandom | base64 | tr +/ -_ > FILE", path};
  }
  return line;
}

// Each connection takes a file descriptor, each open shelf some dozens.
void allow_many_files() {
  constexpr rlim_t kWanted = 16'384;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= kWanted) return;
  limit.rlim_cur = std::min(kWanted, limit.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

int run(const Context& context, Served& served) {
  ServerOptions& options = served.options;
  options.index = index_folder(context);
  options.synonyms = synonym_file();
  options.shards = shard_options(context);
  if (!served.token_file.empty()) {
    Result<std::string> token = read_token(served.token_file);
    if (!token) return fail(context, token.error());
    options.token = *token;
  }
  allow_many_files();
  // Blocked before any thread starts, so that they come to the one that waits for them below.
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGTERM);
  ::sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  Result<std::unique_ptr<Server>> server = Server::start(options);
  if (!server) return fail(context, server.error());
  const int code =
      print(fmt::format("Serving {} (generation {}) at {}\n",
                        options.index.empty() ? "the shards" : clean_name(options.index.string()),
                        (*server)->generation(), clean_line((*server)->url())));
  if (code != kFound) return code;
  int signal = 0;
  ::sigwait(&signals, &signal);
  ::pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);   // a second one ends it at once
  if (!(*server)->drain(kFinish)) std::_Exit(kFound);  // what still runs has had its time
  return kFound;
}

}  // namespace

void add_serve_command(CLI::App& app, Context& context) {
  auto served = std::make_shared<Served>();
  CLI::App* command =
      app.add_subcommand("serve", "Serve the shelf: a web page and a JSON API (docs/api.md)");
  command->add_option("--host", served->options.host, "Address to listen at")
      ->type_name("HOST")
      ->capture_default_str();
  command->add_option("--port", served->options.port, "Port; 0: any that is free")
      ->check(CLI::Range(0, 65535))
      ->type_name("N")
      ->capture_default_str();
  command
      ->add_option("--token-file", served->token_file,
                   "File whose first line a client must know; must be given beyond this machine")
      ->type_name("FILE");
  command->add_flag("--allow-files", served->options.files, "Serve the indexed files themselves");
  command->footer("SIGTERM or Ctrl-C finishes what is running, then ends the server.");
  command->callback(
      [served, &context] { context.run = [served, &context] { return run(context, *served); }; });
}

}  // namespace tome::cli
