// SPDX-License-Identifier: GPL-2.0-or-later
// Files that are damaged or made to hurt: what the user is told of each, and that it costs no
// other. The table of docs/usage.md, "Files that cannot be read", says the same.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <regex>

#include "cli/damaged_files.h"
#include "cli/program.h"

namespace tome::test {
namespace {

namespace fs = std::filesystem;

struct Damage {
  std::string name;  // of the file; in order, as they are reported
  std::string bytes;
  std::string message;  // empty: the file is read
};

// Less the lines that a run of over ten seconds says meanwhile: on a slow machine this is one.
std::string without_progress(const std::string& text) {
  return std::regex_replace(text, std::regex("indexed \\d+ of \\d+ files, [^\n]*\n"), "");
}

class BrokenFiles : public ProgramTest {
 protected:
  void SetUp() override { write("books/a-whole.md", "# Lantern\n\nA lantern by the door.\n"); }

  std::string said(const std::vector<Damage>& damages) {
    std::string out;
    for (const Damage& damage : damages) {
      if (damage.message.empty()) continue;
      out += "tome: " + damage.message + ": books/" + damage.name + "\n";
    }
    return out;
  }

  std::string listed(const std::vector<Damage>& damages) {
    std::string out;
    std::size_t failed = 0;
    for (const Damage& damage : damages) {
      if (damage.message.empty()) continue;
      ++failed;
      out += "books/" + damage.name + "\n  " + damage.message + "\n  read again when it changes\n";
    }
    if (failed == 0) return "Every source could be read.\n";
    return out + fmt::format("\n{} source{} could not be read\n", failed, failed == 1 ? "" : "s") +
           "to read them again now: tome index --retry\n";
  }

  // Whether all and no others of these files answer `word`.
  void expect_found(const std::string& word, const Words& names) {
    const std::string out = tome({"search", word, "--all", "-n", "100"}).out;
    for (const std::string& name : names) EXPECT_TRUE(has(out, " books/" + name)) << out;
    EXPECT_EQ(count(out, " books/"), names.size()) << out;
  }

  // The life of such a folder: reported once, remembered, tried again when asked or changed.
  void expect_told(std::vector<Damage> damages) {
    for (const Damage& damage : damages) write("books/" + damage.name, damage.bytes);
    Ran ran = tome({"index", "books"});
    const std::string messages = said(damages);
    EXPECT_EQ(ran.code, messages.empty() ? 0 : 4);
    EXPECT_EQ(without_progress(ran.err), messages);
    EXPECT_EQ(tome({"search", "lantern"}).code, 0);
    EXPECT_EQ(tome({"list", "--failed"}).out, listed(damages));

    ran = tome({"index"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.err, "");
    EXPECT_TRUE(has(ran.out, "Nothing has changed")) << ran.out;
    if (messages.empty()) return;
    ran = tome({"index", "--retry"});
    EXPECT_EQ(ran.code, 4);
    EXPECT_EQ(without_progress(ran.err), messages);

    Damage& changed = *std::find_if(damages.begin(), damages.end(),
                                    [](const Damage& damage) { return !damage.message.empty(); });
    write("books/" + changed.name, "<!doctype html><p>Mended with tallow.");
    ran = tome({"index"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.err, "");
    EXPECT_EQ(tome({"search", "tallow"}).code, 0);
    changed.message.clear();
    EXPECT_EQ(tome({"list", "--failed"}).out, listed(damages));
  }
};

TEST_F(BrokenFiles, Containers) {
  EpubParts bomb;
  bomb.chapter = std::string(50'000'000, ' ');
  EpubParts drm;
  drm.more = {{"META-INF/encryption.xml",
               "<encryption xmlns='urn:oasis:names:tc:opendocument:xmlns:container' "
               "xmlns:enc='http://www.w3.org/2001/04/xmlenc#'><enc:EncryptedData>"
               "<enc:EncryptionMethod Algorithm='http://www.w3.org/2001/04/xmlenc#aes128-cbc'/>"
               "<enc:CipherData><enc:CipherReference URI='OEBPS/c.xhtml'/></enc:CipherData>"
               "</enc:EncryptedData></encryption>"}};
  expect_told({
      {"bomb.docx", docx(std::string(50'000'000, ' ')), "unpacks to more than 200 times its size"},
      {"bomb.epub", epub(bomb), "unpacks to more than 200 times its size"},
      {"cut.docx", cut(docx(many("<w:p><w:r><w:t>Dusk.</w:t></w:r></w:p>", 1000))),
       "damaged ZIP: ZIP decompression failed (-5)"},
      {"cut.epub", cut(epub()), "damaged ZIP: ZIP decompression failed (-5)"},
      {"cut.odt", cut(odt(many("<text:p>Dusk.</text:p>", 1000))),
       "damaged ZIP: Truncated ZIP file data"},
      {"drm.epub", epub(drm), "encrypted (DRM)"},
      {"locked.docx", zip({{"word/document.xml", "<a/>"}}, "zip:encryption=zipcrypt"),
       "encrypted: word/document.xml"},
      {"nothing.docx", zip({{"word/document.xml", "<a/>"}}),
       "damaged: word/document.xml holds no text"},
      {"nothing.epub", zip({{"mimetype", "application/epub+zip"}}),
       "holds no text: the EPUB's container does not lead to its package"},
      {"whole.docx", docx(), ""},
      {"whole.epub", epub(), ""},
      {"whole.odt", odt(), ""},
      {"zeros.epub", "PK\x03\x04" + std::string(1000, '\0'), "damaged ZIP"},
  });
  expect_found("sluice", {"whole.docx", "whole.epub", "whole.odt"});
}

TEST_F(BrokenFiles, Pdf) {
  expect_told({
      {"cut.pdf", cut(pdf_file(pdf_parts())), "damaged: the structure of the PDF cannot be read"},
      {"cyclic.pdf", cyclic_pdf(), ""},
      {"locked.pdf", encrypted_pdf(), "encrypted: it needs a password"},
      {"noise.pdf", "%PDF-1.7\n" + std::string(100'000, '\x7f'),
       "damaged: the structure of the PDF cannot be read"},
      {"scanned.pdf", scanned_pdf(), "holds no text: it seems to be scanned pages"},
  });
  expect_found("sluice", {"cyclic.pdf"});
}

TEST_F(BrokenFiles, Compressed) {
  std::string noise = "The sluice opens at dusk. ";
  for (std::uint32_t i = 0, x = 1; i < 100'000; ++i) {
    x = x * 1664525 + 1013904223;
    noise += static_cast<char>('a' + (x >> 24) % 26);
  }
  const std::string twice = compressed(compressed("The sluice opens at dusk.", "gzip"), "xz");
  expect_told({
      {"bomb.gz", compressed(std::string(99'000'000, '\0'), "gzip"),
       "unpacks to more than 200 times its size"},
      {"bomb.txt.xz", compressed(std::string(99'000'000, 'a'), "xz"),
       "unpacks to more than 200 times its size"},
      {"bomb.txt.zst", compressed(std::string(99'000'000, 'a'), "zstd"),
       "unpacks to more than 200 times its size"},
      {"cut.txt.bz2", cut(compressed(noise, "bzip2")),
       "damaged compressed file: truncated bzip2 input"},
      {"cut.txt.gz", cut(compressed(noise, "gzip")),
       "damaged compressed file: truncated gzip input"},
      {"cut.txt.xz", cut(compressed(noise, "xz")),
       "damaged compressed file: Lzma library error: No progress is possible"},
      {"cut.txt.zst", cut(compressed(noise, "zstd")),
       "damaged compressed file: Truncated zstd input"},
      {"thrice.txt.gz", compressed(twice, "gzip"), "is compressed more than twice"},
      {"twice.txt.gz.xz", twice, ""},
  });
  expect_found("sluice", {"twice.txt.gz.xz"});
}

TEST_F(BrokenFiles, TenThousandNestedTags) {
  const auto deep = [](const std::string& name, std::size_t times = 10'000) {
    return many("<" + name + ">", times) + "abyss" + many("</" + name + ">", times);
  };
  EpubParts chapter;
  chapter.chapter = deep("div");
  EpubParts deeper;
  deeper.chapter = deep("div", 30'000);
  expect_told({
      {"deep.docx", docx(deep("w:p")), "word/document.xml nests its elements more than 256 deep"},
      {"deep.epub", epub(chapter), ""},
      {"deep.fb2", fb2(deep("section")), "the file nests its elements more than 256 deep"},
      {"deep.html", "<!doctype html>" + deep("div"), ""},
      {"deep.odt", odt(deep("text:p")), "content.xml nests its elements more than 256 deep"},
      {"deep.rtf", "{\\rtf1 " + many("{", 10'000) + "abyss" + many("}", 10'000) + "}",
       "the file nests its groups more than 256 deep"},
      {"deep.xhtml", "<?xml version='1.0'?><html>" + deep("div") + "</html>", ""},
      {"deeper.epub", epub(deeper),
       "holds no text: OEBPS/c.xhtml was left out: the page nests its elements too deeply"},
      {"deeper.html", "<!doctype html>" + deep("div", 30'000),
       "the page nests its elements too deeply"},
  });
  expect_found("abyss", {"deep.epub", "deep.html", "deep.xhtml"});
}

// Entities that a file declares are left out, be they a bomb or another file.
TEST_F(BrokenFiles, EntityBombs) {
  EpubParts package;
  package.prologue = entity_bomb("package");
  package.title = "Weir &i;";
  EpubParts chapter;
  chapter.chapter_prologue = entity_bomb("html");
  chapter.chapter = "<p>The chapter sluice &i; opens.</p>";
  EpubParts outside;
  outside.chapter_prologue =
      fmt::format("<?xml version='1.0'?><!DOCTYPE html [<!ENTITY i SYSTEM 'file://{}'>]>",
                  at("secret").string());
  outside.chapter = "<p>The outside sluice &i; opens.</p>";
  write("secret", "quicksilver");
  expect_told({
      {"chapter.epub", epub(chapter), ""},
      {"file.docx",
       docx("<w:p><w:r><w:t>The docx sluice &i; opens.</w:t></w:r></w:p>",
            entity_bomb("w:document")),
       ""},
      {"file.fb2", fb2("<p>The fb2 sluice &i; opens.</p>", entity_bomb("FictionBook")), ""},
      {"file.html", entity_bomb("html") + "<html><p>The html sluice &i; opens.</html>", ""},
      {"file.odt", odt("<text:p>The odt sluice &i; opens.</text:p>", entity_bomb("office")), ""},
      {"outside.epub", epub(outside), ""},
      {"package.epub", epub(package), ""},
  });
  expect_found("sluice", {"chapter.epub", "file.docx", "file.fb2", "file.html", "file.odt",
                          "outside.epub", "package.epub"});
  expect_found("bomb", {});
  expect_found("quicksilver", {});
}

// Nothing is unpacked to a disk, so a name leads nowhere; a chapter that is not there is told.
TEST_F(BrokenFiles, NamesThatLeadOutOfAnEpub) {
  write("secret.xhtml", "<html><p>quicksilver</p></html>");
  EpubParts up;  // its one chapter is then read without being named
  up.href = "../../../secret.xhtml";
  EpubParts nul;
  nul.name = "cQ.xhtml";
  nul.href = "c%00.xhtml";
  std::string zipped = epub(nul);
  for (std::size_t at = 0; (at = zipped.find("cQ.x", at)) != std::string::npos;) {
    zipped[at + 1] = '\0';
  }
  EpubParts out;
  out.name = "../../evil.xhtml";
  out.href = "../../evil.xhtml";
  EpubParts whole;
  whole.more = {{"/etc/evil", "x"}, {"../../evil", "x"}, {"OEBPS/", ""}};
  write("books/nul.epub", zipped);
  write("books/out.epub", epub(out));
  write("books/up.epub", epub(up));
  write("books/whole.epub", epub(whole));
  const Ran ran = tome({"index", "books"});
  EXPECT_EQ(ran.code, 4);
  const std::string no_order = "the EPUB does not say the order of its files: books/";
  EXPECT_EQ(ran.err, "tome: holds no text: " + no_order + "nul.epub\ntome: holds no text: " +
                         no_order + "out.epub\ntome: " + no_order +
                         "up.epub\ntome: files are missing from the EPUB: c: books/up.epub\n");
  for (const char* evil : {"evil", "evil.xhtml", "books/evil", "../evil", "../evil.xhtml"}) {
    EXPECT_FALSE(exists(evil)) << evil;
  }
  expect_found("sluice", {"up.epub", "whole.epub"});
  expect_found("quicksilver", {});
}

// One word of 10 MB, and words beside it that are found.
TEST_F(BrokenFiles, TenMegabytesOnOneLine) {
  int number = 0;
  Words names;
  std::vector<Damage> damages;
  const auto add = [&](const char* ending, std::string_view before, std::string_view after) {
    names.push_back(fmt::format("line.{}", ending));
    damages.push_back({names.back(),
                       fmt::format("{}Sluice number{} {} opens.{}", before, ++number,
                                   std::string(10'000'000, 'x'), after),
                       ""});
  };
  add("7", ".TH SLUICE 7\n.SH NAME\n", "\n");
  add("adoc", "", "");
  add("csv", "title,author,description\nT,A,", "\n");
  add("docx", "<w:p><w:r><w:t>", "</w:t></w:r></w:p>");
  add("epub", "<p>", "</p>");
  add("fb2", "<p>", "</p>");
  add("html", "<!doctype html><p>", "");
  add("ipynb", R"({"nbformat":4,"cells":[{"cell_type":"markdown","source":")", "\"}]}");
  add("jsonl", R"({"title":"U","author":"A","description":")", "\"}\n");
  add("md", "", "");
  add("odt", "<text:p>", "</text:p>");
  add("org", "", "");
  add("rst", "", "");
  add("rtf", "{\\rtf1 ", "}");
  add("tex", "", "");
  add("txt", "", "");
  for (Damage& damage : damages) {
    EpubParts chapter;
    chapter.chapter = damage.bytes;
    if (damage.name == "line.docx") damage.bytes = docx(damage.bytes);
    if (damage.name == "line.epub") damage.bytes = epub(chapter);
    if (damage.name == "line.fb2") damage.bytes = fb2(damage.bytes);
    if (damage.name == "line.odt") damage.bytes = odt(damage.bytes);
  }
  expect_told(damages);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string out = tome({"search", fmt::format("+number{} sluice", i + 1), "-n", "1"}).out;
    EXPECT_TRUE(has(out, " books/" + names[i])) << names[i] << ": " << out.substr(0, 200);
    EXPECT_LT(out.size(), 10'000u);
  }
}

// An empty note is a note; of the others, a copy or a download came to nothing.
TEST_F(BrokenFiles, EmptyFiles) {
  std::vector<Damage> damages;
  for (const char* ending :
       {"7", "adoc", "csv", "docx", "epub", "fb2", "gz", "html", "ipynb", "jsonl", "md", "odt",
        "org", "pdf", "rst", "rtf", "tex", "txt", "zst"}) {
    const std::string_view failing = "docx epub fb2 gz ipynb odt pdf rtf zst";
    damages.push_back(
        {fmt::format("empty.{}", ending), "", has(failing, ending) ? "the file is empty" : ""});
  }
  expect_told(damages);
}

TEST_F(BrokenFiles, WhatIsNoFileIsPassedOver) {
  write("books/x.pdf/inside.md", "# Sluice\n\nThe sluice opens at dusk.\n");
  ASSERT_EQ(::mkfifo(at("books/pipe.pdf").c_str(), 0600), 0);
  fs::create_symlink("/dev/zero", at("books/zero.pdf"));
  const Ran ran = tome({"index", "books"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err, "");
  expect_found("sluice", {"x.pdf/inside.md"});
}

TEST_F(BrokenFiles, AFileThatMayNotBeRead) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read every file";
  write("books/closed.md", "# Sluice\n\nThe sluice opens at dusk.\n");
  ASSERT_EQ(::chmod(at("books/closed.md").c_str(), 0), 0);
  Ran ran = tome({"index", "books"});
  EXPECT_EQ(ran.code, 4);
  EXPECT_EQ(ran.err, "tome: cannot open: Permission denied: books/closed.md\n");
  EXPECT_EQ(tome({"search", "lantern"}).code, 0);
  EXPECT_EQ(tome({"index"}).code, 0);
  ASSERT_EQ(::chmod(at("books/closed.md").c_str(), 0600), 0);
  EXPECT_EQ(tome({"index", "--retry"}).code, 0);
  expect_found("sluice", {"closed.md"});
}

}  // namespace
}  // namespace tome::test
