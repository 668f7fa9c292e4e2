// SPDX-License-Identifier: GPL-2.0-or-later
// What opening a large index does not read: only the sizes of its files and each iamglass are
// verified then. A flipped bit in the rest may change an answer, but no text that is shown, until
// `tome check` finds it. This counts how often.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <map>

#include "fault/faults.h"
#include "support/long.h"
#include "support/shelf.h"

namespace tome::test {
namespace {

namespace fs = std::filesystem;

enum Outcome { kRight, kRefusedAtOpen, kRefused, kOther, kAltered, kCrashed };

// What the index answers: for each question the passages in order, then sources, works and words.
struct Answers {
  std::vector<std::string> lists;
  std::map<std::string, std::string> texts;  // passage ID -> text
};

Result<Answers> ask(const fs::path& index, bool& opened) {
  const Result<Reader> reader = Reader::open(index, 0);
  opened = reader.ok();
  if (!reader) return reader.error();
  Answers answers;
  for (const char* question : {"river harbour", "granite lantern", "heron7", "word41 kettle"}) {
    const Result<Candidates> found = reader->match(any_of(question), 0, 10);
    if (!found) return found.error();
    std::string list;
    for (const Candidate& candidate : found->list) {
      const Result<PassageRecord> record = reader->read(candidate.document);
      if (!record) return record.error();
      list += fmt::format("{} {:.6f} ", record->id, candidate.weight);
      answers.texts[record->id] = record->text;
    }
    answers.lists.push_back(list);
  }
  const Result<const Catalogue*> catalogue = reader->catalogue();
  if (!catalogue) return catalogue.error();
  for (const Work& work : (*catalogue)->works()) answers.lists.push_back(work.info.title);
  const Result<std::vector<SourceRecord>> sources = reader->sources();
  if (!sources) return sources.error();
  for (const SourceRecord& source : *sources) answers.lists.push_back(encode(source));
  const Result<std::vector<WordCount>> words = reader->words("k");
  if (!words) return words.error();
  for (const WordCount& word : *words) {
    answers.lists.push_back(fmt::format("{} {}", word.word, word.count));
  }
  return answers;
}

Outcome outcome(const fs::path& index, const Answers& right,
                const std::map<std::string, std::string>& texts) {
  const pid_t child = ::fork();
  if (child == 0) {
    bool opened = false;
    const Result<Answers> answers = ask(index, opened);
    if (!answers) ::_exit(opened ? kRefused : kRefusedAtOpen);
    for (const auto& [id, text] : answers->texts) {
      const auto known = texts.find(id);
      if (known == texts.end() || known->second != text) ::_exit(kAltered);
    }
    ::_exit(answers->lists == right.lists ? kRight : kOther);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? static_cast<Outcome>(WEXITSTATUS(status)) : kCrashed;
}

TEST(Unread, NoTextIsAlteredInALargeIndex) {
  const TestFolder folder;
  const fs::path root = folder / "root";
  const fs::path index = folder / "index";
  const char* words[] = {"lantern", "harbour", "kettle", "kitchen", "heron",
                         "river",   "granite", "wall",   "otter",   "pebble"};
  std::mt19937 random(23);
  for (int i = 0; i < 120; ++i) {
    std::string text = fmt::format("# Tale {}\n\n", i);
    for (int k = 0; k < 150; ++k) {
      text += fmt::format("{}{} ", words[random() % 10], k % 5 == 0 ? fmt::format("{}", i) : "");
      if (k % 9 == 8) text += fmt::format("word{}. ", random() % 200);
    }
    write_bytes(root / fmt::format("t{}.md", i), text + "\n");
  }
  expect_update(index, {root});
  bool opened = false;
  const Result<Answers> right = ask(index, opened);
  ASSERT_TRUE(right.ok());
  std::map<std::string, std::string> texts;
  for (const std::string& passage : passages_in(*Reader::open(index))) {
    texts[passage.substr(0, passage.find(' '))] = passage.substr(passage.find(' ') + 1);
  }
  const Manifest manifest = *read_manifest(index);
  ASSERT_EQ(manifest.segments.size(), 1u);
  for (const SegmentFile& file : manifest.segments[0].files) {
    const fs::path path = segment_path(index, manifest.segments[0].id) / file.name;
    const std::string bytes = bytes_of(path);
    std::map<Outcome, int> counts;
    const int flips = in_long(40, 1000);
    for (int i = 0; i < flips; ++i) {
      const std::uint64_t bit = random() % (bytes.size() * 8);
      flip_bit(path, bit);
      ++counts[outcome(index, *right, texts)];
      write_bytes(path, bytes);
    }
    std::printf(
        "%-16s %4d flips: %4d right, %3d refused at open, %3d refused when asked, "
        "%3d other answer, %d altered text, %d crashed\n",
        file.name.c_str(), flips, counts[kRight], counts[kRefusedAtOpen], counts[kRefused],
        counts[kOther], counts[kAltered], counts[kCrashed]);
    EXPECT_EQ(counts[kAltered], 0) << file.name;
    EXPECT_LE(counts[kOther], flips / 4) << file.name;  // what docs/reliability.md admits
    if (file.name == "iamglass") {
      EXPECT_EQ(counts[kRefusedAtOpen], flips);
    }
  }
}

}  // namespace
}  // namespace tome::test
