// SPDX-License-Identifier: GPL-2.0-or-later
// Runs the real program in a temporary folder of its own, away from the user's index and terminal.
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tome::test {

// What a run printed; the temporary folder is written TMP in both.
struct Ran {
  int code = -1;  // 128 + number when a signal ended it
  std::string out;
  std::string err;
};

using Words = std::vector<std::string>;
using Environment = std::map<std::string, std::string>;

// Fixture: a folder TMP, where the program is run; TOME_INDEX is TMP/ix until a test says else.
class ProgramTest : public testing::Test {
 protected:
  ProgramTest();
  ~ProgramTest() override;

  Ran tome(const Words& arguments) { return finish(start(arguments)); }
  // `out`: where standard output goes instead; closed here.
  pid_t start(const Words& arguments, int out = -1);
  Ran finish(pid_t process);

  void write(const std::string& path, std::string_view text);  // below TMP
  std::string read(const std::string& path) const;
  void remove(const std::string& path) { std::filesystem::remove_all(folder_ / path); }
  bool exists(const std::string& path) const { return std::filesystem::exists(folder_ / path); }
  std::filesystem::path at(const std::string& path) const { return folder_ / path; }
  // The only file below TMP/`folder` that has this name.
  std::filesystem::path only_file(const std::string& folder, const std::string& name) const;

  // Writes the small shelf of shelf.h into TMP/shelf and indexes it.
  void index_shelf();

  Environment environment_;

 private:
  std::filesystem::path folder_;
};

// `text` with the seconds of an index report written TIME.
std::string without_time(std::string text);
// How often `part` stands in `text`.
std::size_t count(std::string_view text, std::string_view part);
bool has(std::string_view text, std::string_view part);

}  // namespace tome::test
