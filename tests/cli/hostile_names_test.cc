// SPDX-License-Identifier: GPL-2.0-or-later
// Names and texts of strangers that command a terminal, reorder or hide what is shown: indexed,
// found and shown without one such character, and as JSON whole enough to open the file.
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/program.h"
#include "support/in_memory.h"

namespace tome::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// Colours, the title of the window, a link, C1's CSI and OSC in UTF-8, an override, an isolate,
// "ab" in tags, BEL, DEL, a backspace.
const std::string kEvil =
    "\x1b[31mred\x1b[2J\x1b]0;title\x07\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\"
    "\u009B31m\u009D0;x\u009C\u202Egnp.exe\u202C\u2066iso\u2069\U000E0061\U000E0062\x07\x7f\b";

const std::vector<std::string>& names() {
  static const std::vector<std::string> list = {
      "new\nline",
      "tab\tand\rreturn",
      "\x1b[31mred\x1b]0;title\x07",
      "c1-\u009B31m",
      "not-utf8-\xff\xfe\xc3",
      "half-\xe2\x82",
      "-dash",
      "--index",
      "quote'double\"back\\slash`tick$(touch hacked)",
      " spaces at both ends ",
      "override-\u202Egnp\u202C",
      "tags-\U000E0061\U000E007F",
      "percent%20#fragment?query",
      "{}[]*!;|&<>",
      "line\u2028separator",
      std::string(240, 'n'),
  };
  return list;
}

std::int32_t decoded(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at++]);
  const int more = first < 0x80 ? 0 : first < 0xC0 ? -1 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  if (more < 0) return -1;
  std::int32_t c = more == 0 ? first : first & (0x3F >> more);
  for (int i = 0; i < more; ++i) {
    if (at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) return -1;
    c = c << 6 | (static_cast<unsigned char>(text[at++]) & 0x3F);
  }
  return c;
}

// Valid UTF-8 in which nothing commands, reorders or hides.
void expect_harmless(const std::string& text, const std::string& what) {
  for (std::size_t at = 0; at < text.size();) {
    const std::int32_t c = decoded(text, at);
    const bool fine =
        c == '\n' || (c >= 0x20 && !(c >= 0x7F && c <= 0x9F) && !(c >= 0x2028 && c <= 0x202E) &&
                      !(c >= 0x2066 && c <= 0x2069) && !(c >= 0xE0000 && c <= 0xE007F));
    ASSERT_TRUE(fine) << what << ": character " << c << " before byte " << at << " of\n" << text;
  }
}

// The path that a file: URL stands for.
std::string from_url(std::string_view url) {
  EXPECT_TRUE(url.starts_with("file://")) << url;
  std::string path;
  for (std::size_t i = 7; i < url.size(); ++i) {
    if (url[i] != '%') {
      path += url[i];
      continue;
    }
    path += static_cast<char>(std::stoi(std::string(url.substr(i + 1, 2)), nullptr, 16));
    i += 2;
  }
  return path;
}

class HostileNames : private InMemory, public ProgramTest {
 protected:
  Ran harmless(const Words& arguments) {
    const Ran ran = tome(arguments);
    expect_harmless(ran.out, arguments[0]);
    expect_harmless(ran.err, arguments[0]);
    EXPECT_FALSE(exists("hacked"));
    return ran;
  }
  Json json(Words arguments) {
    arguments.push_back("--json");
    const Ran ran = harmless(arguments);
    Json parsed = Json::parse(ran.out, nullptr, false);
    EXPECT_FALSE(parsed.is_discarded()) << ran.out;
    return parsed;
  }
  // What opens a file byte for byte.
  std::string opened(const Json& locator) {
    std::string path = from_url(locator["file_url"].get<std::string>());
    if (path.starts_with("TMP/")) path = at(path.substr(4)).string();
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }
};

TEST_F(HostileNames, AreFoundAndShownAndOpened) {
  std::size_t number = 0;
  for (const std::string& name : names()) {
    write("shelf/" + name + ".md",
          fmt::format("# Note {}\n\nThe heron{} waits by the weir.\n", number, number));
    ++number;
  }
  EXPECT_EQ(harmless({"index", "shelf"}).code, 0);
  for (std::size_t i = 0; i < number; ++i) {
    SCOPED_TRACE(names()[i]);
    const std::string word = fmt::format("heron{}", i);
    const Ran text = harmless({"search", word});
    EXPECT_EQ(text.code, 0);
    EXPECT_TRUE(has(text.out, word));
    const Json found = json({"search", word});
    const Json locator = found["results"][0]["locator"];
    EXPECT_TRUE(has(opened(locator), word + " waits"));
    const std::string id = found["results"][0]["id"];
    EXPECT_EQ(harmless({"show", id}).code, 0);
    EXPECT_TRUE(has(opened(json({"show", id})["passage"]["locator"]), word + " waits"));
    EXPECT_EQ(harmless({"books", word, "--articles"}).code, 0);
  }
  for (const Words& command :
       {Words{"list", "--sources"}, Words{"list"}, Words{"status"}, Words{"list", "--failed"}}) {
    EXPECT_EQ(harmless(command).code, 0);
    json(command);
  }
  EXPECT_EQ(count(harmless({"list", "--sources"}).out, ".md\n"), number);
  EXPECT_EQ(harmless({"check"}).code, 0);
  // The same on a terminal, but for the program's own escapes, is checked in tests/present.
  // A change and a removal reach the same files.
  for (const std::string& name : names()) {
    write("shelf/" + name + ".md", "# Changed\n\nThe otter sleeps.\n");
  }
  const Ran changed = harmless({"index"});
  EXPECT_TRUE(has(changed.out, fmt::format("{} changed", number))) << changed.out;
  EXPECT_EQ(tome({"search", "heron1"}).code, 1);
  for (const std::string& name : names()) {
    const Ran ran = harmless({"remove", "--", "shelf/" + name + ".md"});
    EXPECT_EQ(ran.code, 0) << ran.err;
  }
  EXPECT_EQ(json({"list"})["works"].size(), 0u);
  EXPECT_EQ(harmless({"index"}).code, 0);  // they are excluded now, each and no other
  EXPECT_EQ(json({"list"})["works"].size(), 0u);
}

TEST_F(HostileNames, OfRootsAndInErrors) {
  for (const std::string& name : names()) {
    SCOPED_TRACE(name);
    remove("ix");
    const std::string root = name == "--index" ? "./--index" : name;
    write(name + "/a.md", "# A\n\nThe heron waits.\n");
    const Ran ran = harmless({"index", "--", root});
    if (has(name, "\xff") || has(name, "half")) {  // shelf.toml is UTF-8
      EXPECT_EQ(ran.code, 2) << ran.err;
      continue;
    }
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(harmless({"search", "heron"}).code, 0);
    EXPECT_EQ(harmless({"status"}).code, 0);
    fs::rename(at(name), at("away"));
    EXPECT_EQ(harmless({"index"}).code, 2);  // a root is missing
    EXPECT_EQ(harmless({"check"}).code, 0);
    fs::rename(at("away"), at(name));
    EXPECT_EQ(harmless({"remove", "--", root}).code, 0);
  }
  for (const std::string& name : names()) {
    const std::string nowhere = "nowhere/" + name;
    for (const Words& command :
         {Words{"index", nowhere}, Words{"search", "x", "--index", nowhere}, Words{nowhere},
          Words{"show", nowhere}, Words{"remove", nowhere}, Words{"list", "--kind", nowhere},
          Words{"index", "--map", nowhere + "=x", "."}, Words{"search", nowhere},
          Words{"search", "--show-query", nowhere}, Words{"check", "--index", nowhere}}) {
      harmless(command);
    }
  }
}

TEST_F(HostileNames, OfFilesThatCannotBeRead) {
  for (const std::string& name : names())
    write("shelf/" + name + ".epub", "PK\x03\x04 and no more");
  const Ran ran = harmless({"index", "shelf"});
  EXPECT_EQ(ran.code, 4);
  EXPECT_EQ(count(harmless({"list", "--failed"}).out, ".epub\n"), names().size());
  EXPECT_EQ(json({"list", "--failed"})["failures"].size(), names().size());
}

TEST_F(HostileNames, APathOfNearly4000Bytes) {
  std::string path = "shelf";
  fs::create_directories(at(path));
  const std::string part(200, 'd');
  fs::path here = at(path);
  while (here.string().size() + part.size() + 40 < 4000) {
    here /= part;
    fs::create_directory(here);
  }
  std::ofstream(here / "deep.md") << "# Deep\n\nThe heron waits at the bottom.\n";
  ASSERT_TRUE(fs::exists(here / "deep.md"));
  EXPECT_EQ(harmless({"index", "shelf"}).code, 0);
  const Json found = json({"search", "heron"});
  ASSERT_EQ(found["results"].size(), 1u);
  EXPECT_TRUE(has(opened(found["results"][0]["locator"]), "at the bottom"));
  EXPECT_TRUE(has(harmless({"search", "heron"}).out, "deep.md:3"));
  EXPECT_EQ(harmless({"remove", "shelf/" + part}).code, 0);
  EXPECT_EQ(tome({"search", "heron"}).code, 1);
}

TEST_F(HostileNames, TextsOfStrangers) {
  write("shelf/plain.txt", kEvil + "\n\nThe heron " + kEvil + " waits.\n");
  write("shelf/marks.md",
        "---\ntitle: \"Bad \\e[31m\\u009b \\u202E title\"\nauthors: [\"\\e]0;x\\a Ann\"]\n"
        "topics: [\"t\\e[2J\"]\nkind: book\n---\n# Head " +
            kEvil + "\n\nThe otter " + kEvil + " sleeps.\n");
  write("shelf/page.html",
        "<html><head><title>T &#27;[31m &#x9b; &#x202e; &#xe0061;</title></head>"
        "<body><h1>H &#27;]8;;x&#7;</h1><p>The owl " +
            kEvil + " hoots &#x1b;[2J.</p></body></html>");
  write("shelf/rows.csv", "title,author,description\n\"A " + kEvil + "\",\"B " + kEvil +
                              "\",\"The stork " + kEvil + " clatters.\"\n");
  EXPECT_EQ(harmless({"index", "shelf"}).code, 0);
  for (const char* word : {"heron", "otter", "owl", "stork"}) {
    SCOPED_TRACE(word);
    const Ran ran = harmless({"search", word, "--explain", "--facets"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_TRUE(has(ran.out, word));
    const Json found = json({"search", word, "--facets"});
    ASSERT_GE(found["results"].size(), 1u);
    const std::string id = found["results"][0]["id"];
    EXPECT_EQ(harmless({"show", id}).code, 0);
    EXPECT_EQ(harmless({"similar", id}).code, 0);
    json({"show", id});
  }
  for (const Words& command :
       {Words{"list", "--sources"}, Words{"list", "--topics"}, Words{"list", "--authors"},
        Words{"books", "otter", "--facets"}, Words{"status"}}) {
    harmless(command);
    json(command);
  }
  // A question may be a stranger's too.
  for (const char* command : {"search", "books"}) {
    harmless({command, "heron" + kEvil});
    harmless({command, kEvil});
    harmless({command, "\"" + kEvil + "\" author:" + kEvil + " \xff\xfe"});
    json({command, kEvil + "\xff"});
  }
}

}  // namespace
}  // namespace tome::test
