// SPDX-License-Identifier: GPL-2.0-or-later
// Filters that do what they should, and that sleep, flood, crash, eat memory and leave others
// behind.
#include "sandbox/filter.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include "sandbox/extractor.h"
#include "sandbox/worker.h"
#include "support/folder.h"

namespace tome {
namespace {

using namespace std::chrono_literals;

class Filters : public testing::Test {
 protected:
  Filters() : file_(folder_.write("a b.mobi", "Words of the file.\n")) {
    test::use_worker(TOME_EXTRACT_PROGRAM);
  }

  // What comes of the command, or why nothing does.
  std::string run(const std::vector<std::string>& command, ExtractLimits limits = small()) {
    const Result<std::string> output = run_filter(Filter{{"*"}, command}, file_, limits);
    return output ? "output: " + *output : output.error().message;
  }
  std::string shell(const std::string& script, ExtractLimits limits = small()) {
    return run({"sh", "-c", script}, limits);
  }
  static ExtractLimits small() {
    ExtractLimits limits;
    limits.memory = 256u << 20;
    limits.time = 5s;
    limits.output = 1u << 20;
    return limits;
  }
  static ExtractLimits quick() {
    ExtractLimits limits = small();
    limits.time = 500ms;
    return limits;
  }

  TestFolder folder_;
  std::filesystem::path file_;
};

TEST_F(Filters, GetTheFileAsOneArgument) {
  EXPECT_EQ(run({"cat"}), "output: Words of the file.\n");
  EXPECT_EQ(run({"cat", "{}"}), "output: Words of the file.\n");
  EXPECT_EQ(run({"printf", "%s|", "-i", "{}", "out"}), "output: -i|" + file_.string() + "|out|");
  EXPECT_EQ(run({"printf", "%s|", "--in={}"}), "output: --in=" + file_.string() + "|");
  EXPECT_EQ(run({"printf", "%s|", "$HOME", ";", "*"}),  // no shell
            "output: $HOME|;|*|" + file_.string() + "|");
}

TEST_F(Filters, HaveNothingOfOurs) {
  const int open = ::dup2(STDIN_FILENO, 77);  // without O_CLOEXEC
  ASSERT_EQ(open, 77);
  EXPECT_EQ(shell("for fd in /proc/$$/fd/7*; do echo ${fd##*/}; done"), "output: 7*\n");
  EXPECT_EQ(shell("cat"), "output: ");  // standard input is empty
  EXPECT_EQ(shell("ulimit -c; ulimit -v"), "output: 0\n262144\n");
  ::close(open);
}

TEST_F(Filters, AreToldApartFromWhatTheyAreNot) {
  EXPECT_EQ(run({"no-such-program-anywhere", "{}"}),
            "the filter no-such-program-anywhere is not found");
  EXPECT_EQ(run({"/nowhere/x"}), "the filter /nowhere/x is not found");
  EXPECT_EQ(run({file_.string()}), "the filter " + file_.string() + " is not found");
  EXPECT_EQ(shell("echo first >&2; echo 'no such  table' >&2; exit 7"),
            "the filter sh failed (exit status 7): no such table");
  EXPECT_EQ(shell("echo output; exit 1"), "the filter sh failed (exit status 1)");
  EXPECT_EQ(shell("kill -SEGV $$"), "the filter sh crashed (signal 11)");
  EXPECT_EQ(shell("echo warning >&2; echo fine"), "output: fine\n");
}

TEST_F(Filters, SleepTooLong) {
  EXPECT_EQ(shell("sleep 100", quick()), "took longer than 0.5 s");
  EXPECT_EQ(shell("exec >&- 2>&-; sleep 100", quick()), "took longer than 0.5 s");
}

TEST_F(Filters, WriteTooMuch) {
  EXPECT_EQ(run({"yes"}), "makes more than 1 MB of text");
  EXPECT_EQ(shell("yes >&2", quick()), "took longer than 0.5 s");
  EXPECT_EQ(shell("yes complaint | head -c 9000000 >&2; exit 3"),
            "the filter sh failed (exit status 3): complaint");
  EXPECT_EQ(shell("head -c 1000000 /dev/zero | tr '\\0' x").size(), 1'000'008u);
}

TEST_F(Filters, EatMemory) {
  const std::string said = shell("x=x; while :; do x=$x$x; done");
  // As the shell is: it says so, or it crashes.
  EXPECT_TRUE(said.starts_with("the filter sh ")) << said;
}

TEST_F(Filters, BurnTheProcessor) {
  ExtractLimits limits = small();
  limits.time = 1s;
  EXPECT_EQ(shell("while :; do :; done", limits), "took longer than 1 s");
}

// The process whose number was written to `file`.
pid_t process_in(const std::filesystem::path& file) { return std::atoi(bytes_of(file).c_str()); }

bool lives(pid_t process) {
  const std::string state = bytes_of("/proc/" + std::to_string(process) + "/stat");
  // Dead, and perhaps not yet asked for by whoever adopted it.
  return !state.empty() && state.find(") Z ") == std::string::npos;
}

// Whether the process in `file` ends soon.
bool is_gone(const std::filesystem::path& file) {
  const pid_t process = process_in(file);
  EXPECT_GT(process, 1);
  for (int i = 0; i < 20'000; ++i) {
    if (!lives(process)) return true;
    std::this_thread::sleep_for(1ms);
  }
  return false;
}

TEST_F(Filters, LeaveAProcessThatHoldsThePipe) {
  const std::string pid = folder_ / "pid";
  EXPECT_EQ(shell("sleep 100 & echo $! > " + pid + "; echo done"), "output: done\n");
  EXPECT_TRUE(is_gone(pid));
  // One that ran away into a session of its own holds it too, and is not waited for.
  const std::string far = folder_ / "far";
  EXPECT_EQ(shell("setsid sh -c 'echo $$ > " + far + "; exec sleep 100' & while [ ! -s " + far +
                  " ]; do sleep 0.01; done; echo done"),
            "output: done\n");
  const pid_t runaway = process_in(far);
  ASSERT_GT(runaway, 1);
  EXPECT_TRUE(lives(runaway));
  ::kill(runaway, SIGKILL);
  EXPECT_EQ(shell("sleep 100 & echo $! > " + pid + "; wait", quick()), "took longer than 0.5 s");
  EXPECT_TRUE(is_gone(pid));
}

TEST_F(Filters, EndNoProcessOfOurs) {
  EXPECT_EQ(shell("kill -TERM 0; sleep 5"), "the filter sh crashed (signal 15)");
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);  // nor leave a dead one
}

TEST_F(Filters, AreReadAsHtmlOrText) {
  Extractor extractor(small());
  const auto read = [&](const std::string& script) {
    return extractor.extract(Filter{{"*"}, {"sh", "-c", script}}, file_);
  };
  Result<Document> document = read("echo '<!doctype html><title>T</title><h1>Knots</h1><p>Text'");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->format, "html");
  EXPECT_EQ(document->title, "T");
  document = read("echo '# no *Markdown*'");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->format, "text");
  document = read("printf '\\001\\002\\003\\004'");
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.error().message, "the filter sh writes neither text nor HTML");
  document = read("echo '# gz *x*' | gzip");
  ASSERT_TRUE(document.ok()) << document.error().message;
}

TEST(FindFilter, TheLongestPatternWins) {
  const std::vector<Filter> filters = {
      {{"*.gz"}, {"one"}}, {{"*.ps.gz", "*.eps"}, {"two"}}, {{"read*"}, {"three"}}};
  const auto found = [&](std::string_view path) {
    const Filter* filter = find_filter(filters, path);
    return filter == nullptr ? std::string() : filter->command.front();
  };
  EXPECT_EQ(found("a/b.gz"), "one");
  EXPECT_EQ(found("a/b.ps.gz"), "two");
  EXPECT_EQ(found("B.EPS"), "two");
  EXPECT_EQ(found("readme/x.txt"), "");
  EXPECT_EQ(found("x/readme.gz"), "three");
  EXPECT_EQ(found(""), "");
}

}  // namespace
}  // namespace tome
