// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/program.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "cli/shelf.h"

namespace tome::test {
namespace fs = std::filesystem;
namespace {

constexpr auto kLongest = std::chrono::seconds(25);  // a run that takes longer hangs

std::string slurp(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
  return text;
}

std::vector<char*> pointers(Words& words) {
  std::vector<char*> out;
  for (std::string& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

}  // namespace

ProgramTest::ProgramTest() {
  std::string name = (fs::temp_directory_path() / "tome-cli-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp: " + name);
  folder_ = fs::canonical(name);
  fs::create_directories(folder_ / "output");
  environment_ = {{"HOME", (folder_ / "home").string()},
                  {"XDG_DATA_HOME", (folder_ / "data").string()},
                  {"TOME_INDEX", (folder_ / "ix").string()},
                  {"NO_COLOR", "1"},
                  {"LANG", "C.UTF-8"},
                  {"PATH", "/usr/bin:/bin"}};
  for (const char* name : {"ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name); value != nullptr) environment_[name] = value;
  }
}

ProgramTest::~ProgramTest() {
  std::error_code code;
  fs::remove_all(folder_, code);
}

pid_t ProgramTest::start(const Words& arguments, int out) {
  Words words{"tome"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  Words variables;
  for (const auto& [name, value] : environment_) variables.push_back(name + "=" + value);
  const std::string out_file = (folder_ / "output/out").string();
  const std::string err_file = (folder_ / "output/err").string();

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addchdir_np(&actions, folder_.c_str());
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (out >= 0) {
    ::posix_spawn_file_actions_adddup2(&actions, out, 1);
  } else {
    ::posix_spawn_file_actions_addopen(&actions, 1, out_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                       0600);
  }
  ::posix_spawn_file_actions_addopen(&actions, 2, err_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                     0600);
  pid_t process = -1;
  const int failed = ::posix_spawn(&process, TOME_PROGRAM, &actions, nullptr,
                                   pointers(words).data(), pointers(variables).data());
  ::posix_spawn_file_actions_destroy(&actions);
  if (out >= 0) ::close(out);
  if (failed != 0) throw std::runtime_error("cannot run " TOME_PROGRAM);
  return process;
}

Ran ProgramTest::finish(pid_t process) {
  const auto deadline = std::chrono::steady_clock::now() + kLongest;
  int status = 0;
  while (::waitpid(process, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > deadline) {
      ::kill(process, SIGKILL);
      ADD_FAILURE() << "the program hangs";
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  Ran ran;
  ran.code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  ran.out = replaced(read("output/out"), folder_.string(), "TMP");
  ran.err = replaced(read("output/err"), folder_.string(), "TMP");
  return ran;
}

void ProgramTest::write(const std::string& path, std::string_view text) {
  fs::create_directories(at(path).parent_path());
  std::ofstream(at(path), std::ios::binary) << text;
}

std::string ProgramTest::read(const std::string& path) const { return slurp(at(path)); }

fs::path ProgramTest::only_file(const std::string& folder, const std::string& name) const {
  std::vector<fs::path> found;
  for (const auto& entry : fs::recursive_directory_iterator(at(folder))) {
    if (entry.path().filename() == name) found.push_back(entry.path());
  }
  EXPECT_EQ(found.size(), 1u) << name;
  return found.empty() ? fs::path() : found.front();
}

void ProgramTest::index_shelf() {
  write("shelf/books/loaf.md", kLoaf);
  write("shelf/books/clock.md", kClock);
  write("shelf/review.txt", kReview);
  write("shelf/knots.html", kKnots);
  const Ran ran = tome({"index", "shelf"});
  ASSERT_EQ(ran.code, 0) << ran.err;
}

std::string without_time(std::string text) {
  static const std::regex seconds("[0-9]+\\.[0-9] s\\)");
  return std::regex_replace(text, seconds, "TIME)");
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != text.npos; at += part.size()) ++n;
  return n;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace tome::test
