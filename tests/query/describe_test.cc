// SPDX-License-Identifier: GPL-2.0-or-later
// Trees written as questions, the table of fields, equality.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "query/query.h"

namespace tome {
namespace {

struct Row {
  std::string_view question;
  std::string_view written;
};

TEST(DescribeQuestion, Table) {
  const std::vector<Row> table = {
      {"", ""},
      {"what  is\tC++?", "what is C++?"},
      {"a AND NOT (b OR c) AND -d", "a NOT (b OR c) NOT d"},
      {"(a b) AND (c)", "a b AND c"},
      {"“unit of work” foo AND", "\"unit of work\" foo \\AND"},
      {"AUTHOR:(bob gregory) year:..2000", "author:\"bob gregory\" year:..2000"},
      {"-Wall", "\\-Wall"},
      {"x -(NOT a) -(\\-y) +py*", "x +a -(\\-y) +py*"},
  };
  for (const Row& row : table) {
    EXPECT_EQ(describe_question(parse_query(row.question)), row.written) << row.question;
  }
}

TEST(FieldNames, EachIsReadByTheParser) {
  EXPECT_EQ(field_names().size(), 7U);
  for (const FieldName& known : field_names()) {
    const Node node = parse_query(std::string(known.name) + ":2019");
    EXPECT_EQ(node.op, Node::Op::kFilter) << known.name;
    EXPECT_EQ(node.field, known.field) << known.name;
    EXPECT_FALSE(known.help.empty()) << known.name;
  }
}

TEST(NodeEquality, LooksAtEverything) {
  EXPECT_TRUE(parse_query("a (b OR c)") == parse_query(" a  (b OR (c))"));
  for (const std::string_view other :
       {"b", "\"a\"", "a b", "title:a", "book:a", "year:2019", "year:2019..", "aa*"}) {
    EXPECT_FALSE(parse_query("a") == parse_query(other)) << other;
  }
  EXPECT_FALSE(parse_query("title:a") == parse_query("book:a"));
  EXPECT_FALSE(parse_query("year:2019..") == parse_query("year:..2019"));
}

}  // namespace
}  // namespace tome
