// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "blocks.h"
#include "text/text.h"

namespace tome {
namespace {

using namespace std::string_view_literals;

Document page(std::string_view source) { return read(Format::kMan, source); }
std::string show_man(std::string_view source) { return show(page(source)); }
std::string text_of_man(std::string_view source) { return page(source).text; }

struct Case {
  std::string_view source;
  std::string_view expected;
};

TEST(Man, Blocks) {
  const Case cases[] = {
      {"", ""},
      {".TH A 1\n.SH NAME\na \\- does b\n.SS \"Sub part\"\nx",
       "H2 @NAME NAME\nP a - does b\nH3 @Sub_part Sub part\nP x\n"},
      {".SH\nSEE ALSO\n.BR ls (1),\n.BR tar (5)\n.SH SEE ALSO\nx",
       "H2 @SEE_ALSO SEE ALSO\nP ls(1), tar(5)\nH2 @SEE_ALSO~2 SEE ALSO\nP x\n"},
      {"one\ntwo\n.PP\nthree\n\nfour\n.br\nfive\n  six", "P one two\nP three\nP four\\five\\six\n"},
      {".TP\n.BR \\-x ,\\  \\-\\-extract\nExtract files.\n.IP\nMore.\n.PP\nAfter.",
       "-1 -x, --extract: Extract files.\n-1 More.\nP After.\n"},
      {".TP\n\\-a\n.TQ\n\\-b\nBoth.\n.TP\n\\-c\n.TP\n\\-d\nTwo.",
       "-1 -a, -b: Both.\n-1 -c, -d: Two.\n"},
      {".IP \\(bu 2\nOne\n.IP * 2\nTwo\n.IP 3. 4\nThree\n.IP \"\" 4\nmore",
       "-1 One\n-1 Two\n-1 3. Three\n-1 more\n"},
      {".TP\na\nOuter\n.RS\n.TP\nb\nInner\n.RE\n.IP\nOuter again\n.PP\nend",
       "-1 a: Outer\n-2 b: Inner\n-1 Outer again\nP end\n"},
      {".PP\n\\fB\\-q\\fR\n.RS 4\nBe quiet\\&.\n.RE\n.PP\nThen:\n.RS 4\nindented\n.RE",
       "-1 -q: Be quiet.\nL Then:\nP indented\n"},
      {".HP\n\\-h\n.IP\nHelp.", "-1 -h: Help.\n"},
      {"See\n.nf\n  a  b\n\n.B c d\n.fi\nend", "P See\nC   a  b\\\\c d\nP end\n"},
      {".EX\n.PP\nx\\ty\n.EE", "C x\ty\n"},
      {".UR http://x.org\nThe site\n.UE ,\n.MT a@b.c\n.ME\nend",
       "P The site <http://x.org>, a@b.c end\n"},
      {".SY tar\n.OP \\-f file\n.YS\nx", "P tar [-f file]\nP x\n"},
      {"a\\c\n.B b\nc", "P ab c\n"},
      {".TS\ntab(;) allbox;\nl l\nl l.\nName;Value\n_\nT{\n.BR a ()\ntext\nT};\\fBb\\fR\n.TE\nx",
       "| Name | Value\n| a() text | b\nP x\n"},
      {".PS\nbox \"drawn\"\n.PE\nx", "P x\n"},
      {".SH \"unterminated\n.B \"x\n.TP\n", "H2 @unterminated unterminated\nP x\n"},
  };
  for (const Case& one : cases) EXPECT_EQ(show_man(one.source), one.expected) << one.source;
}

TEST(Man, Escapes) {
  const Case cases[] = {
      {"\\fBb\\fP\\f(CWc\\fR\\f[I]d\\s-1e\\s0\\s+2f\\s'9'g", "bcdefg"},
      {"\\-x \\(aqy\\(aq \\(em \\[co] \\(bu \\[u2014] \\[u0065_0301] \\['e] \\(:o \\N'65'",
       "-x 'y' — © • — é é ö A"},
      {"\\e \\\\ \\. \\&a\\%b\\:c\\|d\\^e\\/f\\,g", "\\ \\ . abcdefg"},
      {"a\\h'+2'b\\h'-2'c\\v'1'd\\ e\\~f\\0g", "a bcd e f g"},
      {"a \\\" comment", "a"},
      {"\\*(lqq\\*(rq \\*[Tm] \\*R", "“q” ™ ®"},
      {"\\(zz\\[nothing]x", "x"},
      {"end\\", "end"},
      {"one\\\ntwo", "onetwo"},
      {"\\f", ""},
      {"\\fäa\\*äb\\v\xC3\xA4"
       "1\xC3\xA4"
       "c\\ä",
       "abcä"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(text_of_man(one.source), one.expected) << one.source;
  }
}

TEST(Man, RoffLanguage) {
  const Case cases[] = {
      {".\\\" no\n'\\\" no\n.\nx", "x"},
      {".if n yes\n.if t no\n.if !t too", "yes too"},
      {".ie t no\n.el yes\n.ie n \\{\\\na\n.ie t b\n.el c\n.\\}\n.el \\{\\\nd\n.\\}\ne",
       "yes a c e"},
      {".nr x 2+3*2\n.if \\nx=10 ten\n.if (\\nx>9:0) big\n.if \\nx<=9 no", "ten big"},
      {".if 'a'a' same\n.if 'a'b' other\n.if d zz no\n.ds zz v\n.if d zz set", "same set"},
      {".ds ver 1.2\n.as ver .3\nVersion \\*[ver]\\*(no", "Version 1.2.3"},
      {".de XX\n.B \\\\$2\n\\\\$1 of \\\\n(.$\n..\n.XX \"a b\" c", "c a b of 2"},
      {".de1 INDENT\n.RS \\\\$1\n..\n.INDENT 4\nx", "x"},
      {".de XX END\nno\n.END\nx\n.ig\nno\n..\ny", "x y"},
      {".als YY XX\n.de XX\nhello\n..\n.als YY XX\n.YY\n.rm YY\n.YY\nx", "hello x"},
      {".tr \\(*W-\n.ds -- \\(*W-\na\\*(--b", "a--b"},
      {".do nop x\n.IX y\n.unknown z\nw", "x w"},
  };
  for (const Case& one : cases) EXPECT_EQ(text_of_man(one.source), one.expected) << one.source;
}

TEST(Man, TitleComesFromTheTitleLineAndNAME) {
  struct Titles {
    std::string_view source, title, subtitle;
    int year;
  };
  const Titles cases[] = {
      {".TH TAR 1 \"July 13, 2020\"\n.SH NAME\ntar \\- an archiving\nutility\n", "tar(1)",
       "an archiving utility", 2020},
      {".TH \"Git-Log\" 1 2023-01-02\n.SH BEZEICHNUNG\ngit-log \\(en Zeigt Logs", "git-log(1)",
       "Zeigt Logs", 2023},
      {".TH PRINTF 3\n.SH NAME\nfprintf, printf \\- output", "printf(3)", "output", 0},
      {".TH SHMOP 2\n.SH NAME\nshmat, shmdt \\- memory", "shmop(2)", "memory", 0},
      {".TH \"A B\" 1\n.SH NAME\na_b \\- tool", "a_b(1)", "tool", 0},
      {".TH X 7\n.SH NAME\nno dash here", "X(7)", "", 0},
      {".Dd $Mdocdate: May 4 2021 $\n.Dt SSH 1\n.Os\n.Sh NAME\n.Nm ssh ,\n.Nm slogin\n.Nd remote\n",
       "ssh(1)", "remote", 2021},
      {"text", "", "", 0},
  };
  for (const Titles& one : cases) {
    const Document document = page(one.source);
    EXPECT_EQ(document.title, one.title) << one.source;
    EXPECT_EQ(document.meta.title, one.title) << one.source;
    EXPECT_EQ(document.meta.subtitle, one.subtitle) << one.source;
    EXPECT_EQ(document.meta.year, one.year) << one.source;
  }
}

TEST(Man, LinesAreThoseOfTheFile) {
  const Document document = page(
      ".TH A 1\n.SH NAME\na\nb\n.TP\n.B -x\ntext\n.nf\n\ncode\n.fi\n.de "
      "M\nmacro\n..\n.M\n.TS\nl.\nr\n"
      ".TE\n");
  EXPECT_EQ(lines_of(document), "2 3 6 10 15 18");
}

TEST(Mdoc, Blocks) {
  const Case cases[] = {
      {".Sh NAME\n.Nm strlcpy ,\n.Nm strlcat\n.Nd copy strings",
       "H2 @NAME NAME\nP strlcpy, strlcat - copy strings\n"},
      {".Sh A\n.Nm tar\nreads.\n.Nm\n.Op Fl cx\n.Op Fl f Ar file Ns | Ns Ar dev\n.Ar",
       "H2 @A A\nP tar reads. tar [-cx] [-f file|dev] file ...\n"},
      {".Sh SYNOPSIS\n.In stdio.h\n.Ft int\n.Fn f \"char *a\" int\n.Ft void\n.Fo g\n.Fa \"int "
       "x\"\n.Fa y\n.Fc\n",
       "H2 @SYNOPSIS SYNOPSIS\nP #include <stdio.h>\\int f(char *a, int);\\void g(int x, y);\n"},
      {".Sh A\nSee\n.Xr ls 1 ,\n.Pa /etc ,\n.Dq two words ;\n.Pq Sy b Em c .\n.Fn f \"int a\"",
       "H2 @A A\nP See ls(1), /etc, “two words”; (b c). f(int a)\n"},
      {".Sh A\n.Oo Fl a Oc Ns b\n.Pf x Ar y\n.Ql z .\n.Sm off\n.Ar h : Ar p\n.Sm on\nend",
       "H2 @A A\nP [-a]b xy ‘z’. h:p end\n"},
      {".Sh A\n.Bl -tag -width Ds\n.It Fl a , Fl -all\nAll.\n.Pp\nMore.\n.It Fl D Xo\n.Ar "
       "port\n.Xc\nPort.\n.Bl -bullet\n.It\nOne\n.It\nTwo\n.El\n.El\nend",
       "H2 @A A\n-1 -a, --all: All.\n-1 More.\n-1 -D port: Port.\n-2 One\n-2 Two\nP end\n"},
      {".Sh A\n.Bl -column a b\n.It Li x Ta y z\n.It p\tq\n.Xr r 1\n.El\nend",
       "H2 @A A\n| x | y z\n| p | q r(1)\nP end\n"},
      {".Sh A\n.Bd -literal -offset indent\nint  a;\n\n.Pp\nb;\n.Ed\nx\n.Dl ls -l\ny",
       "H2 @A A\nC int  a;\\\\\\b;\nP x\nC ls -l\nP y\n"},
      {".Sh A\n.Rs\n.%A A. Lee\n.%T Trees\n.%D 1999\n.Re\n.Ex -std x\n.Bx 4.4\n.Fx 13 .",
       "H2 @A A\nP A. Lee, Trees, 1999. The x utility exits 0 on success, and >0 if an error "
       "occurs. 4.4BSD FreeBSD 13.\n"},
      {".Sh A\n.Bo x\n.Op y\n.Dq\n.Fl\n.Xr\n.Bl\n.It", "H2 @A A\nP [x [y] “” -\n"},
  };
  for (const Case& one : cases) EXPECT_EQ(show_man(one.source), one.expected) << one.source;
}

TEST(Man, AnAliasHasNoText) {
  const Document document = page(".so man3/printf.3\n");
  EXPECT_EQ(document.text, "");
  ASSERT_EQ(document.warnings.size(), 1u);
  EXPECT_NE(document.warnings[0].find("man3/printf.3"), std::string::npos);
}

std::string times(std::size_t n, std::string_view text) {
  std::string out;
  while (n-- > 0) out += text;
  return out;
}

TEST(Man, WarningsOfAliasesAreFewAndText) {
  EXPECT_EQ(page(times(100'000, ".so a\n")).warnings.size(), 20u);
  // The bound on a macro's body cuts a character.
  for (const std::size_t letters : {2000, 2001}) {
    const Document document = page(".de A\n.so \\$1" + times(32'000, "\u00E9") + "\n..\n.A " +
                                   std::string(letters, 'a') + "\n");
    ASSERT_EQ(document.warnings.size(), 1u);
    std::string warning = document.warnings[0];
    EXPECT_EQ(repair_utf8(warning), 0u);
    EXPECT_LT(warning.size(), 300u);
  }
}

TEST(Man, HostilePagesStaySmall) {
  constexpr std::size_t kMost = 1u << 20;
  const std::string cases[] = {
      std::string(1'000'000, 'x'),
      ".ds x \\\\*x\\\\*x\n" + times(10'000, "\\*x"),
      ".ds x " + std::string(60'000, 'y') + "\n" + times(10'000, "\\*x\n"),
      ".de A\n.A\n.A\n..\n" + times(1'000, ".A\n"),
      ".de A\n" + times(10'000, "\\\\$*") + "\n..\n" + times(20'000, ".A xxxx\n"),
      ".de A\n" + times(500, "word ") + "\n..\n" + times(20'000, ".A\n"),
      ".de A\n.nf\na\n" + times(50, ".sp\n") + "..\n" + times(20'000, ".A\n"),
      ".TS\nl.\n.de A\n" + times(500, "a\t") + "\n..\n" + times(20'000, ".A\n"),
      ".Sh A\n.Nm " + std::string(60'000, 'y') + "\n" + times(20'000, ".Nm\n"),
      ".Sh A\n.Nm " + std::string(60'000, 'y') + "\n.No " + times(20'000, "Nm "),
      ".Sh A\n.de A\n" + times(500, ".Rv -std\n") + "..\n" + times(20'000, ".A\n"),
      times(100'000, ".if n "),
      times(100'000, ".ie n \\{\n"),
      times(100'000, ".RS\n") + "x" + times(200'000, ".RE\n"),
      times(100'000, ".TP\nx\n.RS\n"),
      ".Sh A\n" + times(100'000, ".Bl -tag\n.It a\n"),
      ".Sh A\n.Op " + times(100'000, "Op "),
      ".Sh A\n" + times(100'000, ".Bd -literal\n") + times(100'000, ".It Xo\n"),
      ".if " + std::string(100'000, '(') + "1",
      ".nr x " + times(100'000, "9*") + "9",
      times(100'000, "\\\n"),
      times(100'000, "\\w'\\h'\\f["),
      ".TS\nl.\n" + times(100'000, "T{\n"),
      ".if t \\{\n",
      ".de A\n",
      ".ig\n",
      ".TS\n",
      ".PS\n",
      ".EX\n",
  };
  for (const std::string& source : cases) {
    const auto document = extract(Format::kMan, source);
    ASSERT_TRUE(document.ok());
    EXPECT_LT(document->text.size(), kMost + 8 * source.size()) << source.substr(0, 40);
    for (const Block& block : document->blocks) ASSERT_LE(block.level, 64);
    std::string copy = document->text;
    EXPECT_EQ(repair_utf8(copy), 0u);
  }
}

TEST(Man, AStringThatNamesItselfIsCutOff) {
  EXPECT_EQ(text_of_man(".ds x a\\\\*x\n\\*x"), std::string(8, 'a'));
}

}  // namespace
}  // namespace tome
