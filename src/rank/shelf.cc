// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <fstream>
#include <sstream>

#include "rank/asking.h"
#include "rank/failed.h"
#include "rank/nearest.h"
#include "rank/shelf_impl.h"
#include "rank/snippet.h"
#include "rank/spelling.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kSuggestions = 3;
constexpr const char* kSynonymFile = "synonyms.txt";

// The lines of a synonym file; what is not understood becomes a note. No file is no fault.
void read_synonyms(const fs::path& path, Synonyms& synonyms, std::vector<std::string>& notes) {
  std::error_code code;
  if (path.empty() || !fs::is_regular_file(path, code)) return;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  for (const std::string& line : synonyms.add_lines(text.str())) {
    notes.push_back(path.string() + ", " + line +
                    " is neither \"word = other word\" nor \"acronym: what it stands for\"");
  }
}

struct Asked {
  Node tree;
  Question question;
  std::vector<Correction> corrections;
};

}  // namespace

Shelf::Impl::Impl(fs::path folder, fs::path synonym_file, Reader opened)
    : index(std::move(folder)),
      own_synonyms(std::move(synonym_file)),
      reader(std::move(opened)),
      analysers(reader.languages()) {
  read_roots();
}

void Shelf::Impl::read_roots() {
  std::vector<fs::path> folders = reader.folders();  // of local shards, which know their roots
  if (!index.empty()) folders.insert(folders.begin(), index);
  roots.clear();
  for (const fs::path& folder : folders) {
    if (Result<ShelfConfig> config = read_shelf_config(folder); config.ok()) {
      for (const Root& root : config->roots) {
        roots.emplace(root.name, root_path(folder, root).string());
      }
    }
  }
}

void Shelf::Impl::start_anew() {
  analysers = Analysers(reader.languages());
  known_synonyms.reset();
  known_words.reset();
  notes.clear();
  read_roots();
}

Result<bool> Shelf::Impl::recover() {
  Result<bool> again = reader.recover();
  if (again.ok() && *again) start_anew();
  return again;
}

Error Shelf::Impl::without_missing(Error error) const {
  error.code = Code::kUnreachable;
  error.message += ", and not every shard answers:";
  for (const MissingShard& shard : reader.missing()) {
    error.message += " " + shard.address + " (" + shard.reason + ")";
  }
  error.hint = "see which do: tome status";
  return error;
}

Result<const Synonyms*> Shelf::Impl::synonyms() {
  if (!known_synonyms) {
    Result<const AcronymTable*> learned = reader.acronyms();
    if (!learned) return learned.error();
    known_synonyms.emplace();
    if (!index.empty()) read_synonyms(index / kSynonymFile, *known_synonyms, notes);
    read_synonyms(own_synonyms, *known_synonyms, notes);
    known_synonyms->learn(**learned);
  }
  return &*known_synonyms;
}

Result<const NearWords*> Shelf::Impl::all_words() {
  if (!known_words) {
    const Result<std::vector<WordCount>> words = reader.words("");
    if (!words) return words.error();
    known_words.emplace(*words);
  }
  return &*known_words;
}

Result<PassageHit> Shelf::Impl::view(const PassageRecord& record, const Question& question) {
  Result<const Catalogue*> catalogue = reader.catalogue();
  if (!catalogue) return catalogue.error();
  const TermFinder finder(question, analysers);
  const SearchOptions options;
  const Asking asking{reader, analysers, **catalogue, roots, question, finder, options};
  Ranked ranked;
  ranked.passage = record;
  PassageHit hit = make_hit(asking, ranked);
  hit.snippet = whole_passage(question, finder, record, analysers.of(record.language));
  return hit;
}

namespace {

// The question as it is asked of the shelf: words that it does not have are corrected.
Result<Asked> prepare_question(Shelf::Impl& shelf, std::string_view text,
                               const SearchOptions& options) {
  Result<const Synonyms*> synonyms = shelf.synonyms();
  if (!synonyms) return synonyms.error();
  Asked asked;
  asked.tree = parse_query(text);
  const auto prepare_tree = [&]() -> Status {
    Result<Question> question =
        prepare(asked.tree, shelf.reader, shelf.analysers, **synonyms, options.weights);
    if (!question) return question.error();
    asked.question = std::move(question).value();
    return Ok{};
  };
  if (Status status = prepare_tree(); !status) return status.error();
  if (asked.question.unknown.empty()) return asked;
  Result<const NearWords*> words = shelf.all_words();
  if (!words) return words.error();
  if (options.correct) {
    std::vector<std::string> unknown;  // a synonym on the shelf is better than a guess
    for (const std::string& word : asked.question.unknown) {
      if ((*synonyms)->of(word).empty()) unknown.push_back(word);
    }
    asked.corrections = correct(asked.tree, unknown, **words);
    if (!asked.corrections.empty()) {
      if (Status status = prepare_tree(); !status) return status.error();
    }
  }
  return asked;
}

template <class Hit, class AnswerIt>
Result<Answer<Hit>> ask(Shelf::Impl& shelf, std::string_view text, const SearchOptions& options,
                        AnswerIt answer) {
  Result<Asked> asked = prepare_question(shelf, text, options);
  if (!asked) return asked.error();
  Result<const Catalogue*> catalogue = shelf.reader.catalogue();
  if (!catalogue) return catalogue.error();
  const Question& question = asked->question;
  const TermFinder finder(question, shelf.analysers);
  const Asking asking{shelf.reader, shelf.analysers, **catalogue, shelf.roots,
                      question,     finder,          options};
  Result<Answer<Hit>> answered = answer(asking);
  if (!answered) return answered;
  answered->understood = describe(asked->tree);
  answered->corrections = std::move(asked->corrections);
  if (question.relaxed) {
    answered->notes.push_back(
        "in a long question quotes and dashes are read as prose; + before a quote requires it");
  }
  answered->notes.insert(answered->notes.end(), shelf.notes.begin(), shelf.notes.end());
  if (!question.unknown.empty()) {
    Result<const NearWords*> words = shelf.all_words();
    if (!words) return words.error();
    for (const std::string& word : question.unknown) {
      answered->suggestions.push_back({word, (*words)->nearest(word, kSuggestions)});
    }
  }
  tell_missing(shelf.reader, *answered);
  return answered;
}

}  // namespace

Shelf::Shelf(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Shelf::Shelf(Shelf&&) noexcept = default;
Shelf& Shelf::operator=(Shelf&&) noexcept = default;
Shelf::~Shelf() = default;

Result<Shelf> Shelf::open(const fs::path& index, const fs::path& synonyms,
                          const ShardOptions& shards) {
  ReaderOptions options;
  options.shards = shards;
  Result<Reader> reader = Reader::open_shelf(index, std::move(options));
  if (!reader) return reader.error();
  return Shelf(std::make_unique<Impl>(index, synonyms, std::move(reader).value()));
}

std::uint64_t Shelf::generation() const { return impl_->reader.manifest().generation; }
std::string Shelf::state() const { return impl_->reader.state(); }
std::vector<MissingShard> Shelf::missing() const { return impl_->reader.missing(); }
bool Shelf::is_sharded() const { return impl_->reader.is_sharded(); }
bool Shelf::is_far() const { return impl_->reader.is_far(); }

Result<bool> Shelf::refresh() {
  Result<bool> newer = impl_->reader.renew();
  if (newer.ok() && *newer) impl_->start_anew();
  return newer;
}

Result<bool> Shelf::look_far() {
  Result<bool> newer = impl_->reader.look_far();
  if (newer.ok() && *newer) impl_->start_anew();
  return newer;
}

Result<Answer<PassageHit>> Shelf::search(std::string_view question, const SearchOptions& options) {
  return impl_->asking(
      [&](Impl& shelf) { return ask<PassageHit>(shelf, question, options, answer_passages); });
}

Result<Answer<BookHit>> Shelf::books(std::string_view question, const SearchOptions& options) {
  return impl_->asking(
      [&](Impl& shelf) { return ask<BookHit>(shelf, question, options, answer_books); });
}

Result<PassageView> Shelf::show(std::string_view passage, std::uint64_t context,
                                std::string_view question) {
  return impl_->asking([&](Impl&) { return show_now(passage, context, question); });
}

Result<PassageView> Shelf::show_now(std::string_view passage, std::uint64_t context,
                                    std::string_view question) {
  Result<PassageRecord> found = impl_->reader.find(passage);
  if (!found) return found.error();
  Result<std::vector<PassageRecord>> all = impl_->reader.passages_of(found->source);
  if (!all) return all.error();
  Question marks;
  if (!question.empty()) {
    Result<Asked> asked = prepare_question(*impl_, question, {});
    if (!asked) return asked.error();
    marks = std::move(asked->question);
  }
  PassageView out;
  Result<PassageHit> own = impl_->view(*found, marks);
  if (!own) return own.error();
  out.passage = std::move(own).value();
  for (const PassageRecord& record : *all) {
    const bool before = record.ordinal < found->ordinal;
    const std::uint64_t apart =
        before ? found->ordinal - record.ordinal : record.ordinal - found->ordinal;
    if (apart == 0 || apart > context) continue;
    Result<PassageHit> neighbour = impl_->view(record, marks);
    if (!neighbour) return neighbour.error();
    (before ? out.before : out.after).push_back(std::move(neighbour).value());
  }
  return out;
}

Result<std::vector<WorkView>> Shelf::works() {
  return impl_->asking([&](Impl&) { return works_now(); });
}

Result<std::vector<WorkView>> Shelf::works_now() {
  Result<const Catalogue*> catalogue = impl_->reader.catalogue();
  if (!catalogue) return catalogue.error();
  Result<std::map<std::string, WorkUse>> uses = impl_->reader.work_uses();
  if (!uses) return uses.error();
  std::vector<WorkView> views;
  for (const Work& work : (*catalogue)->works()) {
    WorkView view;
    view.work = {work.id, work.info};
    for (const std::string& key : work.keys) {
      const auto use = uses->find(key);
      if (use == uses->end()) continue;
      view.passages += use->second.passages;
      view.files.insert(view.files.end(), use->second.files.begin(), use->second.files.end());
    }
    std::sort(view.files.begin(), view.files.end());
    view.files.erase(std::unique(view.files.begin(), view.files.end()), view.files.end());
    views.push_back(std::move(view));
  }
  return views;
}

Result<std::vector<SourceView>> Shelf::sources() {
  return impl_->asking([&](Impl&) { return sources_now(); });
}

Result<std::vector<SourceView>> Shelf::sources_now() {
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  Result<std::vector<SourceRecord>> records = impl_->reader.sources();
  if (!records) return records.error();
  std::vector<SourceView> views;
  for (const SourceRecord& record : *records) {
    const auto root = impl_->roots.find(record.root);
    views.push_back({record.id, record.root, record.path,
                     root == impl_->roots.end() ? std::string() : root->second,
                     record.mtime / kNanoseconds, record.state == SourceState::kIndexed});
  }
  return views;
}

Result<ShelfStatus> Shelf::status() {
  return impl_->asking([&](Impl&) { return status_now(); });
}

Result<ShelfStatus> Shelf::status_now() {
  const Reader& reader = impl_->reader;
  Result<std::vector<SourceRecord>> sources = reader.sources();
  if (!sources) return sources.error();
  Result<const Catalogue*> catalogue = reader.catalogue();
  if (!catalogue) return catalogue.error();
  ShelfStatus status;
  status.generation = reader.manifest().generation;
  status.passages = reader.passages();
  status.sources = sources->size();
  for (const SourceRecord& source : *sources) {
    status.text_bytes += source.text_bytes;
    status.failed += source.state == SourceState::kFailed;
  }
  status.works = (*catalogue)->size();
  status.books = (*catalogue)->books();
  status.segments = reader.manifest().segments.size();
  for (const SegmentInfo& segment : reader.manifest().segments) status.bytes += segment.bytes;
  for (const auto& [language, passages] : reader.languages()) {
    status.languages.emplace_back(language, passages);
  }
  std::sort(status.languages.begin(), status.languages.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  for (const auto& [name, path] : impl_->roots) {
    std::error_code code;
    status.roots.push_back({name, path, fs::exists(path, code)});
  }
  const Manifest& manifest = reader.manifest();
  status.tome = manifest.tome;
  status.xapian = manifest.xapian;
  status.icu = manifest.icu;
  status.schema = manifest.schema;
  status.analyser = manifest.analyser;
  status.shards = reader.shards();
  return status;
}

Result<std::vector<FailedSource>> Shelf::failed() {
  return impl_->asking([](Impl& shelf) -> Result<std::vector<FailedSource>> {
    Result<std::vector<SourceRecord>> sources = shelf.reader.sources();
    if (!sources) return sources.error();
    return failed_sources(*sources, shelf.roots);
  });
}

}  // namespace tome
