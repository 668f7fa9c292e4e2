// SPDX-License-Identifier: GPL-2.0-or-later
// Damage of every kind to every file of an index: `tome check` reports each, and whoever asks gets
// the answer of the undamaged index or is told that the index is damaged.
#include <map>

#include "cli/program.h"
#include "cli/shelf.h"
#include "fault/faults.h"
#include "store/generation.h"
#include "support/long.h"

namespace tome::test {
namespace {

namespace fs = std::filesystem;

struct Counts {
  int tried = 0, reported = 0, right = 0, refused = 0, crashed = 0, wrong = 0;
};

class Corruption : public ProgramTest {
 protected:
  // Two generations; the second has two segments, of which the first has one too.
  void SetUp() override {
    index_shelf();
    write("shelf/later.txt", kLater);
    ASSERT_EQ(tome({"index"}).code, 0);
    fs::copy(at("ix"), at("whole"), fs::copy_options::recursive);
    for (const Words& question : questions_) wanted_.push_back(tome(question));
    for (const Ran& ran : wanted_) ASSERT_EQ(ran.code, 0) << ran.err;
  }

  fs::path manifest(int generation) const {
    return at(fmt::format("ix/generations/{:06}.json", generation));
  }

  // Files of the segments of the generation in force.
  std::vector<fs::path> segment_files() const {
    std::vector<fs::path> files;
    const Result<Manifest> manifest = read_manifest(at("ix"));
    for (const SegmentInfo& segment : manifest->segments) {
      for (const SegmentFile& file : segment.files) {
        files.push_back(segment_path(at("ix"), segment.id) / file.name);
      }
    }
    return files;
  }

  Faults all_faults() {
    std::mt19937 random(17);
    Faults faults;
    const std::vector<fs::path> files = segment_files();
    EXPECT_EQ(files.size(), 8u);
    for (const fs::path& file : files) {
      add_faults(file, in_long(2, 100), random, faults);
      for (const fs::path& other : files) {
        if (other <= file || bytes_of(other) == bytes_of(file)) continue;
        const bool name = other.filename() == file.filename();
        const bool folder = other.parent_path() == file.parent_path();
        if (!name && !folder) continue;
        faults.push_back(
            {"swap with " + other.filename().string(), file, [=] { swap_files(file, other); }});
      }
    }
    add_faults(manifest(2), in_long(6, 200), random, faults);
    const auto write_over = [&](const char* what, const fs::path& file, const std::string& bytes) {
      faults.push_back({what, file, [=] { write_bytes(file, bytes); }});
    };
    write_over("old manifest", manifest(2), bytes_of(manifest(1)));
    write_over("empty object", manifest(2), "{}");
    write_over("rubbish", manifest(2), std::string(5000, '['));
    const fs::path pointer = at("ix/current");
    add_faults(pointer, in_long(6, 60), random, faults);
    write_over("names nothing", pointer, "7\n");
    write_over("rubbish", pointer, "rubbish");
    write_over("a number too large", pointer, "18446744073709551615\n");
    return faults;
  }

  void restore() {
    remove("ix");
    fs::copy(at("whole"), at("ix"), fs::copy_options::recursive);
  }

  void expect_reported(const Fault& fault, Counts& counts) {
    const Ran ran = tome({"check"});
    const bool names = has(ran.out, fault.file.filename().string());
    if (ran.code == 3 && names && has(ran.out, "is damaged") && ran.err.empty())
      ++counts.reported;
    else
      ADD_FAILURE() << "check: " << ran.code << ran.out << ran.err;
  }

  void expect_right_or_refused(std::size_t question, Counts& counts) {
    const Ran ran = tome(questions_[question]);
    if (ran.code == 0 && ran.out == wanted_[question].out) {
      ++counts.right;
    } else if (ran.code == 3 && has(ran.err + ran.out, "damaged") &&
               has(ran.err + ran.out, "tome rebuild")) {
      ++counts.refused;
    } else if (ran.code == 3 && has(ran.err, "tome: crashed: ")) {
      ++counts.crashed;
    } else {
      ++counts.wrong;
      ADD_FAILURE() << questions_[question][0] << ": " << ran.code << ran.out << ran.err;
    }
  }

  const std::vector<Words> questions_ = {{"search", "starter or pendulum", "--explain"},
                                         {"books", "yeast", "--json"},
                                         {"list", "--sources"},
                                         {"search", "annealing glass", "--json"},
                                         {"status"}};
  std::vector<Ran> wanted_;
};

TEST_F(Corruption, IsReportedAndNeverAnsweredFrom) {
  std::map<std::string, Counts> table;
  Counts all;
  std::size_t turn = 0;
  for (const Fault& fault : all_faults()) {
    SCOPED_TRACE(fault.what + " " + fault.file.string());
    Counts counts;
    counts.tried = 1;
    fault.apply();
    expect_reported(fault, counts);
    const auto asked = static_cast<std::size_t>(in_long(1, static_cast<int>(questions_.size())));
    for (std::size_t i = 0; i < asked; ++i) {
      expect_right_or_refused(turn++ % questions_.size(), counts);
    }
    restore();
    for (Counts* sum : {&all, &table[fault.file.filename().string()]}) {
      sum->tried += counts.tried;
      sum->reported += counts.reported;
      sum->right += counts.right;
      sum->refused += counts.refused;
      sum->crashed += counts.crashed;
      sum->wrong += counts.wrong;
    }
  }
  table["all"] = all;
  for (const auto& [file, sum] : table) {
    std::printf(
        "%-16s %4d faults, %4d reported by check; answers %4d right, %4d refused, "
        "%d crashed, %d wrong\n",
        file.c_str(), sum.tried, sum.reported, sum.right, sum.refused, sum.crashed, sum.wrong);
  }
  EXPECT_GE(all.tried, 80);
  EXPECT_EQ(all.reported, all.tried);
  EXPECT_EQ(all.wrong, 0);
  EXPECT_GT(all.refused, 0);
}

// Whatever is damaged: repair falls back where a generation is whole and refuses where none is, and
// a rebuild gives the answers that there were.
TEST_F(Corruption, IsMended) {
  int repaired = 0;
  int refused = 0;
  std::map<std::string, int> kinds;
  for (const Fault& fault : all_faults()) {
    const std::string kind = fault.what.substr(0, fault.what.find(' ')) + fault.file.string();
    if (kinds[kind]++ > 0) continue;  // one of a kind for each file
    if (kinds.size() % static_cast<std::size_t>(in_long(6, 1)) != 0) continue;
    SCOPED_TRACE(fault.what + " " + fault.file.string());
    fault.apply();
    const Ran before = tome({"check"});
    const Ran ran = tome({"repair"});
    EXPECT_EQ(ran.code == 0, has(before.out, "try: run: tome repair (generation "))
        << before.out << ran.err;
    if (ran.code == 0) {
      ++repaired;
      EXPECT_TRUE(has(ran.out, "Repaired TMP/ix: ")) << ran.out;
      EXPECT_EQ(tome({"check"}).code, 0);
      EXPECT_EQ(tome({"repair"}).code, 0);
      EXPECT_EQ(tome({"index"}).code, 0);
    } else {
      ++refused;
      EXPECT_EQ(ran.code, 3);
      EXPECT_TRUE(has(ran.err, "try: run: tome rebuild")) << ran.err;
      EXPECT_NE(tome({"index"}).code, 0);
      const Ran rebuilt = tome({"rebuild"});
      EXPECT_EQ(rebuilt.code, 0) << rebuilt.err;
    }
    EXPECT_EQ(tome(questions_[0]).out, wanted_[0].out);
    EXPECT_EQ(tome({"check"}).code, 0);
    restore();
    fault.apply();
    const Ran rebuilt = tome({"rebuild"});
    EXPECT_EQ(rebuilt.code, 0) << rebuilt.err;
    EXPECT_EQ(tome(questions_[0]).out, wanted_[0].out);
    EXPECT_EQ(tome({"check"}).code, 0);
    restore();
  }
  std::printf("%d repaired, %d refused and rebuilt\n", repaired, refused);
  EXPECT_GT(repaired, 0);
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace tome::test
