# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes the sample in every format. Each is a folder of its own below the folder that is given."""
import csv
import gzip
import json
import lzma
import pathlib
import re
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
TEXT = HERE / "mill.md"
TITLE = "The Small Water Mill"
AUTHORS = ["Ilse Brandt", "Søren Ågård"]

PACKAGES = ["pandoc", "asciidoctor", "groff", "mandoc", "poppler-utils", "zstd"]

# Format -> ending, and what pandoc is told; written to mill.ENDING
BY_PANDOC = {
    "markdown": ("md", ["-t", "gfm"]),
    "text": ("txt", ["-t", "plain"]),
    "html": ("html", ["-t", "html5"]),
    "rst": ("rst", ["-t", "rst"]),
    "asciidoc": ("adoc", ["-t", "asciidoc"]),
    "org": ("org", ["-t", "org"]),
    "latex": ("tex", ["-t", "latex", "--top-level-division=chapter"]),
    "man": ("7", ["-t", "man", "-V", "section=7"]),
    "epub2": ("epub", ["-t", "epub2"]),
    "epub3": ("epub", ["-t", "epub3"]),
    "fb2": ("fb2", ["-t", "fb2"]),
    "odt": ("odt", ["-t", "odt"]),
    "docx": ("docx", ["-t", "docx"]),
    "rtf": ("rtf", ["-t", "rtf"]),
}
# Plain text has headings, but none that is above another
FLAT = {"text", "txt.xz"}
# What a search for a passage can say besides its headings
LOCATORS = {
    **dict.fromkeys(
        ["markdown", "text", "html", "html-asciidoctor", "rst", "asciidoc", "org", "latex", "man", "mdoc"],
        "line",
    ),
    **dict.fromkeys(["md.gz", "txt.xz", "html.zst", "csv", "jsonl", "csv.gz", "jsonl.zst"], "line"),
    **dict.fromkeys(["epub2", "epub3", "calibre"], "chapter"),
    **dict.fromkeys(["pdf", "pdf.gz"], "page"),
}


def run(*command, **options):
    done = subprocess.run(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    )
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def add_rtf_info(file):
    """The title and authors as every word processor writes them; pandoc sets them as text alone."""
    names = "; ".join(AUTHORS)
    info = "{\\info{\\title %s}{\\author %s}}" % (TITLE, names)
    ascii_info = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in info)
    text = file.read_text(encoding="ascii")
    file.write_text(text.replace("\\widowctrl", ascii_info + "\n\\widowctrl", 1), encoding="ascii")


def pandoc(*words):
    return run("pandoc", "--standalone", "--columns=90", TEXT, *words)


def make_pdf():
    """Palatino, pandoc's choice, is not among the fonts that every Debian has; Times is."""
    source = pandoc("-t", "ms", "-V", "fontfamily=T")
    return run("groff", "-k", "-Kutf8", "-t", "-ms", "-Tpdf", input=source)


def words_of(inlines):
    """Inline elements of pandoc's tree as words."""
    out = ""
    for inline in inlines:
        kind, content = inline["t"], inline.get("c")
        if kind == "Str":
            out += content
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            out += " "
        elif kind == "Code":
            out += content[1]
        elif kind == "Note":
            out += " (" + "".join(words_of(block["c"]) for block in content) + ")"
        elif isinstance(content, list):
            out += words_of(content[-1] if kind in ("Link", "Quoted", "Span") else content)
    return out


def mdoc_line(text):
    text = text.replace("\\", "\\e")
    return "\\&" + text if text[:1] in (".", "'") else text


def mdoc_blocks(blocks, out):
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind == "Header":
            out.append((".Sh " if content[0] == 1 else ".Ss ") + words_of(content[2]))
        elif kind in ("Para", "Plain"):
            out += [".Pp", mdoc_line(words_of(content))]
        elif kind == "CodeBlock":
            out += [".Bd -literal", *map(mdoc_line, content[1].split("\n")), ".Ed"]
        elif kind in ("BulletList", "OrderedList"):
            out.append(".Bl -bullet" if kind == "BulletList" else ".Bl -enum")
            for item in content if kind == "BulletList" else content[1]:
                out.append(".It")
                mdoc_blocks(item, out)
            out.append(".El")
        elif kind == "DefinitionList":
            out.append(".Bl -tag -width Ds")
            for term, definitions in content:
                out.append(".It " + words_of(term))
                for definition in definitions:
                    mdoc_blocks(definition, out)
            out.append(".El")
        elif kind == "Table":
            out.append(".Bl -column a b c d")
            _, _, _, head, bodies, _ = content
            for row in head[1] + [row for body in bodies for row in body[3]]:
                cells = ["".join(words_of(part["c"]) for part in cell[4]) for cell in row[1]]
                out.append(".It " + " Ta ".join(cells))
            out.append(".El")


def make_mdoc():
    out = [".Dd May 1, 2021", ".Dt MILL 7", ".Os", ".Sh NAME", ".Nm mill", f".Nd {TITLE}"]
    mdoc_blocks(json.loads(pandoc("-t", "json"))["blocks"], out)
    text = "\n".join(out) + "\n"
    run("mandoc", "-T", "lint", "-W", "error", input=text.encode())  # no page that mandoc refuses
    return text.encode()


def make_notebook():
    """A cell for each section and each piece of Python."""
    body = TEXT.read_text(encoding="utf-8").split("---\n", 2)[2]
    cells = []
    cuts = re.compile(r"^(?=#+ [A-Z])|(^``` python\n.*?^```\n)", re.M | re.S)
    for part in cuts.split(f"# {TITLE}\n" + body):
        if not part or not part.strip():
            continue
        code = part.startswith("``` python")
        text = part.split("\n", 1)[1].rsplit("```", 1)[0] if code else part
        cell = {"cell_type": "code" if code else "markdown", "metadata": {}}
        if code:
            cell.update(execution_count=None, outputs=[])
        cells.append({**cell, "source": text.strip().splitlines(keepends=True)})
    book = {"metadata": {"kernelspec": {"language": "python"}}, "nbformat": 4, "nbformat_minor": 5, "cells": cells}
    return json.dumps(book, indent=1, ensure_ascii=False).encode()


def sections():
    """[(chapter, heading, text)] of the sample."""
    out, chapter = [], ""
    for line in pandoc("-t", "markdown", "--wrap=none", "--markdown-headings=atx").decode().splitlines():
        match = re.match(r"(#+) (.*)", line)
        if match and len(match[1]) == 1:
            chapter = match[2]
        elif match:
            out.append([chapter, match[2], ""])
        elif out and out[-1][0] == chapter:
            out[-1][2] += line + "\n"
    return out


def make_rows():
    """A row for each section: a book of its title, of which the text is the description."""
    return [
        {"title": heading, "authors": "Ilse Brandt", "genres": chapter, "description": text.strip()}
        for chapter, heading, text in sections()
    ]


OPF = f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:identifier id="id" opf:scheme="calibre">7</dc:identifier>
<dc:title>{TITLE}</dc:title>
<dc:creator opf:role="aut">Ilse Brandt</dc:creator><dc:creator opf:role="aut">Søren Ågård</dc:creator>
<dc:date>2021-01-01T00:00:00+00:00</dc:date><dc:language>eng</dc:language>
</metadata></package>
"""


def make_all(top):
    """Format -> folder with its files."""
    folders = {}

    def write(name, path, data):
        file = top / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        folders[name] = top / name
        return file

    for name, (ending, words) in BY_PANDOC.items():
        file = write(name, f"mill.{ending}", b"")
        pandoc(*words, "-o", file)
    add_rtf_info(folders["rtf"] / "mill.rtf")
    page = run("asciidoctor", "-b", "html5", "-o", "-", folders["asciidoc"] / "mill.adoc")
    write("html-asciidoctor", "mill.html", page)
    write("mdoc", "mill.7", make_mdoc())
    write("notebook", "mill.ipynb", make_notebook())
    pdf = write("pdf", "mill.pdf", make_pdf()).read_bytes()
    write("md.gz", "mill.md.gz", gzip.compress((folders["markdown"] / "mill.md").read_bytes()))
    write("txt.xz", "mill.txt.xz", lzma.compress((folders["text"] / "mill.txt").read_bytes()))
    page = (folders["html"] / "mill.html").read_bytes()
    write("html.zst", "mill.html.zst", run("zstd", "-q", "-c", input=page))
    write("pdf.gz", "mill.pdf.gz", gzip.compress(pdf))
    rows = make_rows()
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    write("jsonl", "sections.jsonl", ("\n".join(lines) + "\n").encode())
    with open(write("csv", "sections.csv", b""), "w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    write("csv.gz", "sections.csv.gz", gzip.compress((folders["csv"] / "sections.csv").read_bytes()))
    jsonl = (folders["jsonl"] / "sections.jsonl").read_bytes()
    write("jsonl.zst", "sections.jsonl.zst", run("zstd", "-q", "-c", input=jsonl))
    book = pathlib.Path("Ilse Brandt") / f"{TITLE} (7)"
    write("calibre", book / "metadata.opf", OPF.encode())
    shutil.copy(folders["epub3"] / "mill.epub", top / "calibre" / book / f"{TITLE}.epub")
    return folders
