// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "blocks.h"
#include "text/text.h"

namespace tome {
namespace {

Document document_of(std::string_view source) { return read(Format::kLatex, source); }
std::string show_latex(std::string_view source) { return show(document_of(source)); }

struct Case {
  std::string_view source;
  std::string_view expected;
};

TEST(Latex, Blocks) {
  const Case cases[] = {
      {"", ""},
      {"one\ntwo\n\nthree \\par four", "P one two\nP three\nP four\n"},
      {"\\documentclass{book}\nno\n\\begin{document}\nyes\n\\end{document}\nno", "P yes\n"},
      {"\\chapter{One}\\section[s]{Two}\\subsection*{Three \\emph{x}}\n\\label{l}text",
       "H1 One\nH2 Two\nH3 Three x\nP text\n"},
      {"\\part{P}\\chapter{C}\\section{S}\\subparagraph{x}t", "H1 P\nH2 C\nH3 S\nH6 x\nP t\n"},
      {"\\begin{abstract}a\\end{abstract}", "H2 Abstract\nP a\n"},
      {"\\begin{itemize}\\item One\n\nmore\n\\begin{enumerate}\\item Deep\\end{enumerate}\n\\item "
       "Two\\end{itemize}end",
       "-1 One\n-1 more\n-2 Deep\n-1 Two\nP end\n"},
      {"\\begin{description}\\item[Heap] a [b] c\n\\item[\\textbf{Key}:] "
       "d\\item[Lone]\\end{description}",
       "-1 Heap: a [b] c\n-1 Key: d\n-1 Lone\n"},
      {"a\\begin{verbatim}\n  \\x % {\n\\end{verbatim}b", "P a\nC   \\x % {\nP b\n"},
      {"\\begin{lstlisting}[language=C]\nint a[1];\n\\end{lstlisting}", "C int a[1];\n"},
      {"\\begin{minted}[x]{c}\nint a;\n\\end{minted}\\begin{alltt}b\\end{alltt}",
       "C int a;\nC b\n"},
      {"\\DefineVerbatimEnvironment{High}{Verbatim}{commandchars=\\\\\\{\\}}\n\\begin{High}[]\n"
       "\\KeywordTok{def}\\NormalTok{ f(a\\_b): }\\CommentTok{\\# \\{x\\} \\textbackslash{}n}\n  "
       "\\NormalTok{y}\n\\end{High}\n",
       "C def f(a_b): # {x} \\n\\  y\n"},
      {"\\begin{Verbatim}[commandchars=\\\\\\{\\}]\n\\PY{k}{def} \\PYGZob{}\\PY{l+s}{x}\\PYGZcb{}\n"
       "\\end{Verbatim}\\begin{Verbatim}\n\\PY{k}\n\\end{Verbatim}",
       "C def {x}\nC \\PY{k}\n"},
      {"\\hypertarget{a-b}{%\n\\section{Two}\\label{a-b}}\n\ntext \\hyperlink{a-b}{there}",
       "H2 Two\nP text there\n"},
      {"\\begin{tabular}{l|r}\\hline A & B \\\\[2pt] \\hline\n\\multicolumn{2}{c}{\\textbf{C}} & "
       "\\\\ "
       "d \\& e & f\\end{tabular}",
       "| A | B\n| C\n| d & e | f\n"},
      {"\\begin{tabular*}{9cm}[t]{ll}a & b\\end{tabular*}", "| a | b\n"},
      {"\\begin{figure}[ht]\\includegraphics[width=1cm]{x}\\caption[s]{The "
       "\\emph{x}.}\\end{figure}t",
       "P The x.\nP t\n"},
      {"a \\begin{equation*}\n x &= y \\label{e}\n\\end{equation*} b", "P a\nP x &= y\nP b\n"},
      {"a $$x$$ b \\[ y \\] c", "P a\nP x\nP b\nP y\nP c\n"},
      {"\\newtheorem{thm}{Satz}\\begin{thm}[Cook] Hard.\\end{thm}\\begin{proof}Easy.\\end{proof}",
       "P Satz (Cook). Hard.\nP Proof. Easy.\n"},
      {"\\begin{thebibliography}{9}\\bibitem{k84} Knuth.\\bibitem[x]{l} "
       "Lamport.\\end{thebibliography}",
       "H2 References\n-1 [k84] Knuth.\n-1 [l] Lamport.\n"},
      {"\\begin{tikzpicture}\\draw x;\\end{tikzpicture}\\iffalse no \\fi yes", "P yes\n"},
      {"\\begin{frame}{Title}text\\end{frame}", "H3 Title\nP text\n"},
      {"\\begin{quote}q\\end{quote}\\begin{unknown}[o]{a}{b}\nc\\end{unknown}", "P q\nP a b c\n"},
  };
  for (const Case& one : cases) EXPECT_EQ(show_latex(one.source), one.expected) << one.source;
}

TEST(Latex, Text) {
  const Case cases[] = {
      {"\\'e \\'{e} \\\"o \\c{c} \\c c \\v{S} \\~n \\^{\\i} \\'\\i \\H{o} \\k a \\r{u}",
       "é é ö ç ç Š ñ î íő ą ů"},
      {"\\ss\\ \\o{} \\O{} \\l{} \\ae{} \\OE{} \\aa{} \\^{}\\~{}", "ß ø Ø ł æ Œ å ^~"},
      {"\\'q", "q\xCC\x81"},
      {"a~b -- c---d ``q'' `s' \\ldots{} 5\\,km\\-x", "a b – c—d “q” ‘s' … 5 kmx"},
      {"\\% \\& \\# \\$ \\_ \\{ \\} \\textbackslash", "% & # $ _ { } \\"},
      {"\\emph{a} \\textbf{\\textit{b}} {\\large c} \\unknown[opt]{d}{e} \\unknown f",
       "a b c d e f"},
      {"\\texttt{--x ``y''} \\verb|a_b%| \\verb*+c+ \\lstinline[a=b]{d{e}f} \\mintinline{c}|g|",
       "--x ``y'' a_b% c d{e}f g"},
      {"$x^2$ and \\(y_1\\), \\$5 and 6\\$", "x^2 and y_1, $5 and 6$"},
      {"a\\footnote{b \\emph{c}.} d", "a [b c.] d"},
      {"\\cite{k84} \\citep[p.~5]{a, b} Fig.~\\ref{fig:x}\\label{y} "
       "\\eqref{e}\\index{z}\\nocite{q}",
       "[k84] [a, b] Fig. fig:x e"},
      {"\\href{http://x.org}{site} \\url{http://y.org/a_b%20}", "site http://y.org/a_b%20"},
      {"a % comment\nb%\n  c\\\\d", "a bc\nd"},
      {"\\newcommand{\\A}{Ann \\emph{Lee}}\\newcommand\\B{x}\\def\\C{y}\\newcommand{\\D}[1]{#1}"
       "\\renewcommand{\\A}{Bob}\\A{} \\B\\C \\D{z}",
       "Bob xy z"},
      {"a\\äb \\verbäxä c", "ab x c"},
      {"\\vskip 2pt a \\parindent=0pt b\\hskip1em c \\setlength{\\x}{1pt}d", "a b c d"},
      {"\\textcolor{red}{a} \\raisebox{1pt}{b} \\texorpdfstring{$x$}{c}", "a b c"},
  };
  for (const Case& one : cases) EXPECT_EQ(document_of(one.source).text, one.expected) << one.source;
}

TEST(Latex, TitleAuthorsYear) {
  const Document document = document_of(
      "\\documentclass{article}\n\\title{On \\emph{Heaps}\\\\ and K\\\"onige}\n\\subtitle{Sub}\n"
      "\\author{Ann Lee\\thanks{x}\\\\Oslo \\and Bob Ray}\\date{May 2019}\n"
      "\\begin{document}\\maketitle text\\end{document}");
  EXPECT_EQ(document.title, "On Heaps and Könige");
  EXPECT_EQ(document.meta.title, document.title);
  EXPECT_EQ(document.meta.subtitle, "Sub");
  EXPECT_EQ(document.meta.authors, (std::vector<std::string>{"Ann Lee", "Bob Ray"}));
  EXPECT_EQ(document.meta.year, 2019);
  EXPECT_EQ(document.text, "text");
}

TEST(Latex, AFileThatIsNamedIsNotOpened) {
  const Document document = document_of("\\input{/etc/passwd} \\include{b} x");
  EXPECT_EQ(document.text, "x");
  ASSERT_EQ(document.warnings.size(), 2u);
  EXPECT_EQ(document.warnings[0], "/etc/passwd is a file of its own and not read here");
}

TEST(Latex, LinesAreThoseOfTheFile) {
  const Document document = document_of(
      "% c\n\\section{S}\n\ntext\nmore\n\n\\begin{itemize}\n\\item a\n\\item[b]\n "
      "c\n\\end{itemize}\n"
      "\\begin{verbatim}\n\ncode\n\\end{verbatim}\n\\begin{tabular}{l}\na & b\n\\end{tabular}\n");
  EXPECT_EQ(lines_of(document), "2 4 8 9 14 17");
}

TEST(Latex, WhatIsNotClosedIsNotLost) {
  for (const std::string_view source :
       {"\\section{word", "\\title{word", "\\footnote{word", "\\item[word",
        "\\begin{tabular}{l}word", "\\begin{verbatim}\nword", "\\begin{equation} word", "$ word",
        "\\cite{word", "\\emph{word", "\\begin{comment} word", "{{{{word", "\\begin{itemize}word",
        "\\caption{word", "\\[ word"}) {
    EXPECT_NE(document_of(source).text.find("word"), std::string::npos) << source;
  }
}

std::string times(std::size_t n, std::string_view text) {
  std::string out;
  while (n-- > 0) out += text;
  return out;
}

TEST(Latex, HostileFilesStaySmall) {
  const std::string cases[] = {
      std::string(1'000'000, 'x'),
      std::string(100'000, '{') + "x" + std::string(200'000, '}'),
      times(100'000, "\\begin{itemize}\\item a "),
      times(100'000, "\\begin{tabular}{l} a & b \\\\ "),
      times(100'000, "\\section{"),
      times(100'000, "\\footnote{"),
      times(100'000, "\\title{"),
      times(100'000, "\\item["),
      times(100'000, "\\label{"),
      times(100'000, "\\foo["),
      times(100'000, "\\newcommand{\\a"),
      times(100'000, "\\begin{equation}"),
      times(100'000, "\\begin{comment}"),
      times(100'000, "\\verb|"),
      times(100'000, "$ x "),
      times(100'000, "\\iffalse "),
      times(100'000, "\\'"),
      "\\newcommand{\\a}{\\a\\a}" + times(100'000, "\\a "),
      "\\newcommand{\\a}{" + std::string(60'000, 'x') + "}" + times(10'000, "\\a "),
      "\\newcommand{\\a}{" + times(20'000, "&a") + "}\\begin{tabular}{l}" + times(2'000, "\\a\\\\"),
      "\\newtheorem{a}{" + std::string(10'000, 'x') + "}" + times(10'000, "\\begin{a}b\\end{a} "),
      "\\newcommand{\\a}{\\renewcommand{\\a}{x}\\a\\a}\\a\\a",
  };
  for (const std::string& source : cases) {
    const auto document = extract(Format::kLatex, source);
    ASSERT_TRUE(document.ok());
    EXPECT_LT(document->text.size(), (2u << 20) + 3 * source.size()) << source.substr(0, 30);
    for (const Block& block : document->blocks) ASSERT_LE(block.level, 64);
    std::string copy = document->text;
    EXPECT_EQ(repair_utf8(copy), 0u);
  }
}

}  // namespace
}  // namespace tome
