// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/page.h"

#include <gtest/gtest.h>

#include <regex>

#include "rank/small_shelf.h"
#include "serve/page_assets.h"
#include "serve/page_question.h"

namespace tome {
namespace {

using test::SmallShelf;
using test::Text;

Response get(Shelf& shelf, const std::string& path,
             std::multimap<std::string, std::string> query = {}) {
  Request request;
  request.method = "GET";
  request.path = path;
  request.query = std::move(query);
  return page(shelf, request);
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t i = text.find(part); i != std::string::npos; i = text.find(part, i + 1)) ++n;
  return n;
}

// What a browser would make of the markup: nothing but the elements and attributes of the pages.
// Says what else is there; empty when nothing is.
std::string foreign(const std::string& html) {
  static const std::regex tag("<(/?)([a-zA-Z0-9!]+)((?:\\s+[a-zA-Z-]+(?:=\"[^\"<>]*\")?)*)\\s*/?>");
  static const std::set<std::string> known = {
      "!doctype", "html",  "head",  "meta",   "title", "link",   "script",  "body",    "a",
      "header",   "img",   "span",  "form",   "label", "div",    "input",   "ul",      "li",
      "button",   "nav",   "p",     "main",   "h1",    "h2",     "h3",      "section", "article",
      "ol",       "mark",  "code",  "bdi",    "q",     "strong", "details", "summary", "table",
      "caption",  "tbody", "tfoot", "tr",     "th",    "td",     "svg",     "rect",    "dl",
      "dt",       "dd",    "kbd",   "dialog", "aside", "br"};
  std::size_t at = 0;
  for (std::sregex_iterator i(html.begin(), html.end(), tag), end; i != end; ++i) {
    const auto begin = static_cast<std::size_t>(i->position());
    const std::string between = html.substr(at, begin - at);
    if (between.find_first_of("<>") != std::string::npos) return "a bare < or > in: " + between;
    if (!known.contains((*i)[2].str())) return "element " + (*i)[2].str();
    // Without what stands in the values: there it is text.
    static const std::regex value("=\"[^\"]*\"");
    static const std::regex risky("\\s(on[a-z]+|style|srcdoc|formaction)\\b", std::regex::icase);
    static const std::regex address("\\s(href|src)=\"(?!/|#|https?://)");
    const std::string attributes = (*i)[3].str();
    if (std::regex_search(std::regex_replace(attributes, value, ""), risky) ||
        std::regex_search(attributes, address)) {
      return "attributes" + attributes;
    }
    at = begin + static_cast<std::size_t>(i->length());
  }
  const std::string rest = html.substr(at);
  return rest.find_first_of("<>") == std::string::npos ? "" : "a bare < or > in: " + rest;
}

// Characters that must never come to a reader.
std::string harmful(const std::string& html) {
  for (const unsigned char c : html) {
    if ((c < 0x20 && c != '\n') || c == 0x7F) return "control " + std::to_string(c);
  }
  for (const char* one : {"\u202A", "\u202B", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068",
                          "\u2069", "\u0085", "\u009B"}) {
    if (holds(html, one)) return "override or control of two bytes or more";
  }
  return "";
}

struct Hostile {
  const char* name;
  std::string text;
};

std::vector<Hostile> hostile() {
  std::string controls = "bell\a escape\x1b[31m back\b del\x7f feed\f";
  return {
      {"script", "<script>alert(1)</script>"},
      {"attribute", "\" onmouseover=\"alert(1)\" x='"},
      {"close everything", "</title></a></li></main></body><img src=x onerror=alert(1)>"},
      {"entities", "&lt;b&gt; &amp;amp; &#60;script&#62;"},
      {"comment and section", "<!-- --> <![CDATA[ ]]> <?php ?>"},
      {"controls", controls},
      {"C1 controls", "a\u0085b\u009Bc"},
      {"overrides", "user\u202E \u2066// admin\u2069 \u2066ok"},
      {"long word", std::string(4000, 'w')},
      {"long markup", std::string(4000, '<')},
      {"long script",
       [] {
         std::string text;
         while (text.size() < 4000) text += "\u4E2D\u6587 ";
         return text;
       }()},
      {"javascript address", "javascript:alert(1)"},
      {"question syntax", "\"quote (open +a -b topic:\"x\" \\AND OR"},
  };
}

TEST(Page, BackquotedWordsOfADescriptionAreCode) {
  SmallShelf small;
  WorkInfo info = test::book("One", {"Ann"}, 2019);
  info.features = {"how `a < b` reads, and `this", "`x`"};
  const std::size_t work = small.work(info);
  small.add(Text{.path = "a.md", .text = "apple", .headings = {}, .works = {work}});
  Shelf shelf = small.open();
  const std::vector<PassageHit> hits = test::ask(shelf, "apple");
  ASSERT_EQ(hits.size(), 1U);
  const std::string page = get(shelf, "/work/" + hits[0].works[0].id, {}).body;
  EXPECT_NE(page.find("how <code>a &lt; b</code> reads, and `this</li>"), std::string::npos)
      << page;
  EXPECT_NE(page.find("<li dir=\"auto\"><code>x</code></li>"), std::string::npos);
}

TEST(Page, EverythingHostileIsEscaped) {
  for (const Hostile& one : hostile()) {
    SCOPED_TRACE(one.name);
    SmallShelf small;
    WorkInfo info = test::book(one.text, {one.text, "B " + one.text}, 2019);
    info.subtitle = info.publisher = info.isbn = info.url = info.language = one.text;
    info.topics = {one.text, "testing"};
    info.features = {one.text};
    const std::size_t work = small.work(info);
    const std::size_t whole = small.work(test::book("Whole " + one.text));
    for (int i = 0; i < 3; ++i) {
      small.add(Text{.path = one.text.substr(0, 200) + "/x.md",
                     .text = "apple " + std::to_string(i) + " " + one.text + " apple\n\npear",
                     .headings = {one.text, "Under " + one.text},
                     .works = {work, whole}});
    }
    small.add(Text{.path = "plain.md", .text = "apple pear quince", .headings = {}, .works = {}});
    Shelf shelf = small.open();

    const std::vector<PassageHit> hits = test::ask(shelf, "apple");
    ASSERT_GE(hits.size(), 3U);
    std::vector<std::pair<std::string, std::multimap<std::string, std::string>>> requests = {
        {"/", {}},
        {"/", {{"q", "apple"}}},
        {"/", {{"q", "apple"}, {"in", "books"}}},
        {"/", {{"q", one.text}}},
        {"/", {{"q", one.text + " nothing-has-this"}, {"in", "books"}}},
        {"/", {{"q", "\"" + one.text + "\""}, {"fragment", "1"}}},
        {"/", {{"q", "applq " + one.text}, {"typed", "1"}}},
        {"/", {{"q", "apple"}, {"offset", one.text}, {"in", one.text}}},
        {"/shelf", {}},
        {"/shelf", {{"by", "author"}}},
        {"/shelf", {{"by", "title"}}},
        {"/shelf", {{"by", one.text}, {"of", one.text}}},
        {"/work/" + one.text, {}},
        {"/passage/" + one.text, {{"q", one.text}}},
        {"/" + one.text, {}}};
    for (const PassageHit& hit : hits) {
      requests.push_back({"/passage/" + hit.id, {{"q", "apple " + one.text}, {"context", "3"}}});
      for (const WorkRef& ref : hit.works) requests.push_back({"/work/" + ref.id, {}});
    }
    for (const auto& [path, query] : requests) {
      const Response response = get(shelf, path, query);
      const std::string& html = response.body;
      SCOPED_TRACE(path + "?" + (query.empty() ? "" : query.begin()->second.substr(0, 80)));
      EXPECT_TRUE(response.status == 200 || response.status == 404) << response.status;
      EXPECT_EQ(foreign(html), "");
      EXPECT_EQ(harmful(html), "");
      EXPECT_LT(html.size(), 400'000U);
    }
  }
}

TEST(Page, TheTestSeesWhatIsForeign) {
  EXPECT_EQ(foreign("<p>a &lt;b&gt;</p>"), "");
  EXPECT_NE(foreign("<p><b>x</b></p>"), "");
  EXPECT_NE(foreign("<p onclick=\"x\">"), "");
  EXPECT_NE(foreign("<a href=\"javascript:x\">"), "");
  EXPECT_EQ(foreign("<p title=\"a onclick=x\">"), "");
  EXPECT_NE(foreign("<p title=\"a\" onclick=\"x\">"), "");
  EXPECT_NE(foreign("<a href=\"data:text/html,x\">"), "");
  EXPECT_NE(foreign("<p>1 < 2"), "");
  EXPECT_NE(foreign("<p title=\"a\"b\">"), "");
  EXPECT_NE(harmful("\x1b"), "");
  EXPECT_NE(harmful("\u202E"), "");
}

SmallShelf& fill(SmallShelf& small) {
  WorkInfo info = test::book("Fluent Python", {"Luciano Ramalho"}, 2022);
  info.topics = {"python"};
  const std::size_t fluent = small.work(info);
  info = test::book("The C Language", {"Brian Kernighan"}, 1988);
  info.topics = {"c", "classics"};
  const std::size_t c = small.work(info);
  for (int i = 0; i < 14; ++i) {
    small.add(Text{.path = "fluent.md",
                   .text = "Descriptors manage attributes, part " + std::to_string(i) + ".",
                   .headings = {"Part " + std::to_string(i / 7), "Descriptors"},
                   .works = {fluent}});
  }
  small.add(Text{.path = "c.md",
                 .text = "File descriptors are small integers.",
                 .headings = {"The UNIX interface"},
                 .works = {c}});
  return small;
}

TEST(Page, AnAnswerHasPassagesBooksFiltersAndWhy) {
  SmallShelf small;
  Shelf shelf = fill(small).open();
  const std::string html = get(shelf, "/", {{"q", "descriptors"}}).body;
  EXPECT_TRUE(holds(html, "<mark>Descriptors</mark>"));
  EXPECT_TRUE(holds(html, "id=\"passages\""));
  EXPECT_TRUE(holds(html, "id=\"books\""));
  EXPECT_TRUE(holds(html, "Why this result"));
  EXPECT_TRUE(holds(html, "<rect height=\"8\" width=\"100.0\"/>"));
  EXPECT_TRUE(holds(html, "href=\"/?q=descriptors%20topic:python\""));
  EXPECT_TRUE(holds(html, "value=\"descriptors\""));
  EXPECT_TRUE(holds(html, "<code>shelf/fluent.md</code>"));
  EXPECT_FALSE(holds(html, " style="));
}

TEST(Page, AFragmentIsTheSameAnswerWithoutTheFrame) {
  SmallShelf small;
  Shelf shelf = fill(small).open();
  for (const char* question : {"descriptors", "", "nothingatall"}) {
    const std::string whole = get(shelf, "/", {{"q", question}}).body;
    const std::string part = get(shelf, "/", {{"q", question}, {"fragment", "1"}}).body;
    EXPECT_FALSE(holds(part, "<html")) << question;
    EXPECT_TRUE(holds(whole, part)) << question;
    EXPECT_TRUE(holds(part, "data-said=")) << question;
  }
}

TEST(Page, HalfAWordBeginsWordsWhileItIsTyped) {
  SmallShelf small;
  Shelf shelf = fill(small).open();
  const std::string typing = get(shelf, "/", {{"q", "small inte"}, {"typing", "1"}}).body;
  EXPECT_TRUE(holds(typing, "<mark>integers</mark>"));
  EXPECT_FALSE(holds(typing, "is not on the shelf"));
  EXPECT_TRUE(holds(typing, "value=\"small inte\""));
  EXPECT_TRUE(holds(get(shelf, "/", {{"q", "small inte"}}).body, "is not on the shelf"));
  const std::string no_word = get(shelf, "/", {{"q", "small xyzzyq"}, {"typing", "1"}}).body;
  EXPECT_TRUE(holds(no_word, "is not on the shelf"));
}

TEST(Page, PagesOfAnAnswerFollowEachOther) {
  SmallShelf small;
  Shelf shelf = fill(small).open();
  const std::string first = get(shelf, "/", {{"q", "descriptors"}}).body;
  EXPECT_TRUE(holds(first, "<a rel=\"next\" href=\"/?q=descriptors&amp;offset=10\">"));
  EXPECT_FALSE(holds(first, "rel=\"prev\""));
  const std::string second = get(shelf, "/", {{"q", "descriptors"}, {"offset", "10"}}).body;
  EXPECT_TRUE(holds(second, "<a rel=\"prev\" href=\"/?q=descriptors\">"));
  EXPECT_FALSE(holds(second, "rel=\"next\""));
  EXPECT_EQ(count(second, "<li class=\"hit\">"), 5U);
  const std::string past = get(shelf, "/", {{"q", "descriptors"}, {"offset", "5000"}}).body;
  EXPECT_TRUE(holds(past, "Nothing more"));
}

TEST(Page, APassageHasItsNeighbours) {
  SmallShelf small;
  Shelf shelf = fill(small).open();
  const Result<PassageView> view = shelf.show(passage_id("shelf", "fluent.md", 3), 1);
  ASSERT_TRUE(view.ok());
  const std::string html = get(shelf, "/passage/" + view->passage.id, {{"q", "attributes"}}).body;
  EXPECT_TRUE(holds(html, "part 2") && holds(html, "part 3") && holds(html, "part 4"));
  EXPECT_TRUE(holds(
      html, "rel=\"prev\" data-move href=\"/passage/" + view->before[0].id + "?q=attributes\""));
  EXPECT_TRUE(holds(html, "rel=\"next\" data-move href=\"/passage/" + view->after[0].id));
  EXPECT_TRUE(holds(html, "<mark>attributes</mark>"));
  EXPECT_TRUE(holds(html, "Passages like it"));
}

TEST(Page, WorksAndShelf) {
  SmallShelf small;
  Shelf shelf = fill(small).open();
  const std::string topics = get(shelf, "/shelf").body;
  EXPECT_TRUE(holds(topics, "href=\"/shelf?by=topic&amp;of=classics\""));
  const std::string years = get(shelf, "/shelf", {{"by", "year"}}).body;
  EXPECT_LT(years.find("of=2022"), years.find("of=1988"));
  EXPECT_EQ(get(shelf, "/shelf", {{"by", "topic"}, {"of", "none such"}}).status, 404);
  const std::string id = test::ask(shelf, "integers").front().works.front().id;
  const std::string work = get(shelf, "/work/" + id).body;
  EXPECT_TRUE(holds(work, "The C Language"));
  EXPECT_TRUE(holds(work, "The UNIX interface"));
  EXPECT_TRUE(holds(work, "<code>shelf/c.md</code>"));
  EXPECT_EQ(get(shelf, "/work/none").status, 404);
  EXPECT_EQ(get(shelf, "/passage/none").status, 404);
  EXPECT_EQ(get(shelf, "/nowhere").status, 404);
}

TEST(Page, AnEmptyShelfSaysHowToFillIt) {
  SmallShelf small;
  Shelf shelf = small.open();
  EXPECT_TRUE(holds(get(shelf, "/").body, "tome index"));
  EXPECT_TRUE(holds(get(shelf, "/shelf").body, "tome index"));
  EXPECT_EQ(get(shelf, "/", {{"q", "anything"}}).status, 200);
}

TEST(Page, AssetsAreKeptByTheirHash) {
  SmallShelf small;
  Shelf shelf = small.open();
  const std::string html = get(shelf, "/").body;
  for (const std::string_view name : {"tome.css", "tome.js", "favicon.svg"}) {
    const Asset* asset = find_asset(name);
    ASSERT_NE(asset, nullptr) << name;
    EXPECT_TRUE(holds(html, asset->address)) << name;
    const std::string path = "/assets/" + std::string(name);
    const Response named = get(shelf, path, {{"v", std::string(asset->hash)}});
    EXPECT_EQ(named.body, asset->body);
    EXPECT_TRUE(holds(named.headers.at(0).second, "immutable")) << name;
    EXPECT_EQ(get(shelf, path, {{"v", "old"}}).headers.at(0).second, "no-cache") << name;
  }
  EXPECT_EQ(get(shelf, "/assets/../page.cc").status, 404);
  EXPECT_EQ(get(shelf, "/assets/").status, 404);
  EXPECT_EQ(get(shelf, "/favicon.ico").type, "image/svg+xml");
}

TEST(PageQuestion, FiltersAreAddedAndTakenAway) {
  struct Row {
    const char* question;
    const char* field;
    const char* value;
    const char* with;
  };
  const Row rows[] = {
      {"", "topic", "python", "topic:python"},
      {"descriptors", "topic", "python", "descriptors topic:python"},
      {"how  do  they work?", "author", "Luciano Ramalho",
       "how  do  they work? author:\"Luciano Ramalho\""},
      {"a OR b", "topic", "c", "(a OR b) topic:c"},
      {"a AND b", "topic", "c", "a AND b AND topic:c"},
      {"\"open phrase", "year", "2019", "\"open phrase\" year:2019"},
      {"(open group", "kind", "book", "(open group) kind:book"},
      {"x kind:article", "kind", "book", "x kind:book"},
      {"year:..2000 x", "year", "2019", "x year:2019"},
      {"x topic:a", "topic", "b", "x topic:a topic:b"},
      {"x", "topic", "say \"cheese\"", "x topic:\"say  cheese \""},
      {"x", "topic", "", "x"},
  };
  for (const Row& row : rows) {
    const std::string with = with_filter(row.question, row.field, row.value);
    EXPECT_TRUE(parse_query(with) == parse_query(row.with)) << with << " for " << row.question;
  }
  EXPECT_EQ(with_filter("how  do  they work?", "topic", "x"), "how  do  they work? topic:x");
  EXPECT_EQ(without_filter("a topic:x  b", filters_of("topic:x")[0]), "a b");
  EXPECT_EQ(without_filter("topic:x", filters_of("topic:x")[0]), "");
  EXPECT_EQ(without_filter("\"topic:x\" topic:x", filters_of("topic:x")[0]), "\"topic:x\"");
  EXPECT_EQ(without_filters("a topic:\"x y\" year:2019 b -kind:book"), "a b -kind:book");
  EXPECT_EQ(filter_name(filters_of("a year:2015..2022")[0]), "year: 2015..2022");
}

TEST(PageQuestion, AWordIsTakenAsTyped) {
  EXPECT_EQ(with_word_as_typed("zebra quantm", "quantm"), "zebra +quantm");
  EXPECT_EQ(with_word_as_typed("Quantm leap", "Quantm"), "+Quantm leap");
  EXPECT_EQ(with_word_as_typed("quantm", "quantm"), std::nullopt);  // + alone is no operator
  EXPECT_EQ(with_word_as_typed("a b", "quantm"), std::nullopt);
}

}  // namespace
}  // namespace tome
