// SPDX-License-Identifier: GPL-2.0-or-later
// A chunk that tome writes by itself is, to Xapian, the one that Xapian would have written.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "store/chunk_database.h"
#include "store/database.h"
#include "store/files.h"
#include "store/glass_version.h"
#include "store/terms.h"
#include "support/folder.h"

namespace tome {
namespace {

using Dump = std::vector<std::string>;
using Write = std::function<void(ChunkDatabase&)>;

// All that Xapian says of a database but its UUID.
Dump dump(const std::filesystem::path& folder) {
  const Xapian::Database database(folder.string());
  Dump lines;
  lines.push_back(
      fmt::format("{} documents to {}, length {}, shortest {}, longest {}, slot {} {:?} {:?}",
                  database.get_doccount(), database.get_lastdocid(), database.get_total_length(),
                  database.get_doclength_lower_bound(), database.get_doclength_upper_bound(),
                  database.get_value_freq(kIdSlot), database.get_value_lower_bound(kIdSlot),
                  database.get_value_upper_bound(kIdSlot)));
  for (auto it = database.postlist_begin(""); it != database.postlist_end(""); ++it) {
    const Xapian::Document document = database.get_document(*it);
    lines.push_back(fmt::format("document {} length {} value {} data {}", *it, it.get_doclength(),
                                document.get_value(kIdSlot), document.get_data()));
  }
  for (auto value = database.valuestream_begin(kIdSlot); value != database.valuestream_end(kIdSlot);
       ++value) {
    lines.push_back(fmt::format("value {} {}", value.get_docid(), *value));
  }
  for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
    std::string line =
        fmt::format("term {} in {} times {} most {}", *term, term.get_termfreq(),
                    database.get_collection_freq(*term), database.get_wdf_upper_bound(*term));
    for (auto it = database.postlist_begin(*term); it != database.postlist_end(*term); ++it) {
      line += fmt::format(" {}:{}", *it, it.get_wdf());
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

void write_as(const std::filesystem::path& folder, ChunkForm form, const Write& write) {
  Result<std::unique_ptr<ChunkDatabase>> made = create_chunk_database(folder, form);
  ASSERT_TRUE(made.ok()) << made.error().message;
  write(**made);
  const Status status = (*made)->finish();
  ASSERT_TRUE(status.ok()) << status.error().message;
}

void merge_into(const std::filesystem::path& folder, const std::filesystem::path& out) {
  Xapian::Database both;
  both.add_database(Xapian::Database(folder.string()));
  both.add_database(Xapian::Database(folder.string()));
  both.compact(out.string(), 0);
}

// By itself and merged with another.
void expect_equal(const Write& write) {
  const TestFolder folder;
  for (const auto& [name, form] :
       {std::pair{"own", ChunkForm::kFastest}, std::pair{"xapian", ChunkForm::kByXapian}}) {
    write_as(folder / name, form, write);
    merge_into(folder / name, folder / (std::string(name) + "-merged"));
  }
  std::ostringstream faults;
  EXPECT_EQ(Xapian::Database::check((folder / "own").string(), 0, &faults), 0u) << faults.str();
  for (const std::string form : {"", "-merged"}) {
    const Dump own = dump(folder / ("own" + form));
    const Dump xapian = dump(folder / ("xapian" + form));
    ASSERT_EQ(own.size(), xapian.size()) << form;
    for (std::size_t i = 0; i < own.size(); ++i) {
      ASSERT_EQ(own[i].substr(0, 10'000), xapian[i].substr(0, 10'000)) << form;
      ASSERT_TRUE(own[i] == xapian[i]) << form << own[i].substr(0, 100);
    }
  }
}

PassageRecord passage(std::size_t number) {
  PassageRecord record;
  record.id = fmt::format("{:012}", number * 7919 % 1'000'003);
  record.source = fmt::format("source{}", number / 9);
  record.language = number % 3 == 0 ? "" : "en";
  record.works = {"work", fmt::format("of{}", number / 5), "work"};
  return record;
}

void add(ChunkDatabase& chunk, std::size_t number, const std::vector<Posting>& postings,
         const std::string& data) {
  ASSERT_TRUE(chunk.add(passage(number), postings).ok());
  ASSERT_TRUE(chunk.add_data({data}).ok());
}

std::string random_text(std::mt19937& random, std::size_t most, unsigned letters) {
  std::string text;
  for (std::size_t size = 1 + random() % most; size > 0; --size) {
    text += static_cast<char>(random() % letters);
  }
  return text;
}

TEST(GlassChunk, RandomDocumentsAreThoseOfXapian) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE(fmt::format("seed {}", seed));
  for (unsigned round = 0; round < 12; ++round) {
    expect_equal([&](ChunkDatabase& chunk) {
      std::mt19937 random(seed + round);
      const std::size_t documents = random() % 400;
      for (std::size_t i = 0; i < documents; ++i) {
        // Common and rare terms, with zero bytes and others in them.
        std::map<std::string, std::uint32_t> terms;
        for (auto left = random() % 60; left > 0; --left) {
          terms["w" + random_text(random, random() % 3 + 1, random() % 2 == 0 ? 4 : 256)] +=
              static_cast<std::uint32_t>(random() % 50 == 0 ? random() % 1'000'000 : random() % 3);
        }
        std::vector<Posting> postings;
        for (const auto& [term, wdf] : terms) postings.push_back({term, wdf});
        const std::size_t most = random() % 20 == 0 ? 200'000 : 3000;
        add(chunk, i, postings, random_text(random, most, 256));
      }
    });
  }
}

// Numbers of documents take another form beyond 32,767, and tables a third level.
TEST(GlassChunk, ManyDocumentsAreThoseOfXapian) {
  expect_equal([](ChunkDatabase& chunk) {
    for (std::size_t i = 0; i < 34'000; ++i) {
      add(chunk, i, {{"every", 1 + static_cast<std::uint32_t>(i) % 5}, {fmt::format("w{}", i), 1}},
          fmt::format("data {}", i));
    }
  });
}

TEST(GlassChunk, OneOfNothingAndOneOfMuchAreThoseOfXapian) {
  expect_equal([](ChunkDatabase&) {});
  expect_equal([](ChunkDatabase& chunk) {
    std::vector<Posting> postings;
    std::vector<std::string> terms;
    for (char c = 'a'; c <= 'z'; ++c) terms.push_back(std::string(kMaxTermBytes, 'x') + c);
    for (const std::string& term : terms) postings.push_back({term, 1});
    add(chunk, 0, postings, std::string(5'000'000, 'x'));
    add(chunk, 1, postings, "");
  });
}

// Each value fills the rest of its block to a byte more or less: items are split there.
TEST(GlassChunk, ValuesOfEverySizeAreThoseOfXapian) {
  expect_equal([](ChunkDatabase& chunk) {
    for (std::size_t size = 1; size<6500; size += size % 1990> 100 ? 37 : 1) {
      add(chunk, size, {{"w", 1}}, std::string(size, static_cast<char>('a' + size % 26)));
    }
  });
}

TEST(GlassChunk, ATermThatIsTooLongIsAnError) {
  const TestFolder folder;
  for (const ChunkForm form : {ChunkForm::kFastest, ChunkForm::kByXapian}) {
    Result<std::unique_ptr<ChunkDatabase>> chunk = create_chunk_database(folder / "chunk", form);
    ASSERT_TRUE(chunk.ok());
    Status status = (*chunk)->add(passage(0), {{std::string(256, 'x'), 1}});
    if (status) status = (*chunk)->add_data({"data"});
    if (status) status = (*chunk)->finish();
    EXPECT_FALSE(status.ok());
  }
}

// Where Xapian's files are of the known format, it is not Xapian that writes them.
TEST(GlassChunk, XapianWritesOnlyWhatItMust) {
  const TestFolder folder;
  for (const ChunkForm form : {ChunkForm::kFastest, ChunkForm::kByXapian}) {
    Result<std::unique_ptr<ChunkDatabase>> chunk = create_chunk_database(folder / "chunk", form);
    ASSERT_TRUE(chunk.ok());
    const Result<bool> flushed = (*chunk)->flush();
    ASSERT_TRUE(flushed.ok());
    const Result<std::string> version = read_file(folder / "chunk" / kVersionFile);
    ASSERT_TRUE(version.ok());
    EXPECT_EQ(*flushed, form == ChunkForm::kByXapian || !is_known_version(*version));
  }
}

}  // namespace
}  // namespace tome
