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

}  // namespace
}  // namespace tome
