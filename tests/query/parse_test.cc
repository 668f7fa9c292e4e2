// SPDX-License-Identifier: GPL-2.0-or-later
// How questions are understood, as one table.
#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "query/query.h"

namespace tome {
namespace {

using std::string_view_literals::operator""sv;

struct Row {
  std::string_view question;
  std::string_view tree;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> table = {
      // Nothing, words.
      {"", "(bag)"},
      {" \t\n ", "(bag)"},
      {"descriptors", "descriptors"},
      {"how do descriptors work?", "(bag how do descriptors work?)"},
      {"what is C++?", "(bag what is C++?)"},
      {"C++", "C++"},
      {"C#, F# and .NET!", "(bag C#, F# and .NET!)"},
      {"__getitem__", "__getitem__"},
      {"std::vector", "std::vector"},
      {"don't panic", "(bag don't panic)"},
      {"'single quotes'", "(bag 'single quotes')"},
      {"ports & adapters", "(bag ports & adapters)"},
      {"TCP/IP node.js f-string", "(bag TCP/IP node.js f-string)"},
      {"100% 1,000.5 $x @y #z", "(bag 100% 1,000.5 $x @y #z)"},
      {"依存性注入とは？", "依存性注入とは？"},
      {"描述符　如何 工作", "(bag 描述符 如何 工作)"},
      {"🐍 python 👩‍💻", "(bag 🐍 python 👩‍💻)"},
      {"a\0b\x01"
       "c\x7f"
       "d"sv,
       "(bag a b c d)"},
      {"a\xC2\xA0"
       "b\xC2\x85"
       "c\xE2\x80\xA8"
       "d\xEF\xBB\xBF",
       "(bag a b c d)"},
      {"caf\xE9 \xFF\xFE", "(bag caf\xE9 \xFF\xFE)"},
      {"\xE2\x80", "\xE2\x80"},
      // Phrases.
      {"\"unit of work\"", "(phrase \"unit of work\")"},
      {"the \"unit of work\" pattern", "(bag the (phrase \"unit of work\") pattern)"},
      {"what is \"dependency injection\"?", "(bag what is (phrase \"dependency injection\"))"},
      {"\"a\", \"b\".", "(bag (phrase \"a\") (phrase \"b\"))"},
      {"“unit of work”", "(phrase \"unit of work\")"},
      {"„Einheit der Arbeit“ x", "(bag (phrase \"Einheit der Arbeit\") x)"},
      {"« unité de travail »", "(phrase \"unité de travail\")"},
      {"”enhet”", "(phrase \"enhet\")"},
      {"“half converted\" x", "(bag (phrase \"half converted\") x)"},
      {"«say \"hi\" now»", "(phrase \"say hi now\")"},
      {"\"a “b” c\"", "(phrase \"a “b” c\")"},
      {"\"  two\n lines\t\"", "(phrase \"two lines\")"},
      {"\"never closed AND x", "(phrase \"never closed AND x\")"},
      {"\"", "(bag)"},
      {"\"\" \" \" x", "x"},
      {"5\" disk 3.5\" floppy", "(bag \"5\\\"\" disk \"3.5\\\"\" floppy)"},
      {"foo\"bar", "\"foo\\\"bar\""},
      {"\"a\"\"b\"c", "(bag (phrase \"a\") (phrase \"b\") c)"},
      {"\"C:\\temp\\\" x", "(bag (phrase \"C:\\\\temp\\\\\") x)"},
      // + and -.
      {"event +kafka -rabbit", "(bag event (must kafka) (not rabbit))"},
      {"event -\"message broker\"", "(bag event (not (phrase \"message broker\")))"},
      {"-Wall", "-Wall"},
      {"+x", "+x"},
      {"-Wall -Wextra", "(bag -Wall -Wextra)"},
      {"gcc -Wall", "(bag gcc (not Wall))"},
      {"+a +b", "(bag (must a) (must b))"},
      {"+a -b", "(bag (must a) (not b))"},
      {"git commit --no-verify", "(bag git commit --no-verify)"},
      {"c++ - notes", "(bag c++ - notes)"},
      {"a - b + c", "(bag a - b + c)"},
      {"-", "-"},
      {"+ -", "(bag + -)"},
      {"a -1 -é", "(bag a (not 1) (not é))"},
      {"well-known a+b", "(bag well-known a+b)"},
      {"a -_x -.5", "(bag a -_x -.5)"},
      {"\"foo\"-bar", "(bag (phrase \"foo\") -bar)"},
      {"-\"foo\"", "(not (phrase \"foo\"))"},
      {"+\"foo\"", "(phrase \"foo\")"},
      {"-kind:book", "(not (kind book))"},
      {"-kind:book -\"x\"", "(and (not (kind book)) (not (phrase \"x\")))"},
      {"a -(b c) +(d e)", "(bag a (not (bag b c)) (must (bag d e)))"},
      {"a -kind:book +py*", "(bag a (not (kind book)) (must (prefix py)))"},
      {"-py*", "-py*"},
      {"a -year:soon", "(bag a -year:soon)"},
      {"a -AND", "(bag a (not AND))"},
      // AND, OR, NOT.
      {"a AND b", "(and a b)"},
      {"a b AND c d", "(and (bag a b) (bag c d))"},
      {"a OR b AND c", "(or a (and b c))"},
      {"(a OR b) AND c", "(and (or a b) c)"},
      {"a AND b AND c", "(and a b c)"},
      {"a AND (b AND c)", "(and a b c)"},
      {"a OR (b OR c)", "(or a b c)"},
      {"a NOT b", "(and a (not b))"},
      {"a AND NOT b", "(and a (not b))"},
      {"a OR NOT b", "(or a (not b))"},
      {"a NOT b c OR d", "(or (and a (not (bag b c))) d)"},
      {"NOT a", "(not a)"},
      {"NOT a AND b", "(and (not a) b)"},
      {"a AND -b", "(and a (not b))"},
      {"+a OR b", "(or a b)"},
      {"NOT (NOT a)", "a"},
      {"x NOT -a", "(and x (not a))"},
      {"x NOT -a -b", "(and x (not a) (not b))"},
      {"NOT ((NOT a) (NOT b))", "(not (and (not a) (not b)))"},
      {"x -(NOT a)", "(bag x (must a))"},
      {"(NOT a) (NOT b)", "(and (not a) (not b))"},
      {"NOT(a b)", "(not (bag a b))"},
      {"a and b or not c", "(bag a and b or not c)"},
      {"And Or Not", "(bag And Or Not)"},
      {"AND", "AND"},
      {"OR", "OR"},
      {"NOT", "NOT"},
      {"AND OR NOT", "(bag AND OR NOT)"},
      {"foo AND", "(bag foo AND)"},
      {"AND foo", "(bag AND foo)"},
      {"foo OR", "(bag foo OR)"},
      {"foo NOT", "(bag foo NOT)"},
      {"a AND OR b", "(bag a AND OR b)"},
      {"NOT NOT a", "(bag NOT NOT a)"},
      {"the words AND OR NOT in SQL", "(bag the words AND OR NOT in SQL)"},
      {"(a AND) OR b", "(or (bag a AND) b)"},
      {"a AND \"\"", "a"},
      {"a NOT () OR b", "(or a b)"},
      {"ANDROID ORM NOTES", "(bag ANDROID ORM NOTES)"},
      // Parentheses.
      {"O(n log n)", "(bag \"O(n\" log \"n)\")"},
      {"foo()", "\"foo()\""},
      {"f(x) g(y)", "(bag \"f(x)\" \"g(y)\")"},
      {"(sorting in O(n log n) OR x) AND y", "(and (or (bag sorting in \"O(n\" log \"n)\") x) y)"},
      {"(f( x ) OR b) AND c", "(and (or (bag \"f(\" x \")\") b) c)"},
      {"python (the language) x", "(bag python the language x)"},
      {"a (b -c) d", "(bag a (bag b (not c)) d)"},
      {"((a))", "a"},
      {"()", "(bag)"},
      {"main ( ) x", "(bag main x)"},
      {"(a b", "(bag a b)"},
      {"x AND (a OR b", "(and x (or a b))"},
      {"a b)", "(bag a \"b)\")"},
      {") a", "(bag \")\" a)"},
      {":) :( ;-) :-(", "(bag \":)\" \":(\" \";-)\" \":-(\")"},
      {"(: x", "(bag : x)"},
      {"x (a :( OR b", "(or (bag x a \":(\") b)"},
      {"(a OR b)?", "(or a b)"},
      {"(a)(b OR c)d", "(bag a (or b c) d)"},
      {"(a \"b\") \"c\")", "(bag (bag a (phrase \"b\")) (phrase \"c\"))"},
      // Fields.
      {"kind:book", "(kind book)"},
      {"Author:Ramalho LANG:de", "(bag (author Ramalho) (lang de))"},
      {"title:\"fluent python\" x", "(bag (title \"fluent python\") x)"},
      {"title:“fluent python”", "(title \"fluent python\")"},
      {"author:(bob gregory) x", "(bag (author \"bob gregory\") x)"},
      {"topic:concurrency book:cookbook", "(bag (topic concurrency) (book cookbook))"},
      {"kind:book, cqrs", "(bag (kind book) cqrs)"},
      {"(kind:book OR kind:article) x", "(bag (or (kind book) (kind article)) x)"},
      {"kind: in yaml", "(bag kind: in yaml)"},
      {"kind:", "kind:"},
      {"kind:? kind::x book::Page", "(bag kind:? kind::x book::Page)"},
      {"title:\"\" x", "x"},
      {"isbn:123 http://x.org/a:b", "(bag isbn:123 http://x.org/a:b)"},
      {"mykind:book", "mykind:book"},
      {"title:f(x)", "(title \"f(x)\")"},
      {"year:2019", "(year 2019)"},
      {"year:2015..2022", "(year 2015..2022)"},
      {"year:2022..2015", "(year 2015..2022)"},
      {"year:2015…2022", "(year 2015..2022)"},
      {"year:..2000 x", "(bag (year ..2000) x)"},
      {"year:2015.. x", "(bag (year 2015..) x)"},
      {"year:2019?", "(year 2019)"},
      {"year:\"2019\"", "(year 2019)"},
      {"year:.. year:0 year:20155 year:-5", "(bag year:.. year:0 year:20155 year:-5)"},
      {"year:soon year:2015-2022", "(bag year:soon year:2015-2022)"},
      {"year:\"two thousand\"", "(bag \"year:\\\"two\" \"thousand\\\"\")"},
      // Prefixes.
      {"descript*", "(prefix descript)"},
      {"C++* é* éa*", "(bag (prefix C++) é* (prefix éa))"},
      {"* ** *** a* C*", "(bag * ** *** a* C*)"},
      {"**bold** 2*3 ab*cd", "(bag **bold** 2*3 ab*cd)"},
      {"描述*", "(prefix 描述)"},
      {"//* --*", "(bag //* --*)"},
      // Backslashes.
      {"\\AND", "AND"},
      {"a \\AND b", "(bag a AND b)"},
      {"x \\-Wall \\+y", "(bag x -Wall +y)"},
      {"\\kind:book", "kind:book"},
      {"\\py*", "py*"},
      {"\\\"foo bar", "(bag \"\\\"foo\" bar)"},
      {"(\\(a b) OR c", "(or (bag \"(a\" b) c)"},
      {"\\\\AND", "\"\\\\AND\""},
      {"C:\\temp \\d+ \\\\server\\x \\",
       "(bag \"C:\\\\temp\" \"\\\\d+\" \"\\\\\\\\server\\\\x\" \"\\\\\")"},
      {"x -(\\-y)", "(bag x (not -y))"},
      // The header's own example.
      {"event sourcing +kafka -\"message broker\" kind:book year:2015..2022",
       "(bag event sourcing (must kafka) (not (phrase \"message broker\")) (kind book) "
       "(year 2015..2022))"},
  };
  return table;
}

TEST(ParseQuery, Table) {
  for (const Row& row : rows())
    EXPECT_EQ(describe(parse_query(row.question)), row.tree) << row.question;
}

TEST(ParseQuery, TableComesBack) {
  for (const Row& row : rows()) {
    const Node tree = parse_query(row.question);
    EXPECT_TRUE(parse_query(describe_question(tree)) == tree)
        << row.question << " was written as " << describe_question(tree);
  }
}

}  // namespace
}  // namespace tome
