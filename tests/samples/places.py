# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a passage stands, found in the file itself without tome."""
import gzip
import html
import lzma
import re
import subprocess
import zipfile


def folded(text):
    """In small letters, white space as one space, ligatures and quotes of typesetters undone."""
    for mark, plain in {"ﬁ": "fi", "ﬂ": "fl", "’": "'", "‘": "'", "“": '"', "”": '"'}.items():
        text = text.replace(mark, plain)
    return " ".join(text.split()).casefold()


def unpack(file):
    data = file.read_bytes()
    if file.suffix == ".gz":
        return gzip.decompress(data)
    if file.suffix == ".xz":
        return lzma.decompress(data)
    if file.suffix == ".zst":
        return subprocess.run(["zstd", "-dc", file], stdout=subprocess.PIPE, check=True).stdout
    return data


def words(text):
    return re.findall(r"[^\W\d_]{2,}", folded(text))


def line_fault(file, locator, text):
    """The line must hold the first two words of the passage."""
    lines = unpack(file).decode().splitlines()
    line = locator["line"]
    if not line or line > len(lines):
        return f"line {line} of {len(lines)}"
    first = words(text)[:2]
    here = words(html.unescape(lines[line - 1]))
    return "" if all(word in here for word in first) else f"line {line} is: {lines[line - 1][:60]}"


def page_fault(file, locator, text):
    """The page must hold the first five words of the passage."""
    done = subprocess.run(["pdftotext", "-", "-"], input=unpack(file), stdout=subprocess.PIPE, check=True)
    pages = [" ".join(words(page)) for page in done.stdout.decode().split("\f")]
    first = " ".join(words(text)[:5])
    right = [number for number, page in enumerate(pages, 1) if first in page]
    return "" if locator["page"] in right else f"page {locator['page']}, but it is on {right}"


def chapter_fault(file, locator, text):
    """The chapter must hold the first five words of the passage, and the anchor."""
    chapter, anchor = locator["chapter"], locator["anchor"]
    with zipfile.ZipFile(file) as archive:
        if chapter not in archive.namelist():
            return f"there is no chapter {chapter}"
        page = archive.read(chapter).decode()
    if anchor and f'id="{anchor}"' not in page:
        return f"{chapter} has no {anchor}"
    plain = " ".join(words(html.unescape(re.sub(r"<[^>]*>", "", page))))
    return "" if " ".join(words(text)[:5]) in plain else f"the passage is not in {chapter}"


def fault(kind, folder, locator, text):
    """What is wrong with a locator of that kind; empty when nothing is, or there is nothing more."""
    file = folder / locator["path"].split("#")[0]
    check = {"line": line_fault, "page": page_fault, "chapter": chapter_fault}.get(kind)
    return check(file, locator, text) if check else ""
