// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/context.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

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

// -h, -n, -n5: the short options of the commands that take a question.
bool is_short_option(std::string_view argument) {
  if (argument == "-h" || argument == "-n") return true;
  return argument.starts_with("-n") &&
         argument.find_first_not_of("0123456789", 2) == std::string_view::npos;
}

}  // namespace

fs::path index_folder(const Context& context) {
  if (!context.index.empty()) return context.index;
  if (const std::string given = environment("TOME_INDEX"); !given.empty()) return given;
  if (is_index("index")) return "index";
  if (const std::string data = environment("XDG_DATA_HOME"); !data.empty()) {
    return fs::path(data) / "tome";
  }
  return fs::path(environment("HOME")) / ".local" / "share" / "tome";
}

TerminalStyle style_of_stdout() {
  TerminalStyle style;
  if (::isatty(STDOUT_FILENO) != 1) return style;
  const bool plain = !environment("NO_COLOR").empty() || environment("TERM") == "dumb";
  style.colour = !plain;
  style.hyperlinks = !plain;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) style.width = size.ws_col;
  return style;
}

bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

void print(const std::string& text) {
  if (write_all(STDOUT_FILENO, text) || errno == EPIPE) return;
  const std::string message = std::string("tome: cannot write: ") + std::strerror(errno) + "\n";
  write_all(STDERR_FILENO, message);
}

int fail(const Context& context, const Error& error) {
  if (context.json) {
    print(json_error(error));
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
  bool question = false;
  bool rest = false;  // after a lone --
  for (const std::string& argument : arguments) {
    if (!question) question = argument == "search" || argument == "books";
    const bool dashed = argument.size() > 1 && argument[0] == '-' && argument[1] != '-';
    if (question && !rest && dashed && !is_short_option(argument)) {
      marked.push_back(kMark + argument);
    } else {
      marked.push_back(argument);
    }
    rest = rest || argument == "--";
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
