// SPDX-License-Identifier: GPL-2.0-or-later
// Fixture: TMP/ix and replicas of it, with an ssh and an rsync that tell what they did.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "cli/program.h"

namespace tome::test {

class Copy : public ProgramTest {
 protected:
  static constexpr std::string_view kLater =
      "# Annealing\n\nAnnealing makes brass soft again after it was hammered.\n";

  // Runs what it is told to by a shell in TMP/far, as sshd does in a user's home.
  static constexpr const char* kSsh = R"(#!/bin/sh
echo "$*" >> TMP/ssh-log
while :; do
  case $1 in
    --) shift; break ;;
    -l | -p) shift 2 ;;
    -*) shift ;;
    *) break ;;
  esac
done
shift
mkdir -p TMP/far && cd TMP/far && exec sh -c "$*"
)";

  void SetUp() override {
    if (!std::filesystem::exists("/usr/bin/rsync")) GTEST_SKIP() << "rsync is not installed";
    index_shelf();
    environment_["PATH"] = at("bin").string() + ":/usr/bin:/bin";
    script("ssh", kSsh);
    std::filesystem::create_directories(at("bin"));
    std::filesystem::create_symlink(TOME_PROGRAM, at("bin/tome"));
    log_rsync("");
  }

  void script(const std::string& name, std::string text) {
    for (std::size_t i = 0; (i = text.find("TMP", i)) != std::string::npos;) {
      text.replace(i, 3, at(".").parent_path().string());
    }
    write("bin/" + name, text);
    std::filesystem::permissions(at("bin/" + name), std::filesystem::perms::owner_all);
  }

  // An rsync that writes down what it sends to TMP/sent, and then does `more` in a shell, where
  // $* are its arguments and $code its exit status.
  void log_rsync(const std::string& more) {
    script("rsync",
           "#!/bin/bash\nset -o pipefail\n"
           "if [ \"$1\" = --server ]; then exec /usr/bin/rsync \"$@\"; fi\n"
           "echo \"$*\" >> TMP/rsync-log\n"
           "/usr/bin/rsync \"$@\" | tee -a TMP/sent\ncode=$?\n" +
               more + "exit $code\n");
  }

  void grow() {
    write("shelf/later.md", kLater);
    ASSERT_EQ(tome({"index"}).code, 0);
  }

  // Names of the files of segments that were sent since the last call.
  std::set<std::string> sent() {
    std::set<std::string> names;
    std::istringstream lines(read("sent"));
    for (std::string line; std::getline(lines, line);) {
      const std::string name = line.substr(line.find(' ') + 1);
      if (name.ends_with(".glass") || name.ends_with("iamglass")) names.insert(name);
    }
    remove("sent");
    return names;
  }

  std::set<std::string> segments(const std::string& index) const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(at(index + "/segments"))) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }

  // Every file of segments, with a hash of its bytes.
  std::map<std::string, std::size_t> contents(const std::string& index) const {
    std::map<std::string, std::size_t> files;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(at(index + "/segments"))) {
      if (!entry.is_regular_file()) continue;
      const std::string name = entry.path().lexically_relative(at(index)).string();
      files[name] = std::hash<std::string>()(read(index + "/" + name));
    }
    return files;
  }

  void flip_byte(const std::string& path) {
    std::string bytes = read(path);
    const auto time = std::filesystem::last_write_time(at(path));
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    write(path, bytes);
    std::filesystem::last_write_time(at(path), time);
  }

  std::string only_new_segment(const std::set<std::string>& before) const {
    for (const std::string& id : segments("ix")) {
      if (!before.contains(id)) return id;
    }
    ADD_FAILURE() << "there is no new segment";
    return "";
  }

  bool finds(const std::string& index, const std::string& word) {
    return tome({"search", word, "--index", index}).code == 0;
  }
};

}  // namespace tome::test
