// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/acronyms.h"

#include <gtest/gtest.h>

namespace tome {
namespace {

std::string found(std::string_view text) {
  std::string out;
  for (const Acronym& one : find_acronyms(text)) out += one.acronym + "=" + one.expansion + ";";
  return out;
}

TEST(Acronyms, AreLearnedFromBothForms) {
  struct Case {
    std::string_view text;
    std::string_view found;
  };
  const Case cases[] = {
      {"uses Command Query Responsibility Segregation (CQRS) to",
       "cqrs=command query responsibility segregation;"},
      {"CQRS (Command Query Responsibility Segregation) is",
       "cqrs=command query responsibility segregation;"},
      {"Command-Query Responsibility\nSegregation (CQRS)",
       "cqrs=command query responsibility segregation;"},
      {"Object-Relational Mappers (ORMs)", "orm=object relational mappers;"},
      {"Create, Read, Update, and Delete (CRUD)", "crud=create read update and delete;"},
      {"the Gang of Four (GoF) book", "gof=gang of four;"},
      {"an eXtensible Markup Language (XML) file", ""},  // X is not the first letter
      {"the Java Virtual Machine (JVM), the Global Interpreter Lock (GIL)",
       "jvm=java virtual machine;gil=global interpreter lock;"},
      {"Transmission Control Protocol (TCP)", "tcp=transmission control protocol;"},
      {"a HyperText Transfer Protocol (HTTP) server", "http=hypertext transfer protocol;"},
      {"Multi-Version Concurrency Control (MVCC)", "mvcc=multi version concurrency control;"},
      // Not explained by what stands there.
      {"see the manual (CQRS)", ""},
      {"the function call (x, y)", ""},
      {"in a sentence (See Figure 2)", ""},
      {"the team (IBM) said", ""},
      {"Structured text. Query Language (SQL)", ""},
      {"(SQL)", ""},
      {"SQL ()", ""},
      {"unclosed Structured Query Language (SQL", ""},
      {"Structured Query Language (sql)", ""},
      {"Inversion of Control (IoC) and Dependency Injection (DI)",
       "ioc=inversion of control;di=dependency injection;"},
  };
  for (const Case& c : cases) EXPECT_EQ(found(c.text), c.found) << c.text;
}

TEST(Acronyms, TakeLinearTimeInParentheses) {
  EXPECT_EQ(found(std::string(3 << 20, '(')), "");
  std::string many;
  for (int i = 0; i < 200000; ++i) many += "A (AB";
  EXPECT_EQ(found(many), "");
}

}  // namespace
}  // namespace tome
