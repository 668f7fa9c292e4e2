// SPDX-License-Identifier: GPL-2.0-or-later
// Catalogues: which files are some, what their rows say, and what broken ones cost.
#include "extract/rows.h"

#include <gtest/gtest.h>

#include "extract/field_values.h"
#include "support/each_row.h"
#include "support/growth.h"

namespace tome {
namespace {

struct Read {
  bool catalogue = false;
  std::vector<BookDescription> books;
  std::string titles;  // "2 Title|4 Other", each after its line
  std::string bad;     // "3: why|"
};

Read read(std::string_view name, const std::string& bytes, const ColumnMap& map = {}) {
  Read out;
  const std::optional<RowFile> file = RowFile::open(name, bytes, map);
  if (!file) return out;
  out.catalogue = file->is_catalogue();
  each_row(
      *file,
      [&](RowSpan span, const BookDescription& book) {
        EXPECT_EQ(span.line, book.line);
        out.titles +=
            (out.titles.empty() ? "" : "|") + std::to_string(book.line) + " " + book.info.title;
        out.books.push_back(book);
      },
      [&](std::uint32_t line, const std::string& why) {
        out.bad += std::to_string(line) + ": " + why + "|";
      });
  return out;
}

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& item : list) out += (out.empty() ? "" : "|") + item;
  return out;
}

TEST(Rows, WhatIsACatalogue) {
  const std::vector<std::tuple<std::string, std::string, bool>> table{
      {"a.csv", "title,author\n", true},
      {"a.csv", "Book-Title;ISBN\n", true},
      {"a.CSV", "Title\tDescription\n", true},
      {"a.csv", "title,price\n", false},
      {"a.csv", "author,description\n", false},
      {"a.csv", "", false},
      {"a.csv", "\n\n", false},
      {"a.csv", "just a line", false},
      {"a.jsonl", R"({"title": "A", "authors": ["B"]})", true},
      {"a.jsonl", R"({"_id": "1", "title": "A", "text": "B"})", false},  // BEIR
      {"a.json", R"([{"title": "A", "description": "B"}])", true},
      {"a.json", R"({"title": "A", "summary": "B"})", true},
      {"a.json", "{\n \"title\": \"A\",\n \"summary\": \"B\"\n}\n", false},  // an object, no lines
      {"a.json", "[1, 2, 3]", false},
      {"a.json", "[", false},
      {"a.json", "17", false},
  };
  for (const auto& [name, bytes, expected] : table) {
    EXPECT_EQ(read(name, bytes).catalogue, expected) << name << ": " << bytes;
  }
}

TEST(Rows, OfAGoodreadsExport) {
  const Read out =
      read("g.csv",
           "\xEF\xBB\xBF"
           "Book Id,Title,Author,Author l-f,Additional Authors,ISBN,ISBN13,Publisher,Year "
           "Published,Original Publication Year,Bookshelves,My Review\r\n"
           "7,\"Small Gods (Discworld, #13)\",Terry Pratchett,\"Pratchett, Terry\",\"Ann Lee, Bob "
           "Ray\",\"=\"\"055215297X\"\"\",\"=\"\"9780552152976\"\"\",Corgi,2005,1992,\"to-read, "
           "gods\",\"One \"\"tortoise\"\"\r\nfalls.\"\r\n");
  ASSERT_EQ(out.books.size(), 1u) << out.bad;
  const BookDescription& book = out.books[0];
  EXPECT_EQ(book.info.title, "Small Gods");
  EXPECT_EQ(book.series, "Discworld, #13");
  EXPECT_EQ(joined(book.info.authors), "Terry Pratchett|Ann Lee|Bob Ray");
  EXPECT_EQ(book.info.isbn, "9780552152976");
  EXPECT_EQ(book.info.publisher, "Corgi");
  EXPECT_EQ(book.info.year, 2005);
  EXPECT_EQ(joined(book.info.topics), "gods");
  EXPECT_EQ(book.review, "One \"tortoise\"\nfalls.");
  EXPECT_EQ(row_key(book), "7");
  EXPECT_EQ(book.info.kind, Kind::kBook);
}

TEST(Rows, OfACalibreCatalogue) {
  const Read out = read("c.csv",
                        "title,authors,comments,isbn,pubdate,tags,series,series_index,languages,"
                        "identifiers\n"
                        "\"Queues: A Primer\",Ann Lee & Bob Ray,<p>Wait.</p>,,2014-05-01T00:00,"
                        "\"maths, lines\",Primers,3.0,eng,\"amazon:X,isbn:9780131103627\"\n");
  ASSERT_EQ(out.books.size(), 1u) << out.bad;
  const WorkInfo& info = out.books[0].info;
  EXPECT_EQ(info.title + "/" + info.subtitle, "Queues/A Primer");
  EXPECT_EQ(joined(info.authors), "Ann Lee|Bob Ray");
  EXPECT_EQ(info.year, 2014);
  EXPECT_EQ(info.language, "en");
  EXPECT_EQ(info.isbn, "9780131103627");
  EXPECT_EQ(joined(info.topics), "maths|lines");
  EXPECT_EQ(out.books[0].series, "Primers, 3");
}

TEST(Rows, OfJson) {
  const Read out =
      read("k.jsonl", R"({"title": "A", "authors": [{"name": "Lee, Ann"}, "Bob Ray"],)"
                      R"( "description": {"type": "/t", "value": "V"}, "isbn": 9780131103627,)"
                      R"( "subjects": ["one, two", "three"], "first_publish_year": 1999,)"
                      R"( "key": "/works/OL1W", "type": "article"})");
  ASSERT_EQ(out.books.size(), 1u) << out.bad;
  const BookDescription& book = out.books[0];
  EXPECT_EQ(joined(book.info.authors), "Ann Lee|Bob Ray");
  EXPECT_EQ(book.description, "V");
  EXPECT_EQ(book.info.isbn, "9780131103627");
  EXPECT_EQ(joined(book.info.topics), "one, two|three");
  EXPECT_EQ(book.info.year, 1999);
  EXPECT_EQ(book.info.kind, Kind::kArticle);
  EXPECT_EQ(row_key(book), "works-OL1W");
}

TEST(Rows, ColumnsThatAPersonNames) {
  const ColumnMap map{{"title", "Name"}, {"authors", "Writer"}, {"description", "The Plot"}};
  const Read out = read("m.csv", "Name,Title,writer,the_plot\nA,Mr,Ann Lee,It ends.\n", map);
  ASSERT_EQ(out.books.size(), 1u) << out.bad;
  EXPECT_EQ(out.books[0].info.title, "A");
  EXPECT_EQ(joined(out.books[0].info.authors), "Ann Lee");
  EXPECT_EQ(out.books[0].description, "It ends.");
}

// A bad row costs itself; the lines of the others stay right.
TEST(Rows, BrokenOnes) {
  const std::string open = "a quote is not closed|";
  const std::vector<std::tuple<std::string, std::string, std::string, std::string>> table{
      {"a.csv", "title,author\nA,x\n\"B,y\nC,z\n", "2 A|4 C", "3: " + open},
      {"a.csv", "title,author\nA,x\n\"B,y\n\"C\",\"z\"\n\"D\",\"w\"\n", "2 A|4 C|5 D",
       "3: " + open},
      {"a.csv", "title,author\n\"A \"big\" one\",x\nB,y", "2 A \"big\" one|3 B", ""},
      {"a.csv", "title,author\nA,x,1,2\nB,y,,\nC\n", "3 B|4 C",
       "2: the row has 4 fields, the first line 2|"},
      {"a.csv", "title,author\n\n \n\"A\n\nB\",x\n,y\nC,z\n", "4 A B|8 C",
       "7: the row has no title|"},
      {"a.tsv", "title\tauthor\nA \tx\n", "2 A", ""},
      {"a.csv", "title,author\nA\0B,x\n" + std::string(), "2 A", ""},
      {"a.jsonl", "{\"title\":\"A\",\"author\":\"x\"}\n{\"title\":\n\n[1]\n{\"title\":\"B\"}\n",
       "1 A|5 B",
       "2: the row is no JSON object, or nested too deeply|4: the row is no JSON object, or nested "
       "too deeply|"},
      {"a.json",
       "[\n {\"title\":\"A\",\"author\":\"x\"},\n {\"title\":\"B, \"author\":\"y\"},\n "
       "{\"title\":\"C\"}\n]\n",
       "2 A|4 C", "3: the row is no JSON object, or nested too deeply|"},
      {"a.json", "[{\"title\":\"A\",\n\"author\":\"x\"}, {\"title\":\"B\"},\n{\"title\":\"C\"",
       "1 A|2 B", "3: the row is no JSON object, or nested too deeply|"},
  };
  for (const auto& [name, bytes, titles, bad] : table) {
    const Read out = read(name, bytes);
    EXPECT_EQ(out.titles, titles) << bytes;
    EXPECT_EQ(out.bad, bad) << bytes;
  }
}

TEST(Rows, BytesThatAreNoText) {
  const Read out = read("a.csv", std::string("title,author\nA\0B,x\n\xFF\xC3\xA9\xC3\xA8,y\n", 26));
  EXPECT_EQ(out.titles, "2 A\uFFFDB|3 \uFFFD\u00E9\u00E8");
  const Read json = read("a.jsonl", R"({"title":"A\u0000B","author":"x\ud800"})"
                                    "\n"
                                    R"({"title":"A\u0000B","description":"x\u0000y"})");
  ASSERT_EQ(json.titles, "2 A\uFFFDB");
  const Result<Document> document = describe_book(json.books[0]);
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(document->text, "A\uFFFDB\n\nx\uFFFDy");
}

TEST(Rows, LargeFields) {
  const std::string large(10u << 20, 'x');
  const Read out = read("a.csv", "title,description\nA,\"" + large + "\"\n" + large + ",d\nB,e\n");
  ASSERT_EQ(out.books.size(), 3u) << out.bad;
  EXPECT_EQ(out.books[0].description.size(), large.size());
  EXPECT_EQ(out.books[1].info.title.size(), 1000u);
  const std::string huge((16u << 20) + 1, 'x');
  const Read over = read("a.csv", "title,description\nA,\"" + huge + "\"\nB,e\n");
  EXPECT_EQ(over.titles, "3 B");
  EXPECT_TRUE(over.bad.starts_with("2: the row is larger than 16 MB")) << over.bad;
  const Read line =
      read("a.jsonl", "{\"title\":\"B\",\"isbn\":\"1\"}\n{\"title\":\"" + huge + "\"}\n");
  EXPECT_EQ(line.titles + " " + line.bad, "1 B 2: the row is larger than 16 MB|");
}

// Texts that would be read over and over.
TEST(Rows, HostileTextsAreReadInLinearTime) {
  const auto repeat = [](const std::string& piece, std::size_t bytes) {
    std::string out;
    while (out.size() < bytes) out += piece;
    return out;
  };
  const std::string head = "title,author\n";
  const std::string objects = R"({"title":"A","author":"x"},)";
  const std::vector<std::pair<std::string, std::string>> table{
      {"a.csv", head + repeat("a,\"b\n", 4u << 20)},
      {"a.csv", head + repeat("\"\n", 4u << 20)},
      {"a.csv", head + repeat("\"", 4u << 20)},
      {"a.csv", head + "A," + repeat("a;", 4u << 20) + "\n"},
      {"a.csv", head + "A,[" + repeat("'a", 4u << 20) + "]\n"},
      {"a.csv", repeat(",", 4u << 20)},
      {"a.json", "[" + objects + repeat("1,", 4u << 20)},
      {"a.json", "[" + objects + repeat("[", 4u << 20)},
      {"a.json", "[" + objects + repeat("{\n", 4u << 20)},
      {"a.json", "[" + objects + repeat("{\"", 4u << 20)},
      {"a.jsonl", objects + "\n" + R"({"title":)" + repeat("[", 4u << 20)},
      {"a.jsonl", R"({"title":"A","author":)" + repeat("{\"a\":", 4u << 20)},
  };
  for (const auto& row : table) {
    const std::string& bytes = row.second;
    SCOPED_TRACE(row.first + ": " + bytes.substr(0, 60));
    expect_linear(bytes.size(), [&](std::size_t size) { read(row.first, bytes.substr(0, size)); });
  }
}

TEST(Rows, ADescriptionBecomesADocument) {
  BookDescription book;
  book.info.title = "1. Queues";
  book.info.subtitle = "A Primer";
  book.info.authors = {"Ann Lee", "Bob Ray"};
  book.info.topics = {"maths"};
  book.line = 17;
  const auto text = [&] {
    const Result<Document> document = describe_book(book);
    EXPECT_TRUE(document.ok());
    for (const Block& block : document->blocks) EXPECT_EQ(block.line, 17u);
    EXPECT_EQ(document->blocks.front().style, Style::kHeading);
    return document->text;
  };
  EXPECT_EQ(text(), "1. Queues: A Primer\n\nAnn Lee, Bob Ray\n\nTopics: maths");
  book.description = "One < two.\n\nThree\nfour.";
  book.series = "Primers, 3";
  EXPECT_EQ(text(), "1. Queues: A Primer\n\nOne < two.\n\nThree\nfour.\n\nSeries: Primers, 3");
  book.description = "<div><p>One &amp; <b>two</b>.</p><script>x</script><h1>Top</h1>Three</div>";
  book.review = "Good.\nVery.";
  EXPECT_EQ(text(),
            "1. Queues: A Primer\n\nOne & two.\n\nTop\n\nThree\n\nGood.\n\nVery.\n\nSeries: "
            "Primers, 3");
}

TEST(Rows, Values) {
  const std::vector<std::pair<std::string, std::string>> authors{
      {"Ann Lee & Bob Ray", "Ann Lee|Bob Ray"},
      {"Ann Lee, Bob Ray", "Ann Lee|Bob Ray"},
      {"Lee, Ann; Ray, Bob", "Ann Lee|Bob Ray"},
      {"Ann Lee/Bob Ray (Illustrator)", "Ann Lee|Bob Ray"},
      {"['Ann Lee', \"Pat O'Neil\"]", "Ann Lee|Pat O'Neil"},
      {"[Ann Lee, Bob Ray]", "Ann Lee|Bob Ray"},
      {"By Ann Lee", "Ann Lee"},
      {"Brooks, Jr.", "Brooks, Jr."},
      {"Plato", "Plato"},
      {"", ""},
  };
  for (const auto& [text, names] : authors) EXPECT_EQ(joined(author_names(text)), names) << text;
  EXPECT_EQ(joined(topic_names("a, b ,,c")), "a|b|c");
  EXPECT_EQ(joined(topic_names("a, b; c")), "a, b|c");
  EXPECT_EQ(joined(topic_names("['a', 'b']")), "a|b");
  const std::vector<std::pair<std::string, int>> years{{"2014-05-01", 2014},
                                                       {"May 1, 2014", 2014},
                                                       {"9/16/2006", 2006},
                                                       {"2015.0", 2015},
                                                       {"14", 0},
                                                       {"0101-01-01", 0},
                                                       {"123456", 0},
                                                       {"", 0}};
  for (const auto& [text, year] : years) EXPECT_EQ(year_in(text), year) << text;
  EXPECT_EQ(isbn_in("=\"0131103628\""), "0131103628");
  EXPECT_EQ(isbn_in("978-0-13-110362-7"), "9780131103627");
  EXPECT_EQ(isbn_in("9780131103627.0"), "9780131103627");
  EXPECT_EQ(isbn_in("055215297x, 1"), "055215297X");
  EXPECT_EQ(isbn_in("urn:isbn:0-13-110362-8") + isbn_in("ISBN 0131103628 (pbk)"),
            "01311036280131103628");
  EXPECT_EQ(isbn_in("12") + isbn_in("3f2504e0-4f89-11d3") + isbn_in("calibre"), "");
  EXPECT_TRUE(is_isbn("0131103628") && is_isbn("9780131103627") && is_isbn("080442957X"));
  EXPECT_FALSE(is_isbn("0131103627") || is_isbn("9780131103628") || is_isbn("0000000000") ||
               is_isbn("1234567890128") || is_isbn("97801311036"));
  EXPECT_EQ(language_code("eng") + language_code("en-US") + language_code("German"), "enende");
  EXPECT_EQ(language_code("x1") + language_code("nonsense") + language_code("xqz"), "");
  EXPECT_EQ(language_code("grc") + language_code("DE_at") + language_code("zh-Hant"), "grcdezh");
}

}  // namespace
}  // namespace tome
