// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "rank/asking.h"
#include "rank/nearest.h"
#include "rank/snippet.h"
#include "tome/search.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kSuggestions = 3;

}  // namespace

struct Shelf::Impl {
  Impl(fs::path folder, Reader opened)
      : index(std::move(folder)), reader(std::move(opened)), analysers(reader.languages()) {
    if (Result<ShelfConfig> config = read_shelf_config(index); config.ok()) {
      for (const Root& root : config->roots) {
        roots.emplace(root.name, root_path(index, root).string());
      }
    }
  }

  // Parses and prepares a question, then calls answer(asking).
  template <class Hit, class AnswerIt>
  Result<Answer<Hit>> ask(std::string_view text, const SearchOptions& options, AnswerIt answer) {
    const Node tree = parse_query(text);
    Result<const Catalogue*> catalogue = reader.catalogue();
    if (!catalogue) return catalogue.error();
    Result<Question> question = prepare(tree, reader, analysers, options.weights);
    if (!question) return question.error();
    const TermFinder finder(*question);
    const Asking asking{reader, analysers, **catalogue, roots, *question, finder, options};
    Result<Answer<Hit>> answered = answer(asking);
    if (!answered) return answered;
    answered->understood = describe(tree);
    if (question->relaxed) {
      answered->notes.push_back(
          "in a long question quotes and dashes are read as prose; + before a quote requires it");
    }
    if (!question->unknown.empty()) {
      Result<std::vector<WordCount>> words = reader.words("");
      if (!words) return words.error();
      for (const std::string& word : question->unknown) {
        answered->suggestions.push_back({word, nearest_words(word, *words, kSuggestions)});
      }
    }
    return answered;
  }

  fs::path index;
  Reader reader;
  Analysers analysers;
  std::map<std::string, std::string> roots;
};

Shelf::Shelf(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Shelf::Shelf(Shelf&&) noexcept = default;
Shelf& Shelf::operator=(Shelf&&) noexcept = default;
Shelf::~Shelf() = default;

Result<Shelf> Shelf::open(const fs::path& index) {
  Result<Reader> reader = Reader::open(index);
  if (!reader) return reader.error();
  return Shelf(std::make_unique<Impl>(index, std::move(reader).value()));
}

std::uint64_t Shelf::generation() const { return impl_->reader.manifest().generation; }

Result<bool> Shelf::refresh() {
  Result<std::uint64_t> newest = current_generation(impl_->index);
  if (!newest) return newest.error();
  if (*newest == generation()) return false;
  Result<Shelf> shelf = open(impl_->index);
  if (!shelf) return shelf.error();
  *this = std::move(shelf).value();
  return true;
}

Result<Answer<PassageHit>> Shelf::search(std::string_view question, const SearchOptions& options) {
  return impl_->ask<PassageHit>(question, options, answer_passages);
}

Result<Answer<BookHit>> Shelf::books(std::string_view question, const SearchOptions& options) {
  return impl_->ask<BookHit>(question, options, answer_books);
}

Result<PassageView> Shelf::show(std::string_view passage, std::uint64_t context) {
  Result<PassageRecord> found = impl_->reader.find(passage);
  if (!found) return found.error();
  Result<std::vector<PassageRecord>> all = impl_->reader.passages_of(found->source);
  if (!all) return all.error();
  Result<const Catalogue*> catalogue = impl_->reader.catalogue();
  if (!catalogue) return catalogue.error();
  const Question question;
  const TermFinder finder(question);
  const SearchOptions options;
  const Asking asking{impl_->reader, impl_->analysers, **catalogue, impl_->roots,
                      question,      finder,           options};
  const auto view = [&](const PassageRecord& record) {
    PassageHit hit = make_hit(asking, Ranked{record, 0, {}, {}, {}});
    hit.snippet = whole_passage(question, finder, record, impl_->analysers.of(record.language));
    return hit;
  };
  PassageView out;
  out.passage = view(*found);
  for (const PassageRecord& record : *all) {
    if (record.ordinal < found->ordinal && found->ordinal - record.ordinal <= context) {
      out.before.push_back(view(record));
    }
    if (record.ordinal > found->ordinal && record.ordinal - found->ordinal <= context) {
      out.after.push_back(view(record));
    }
  }
  return out;
}

Result<Answer<PassageHit>> Shelf::similar(std::string_view, const SearchOptions&) {
  return Error{Code::kUnsupported, "not there yet", "", ""};
}

Result<std::vector<Completion>> Shelf::suggest(std::string_view, std::uint64_t) {
  return Error{Code::kUnsupported, "not there yet", "", ""};
}

Result<WorkDetail> Shelf::work(std::string_view) {
  return Error{Code::kUnsupported, "not there yet", "", ""};
}

Result<std::vector<WorkView>> Shelf::works() {
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

Result<ShelfStatus> Shelf::status() {
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
  status.works = (*catalogue)->works().size();
  for (const Work& work : (*catalogue)->works()) status.books += work.info.kind == Kind::kBook;
  status.segments = reader.manifest().segments.size();
  for (const SegmentInfo& segment : reader.manifest().segments) status.bytes += segment.bytes;
  for (const auto& [language, passages] : reader.languages()) {
    status.languages.emplace_back(language, passages);
  }
  std::sort(status.languages.begin(), status.languages.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  for (const auto& [name, path] : impl_->roots) status.roots.emplace_back(name, path);
  return status;
}

}  // namespace tome
