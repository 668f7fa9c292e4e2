// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "extract/extract.h"

namespace tome {
namespace {

std::string home_of(std::string_view html) {
  const WholeHints hints = peek_hints(Format::kHtml, html);
  return hints.home + " (" + hints.home_title + ")";
}

// Sphinx's link to its word index was taken for the way home: the word index became the book.
TEST(PeekHome, AWordIndexIsNoHome) {
  EXPECT_EQ(home_of(R"(<head><link rel="index" title="Index" href="genindex.html"></head>)"),
            " ()");
}

TEST(PeekHome, TheSurestLinkWins) {
  EXPECT_EQ(home_of(R"(<head><link rel="top" href="t.html"><link rel="start" href="s.html">
<link rel="home" title="The Book" href="h.html"><link rel="top" href="u.html"></head>)"),
            "h.html (The Book)");
}

// PostgreSQL's pages name their home in the navigation of the body alone.
TEST(PeekHome, DocBooksNavigationLeadsHome) {
  const std::string head = "<html><head><title>SELECT</title></head><body class=x>";
  struct Case {
    const char* body;
    const char* home;
  };
  const Case cases[] = {
      {R"(<div><a accesskey="u" href="up.html" title="Up">Up</a>
<a accesskey="h" href="index.html" title="PostgreSQL 15 Documentation">Home</a></div>)",
       "index.html (PostgreSQL 15 Documentation)"},
      {"<a accesskey=H href=../index.html> home </a>", "../index.html ()"},
      {"<a accesskey=h href=help.html>Help</a>", " ()"},
      {"<a href=index.html>Home</a>", " ()"},
      {"<script>'<a accesskey=h href=x>Home</a>'</script>", " ()"},
      {"<a accesskey=h href=index.html>Home", "index.html ()"},
      {"<a accesskey=h", " ()"},
  };
  for (const Case& c : cases) EXPECT_EQ(home_of(head + c.body), c.home) << c.body;
  EXPECT_EQ(home_of("<head><link rel=home href=a.html></head><body>"
                    "<a accesskey=h href=b.html>Home</a>"),
            "a.html ()");
}

// Redirections of rust-doc were 10,000 pages that said "Redirecting to ...".
TEST(Peek, APageThatOnlyLeadsToAnotherIsARedirect) {
  const auto redirect = [](std::string_view content, std::string_view body = "") {
    return peek_hints(Format::kHtml,
                      "<html><head><title>Moved</title><meta http-equiv=\"Refresh\" " +
                          std::string("content=\"") + std::string(content) + "\"></head><body>" +
                          std::string(body))
        .redirect;
  };
  EXPECT_TRUE(redirect("0;URL=other.html"));
  EXPECT_TRUE(redirect("5 ; url='other.html'"));
  EXPECT_TRUE(redirect("0, url=other.html"));
  EXPECT_FALSE(redirect("0"));              // loads itself again
  EXPECT_FALSE(redirect("60;URL=a.html"));  // after it was read
  EXPECT_FALSE(redirect("0;other.html"));
  EXPECT_FALSE(redirect(";url=a.html"));
  EXPECT_FALSE(redirect(""));
  EXPECT_FALSE(redirect("0;URL=other.html", std::string(5000, 'x')));  // says more
  EXPECT_FALSE(peek_hints(Format::kText, "<meta http-equiv=refresh content='0;url=a'>").redirect);
}

// mdBook's print.html, and rustdoc's copies of the program text.
TEST(Peek, PagesThatRepeatWhatStandsElsewhere) {
  const auto hints = [](const std::string& head, const std::string& body = "<body>") {
    return peek_hints(Format::kHtml, "<html><head>" + head + "</head>" + body + "<p>x");
  };
  EXPECT_TRUE(hints("<meta name=\"robots\" content=\"noindex\" />").unlisted);
  EXPECT_TRUE(hints("<META NAME=Robots CONTENT='follow,NoIndex'>").unlisted);
  EXPECT_TRUE(hints("<meta name=robots content=none>").unlisted);
  EXPECT_FALSE(hints("<meta name=robots content='index,nofollow'>").unlisted);
  EXPECT_FALSE(hints("<meta name=description content=noindex>").unlisted);
  const std::string rustdoc = "<meta name=generator content=rustdoc>";
  EXPECT_TRUE(hints(rustdoc, "<body class=\"rustdoc source\">").listing);
  EXPECT_TRUE(hints(rustdoc, "<body class='rustdoc src'>").listing);
  EXPECT_FALSE(hints(rustdoc, "<body class='rustdoc mod'>").listing);
  EXPECT_FALSE(hints("", "<body class=source>").listing);
}

}  // namespace
}  // namespace tome
