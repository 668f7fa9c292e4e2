// SPDX-License-Identifier: GPL-2.0-or-later
// The answer to a question: passages and books side by side.
#include <algorithm>

#include "serve/page_question.h"
#include "serve/page_views.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::uint64_t kPassages = 10;
constexpr std::uint64_t kBooksBeside = 5;
constexpr std::uint64_t kBooks = 10;  // where they stand alone
constexpr std::uint64_t kLastOffset = 10'000;

struct Asked {
  std::string question;
  std::uint64_t offset = 0;
  bool books_alone = false;  // ?in=books
  bool as_typed = false;     // ?typed=1
  bool unfinished = false;   // ?typing=1: its last word may be half a word
};

std::string ask_address(const Asked& asked, std::uint64_t offset, bool books_alone) {
  return address("/", {{"q", asked.question},
                       {"in", books_alone ? "books" : ""},
                       {"offset", offset == 0 ? "" : std::to_string(offset)},
                       {"typed", asked.as_typed ? "1" : ""}});
}

bool all_books(const std::vector<BookHit>& hits) {
  return std::all_of(hits.begin(), hits.end(),
                     [](const BookHit& hit) { return hit.work.info.kind == Kind::kBook; });
}

// What was read as something else stands first: it explains the hits.
template <class Hit>
void add_corrections(Html& out, const Asked& asked, const Answer<Hit>& answer) {
  for (const Correction& one : answer.corrections) {
    const std::optional<std::string> exact = with_word_as_typed(asked.question, one.typed);
    Asked again = asked;
    again.as_typed = true;
    out.add("<p class=\"notice\"><q>")
        .line(one.typed, 80)
        .add("</q> is not on the shelf: read as ");
    out.add("<strong>").line(one.used, 80).add("</strong>. <a href=\"");
    out.name(exact ? address("/", {{"q", *exact}}) : ask_address(again, 0, asked.books_alone));
    out.add("\">As typed: ").add(exact ? Markup("+") : Markup("")).line(one.typed, 80);
    out.add("</a></p>\n");
  }
  for (const Suggestion& unknown : answer.suggestions) {
    out.add("<p class=\"notice\"><q>").line(unknown.word, 80).add("</q> is not on the shelf");
    bool first = true;
    for (const std::string& word : unknown.nearest) {
      std::string next = asked.question;
      const std::size_t at = next.find(unknown.word);
      if (at == std::string::npos) continue;
      next.replace(at, unknown.word.size(), word);
      out.add(first ? Markup("; did you mean ") : Markup(", ")).add("<a href=\"");
      out.name(address("/", {{"q", next}})).add("\">").line(word, 80).add("</a>");
      first = false;
    }
    out.add(first ? Markup("") : Markup("?")).add("</p>\n");
  }
  for (const std::string& note : answer.notes) {
    out.add("<p class=\"notice\">Note: ").line(note, 400).add("</p>\n");
  }
}

void add_pages(Html& out, const Asked& asked, std::uint64_t shown, std::uint64_t estimate,
               std::uint64_t size) {
  const bool more = shown == size && asked.offset + shown < std::min(estimate, kLastOffset);
  if (asked.offset == 0 && !more) return;
  out.add("<nav class=\"pages\" aria-label=\"Pages of the answer\">");
  if (asked.offset != 0) {
    const std::uint64_t back = asked.offset - std::min(asked.offset, size);
    out.add("<a rel=\"prev\" href=\"").name(ask_address(asked, back, asked.books_alone));
    out.add("\">Previous</a>");
  }
  if (shown != 0) {
    out.add("<span>").number(asked.offset + 1).add(" to ").number(asked.offset + shown);
    out.add("</span>");
  }
  if (more) {
    out.add("<a rel=\"next\" href=\"");
    out.name(ask_address(asked, asked.offset + shown, asked.books_alone)).add("\">Next</a>");
  }
  out.add("</nav>\n");
}

template <class Hit>
void add_count(Html& out, const Answer<Hit>& answer) {
  out.add("<span class=\"count\">").add(answer.complete ? Markup("") : Markup("about "));
  out.number(answer.estimate).add("</span>");
}

void add_passages(Html& out, const Asked& asked, const Answer<PassageHit>& answer) {
  out.add("<section class=\"passages\" id=\"passages\" aria-labelledby=\"passages-title\">\n");
  out.add("<h2 id=\"passages-title\">")
      .add(answer.weak ? Markup("Nearest passages") : Markup("Passages"));
  out.add(" ");
  add_count(out, answer);
  out.add("</h2>\n");
  if (answer.weak) {
    out.add(
        "<p class=\"notice\">Nothing on the shelf answers this directly; these are the "
        "nearest.</p>\n");
  }
  out.add("<ol class=\"hits\">\n");
  for (const PassageHit& hit : answer.hits) add_hit(out, hit, asked.question);
  out.add("</ol>\n");
  add_pages(out, asked, answer.hits.size(), answer.estimate, kPassages);
  out.add("</section>\n");
}

void add_books(Html& out, const Asked& asked, const Answer<BookHit>& answer) {
  if (answer.hits.empty()) return;
  out.add("<section class=\"books\" id=\"books\" aria-labelledby=\"books-title\">\n");
  out.add("<h2 id=\"books-title\">");
  out.add(all_books(answer.hits) ? Markup("Books ") : Markup("Works "));
  add_count(out, answer);
  out.add("</h2>\n<ol class=\"hits\">\n");
  for (const BookHit& hit : answer.hits) add_book(out, hit, asked.question);
  out.add("</ol>\n");
  if (asked.books_alone) {
    add_pages(out, asked, answer.hits.size(), answer.estimate, kBooks);
  } else if (answer.estimate > answer.hits.size()) {
    out.add("<p class=\"more\"><a href=\"").name(ask_address(asked, 0, true));
    out.add("\">More of these</a></p>\n");
  }
  out.add("</section>\n");
}

// "12 passages and 3 books", what a screen reader says when the answer has come.
template <class Hit>
void add_said(Html& out, const Answer<Hit>& answer, std::string_view noun) {
  out.add(answer.complete ? Markup("") : Markup("about ")).counted(answer.estimate, noun);
}

Status add_nothing(Html& out, Shelf& shelf, const Asked& asked, std::string_view understood) {
  out.add("<section class=\"plain\">\n<h2>");
  out.add(asked.offset != 0 ? Markup("Nothing more") : Markup("Nothing found")).add("</h2>\n");
  if (asked.offset != 0) {
    out.add("<p><a href=\"").name(ask_address(asked, 0, asked.books_alone));
    out.add("\">Back to the first page</a></p>\n</section>\n");
    return Ok{};
  }
  if (!understood.empty()) {
    out.add("<p>Understood as <code>").line(understood, 400).add("</code></p>\n");
  }
  const std::string bare = without_filters(asked.question);
  out.add("<p>");
  if (!bare.empty() && bare != asked.question) {
    out.add("<a href=\"").name(address("/", {{"q", bare}}));
    out.add("\">Ask without the filters</a>, or try other words.");
  } else {
    out.add("Try fewer or other words: any of them may stand in a passage.");
  }
  out.add(" <a href=\"/shelf\">See what is on the shelf</a>.</p>\n");
  if (Status status = add_examples(out, shelf); !status) return status.error();
  out.add("</section>\n");
  return Ok{};
}

// The question, or with its last word as a beginning of words where that word is not on the shelf:
// half a word is no spelling mistake.
Result<std::string> finished(Shelf& shelf, const Asked& asked, SearchOptions options) {
  if (!asked.unfinished) return asked.question;
  options.explain = options.facets = options.snippets = options.correct = false;
  const Result<Answer<PassageHit>> as_it_is = shelf.search(asked.question, options);
  if (!as_it_is) return as_it_is.error();
  if (as_it_is->suggestions.empty()) return asked.question;
  const std::string& half = as_it_is->suggestions.back().word;
  if (!fold(asked.question).ends_with(fold(half))) return asked.question;
  const Result<std::vector<Completion>> words = shelf.suggest(half);
  if (!words) return words.error();
  const bool begins = std::any_of(words->begin(), words->end(), [](const Completion& one) {
    return one.of == Completion::Of::kWord;
  });
  return begins ? asked.question + '*' : asked.question;
}

Status add_answer(Html& out, Shelf& shelf, const Asked& asked) {
  SearchOptions options;
  options.offset = asked.offset;
  options.count = asked.books_alone ? kBooks : kPassages;
  options.explain = true;
  options.facets = true;
  options.correct = !asked.as_typed;
  SearchOptions for_books = options;
  if (!asked.books_alone) {
    for_books.offset = 0;
    for_books.count = kBooksBeside;
    for_books.facets = false;
  }
  const Result<std::string> question = finished(shelf, asked, options);
  if (!question) return question.error();
  Result<Answer<BookHit>> books = shelf.books(*question, for_books);
  if (!books) return books.error();
  const std::string_view noun = all_books(books->hits) ? "book" : "work";
  if (asked.books_alone) {
    out.add("<div data-view=\"answer\"");
    if (*question != asked.question) out.add(" data-unfinished");
    out.add(" data-said=\"");
    add_said(out, *books, noun);
    out.add("\">\n<h1 class=\"unseen\">Books for “").line(asked.question, 200).add("”</h1>\n");
    add_filters(out, asked.question, books->facets, "books");
    add_corrections(out, asked, *books);
    if (books->hits.empty()) {
      if (Status status = add_nothing(out, shelf, asked, books->understood); !status) return status;
    } else {
      out.add("<p class=\"switch\"><a href=\"").name(ask_address(asked, 0, false));
      out.add("\">Passages too</a></p>\n<div class=\"alone\">\n");
      add_books(out, asked, *books);
      out.add("</div>\n");
    }
    out.add("</div>\n");
    return Ok{};
  }
  Result<Answer<PassageHit>> passages = shelf.search(*question, options);
  if (!passages) return passages.error();
  out.add("<div data-view=\"answer\"");
  if (*question != asked.question) out.add(" data-unfinished");
  out.add(" data-said=\"");
  add_said(out, *passages, "passage");
  out.add(", ");
  add_said(out, *books, noun);
  out.add("\">\n<h1 class=\"unseen\">Answer to “").line(asked.question, 200).add("”</h1>\n");
  add_filters(out, asked.question, passages->facets, "");
  add_corrections(out, asked, *passages);
  if (passages->hits.empty()) {
    if (Status status = add_nothing(out, shelf, asked, passages->understood); !status) {
      return status;
    }
  } else {
    if (!books->hits.empty()) {
      out.add("<p class=\"jump\"><a href=\"#books\">To the ");
      out.add(noun == "book" ? Markup("books") : Markup("works")).add("</a></p>\n");
    }
    out.add("<div class=\"beside\">\n");
    add_passages(out, asked, *passages);
    add_books(out, asked, *books);
    out.add("</div>\n");
  }
  out.add("</div>\n");
  return Ok{};
}

}  // namespace

Response ask_page(Shelf& shelf, const Request& request) {
  Asked asked;
  asked.question = question_of(request);
  asked.offset = number_parameter(request, "offset", 0, kLastOffset);
  asked.books_alone = parameter(request, "in") == "books";
  asked.as_typed = parameter(request, "typed") == "1";
  asked.unfinished = parameter(request, "typing") == "1";
  const std::string said = clean_line(asked.question);

  Html answer;
  const Status status =
      said.empty() ? add_welcome(answer, shelf) : add_answer(answer, shelf, asked);
  if (!status) return error_page(status.error());
  if (parameter(request, "fragment") == "1") return html_response(std::move(answer).take());
  Html content;
  content.add("<div id=\"answer\">\n").add(answer).add("</div>\n");
  return html_response(framed({said, asked.question, ""}, content));
}

}  // namespace tome
