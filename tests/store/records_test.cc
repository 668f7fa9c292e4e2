// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/records.h"

#include <gtest/gtest.h>

namespace tome {
namespace {

// One name for the three kinds, as long as their tests are alike.
std::string encode(const PassageRecord& record) { return write_passage(record); }
bool decode(std::string_view bytes, PassageRecord& record) { return read_passage(bytes, record); }
using tome::decode;
using tome::encode;

PassageRecord full_passage() {
  PassageRecord r;
  r.id = "passage-0001";
  r.source = "source-of-it";
  r.root = "root";
  r.path = "a/b\nc.md";
  r.ordinal = 3;
  r.count = 9;
  r.begin = 100;
  r.end = 4'000'000'000u;
  r.body = 4;
  r.line = 17;
  r.anchor = "anchor";
  r.language = "de";
  r.headings = {"One", "", "Three"};
  r.works = {"k1", "k2"};
  r.title = "Title: Subtitle";
  r.authors = {"Ann Lee", "Bob Ray"};
  r.text = "The text itself";
  return r;
}

SourceRecord full_source() {
  SourceRecord r;
  r.id = "id";
  r.root = "root";
  r.path = "path";
  r.size = 1u << 31;
  r.mtime = -5;  // before the epoch
  r.digest = "0123456789abcdef0123456789abcdef";
  r.state = SourceState::kFailed;
  r.reason = "why";
  r.format = "html";
  r.language = "en";
  r.passages = 12;
  r.text_bytes = 345;
  r.replaced = 6;
  r.whole = "fingerprint";
  r.hint_title = "t";
  r.hint_home = "h";
  r.hint_home_title = "ht";
  r.hint_site = "s";
  r.warnings = {"w1", "w2"};
  r.line = 17;
  return r;
}

WorkRecord full_work() {
  WorkRecord r;
  r.key = "key";
  r.source = "source";
  r.place = "root/folder";
  r.origin = Origin::kFrontMatter;
  r.info.kind = Kind::kBook;
  r.info.title = "Title";
  r.info.subtitle = "Sub";
  r.info.authors = {"A", "B"};
  r.info.year = 2021;
  r.info.edition = 2;
  r.info.publisher = "P";
  r.info.isbn = "978";
  r.info.topics = {"t"};
  r.info.features = {"f1", "f2"};
  r.info.language = "en";
  r.info.url = "https://example.org/";
  return r;
}

TEST(Records, PassageKeepsEveryField) {
  const PassageRecord r = full_passage();
  PassageRecord back;
  ASSERT_TRUE(decode(encode(r), back));
  EXPECT_EQ(back.id, r.id);
  EXPECT_EQ(back.source, r.source);
  EXPECT_EQ(back.root, r.root);
  EXPECT_EQ(back.path, r.path);
  EXPECT_EQ(back.ordinal, r.ordinal);
  EXPECT_EQ(back.count, r.count);
  EXPECT_EQ(back.begin, r.begin);
  EXPECT_EQ(back.end, r.end);
  EXPECT_EQ(back.body, r.body);
  EXPECT_EQ(back.line, r.line);
  EXPECT_EQ(back.anchor, r.anchor);
  EXPECT_EQ(back.language, r.language);
  EXPECT_EQ(back.headings, r.headings);
  EXPECT_EQ(back.works, r.works);
  EXPECT_EQ(back.title, r.title);
  EXPECT_EQ(back.authors, r.authors);
  EXPECT_EQ(back.text, r.text);
}

TEST(Records, SourceKeepsEveryField) {
  const SourceRecord r = full_source();
  SourceRecord back;
  ASSERT_TRUE(decode(encode(r), back));
  EXPECT_EQ(back.mtime, -5);
  EXPECT_EQ(back.state, SourceState::kFailed);
  EXPECT_EQ(back.passages, 12u);
  EXPECT_EQ(back.text_bytes, 345u);
  EXPECT_EQ(back.replaced, 6u);
  EXPECT_EQ(back.warnings, r.warnings);
  EXPECT_EQ(back.line, 17u);
  EXPECT_EQ(encode(back), encode(r));  // all others: what is encoded of it is the same
}

TEST(Records, ARowStandsInTheFileOfItsCatalogue) {
  const std::pair<const char*, const char*> table[] = {{"books.csv#17", "books.csv"},
                                                       {"a/b.JSONL#x-2", "a/b.JSONL"},
                                                       {"a.json#9.1_b", "a.json"},
                                                       {"books.csv", "books.csv"},
                                                       {"books.csv#", "books.csv#"},
                                                       {"c#1", "c#1"},
                                                       {"c#.md", "c#.md"},
                                                       {"a.csv#1/b.md", "a.csv#1/b.md"},
                                                       {"a#b.csv", "a#b.csv"},
                                                       {"a#b.csv#17", "a#b.csv"},
                                                       {"a.csv.gz#1", "a.csv.gz"},
                                                       {"a.md.gz#1", "a.md.gz#1"},
                                                       {"#", "#"},
                                                       {"", ""},
                                                       {"a.csvx#1", "a.csvx#1"},
                                                       {"csv#1", "csv#1"}};
  for (const auto& [path, file] : table) EXPECT_EQ(file_of_source(path), file) << path;
}

TEST(Records, WorkKeepsEveryField) {
  const WorkRecord r = full_work();
  WorkRecord back;
  ASSERT_TRUE(decode(encode(r), back));
  EXPECT_EQ(back.key, "key");
  EXPECT_EQ(back.place, "root/folder");
  EXPECT_EQ(back.origin, Origin::kFrontMatter);
  EXPECT_EQ(back.info.kind, Kind::kBook);
  EXPECT_EQ(back.info.year, 2021);
  EXPECT_EQ(back.info.edition, 2);
  EXPECT_EQ(back.info.features, r.info.features);
  EXPECT_EQ(back.info.url, r.info.url);
  EXPECT_EQ(encode(back), encode(r));
}

// Each field by itself changes what is encoded, so none was forgotten in encode().
TEST(Records, EachFieldIsEncoded) {
  const std::string plain = encode(SourceRecord{});
  const SourceRecord full = full_source();
  const std::vector<std::string SourceRecord::*> texts = {
      &SourceRecord::id,        &SourceRecord::root,      &SourceRecord::path,
      &SourceRecord::digest,    &SourceRecord::reason,    &SourceRecord::format,
      &SourceRecord::language,  &SourceRecord::whole,     &SourceRecord::hint_title,
      &SourceRecord::hint_home, &SourceRecord::hint_site, &SourceRecord::hint_home_title};
  for (const auto field : texts) {
    SourceRecord one;
    one.*field = full.*field;
    EXPECT_NE(encode(one), plain);
    SourceRecord back;
    ASSERT_TRUE(decode(encode(one), back));
    EXPECT_EQ(back.*field, full.*field);
  }
  const std::vector<std::string WorkInfo::*> words = {&WorkInfo::title,     &WorkInfo::subtitle,
                                                      &WorkInfo::publisher, &WorkInfo::isbn,
                                                      &WorkInfo::language,  &WorkInfo::url};
  for (const auto field : words) {
    WorkRecord one;
    one.info.*field = full_work().info.*field;
    WorkRecord back;
    ASSERT_TRUE(decode(encode(one), back));
    EXPECT_EQ(back.info.*field, full_work().info.*field);
  }
}

template <class Record>
void expect_ends_noticed(const Record& record) {
  const std::string bytes = encode(record);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Record back;
    EXPECT_FALSE(decode(std::string_view(bytes).substr(0, i), back)) << i;
  }
  Record back;
  EXPECT_FALSE(decode(bytes + '\0', back));
}

TEST(Records, AnotherEndIsNoticed) {
  expect_ends_noticed(full_source());
  expect_ends_noticed(full_work());
}

TEST(Records, OneIsNotTakenForAnother) {
  PassageRecord passage;
  SourceRecord source;
  EXPECT_FALSE(decode(encode(full_source()), passage));
  EXPECT_FALSE(decode(encode(full_work()), source));
}

}  // namespace
}  // namespace tome
