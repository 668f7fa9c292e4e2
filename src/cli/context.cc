// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/context.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include "present/json.h"
#include "tome/index.h"

namespace tome::cli {
namespace fs = std::filesystem;
namespace {

constexpr char kMark = '\x01';  // no argument of a person begins so

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool takes_value(std::string_view argument) {
  return argument == "-n" || argument == "--shard-timeout" || argument == "--count" ||
         argument == "--offset" || argument == "--topic" || argument == "--index" ||
         argument == "--config";
}

// What may be an option of the commands that take a question: --anything, -h, -n, -n5.
bool is_option(std::string_view argument) {
  if (argument == "-h" || argument.starts_with("--")) return true;
  return argument.starts_with("-n") &&
         argument.find_first_not_of("0123456789", 2) == std::string_view::npos;
}

}  // namespace

fs::path index_folder(const Context& context) {
  if (!shard_options(context).shards.empty()) return {};
  if (!context.indexes.empty()) return context.indexes.front();
  if (const std::string given = environment("TOME_INDEX"); !given.empty()) return given;
  if (is_index("index")) return "index";
  if (const std::string data = environment("XDG_DATA_HOME"); !data.empty()) {
    return fs::path(data) / "tome";
  }
  return fs::path(environment("HOME")) / ".local" / "share" / "tome";
}

ShardOptions shard_options(const Context& context) {
  ShardOptions options;
  options.timeout = std::chrono::milliseconds(
      static_cast<std::int64_t>(std::max(0.001, context.shard_timeout) * 1000));
  options.require_all = context.require_all;
  const bool far =
      std::any_of(context.indexes.begin(), context.indexes.end(),
                  [](const std::string& index) { return index.find("://") != std::string::npos; });
  if (context.indexes.size() > 1 || far) options.shards = context.indexes;
  return options;
}

Status one_folder(const Context& context) {
  if (shard_options(context).shards.empty()) return Ok{};
  return Error{Code::kUsage, "this command works on one index directory", "name one: --index DIR",
               ""};
}

fs::path synonym_file() {
  if (const std::string config = environment("XDG_CONFIG_HOME"); !config.empty()) {
    return fs::path(config) / "tome" / "synonyms.txt";
  }
  return fs::path(environment("HOME")) / ".config" / "tome" / "synonyms.txt";
}

TerminalStyle style_of_stdout() {
  TerminalStyle style;
  std::error_code code;
  style.folder = fs::current_path(code).string();
  if (::isatty(STDOUT_FILENO) != 1) return style;
  const bool plain = !environment("NO_COLOR").empty() || environment("TERM") == "dumb";
  style.colour = !plain;
  style.hyperlinks = !plain;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) style.width = size.ws_col;
  return style;
}

bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

int print(const std::string& text, int code) {
  if (write_all(STDOUT_FILENO, text) || errno == EPIPE) return code;
  const std::string message =
      std::string("tome: cannot write: ") + std::generic_category().message(errno) + "\n";
  write_all(STDERR_FILENO, message);
  return kIndexTrouble;
}

int fail(const Context& context, const Error& error) {
  if (context.json) {
    print(json_error(error), kIndexTrouble);
  } else {
    write_all(STDERR_FILENO, present_error(error, TerminalStyle{}));
  }
  switch (error.code) {
    case Code::kUsage:
    case Code::kRefused:
      return kUsage;
    default:
      return kIndexTrouble;
  }
}

std::vector<std::string> mark_words(const std::vector<std::string>& arguments) {
  std::vector<std::string> marked;
  std::string command;
  bool value = false;  // the next argument is an option's value
  bool rest = false;   // after a lone --
  for (const std::string& argument : arguments) {
    const bool question = command == "search" || command == "books";
    if (value) {
      marked.push_back(argument);
      value = false;
    } else if (question && !rest && argument == "--") {
      rest = true;
    } else if (question && (rest || !is_option(argument))) {
      marked.push_back(kMark + argument);
    } else {
      marked.push_back(argument);
      value = takes_value(argument);
      if (command.empty() && !argument.starts_with("-")) command = argument;
    }
  }
  return marked;
}

std::string join_words(const std::vector<std::string>& words) {
  std::string joined;
  for (const std::string& word : words) {
    if (!joined.empty()) joined += ' ';
    joined += !word.empty() && word[0] == kMark ? word.substr(1) : word;
  }
  return joined;
}

}  // namespace tome::cli
