#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes tests/fuzz/corpus/TARGET/ anew: small inputs that take each target through its grammar.

    tests/fuzz/make_seeds.py

What is binary (records, answers of a reader, PDF, compressed files) is put together here; what is
text stands here as it is. Inputs that were found by fuzzing go to tests/fuzz/regressions/, by hand.
"""
import gzip
import json
import lzma
import pathlib
import shutil

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE.parent.parent / "corpus"
OUT = HERE / "corpus"


def write(target, name, data):
    folder = OUT / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)


# Records as text/codec.h has them: LEB128, and strings with their length.
def number(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out) + bytes([value])


def field(value):
    if isinstance(value, int):
        return number(value)
    if isinstance(value, list):
        return number(len(value)) + b"".join(map(field, value))
    data = value if isinstance(value, bytes) else value.encode()
    return number(len(data)) + data


def record(*values):
    return b"".join(map(field, values))


def pdf():
    page = b"BT /F1 18 Tf 72 720 Td (The Mill) Tj /F1 10 Tf 0 -30 Td (Water turns the wheel.) Tj ET"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R /PageLabels << /Nums [0 << /S /r >>] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
        b"<< /Title (The Mill) /Parent 6 0 R /Dest [3 0 R /Fit] >>",
        b"<< /Title (Mills) /Author (Ann Lee) /CreationDate (D:20110203) >>",
    ]
    out, table = b"%PDF-1.4\n", b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    for i, body in enumerate(bodies):
        table += b"%010d 00000 n \n" % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (i + 1, body)
    return out + table + (
        b"trailer\n<< /Size %d /Root 1 0 R /Info 8 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(bodies) + 1, len(out))
    )


TEXT = {
    "text": {
        "review": "THREE BOOKS\n\n1. The Mill\nby Ann Lee\n\nWater turns the wheel.  It is old.\n\n"
        "Key Features:\n- stones\n- sluice gates\n\n2. The Loaf\nby Bob Ray and Cy Dee\n\n"
        "Flour, e.g. of rye, is milled.\n\n    int main() {\n      return 0;\n    }\n",
        "table": "Chapter 1\n=========\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nSee also:\n1) one\n2) two\n",
        "utf16": "\ufeffA word.\n\n\u6587\u5b57\n".encode("utf-16-le"),
        "latin1": b"Caf\xe9 cr\xe8me\r\n\r\nna\xefve\r",
    },
    "markdown": {
        "book": (CORPUS / "books" / "fluent-python.md").read_bytes()[:900],
        "marks": "---\ntitle: 'A: B'\nauthors: [Ann Lee, Bob Ray]\nyear: 2011\ntopics: [x, y]\n---\n"
        "# One {#one}\n\n*a* **b** `c` [d](e \"f\") ![g](h) <i>j</i> &amp; ~~k~~ https://a.b\n\n"
        "Two\n---\n\n- a\n  - b\n    1. c\n- [x] d\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n"
        "> quote\n> > deeper\n\n```py\nx = 1\n```\n\n[^1]: note\n\n<div>\n<p>html</p>\n</div>\n",
    },
    "html": {
        "page": "<!doctype html><html lang=en><head><meta charset=utf-8><title>A - Whole</title>"
        "<link rel=home href=index.html title=Whole><meta name=author content='Ann Lee'>"
        "<meta property=og:site_name content=Whole><style>p{}</style></head><body><nav><a href=#>n"
        "</a></nav><main><h1 id=a>1. One</h1><p>a <b>b</b><br>c &eacute;&#x3c;<pre>x\n y</pre><ul>"
        "<li>d<ol><li>e</ol></ul><table><tr><th>f<td>g</table><dl><dt>h<dd>i</dl><h2><a name=j>"
        "</a>Two</h2><blockquote><p>k<script>l()</script><section><h3>m</h3>n</section></main>",
        "latin": b"<html><meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>"
        b"<p>caf\xe9<svg><text>x</text></svg><math><mi>y</mi></math><template><p>t</template>",
    },
    "rst": {
        "page": ":author: Ann Lee\n:date: 2011\n\n=====\nTitle\n=====\n\n.. _here:\n\nOne\n---\n\n*a* "
        "**b** ``c`` `d <e>`_ :ref:`f` |g| [1]_\n\n.. |g| replace:: gee\n.. note::\n\n   boxed\n\n"
        ".. code-block:: c\n   :linenos:\n\n   int x;\n\n* a\n\n  * b\n\n1. c\n#. d\n\nterm\n  text\n\n"
        "=== ===\n a   b\n=== ===\n 1   2\n=== ===\n\n+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n"
        "+---+---+\n\n.. [1] note\n\nlit::\n\n  x\n\n>>> 1\n1\n\n| line\n| block\n",
    },
    "asciidoc": {
        "page": "= Title: Sub\nAnn Lee <a@b.c>; Bob Ray\nv1.0, 2011-02-03\n:name: value\n:toc:\n\n"
        "[[here]]\n== One\n\n*a* _b_ `c` +d+ {name} link:e[f] <<here,g>> https://a.b[h] ^i^ ~j~\n\n"
        "* a\n** b\n. c\n\nterm:: text\n\n[source,c]\n----\nint x;\n----\n\n|===\n|a |b\n\n|1 |2\n"
        "|===\n\nNOTE: boxed\n\n====\nexample\n====\n\nifdef::name[]\nshown\nendif::[]\n"
        "include::chapter.adoc[]\n\n////\nhidden\n////\n\n.Title\n....\nlit\n....\nfootnote:[n]\n",
    },
    "man": {
        "page": ".TH TAR 1 2011-02-03 \"tome 1\" Manual\n.SH NAME\ntar \\- an archiver\n.SH SYNOPSIS\n"
        ".B tar\n[\\fIoption\\fR]\\.\\.\\.\n.SH OPTIONS\n.TP\n.BR \\-c , \" \\-\\-create\"\nCreate\\(em"
        "now \\[u00E9] \\*(lqa\\*(rq.\n.RS 4\n.IP \\(bu 2\nitem\n.RE\n.nf\ncode\n.fi\n.de XX\n.B \\\\$1\n"
        "..\n.XX a b\n.ie n \\{\\\nshown\n.\\}\n.el hidden\n.nr a 1\n.if \\na=1 x\n.ds s text\n\\*s\n"
        ".TS\nl l.\na\tb\nT{\nc\nT}\td\n.TE\n.\\\" comment\n.so man1/x.1\n",
        "loop": ".while \\nx<3 \\{\\\n.nr x +1\n\\nx\n.\\}\n.ds a b\n\\*a\n.de b\n.B c\n..\n.b\n",
    },
    "mdoc": {
        "page": ".Dd $Mdocdate: February 3 2011 $\n.Dt LS 1\n.Os\n.Sh NAME\n.Nm ls\n.Nd list\n"
        ".Sh SYNOPSIS\n.Nm\n.Op Fl al\n.Ar file ...\n.Fo fn\n.Fa \"int x\"\n.Fc\n.Sh DESCRIPTION\n"
        ".Pp\nThe\n.Nm\nutility\n.Pq see Xr cat 1 .\n.Bl -tag -width Ds\n.It Fl a , Fl -all\nAll.\n"
        ".Bl -bullet -compact\n.It\nb\n.El\n.It Fl l Ns = Ns Ar n\n.El\n.Ss Two\n.Bd -literal\nx\n.Ed\n"
        ".Bl -column a b\n.It a Ta b\n.El\n.Rs\n.%A Ann Lee\n.%T Mills\n.Re\n.Oo a Oc Dq Sq b\n",
    },
    "org": {
        "page": "#+TITLE: Mills\n#+AUTHOR: Ann Lee\n#+DATE: <2011-02-03>\n* TODO [#A] One :tag:\n"
        ":PROPERTIES:\n:CUSTOM_ID: one\n:END:\n*a* /b/ =c= ~d~ +e+ [[f][g]] <<h>> \\alpha\n- a\n  1. b\n"
        "  - [X] c\n- term :: text\n| a | b |\n|---+---|\n| 1 | 2 |\n#+BEGIN_SRC c\nint x;\n#+END_SRC\n"
        "** Two\n: lit\n#+begin_quote\nq\n#+end_quote\n# comment\n[fn:1] note\n* COMMENT gone\n",
    },
    "latex": {
        "page": "\\documentclass[a4paper]{book}\n\\title{Mills \\& more\\thanks{x}}\\author{Ann Lee \\and "
        "Bob Ray}\\date{2011}\n\\newcommand{\\x}[2][d]{#1 and #2}\n\\begin{document}\\maketitle\n"
        "\\chapter{One}\\label{one}\n\\emph{a} \\textbf{b} $c^2$ \\x[e]{f} \\'e \\ss{} \\verb|g_h| ``q''"
        " \\ref{one}~\\cite{i}---% comment\n\\begin{itemize}\\item a \\item[b] c\\end{itemize}\n"
        "\\begin{tabular}{ll}a & b \\\\ \\hline 1 & 2\\end{tabular}\n\\begin{verbatim}\nx\n"
        "\\end{verbatim}\n\\[ y \\] \\begin{equation}z\\end{equation}\\footnote{n}\\section*{Two}\n"
        "\\def\\r{x}\\r\\input{other}\\end{document}\n",
    },
    "notebook": {
        "book": json.dumps(
            {
                "cells": [
                    {"cell_type": "markdown", "metadata": {}, "source": ["# One\n", "text *a*"]},
                    {
                        "cell_type": "code",
                        "execution_count": 1,
                        "metadata": {},
                        "source": "print(1)",
                        "outputs": [
                            {"output_type": "stream", "name": "stdout", "text": ["1\n"]},
                            {"output_type": "execute_result", "data": {"text/plain": ["1"]}},
                        ],
                    },
                    {"cell_type": "raw", "source": []},
                ],
                "metadata": {"title": "Mills", "authors": [{"name": "Ann Lee"}]},
                "nbformat": 4,
                "nbformat_minor": 5,
            }
        ),
    },
    "fb2": {
        "book": "<?xml version='1.0' encoding='utf-8'?><FictionBook xmlns='http://www.gribuser.ru/xml/"
        "fictionbook/2.0' xmlns:l='http://www.w3.org/1999/xlink'><description><title-info><genre>sf"
        "</genre><author><first-name>Ann</first-name><last-name>Lee</last-name></author><book-title>"
        "Mills</book-title><lang>en</lang><sequence name='S' number='1'/></title-info></description>"
        "<body><title><p>Mills</p></title><section id='a'><title><p>One</p></title><epigraph><p>e"
        "</p></epigraph><p>Water <emphasis>turns</emphasis> it.<a l:href='#n'>1</a></p><poem><stanza>"
        "<v>v</v></stanza></poem><table><tr><td>1</td></tr></table></section></body><body name='notes'>"
        "<section id='n'><p>note</p></section></body><binary id='i'>AAAA</binary></FictionBook>",
    },
    "rtf": {
        "book": "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset204 Times;}}{\\stylesheet{\\s1 "
        "heading 1;}}{\\info{\\title Mills}{\\author Ann Lee}}\\pard\\s1\\outlinelevel0 One\\par\\pard "
        "caf\\'e9 \\u233?\\uc2\\u-3913ab \\b bold\\b0\\tab x\\line y\\par{\\pntext 1.\\tab}item\\par\\trowd"
        "\\cellx1 a\\cell b\\cell\\row{\\*\\generator x}{\\pict\\pngblip 00ff}{\\field{\\*\\fldinst "
        "HYPERLINK \"a\"}{\\fldrslt b}}{\\footnote n}\\bin3 abc\\emdash\\~\\-\\_\\{\\}}",
    },
    "epub": {
        "book": "=== mimetype\napplication/epub+zip\n=== META-INF/container.xml\n<container><rootfiles>"
        "<rootfile full-path='o/p.opf' media-type='application/oebps-package+xml'/></rootfiles>"
        "</container>\n=== o/p.opf\n<package version='3.0' unique-identifier='i'><metadata xmlns:dc='d'>"
        "<dc:title>Mills</dc:title><dc:creator>Ann Lee</dc:creator><dc:language>en</dc:language>"
        "<dc:date>2011</dc:date><dc:identifier id='i'>urn:isbn:9780131103627</dc:identifier></metadata>"
        "<manifest><item id='n' href='n.xhtml' properties='nav' media-type='application/xhtml+xml'/>"
        "<item id='c' href='c%201.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref"
        " idref='c'/></spine></package>\n=== o/n.xhtml\n<html><nav epub:type='toc'><ol><li><a href="
        "'c%201.xhtml#a'>One</a><ol><li><a href='c%201.xhtml#b'>Two</a></li></ol></li></ol></nav></html>"
        "\n=== o/c 1.xhtml\n<html><body><h1 id='a'>One</h1><p>Water.</p><h2 id='b'>Two</h2><p>x</p>"
        "</body></html>\n",
        "ncx": "=== mimetype\napplication/epub+zip\n=== META-INF/container.xml\n<container><rootfiles>"
        "<rootfile full-path='p.opf'/></rootfiles></container>\n=== p.opf\n<package version='2.0'>"
        "<metadata/><manifest><item id='x' href='t.ncx' media-type='application/x-dtbncx+xml'/><item id='a'"
        " href='a.html' media-type='application/xhtml+xml'/><item id='b' href='b.html' media-type="
        "'application/xhtml+xml'/></manifest><spine toc='x'><itemref idref='a'/><itemref idref='b' linear="
        "'no'/></spine><guide><reference type='toc' href='b.html'/></guide></package>\n=== t.ncx\n<ncx>"
        "<navMap><navPoint><navLabel><text>One</text></navLabel><content src='a.html'/></navPoint>"
        "</navMap></ncx>\n=== a.html\n<p>Water\n=== b.html\n<p>end\n",
    },
    "odt": {
        "book": "=== mimetype\napplication/vnd.oasis.opendocument.text\n=== meta.xml\n<office:document-meta"
        "><office:meta><dc:title>Mills</dc:title><dc:creator>Ann Lee</dc:creator></office:meta>"
        "</office:document-meta>\n=== styles.xml\n<office:document-styles><office:styles><style:style "
        "style:name='C' style:parent-style-name='Preformatted_20_Text'/></office:styles>"
        "</office:document-styles>\n=== content.xml\n<office:document-content><office:body><office:text>"
        "<text:h text:outline-level='1'>One</text:h><text:p>Water<text:s text:c='3'/>turns<text:tab/>it"
        "<text:line-break/>now<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note>"
        "</text:p><text:list><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b"
        "</text:p></text:list-item></text:list></text:list-item></text:list><table:table><table:table-row>"
        "<table:table-cell table:number-columns-repeated='2'><text:p>1</text:p></table:table-cell>"
        "</table:table-row></table:table><text:p text:style-name='C'>x</text:p></office:text></office:body>"
        "</office:document-content>\n",
    },
    "docx": {
        "book": "=== [Content_Types].xml\n<Types><Override PartName='/word/document.xml' ContentType="
        "'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>\n"
        "=== _rels/.rels\n<Relationships><Relationship Id='a' Type='http://schemas.openxmlformats.org/"
        "officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>\n"
        "=== docProps/core.xml\n<cp:coreProperties><dc:title>Mills</dc:title><dc:creator>Ann Lee"
        "</dc:creator></cp:coreProperties>\n=== word/styles.xml\n<w:styles><w:style w:type='paragraph' "
        "w:styleId='H'><w:name w:val='heading 1'/></w:style></w:styles>\n=== word/numbering.xml\n"
        "<w:numbering><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>\n"
        "=== word/document.xml\n<w:document><w:body><w:p><w:pPr><w:pStyle w:val='H'/></w:pPr><w:r><w:t>One"
        "</w:t></w:r></w:p><w:p><w:r><w:t xml:space='preserve'>Water </w:t><w:tab/><w:br/></w:r><w:ins>"
        "<w:r><w:t>turns</w:t></w:r></w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p><w:p>"
        "<w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>item</w:t>"
        "</w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body>"
        "</w:document>\n",
    },
    "csv": {
        "goodreads": "Book Id,Title,Author,Additional Authors,ISBN13,My Review,Year Published,Bookshelves\n"
        '1,"Mills: A ""History""",Ann Lee,"Bob Ray, Cy Dee","=""9780131103627""","<p>Water.</p>",2011,'
        '"to-read, mills"\n2,Loaf,Eva Fox,,,"two\nlines",,\n,,,,,,,\n',
        "map": "map title=Name,authors=Who,description=What\nName;Who;What\nMills;Ann Lee;Water\n",
        "tab": b"\xff\xfet\x00i\x00t\x00l\x00e\x00\t\x00i\x00s\x00b\x00n\x00\n\x00a\x00\t\x001\x00\n\x00",
    },
    "jsonl": {
        "rows": '{"title":"Mills","authors":["Ann Lee",{"name":"Bob"}],"year":2011,"description":"a <b>b</b>"'
        ',"identifiers":{"isbn":"9780131103627"},"tags":["x"]}\n{"title":"L\\u00f6af","isbn":1}\n{bad\n'
        '{"title":""}\n',
        "map": 'map title=name,topics=kinds\n{"name":"Mills","author":"Ann","kinds":"a, b"}\n',
    },
    "json": {
        "array": '[ {"title":"Mills","author":"Ann Lee","publication_date":"2011-02-03"},\n'
        ' {"title":"Loaf","authors":[],"series":["S",2]}, 3, [], "x" ]\n',
    },
    "structure": {
        "review": "\0#0Four Books\n#1The Mill\np0by Ann Lee\np0~water.\n:0Key Features:\n-0a\n-0b\n#1The Loaf\n"
        "p0by Bob Ray\np0~~~~~~~~~~~~~~~~.\n#1Verdict\np0Both.\n",
        "sizes": "\1#0One\n`0x\\\\y\\~\n|0a | b\n|0~\n=12. Two\np0~~~~~~~~~~. ~~.\np0x\n#2Three\n#3Four\n-4~~~~\n",
    },
    "analyser": {
        "code": "\0C++ std::vector<int> node.js __init__ f-string TCP/IP camelCase snake_case O(n log n) .NET R&D",
        "acronyms": "\4Command Query Responsibility Segregation (CQRS), e.g. pre-process; na\u00efve caf\u00e9 3.14",
        "scripts": "\x11\u6587\u5b57\u5217\u691c\u7d22 \u304b\u3099\u30ab\uff76\uff9e \ud55c\uad6d\uc5b4 \u0e20\u0e32\u0e29\u0e32 \u0430\u0431\u0432 \u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2",
        "broken": b"\x08gro\xdf\xc3\xa9e\xcc\x81\xe2\x80\x99s \xf0\x9f\x98\x80 \xc2\xad\xe2\x80\x8b",
    },
    "query": {
        "fields": 'event sourcing +kafka -"message broker" kind:book year:2015..2022 author:(Ann Lee) title:"x y"',
        "groups": "(a OR b) AND NOT (c -d) py* \\AND \\-Wall f(x) O(n log n) \u201cquoted\u201d \u00abq\u00bb C:\\temp a:b",
    },
    "request": {
        "search": "GET /api/v1/search?q=starter+flour&n=2&offset=1&explain=1&facets&all=true&as_typed=1\n"
        "Host: localhost\nAccept-Encoding: gzip\nIf-None-Match: W/\"1\"\n",
        "page": "GET /?q=%22bowline%22+kind%3Abook&for=books&n=5\nCookie: token=x\n",
        "books": "HEAD /api/v1/books?q=bowline&articles=1\nOrigin: http://a.b\nSec-Fetch-Site: cross-site\n",
        "works": "GET /api/v1/works?n=2&offset=0&kind=book&q=x\n",
        "suggest": "GET /api/v1/suggest?q=starting+st&n=20\n",
        "openapi": "GET /api/v1/openapi.json\n",
        "metrics": "GET /metrics\n",
        "feed": "GET /feed.atom\n",
        "opensearch": "GET /opensearch.xml\n",
        "health": "GET /healthz\n",
        "post": "POST /api/v1/status\nHost: [::1]:7700\n",
    },
    "mcp": {
        "tools": '{"jsonrpc":"2.0","id":1,"method":"tools/list"}\n'
        '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search_passages","arguments":'
        '{"question":"sourdough starter","count":3,"offset":0,"kind":"book"}}}\n'
        '{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"best_books","arguments":'
        '{"question":"clock"}}}\n',
        "resources": '{"jsonrpc":"2.0","id":1,"method":"resources/list"}\n{"jsonrpc":"2.0","id":"a","method":'
        '"resources/read","params":{"uri":"tome://work/x"}}\n{"jsonrpc":"2.0","id":2,"method":'
        '"resources/templates/list"}\n',
        "batch": '[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":'
        '"notifications/initialized"},1,{"id":null}]\n\n{"jsonrpc":"2.0","id":1,"result":{}}\n{\n',
        "early": '!{"jsonrpc":"2.0","id":1,"method":"tools/list"}\n{"jsonrpc":"2.0","id":1,"method":'
        '"initialize","params":{"protocolVersion":"x","capabilities":{}}}\n',
    },
    "manifest": {
        "one": json.dumps(
            {
                "analyser": 1,
                "generation": 7,
                "icu": "72",
                "passages": 3,
                "schema": 3,
                "segments": [
                    {
                        "bytes": 9,
                        "files": [{"digest": "0" * 32, "name": "postlist.glass", "size": 9}],
                        "id": "abc",
                        "passages": 3,
                    }
                ],
                "tome": "0.1",
                "xapian": "1.4",
            }
        ),
    },
}

INFO = [1, "Mills", "A History", ["Ann Lee"], 2011, 2, "Press", "9780131103627", ["x"], ["y"], "en", "u"]


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    for target, seeds in TEXT.items():
        for name, data in seeds.items():
            write(target, name, data)
    write("pdf", "book", pdf())
    notes = "# One\n\nWater turns the wheel.\n\n- a *b*\n".encode()
    write("compressed", "gz", gzip.compress(notes, mtime=0))
    write("compressed", "xz", lzma.compress(notes))
    write("compressed", "nested", gzip.compress(gzip.compress(notes, mtime=0), mtime=0))
    # store/records.cc
    write("records", "passage", record(
        "root", "a/b.md", 1, "abcdefghijkl", "", 2, 0, 9, 4, 7, "anchor", 3, "iv", "c.xhtml", "en",
        ["One", "Two"], ["k"], "Mills", ["Ann Lee"], "One Water"))
    write("records", "source", record(
        "s", "root", "a.md", 100, 1 << 60, "0" * 32, 1, "why", "markdown", "en", 2, 90, 1, "w", "t", "h",
        "ht", "site", ["warning"], 5))
    write("records", "work", record("k", "s", "root/a", 2, *INFO))
    # store/catalogue_bytes.cc: works of a block
    key = "k" * 16
    write("records", "works", record(
        record([key], "", ["s"], *INFO), record([key, "l" * 16], "l" * 16, [], *INFO)))
    # store/record_table.cc: of each block its last key and its entries
    first = record(0, "source/abc", "one") + record(7, "b", "x" * 300)
    write("table", "blocks", record("source/b", first, "words/a", record(0, "words/a", ""),
                                    "work/-/k", record(0, "work/", "1") + record(5, "-/k", "2")))
    write("table", "falls", record("b", record(0, "b", "1") + record(0, "a", "2")))
    write("table", "longest", record("k" * 400, record(0, "k" * 399, "1") + record(399, "k", "")))
    # store/shard_address.cc, store/shelf_config.cc, store/served.cc, store/block_heads.cc
    write("shards", "addresses", "tcp://10.0.0.1:7701\nssh://ann@archive/srv/tome\nshards/0\n"
          "tcp://host-a.example:65535\nssh://host/a b\nssh://-oProxyCommand=x/y\nhttp://h:1/\n")
    write("shards", "list", "spread = 3\nshards = ['shards/0', ['tcp://a:1', 'tcp://b:1']]\n")
    write("shards", "tables", "[[shard]]\naddress = 'ssh://c/x'\nreplicas = ['tcp://d:2', '/srv/e']\n"
          "[[shard]]\naddress = '.'\n[[root]]\nname = 'a'\npath = '/a'\nexclude = ['*.tmp']\n")
    write("shards", "part", "part = 2\npart_of = 3\n")
    write("shards", "heads", record(1, 1, 11, 300, 1 << 21))
    write("shards", "piece", record(["abc", "", "x" * 200]))
    # sandbox/wire.cc; a line is the text
    blocks = [1, 2, 1, 0, 5, 1, "a", 1, ""] + [0, 0, 0, 1, 6, 2, "", 2, "c.xhtml"]
    write("wire", "document", b"Title\\Water.\n" + record(
        1, "pdf", 2, *blocks, *INFO, ["i", "ii"], "Title", "UTF-8", 0, ["w"]))
    write("wire", "error", b"\n" + record(0, 5, "is damaged", "fetch it again"))
    write("wire", "memory", b"\n" + record(2))


if __name__ == "__main__":
    main()
