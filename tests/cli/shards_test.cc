// SPDX-License-Identifier: GPL-2.0-or-later
// A shelf over several shards, from the command line: spread, asked, lost, copied.
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "cli/shard_program.h"

namespace tome::test {
namespace {

TEST_F(ShardProgram, ASpreadIndexAnswersAsOneDoes) {
  for (const char* question : {"sourdough starter", "escapement", "patience", "kind:book"}) {
    for (const char* command : {"search", "books"}) {
      const Ran spread = tome({command, question});
      const Ran one = tome({command, question, "--index", "one"});
      EXPECT_EQ(spread.out, one.out);
      EXPECT_EQ(spread.code, one.code);
    }
  }
  EXPECT_EQ(tome({"list"}).out, tome({"list", "--index", "one"}).out);
  write("shelf/later.txt", kLater);
  remove("shelf/clock.md");
  const Ran updated = tome({"index"});
  EXPECT_TRUE(has(updated.out, "1 new, 0 changed, 1 removed, 3 unchanged")) << updated.out;
  EXPECT_EQ(tome({"index", "--index", "one"}).code, 0);
  EXPECT_EQ(tome({"list"}).out, tome({"list", "--index", "one"}).out);
  EXPECT_EQ(tome({"search", "black ice"}).out, tome({"search", "black ice", "--index", "one"}).out);
  EXPECT_TRUE(has(tome({"rebuild"}).out, "4 sources"));
  EXPECT_EQ(tome({"list"}).out, tome({"list", "--index", "one"}).out);
  const Ran removed = tome({"remove", "shelf/later.txt"});
  EXPECT_TRUE(has(removed.out, "1 removed")) << removed.out << removed.err;
}

TEST_F(ShardProgram, StatusTellsOfEachShard) {
  const Ran ran = tome({"status"});
  EXPECT_TRUE(has(ran.out, "shards     TMP/ix/shards/0  generation 1, ")) << ran.out;
  EXPECT_EQ(count(ran.out, "TMP/ix/shards/"), 3u);
  const Ran check = tome({"check"});
  EXPECT_EQ(check.code, 0) << check.err;
  EXPECT_TRUE(has(check.out, "TMP/ix/shards/2")) << check.out;
}

// What lists the shards cannot be read: an answer from elsewhere would be a thinner one.
TEST_F(ShardProgram, AListThatIsNotUnderstoodIsAnError) {
  write("ix/shelf.toml", "shards = ['shards/0', 'shards/1'\n");
  write("one/shelf.toml", "[[shard]\n");
  for (const char* index : {"ix", "one"}) {
    const Ran ran = tome({"search", "patience", "--index", index});
    EXPECT_EQ(ran.code, 2);
    EXPECT_TRUE(has(ran.err, "shelf.toml is not understood")) << ran.err;
  }
  EXPECT_TRUE(has(tome({"check"}).err, "shelf.toml is not understood"));
}

TEST_F(ShardProgram, APartIsNotIndexedByItself) {
  for (const Words& command : {Words{"index"}, Words{"rebuild"}, Words{"remove", "shelf"}}) {
    Words words = command;
    words.insert(words.end(), {"--index", "ix/shards/1"});
    const Ran ran = tome(words);
    EXPECT_EQ(ran.code, 2);
    EXPECT_TRUE(has(ran.err, "this is part 2 of 3")) << ran.err;
  }
  const Ran other = tome({"index", "--shards", "4"});
  EXPECT_EQ(other.code, 2);
  EXPECT_TRUE(has(other.err, "it cannot be spread over 4")) << other.err;
  EXPECT_EQ(tome({"index", "--shards", "3"}).code, 0);
  EXPECT_EQ(tome({"index", "--index", "one", "--shards", "2"}).code, 2);
}

TEST_F(ShardProgram, ServedShardsAnswerAndOneThatGoesIsNamed) {
  Words shards;
  for (int i = 0; i < 3; ++i) {
    shards.insert(shards.end(), {"--index", serve("ix/shards/" + std::to_string(i))});
  }
  const auto with = [&](Words words) {
    words.insert(words.end(), shards.begin(), shards.end());
    return tome(words);
  };
  const auto ids = [](const std::string& json) {
    std::string out;
    for (std::size_t at = 0; (at = json.find("\"id\": \"", at)) != std::string::npos; at += 7) {
      out += json.substr(at + 7, 12) + " ";
    }
    return out;
  };
  const Ran far = with({"search", "--json", "patience and bread"});
  EXPECT_EQ(ids(far.out), ids(tome({"search", "--json", "patience and bread"}).out));
  EXPECT_TRUE(has(far.out, "\"missing\": []"));
  const std::string gone = shards[3];
  stop(1);
  const Ran thin = with({"search", "patience"});
  EXPECT_TRUE(has(thin.out, "note: this answer lacks a part of the shelf, " + gone)) << thin.out;
  const Ran refused = with({"search", "patience", "--require-all"});
  EXPECT_EQ(refused.code, 3);
  EXPECT_TRUE(has(refused.err, "not every shard answers: " + gone)) << refused.err;
  EXPECT_EQ(refused.out, "");
  const Ran list = with({"list"});
  EXPECT_TRUE(has(list.err, "this lacks a part of the shelf, " + gone)) << list.err;
  const Ran status = with({"status"});
  EXPECT_TRUE(has(status.out, gone + "  does not answer: ")) << status.out;
  const Ran written = with({"index"});
  EXPECT_EQ(written.code, 2);
  EXPECT_TRUE(has(written.err, "this command works on one index directory"));
}

TEST_F(ShardProgram, AShardOfAnotherSchemaIsNamedAndTheOthersAnswer) {
  const std::string manifest = "ix/shards/1/generations/000001.json";
  std::string text = read(manifest);
  const std::size_t at = text.find("\"schema\": ") + 10;
  text.insert(at, "9");  // nothing else of it is looked at
  write(manifest, text);
  const std::string why = "the index has schema 9";
  const Ran thin = tome({"search", "patience"});
  EXPECT_EQ(thin.code, 0) << thin.err;
  EXPECT_TRUE(has(thin.out, "note: this answer lacks a part of the shelf, TMP/ix/shards/1:\n"))
      << thin.out;
  EXPECT_TRUE(has(thin.out, why)) << thin.out;
  const nlohmann::json json = nlohmann::json::parse(tome({"search", "--json", "patience"}).out);
  ASSERT_EQ(json["missing"].size(), 1u);
  EXPECT_EQ(json["missing"][0]["address"], "TMP/ix/shards/1");
  EXPECT_TRUE(json["missing"][0]["reason"].get<std::string>().starts_with(why));
  for (const Words& command :
       {Words{"search", "patience"}, Words{"books", "patience"}, Words{"list"}, Words{"status"}}) {
    Words words = command;
    words.push_back("--require-all");
    const Ran refused = tome(words);
    EXPECT_EQ(refused.code, 3);
    EXPECT_EQ(refused.out, "");
    EXPECT_TRUE(has(refused.err, "not every shard answers: TMP/ix/shards/1 (" + why))
        << refused.err;
  }
  const Ran refused = tome({"search", "--json", "--require-all", "patience"});
  EXPECT_EQ(refused.code, 3);
  EXPECT_EQ(nlohmann::json::parse(refused.out)["code"], "unreachable") << refused.out;
}

TEST_F(ShardProgram, ADirectoryThatListsOthersIsNoIndexUnlessItListsItself) {
  write("asking/shelf.toml", "shards = ['../ix/shards/0', '../ix/shards/1', '../ix/shards/2']\n");
  EXPECT_EQ(tome({"search", "escapement", "--index", "asking"}).out,
            tome({"search", "escapement"}).out);
  const Ran refused = tome({"index", "shelf", "--index", "asking"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_TRUE(has(refused.err, "this directory lists shards")) << refused.err;
  write("more/later.txt", kLater);
  write("asking/shelf.toml", "shards = ['../one', '.']\n");
  EXPECT_EQ(tome({"index", "more", "--index", "asking"}).code, 0);
  EXPECT_TRUE(has(tome({"search", "black ice", "--index", "asking"}).out, "Thin Ice"));
  EXPECT_TRUE(has(tome({"search", "escapement", "--index", "asking"}).out, "Clockwork"));
}

TEST_F(ShardProgram, ASpreadIndexIsCopiedShardByShard) {
  write("asking/shelf.toml", "shards = ['../ix/shards/0', '../ix/shards/1']\n");
  const struct {
    Words command;
    const char* says;
  } cases[] = {
      {{"push", "./copy"}, "TMP/ix"},
      {{"pull", "./ix", "--index", "copy"}, "./ix"},
      {{"pull", "./one"}, "TMP/ix"},
  };
  for (const auto& [command, path] : cases) {
    const Ran ran = tome(command);
    EXPECT_EQ(ran.code, 2);
    EXPECT_TRUE(has(ran.err, std::string("tome: nothing was copied: this index is spread over 3 "
                                         "shards, which are copied one by one: ") +
                                 path + "\ntry: for each of them: tome " + command[0] + " --index"))
        << ran.err;
  }
  const Ran list = tome({"push", "./copy", "--index", "asking"});
  EXPECT_EQ(list.code, 2);
  EXPECT_TRUE(has(list.err, "this directory lists shards, it holds no index")) << list.err;
  remove("copy");
  for (const std::string number : {"0", "1", "2"}) {
    const bool push = number != "2";
    const Ran ran = push ? tome({"push", "--index", "ix/shards/" + number, "./copy/" + number})
                         : tome({"pull", "--index", "copy/" + number, "./ix/shards/" + number});
    EXPECT_EQ(ran.code, 0) << ran.err;
  }
  EXPECT_EQ(tome({"search", "escapement", "--json", "--index", "copy/0", "--index", "copy/1",
                  "--index", "copy/2"})
                    .out.find("Clockwork") != std::string::npos,
            true);
  // One that lists itself is an index too.
  write("more/later.txt", kLater);
  write("both/shelf.toml", "shards = ['../one', '.']\n");
  ASSERT_EQ(tome({"index", "more", "--index", "both"}).code, 0);
  EXPECT_EQ(tome({"push", "--index", "both", "./both-copy"}).code, 0);
}

TEST_F(ShardProgram, AFeedIsOfAllShardsOrNone) {
  const auto sorted = [](const std::string& text) {
    std::multiset<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.insert(line);
    return lines;
  };
  const Ran one = tome({"export", "--format", "jsonl", "--index", "one"});
  const Ran spread = tome({"export", "--format", "jsonl"});
  EXPECT_EQ(spread.code, 0) << spread.err;
  EXPECT_GT(sorted(one.out).size(), 5u);
  EXPECT_EQ(sorted(spread.out), sorted(one.out));
  const Words shards{"--index", serve("ix/shards/0"), "--index", "ix/shards/1",
                     "--index", "ix/shards/2"};
  Words words{"export", "--format", "jsonl"};
  words.insert(words.end(), shards.begin(), shards.end());
  EXPECT_EQ(sorted(tome(words).out), sorted(one.out));
  stop(0);
  const Ran refused = tome(words);
  EXPECT_EQ(refused.code, 3);
  EXPECT_EQ(refused.out, "");
  EXPECT_TRUE(has(refused.err, "not every shard answers: " + shards[1])) << refused.err;
  EXPECT_TRUE(has(refused.err, "try: see which do: tome status\n")) << refused.err;
}

TEST_F(ShardProgram, AnAddressThatIsNoneIsSaid) {
  const Ran ran = tome({"search", "--index", "tcp://localhost", "patience"});
  EXPECT_EQ(ran.code, 2);
  EXPECT_TRUE(has(ran.err, "tcp:// needs a port")) << ran.err;
  const Ran nobody = tome({"search", "--index", "tcp://127.0.0.1:1", "patience"});
  EXPECT_EQ(nobody.code, 3);
  EXPECT_TRUE(has(nobody.err, "a shard does not answer")) << nobody.err;
}

}  // namespace
}  // namespace tome::test
