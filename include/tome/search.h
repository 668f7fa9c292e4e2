// SPDX-License-Identifier: GPL-2.0-or-later
// Asking a shelf: passages that answer a question, and the books that treat a concept.
//
// A Shelf is one generation of an index, or of each of its shards, open for asking; it keeps that
// generation until refresh(), but for shards that fail: then the others answer and say so.
// Not safe for use by two threads at once: open one a thread. Nothing here prints.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tome/result.h"
#include "tome/shards.h"
#include "tome/weights.h"
#include "tome/work.h"

namespace tome {

// Half-open byte range in the text beside it, on character boundaries.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// One or more whole sentences of a passage.
struct Snippet {
  std::string text;
  std::vector<Span> highlights;  // in `text`, in order, apart from each other
  std::uint32_t offset = 0;      // where `text` begins in the source's extracted text, in bytes
  bool cut_before = false;       // more of the passage stands before it
  bool cut_after = false;
};

struct WorkRef {
  std::string id;
  WorkInfo info;
};

struct Locator {
  std::string source;       // source ID
  std::string root;         // root name
  std::string path;         // relative to the root
  std::string file;         // absolute path of the file; empty when the root is not on this machine
  std::uint32_t line = 0;   // 1-based; 0: not known
  std::string anchor;       // fragment within the file, or within `chapter`; may be empty
  std::uint32_t page = 0;   // 1-based page of a PDF; 0: no pages
  std::string page_label;   // what is printed on that page ("iv"); empty: its number
  std::string chapter;      // file within an EPUB ("text/ch03.xhtml"); else empty
  std::uint32_t begin = 0;  // byte range in the extracted text
  std::uint32_t end = 0;
  std::vector<std::string> headings;  // heading path, outermost first
};

// One named part of a score; the parts of a result add up to its score.
struct ScorePart {
  std::string what;    // "bm25", "proximity", "heading" ...
  std::string detail;  // the term, the pair, the heading; may be empty
  double value = 0;
};

struct PassageHit {
  std::string id;
  double score = 0;
  std::vector<WorkRef> works;  // the passage's own work first, then those it is part of
  Locator locator;
  Snippet snippet;
  std::vector<Locator> also;     // other places with the identical text
  std::vector<ScorePart> parts;  // only when asked to explain
};

struct BookHit {
  WorkRef work;
  double score = 0;
  std::uint64_t passages = 0;    // ranked candidates that speak of it
  std::vector<PassageHit> best;  // its best passages, best first
  std::vector<ScorePart> parts;  // only when asked to explain
};

struct SearchOptions {
  std::uint64_t count = 10;  // results on the page, 1 to 1,000
  std::uint64_t offset = 0;  // results before the page
  bool all = false;          // lift the bound of three passages of a work in the first ten
  bool articles = false;     // books(): every kind, not books alone
  bool explain = false;
  std::uint64_t evidence = 2;  // books(): best passages to return with each
  bool correct = true;         // read words that the shelf does not have as the nearest it has
  bool facets = false;         // count filter values, see Facets
  bool snippets = true;        // false: results carry no snippet (measuring)
  RankWeights weights;
  std::uint64_t candidates = 100;  // passages whose text is read for the second stage
};

struct Suggestion {
  std::string word;                  // as typed
  std::vector<std::string> nearest;  // words of the shelf, best first
};

// A word that the shelf does not have and that was replaced by one that it has.
struct Correction {
  std::string typed;
  std::string used;
};

// Values that a filter can take, each with the works that have it among the ranked candidates (not
// among all that match): by falling number of works, then by value; at most 20 of each.
struct FacetValue {
  std::string value;
  std::uint64_t works = 0;
};
struct Facets {
  std::uint64_t works = 0;  // among the ranked candidates
  std::vector<FacetValue> topics, kinds, authors, years, languages;
};

template <class Hit>
struct Answer {
  std::vector<Hit> hits;
  std::uint64_t estimate = 0;  // about how many match; exact when `complete`
  bool complete = false;
  std::string understood;               // the question as it was understood, one line
  std::vector<Suggestion> suggestions;  // for words the shelf does not know
  std::vector<Correction>
      corrections;    // that were made; the rest of the answer is to the new words
  bool weak = false;  // nothing answers the question directly: the hits are the nearest there is
  Facets facets;      // only when asked for
  std::vector<std::string> notes;     // what the reader should know: a spent budget, a widened kind
  std::vector<MissingShard> missing;  // what the answer lacks; a note says so too
};

struct PassageView {
  PassageHit passage;              // snippet: the whole passage
  std::vector<PassageHit> before;  // neighbours in the source, in reading order
  std::vector<PassageHit> after;
};

struct WorkView {
  WorkRef work;
  std::vector<std::string> files;  // "root/path" of the sources that describe it
  std::uint64_t passages = 0;
};

// What completes a question that is being typed.
struct Completion {
  enum class Of { kWord, kHeading, kTitle };
  Of of = Of::kWord;
  std::string text;        // the whole question with its last word completed, a heading, a title
  std::uint64_t uses = 0;  // of a word: in the shelf; of a heading: passages under it
};

// A work's page: what it covers.
struct WorkDetail {
  WorkView view;
  std::vector<std::string> headings;  // of the first two levels, in reading order, each once
  std::vector<std::string> terms;     // words that tell it from the rest of the shelf, best first
  std::vector<BookHit> similar;       // other works of like content; no evidence with them
};

// A source that could not be read.
struct FailedSource {
  // When it is read again: once it changes (or by IndexOptions::retry); by the next update, since
  // it has changed; never, since it is gone.
  enum class Again { kWhenChanged, kNextUpdate, kGone };
  std::string id;    // source ID
  std::string root;  // root name
  std::string path;  // relative to the root
  std::string file;  // absolute path; empty when the root is not on this machine
  std::string reason;
  std::uint64_t size = 0;  // in bytes, when it was read
  std::int64_t mtime = 0;  // nanoseconds since the epoch, when it was read
  Again again = Again::kWhenChanged;
};

struct RootStatus {
  std::string name;
  std::string path;     // absolute
  bool present = true;  // it is there now
};

// A file that was looked at when indexing.
struct SourceView {
  std::string id;
  std::string root;          // root name
  std::string path;          // relative to the root
  std::string folder;        // absolute path of the root (a folder, or the file itself); empty when
                             // the root is not on this machine
  std::int64_t changed = 0;  // when the file was, in seconds since the epoch
  bool indexed = false;      // false: it could not be read, or holds no text
};

struct ShelfStatus {
  std::uint64_t generation = 0;
  std::uint64_t passages = 0, sources = 0, works = 0, books = 0, failed = 0;
  std::uint64_t segments = 0, bytes = 0, text_bytes = 0;
  std::vector<std::pair<std::string, std::uint64_t>> languages;  // by falling number of passages
  std::vector<RootStatus> roots;
  std::string tome, xapian, icu;  // versions that wrote this generation
  int schema = 0, analyser = 0;
  std::vector<ShardStatus> shards;  // none: the index has no shards
};

class Shelf {
 public:
  // Synonyms of the user's are read from synonyms.txt in the index directory and from the file
  // `synonyms` (docs/usage.md), as far as they are there.
  static Result<Shelf> open(const std::filesystem::path& index,
                            const std::filesystem::path& synonyms = {},
                            const ShardOptions& shards = {});
  Shelf(Shelf&&) noexcept;
  Shelf& operator=(Shelf&&) noexcept;
  ~Shelf();

  std::uint64_t generation() const;  // of several shards: added up
  // Tells what is open from every other generation and from the same with a shard more or less.
  std::string state() const;
  // The shards that do not answer now.
  std::vector<MissingShard> missing() const;
  bool is_sharded() const;
  bool is_far() const;  // some shard is on another machine, or is asked as if it were
  // Opens the newest generation if there is a newer one, and shards that may be back; true when it
  // did. Does not ask shards that are far and answer.
  Result<bool> refresh();
  // The same, and asks shards that are far too, which may take as long as ShardOptions::timeout.
  Result<bool> look_far();

  Result<Answer<PassageHit>> search(std::string_view question, const SearchOptions& options = {});
  Result<Answer<BookHit>> books(std::string_view question, const SearchOptions& options = {});
  // The passage with `context` passages on either side, the words of `question` marked in them.
  Result<PassageView> show(std::string_view passage, std::uint64_t context = 1,
                           std::string_view question = {});
  // Passages like one, best first, without itself: by the words that tell it from the rest.
  Result<Answer<PassageHit>> similar(std::string_view passage, const SearchOptions& options = {});
  // Completions of a question as it is typed, best first. Fast enough for every key.
  Result<std::vector<Completion>> suggest(std::string_view typed, std::uint64_t count = 8);
  Result<std::vector<WorkView>> works();
  // kNotFound when no work has this ID.
  Result<WorkDetail> work(std::string_view id);
  Result<std::vector<SourceView>> sources();  // by root, then path
  Result<ShelfStatus> status();
  // The sources that could not be read, by root, then path.
  Result<std::vector<FailedSource>> failed();

  struct Impl;  // for the library's own sources

 private:
  explicit Shelf(std::unique_ptr<Impl> impl);
  // As the functions of these names, of the shards that are open; fail when one is lost.
  Result<PassageView> show_now(std::string_view passage, std::uint64_t context,
                               std::string_view question);
  Result<std::vector<Completion>> suggest_now(std::string_view typed, std::uint64_t count);
  Result<std::vector<WorkView>> works_now();
  Result<WorkDetail> work_now(std::string_view id);
  Result<std::vector<SourceView>> sources_now();
  Result<ShelfStatus> status_now();
  std::unique_ptr<Impl> impl_;
};

}  // namespace tome
