// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/check.h"

#include <fmt/format.h>

#include <cerrno>
#include <functional>
#include <map>
#include <sstream>

#include "store/database.h"
#include "store/files.h"
#include "store/generation.h"
#include "store/metadata_keys.h"
#include "store/passage_reader.h"
#include "store/record_table.h"
#include "store/records.h"
#include "store/terms.h"
#include "text/codec.h"
#include "text/text.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostProblems = 50;     // of one segment that are named
constexpr std::size_t kMostInAMessage = 500;  // bytes

// Collects what is wrong, up to a bound.
class Findings {
 public:
  explicit Findings(std::vector<SegmentProblem>& out) : out_(out) {}

  void add(std::string file, std::string message) {
    if (++count_ > kMostProblems) return;
    repair_utf8(message);
    if (message.size() > kMostInAMessage) {
      message.resize(kMostInAMessage);
      repair_utf8(message);
    }
    out_.push_back({std::move(file), std::move(message)});
  }
  void finish() {
    if (count_ > kMostProblems) {
      out_.push_back({"", fmt::format("and {} more faults", count_ - kMostProblems)});
    }
  }

 private:
  std::vector<SegmentProblem>& out_;
  std::size_t count_ = 0;
};

constexpr const char* kPassages = "docdata.glass";  // where the records of passages stand
constexpr const char* kPostings = "postlist.glass";

// The file of the table that Xapian wrote of last: it names each on a line of its own, "postlist:".
std::string last_table(const std::string& said) {
  std::istringstream lines(said);
  std::string table;
  for (std::string line; std::getline(lines, line);) {
    if (line.ends_with(':') && line.find(' ') == std::string::npos) {
      table = line.substr(0, line.size() - 1) + ".glass";
    }
  }
  return table;
}

void check_structure(const fs::path& folder, Findings& findings) {
  std::ostringstream said;
  try {
    const std::size_t faults = Xapian::Database::check(folder.string(), 0, &said);
    if (faults == 0) return;
    std::istringstream lines(said.str());
    std::string table;
    for (std::string line; std::getline(lines, line);) {
      if (line.ends_with(':') && line.find(' ') == std::string::npos) {
        table = line.substr(0, line.size() - 1) + ".glass";
      } else if (!line.empty() && !line.ends_with("checked OK") && !line.starts_with("Lazily ")) {
        findings.add(table, "Xapian finds its structure damaged: " + line);
      }
    }
    findings.add("", fmt::format("Xapian finds {} faults in its structure", faults));
  } catch (const Xapian::Error& error) {
    // Xapian opens one of the tables for writing, though it writes nothing. Where that may not be,
    // the digests of the files and what is read below must do.
    const int number = error_named_in(error.get_description());
    if (number == EROFS || is_denial(number)) return;
    findings.add(last_table(said.str()), "Xapian finds it damaged: " + error.get_description());
  }
}

// Source ID -> passages that say they are of it.
using Passages = std::map<std::string, std::uint32_t>;

void check_passages(const Xapian::Database& database, SegmentContents& contents, Passages& seen,
                    Findings& findings) {
  PassageReader reader;
  for (auto it = database.postlist_begin(""); it != database.postlist_end(""); ++it) {
    ++contents.passages;
    PassageRecord record;
    if (!reader.read(database, *it, record)) {
      findings.add(kPassages, fmt::format("passage {} is not what was written", *it));
      continue;
    }
    ++seen[record.source];
    const std::string where =
        fmt::format("passage {} of {}/{}", record.ordinal, record.root, record.path);
    if (record.id != passage_id(record.root, record.path, record.ordinal)) {
      findings.add(kPassages, where + " has the ID of another");
    }
    const std::string term = passage_term(record.id);
    const auto posting = database.postlist_begin(term);
    if (posting == database.postlist_end(term) || *posting != *it) {
      findings.add(kPostings, where + " is not found by its ID");
    }
  }
  if (contents.passages != database.get_doccount()) {
    findings.add(kPostings, fmt::format("{} passages are listed, {} are counted", contents.passages,
                                        database.get_doccount()));
  }
}

// False when a part of the table cannot be read, which is told.
bool each_entry(const RecordTable& table, std::string_view prefix, Findings& findings,
                const std::function<void(std::string_view, std::string_view)>& visit) {
  const Status status = table.visit(prefix, [&](std::string_view key, std::string_view value) {
    visit(key, value);
    return true;
  });
  if (status) return true;
  const bool broken = status.error().code == Code::kDamaged;
  findings.add(kRecordsFile, fmt::format("the records under {} {}", prefix,
                                         broken ? "are not what was written"
                                                : "cannot be read: " + status.error().message));
  return false;
}

void check_sources(const RecordTable& table, SegmentContents& contents, Passages& seen,
                   Findings& findings) {
  const auto check = [&](std::string_view key, std::string_view value) {
    ++contents.sources;
    SourceRecord record;
    if (!decode(value, record) || key != source_key(record.id)) {
      findings.add(kRecordsFile, fmt::format("source record {} is not what was written", key));
      return;
    }
    const std::uint32_t passages = seen[record.id];
    if (passages != record.passages) {
      findings.add(kRecordsFile, fmt::format("{}/{} has {} passages, not {}", record.root,
                                             record.path, passages, record.passages));
    }
    seen.erase(record.id);
  };
  if (!each_entry(table, kSourcePrefix, findings, check)) return;
  for (const auto& [source, passages] : seen) {
    findings.add(kRecordsFile, fmt::format("{} passages are of a source, {}, that has no record",
                                           passages, source));
  }
}

void check_works(const RecordTable& table, SegmentContents& contents, Findings& findings) {
  each_entry(table, kWorkPrefix, findings, [&](std::string_view key, std::string_view value) {
    ++contents.work_records;
    WorkRecord record;
    if (!decode(value, record) || key != work_record_key(record.source, record.key)) {
      findings.add(kRecordsFile, fmt::format("work record {} is not what was written", key));
    }
  });
}

void check_words(const RecordTable& table, SegmentContents& contents, Findings& findings) {
  std::vector<WordCount> words;
  std::size_t number = 0;
  bool sound = true;
  const auto check = [&](std::string_view key, std::string_view value) {
    const std::size_t first = words.size();
    ++number;
    if (sound && (!decode_words(value, words) || first == words.size() ||
                  key != word_block_key(words[first].word))) {
      findings.add(kRecordsFile, fmt::format("word list {} is not what was written", key));
      sound = false;
    }
  };
  if (!each_entry(table, kWordsKey, findings, check) || !sound) return;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (!(words[i - 1].word < words[i].word)) {
      findings.add(kRecordsFile, "the word list is not in order");
      break;
    }
  }
  contents.words = words.size();
  if (contents.passages > 0 && words.empty()) {
    findings.add(kRecordsFile, "there is no word list");
  }
  const std::uint64_t known = contents.sources + contents.work_records + number;
  if (known != table.size()) {
    findings.add(kRecordsFile,
                 fmt::format("it holds {} records, {} of known kinds", table.size(), known));
  }
}

}  // namespace

std::vector<SegmentProblem> check_files(const fs::path& index, const SegmentInfo& segment) {
  std::vector<SegmentProblem> problems;
  for (const SegmentFile& file : segment.files) {
    const Result<FileDigest> digest = digest_file(segment_path(index, segment.id) / file.name);
    if (!digest) {
      const bool missing = digest.error().code == Code::kNotFound;
      problems.push_back({file.name, missing ? "it is missing" : digest.error().message});
    } else if (digest->size != file.size) {
      problems.push_back(
          {file.name, fmt::format("it has {} bytes, not {}", digest->size, file.size)});
    } else if (digest->hex != file.digest) {
      problems.push_back({file.name, "its bytes are not what was written"});
    }
  }
  return problems;
}

SegmentContents check_contents(const fs::path& folder) {
  SegmentContents contents;
  Findings findings(contents.problems);
  check_structure(folder, findings);
  try {
    const Xapian::Database database(folder.string());
    Passages seen;
    check_passages(database, contents, seen, findings);
    const Result<RecordTable> table = RecordTable::open(folder);
    if (table) {
      check_sources(*table, contents, seen, findings);
      check_works(*table, contents, findings);
      check_words(*table, contents, findings);
    } else {
      findings.add(kRecordsFile, table.error().message);
    }
  } catch (const Xapian::Error& error) {
    findings.add("", "Xapian cannot read it: " + error.get_description());
  } catch (const std::exception& error) {  // a length that is none asks for all memory there is
    findings.add("", fmt::format("it cannot be read: {}", error.what()));
  }
  findings.finish();
  return contents;
}

std::string encode(const SegmentContents& contents) {
  Encoder out;
  out.number(contents.passages);
  out.number(contents.sources);
  out.number(contents.work_records);
  out.number(contents.words);
  for (const SegmentProblem& problem : contents.problems) {
    out.text(problem.file);
    out.text(problem.message);
  }
  return seal(out.take());
}

bool decode(std::string_view bytes, SegmentContents& contents) {
  std::string_view payload;
  if (!unseal(bytes, payload)) return false;
  Decoder in(payload);
  contents.passages = in.number();
  contents.sources = in.number();
  contents.work_records = in.number();
  contents.words = in.number();
  while (in.ok() && !in.at_end()) {
    const std::string file(in.text());
    contents.problems.push_back({file, std::string(in.text())});
  }
  return in.ok();
}

}  // namespace tome
