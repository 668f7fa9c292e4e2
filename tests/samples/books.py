# SPDX-License-Identifier: GPL-2.0-or-later
"""Books that Debian ships, and the works that must come out of them."""
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from shelf import Failure, Shelf

# Package -> the folder of it that is indexed, and the most works besides the books expected: licences,
# single pages, indexes.
PACKAGES = {
    "debian-handbook": ("usr/share/doc/debian-handbook/html", 50),
    "rust-doc": ("usr/share/doc/rust-doc/html", 32),
    "python3.11-doc": ("usr/share/doc/python3.11/html", 1),
    "debian-policy": ("usr/share/doc/debian-policy", 22),
    "developers-reference": ("usr/share/developers-reference", 2),
}
# Package -> (pattern of the whole title, the end of one of its places); each is one book.
BOOKS = {
    "rust-doc": [
        ("The Rust Programming Language", "/book/"),
        ("Rust By Example", "/rust-by-example/"),
        ("The Rust Reference", "/reference/"),
        ("The Rustonomicon", "/nomicon/"),
        ("The Edition Guide", "/edition-guide/"),
        ("The Embedded Rust Book", "/embedded-book/"),
        ("The Rust Unstable Book", "/unstable-book/"),
        ("The rustc book", "/rustc/"),
        ("The rustdoc book", "/rustdoc/"),
        ("Rust Compiler Error Index", "/error-index.html"),
        ("std - Rust", "/std/"),
        ("core - Rust", "/core/"),
        ("alloc - Rust", "/alloc/"),
        ("proc_macro - Rust", "/proc_macro/"),
        ("test - Rust", "/test/"),
    ],
    "python3.11-doc": [(r"Python 3\.11\.\d+ documentation", "html/")],
    "debian-policy": [
        ("Debian Policy Manual", "/policy.epub"),
        ("Debian Policy Manual", "/policy.pdf.gz"),
        (r"Debian Policy Manual v[\d.]+", "/policy.html/"),
    ],
    "developers-reference": [
        ("Debian Developer's Reference", "/developers-reference.pdf"),
        ("developers-reference", "/developers-reference.epub"),
        (r"developers-reference [\d.]+ documentation", "developers-reference/"),
    ],
}


def books_of(package, folder):
    """What is expected; of the handbook one book a language, whatever its title there is."""
    if package != "debian-handbook":
        return BOOKS[package]
    return [(".+", f"/{language.name}/") for language in sorted(folder.iterdir()) if language.is_dir()]


def fetch(package, top):
    """The unpacked package, fetched unless it is there."""
    folder = top / package
    if folder.is_dir():
        return folder
    print(f"fetching {package}", flush=True)
    top.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=top) as work:
        pathlib.Path(work).chmod(0o755)  # apt-get may download as a user of its own
        for command in ("apt-get -q download " + package, "dpkg -x *.deb unpacked"):
            done = subprocess.run(command, shell=True, cwd=work, capture_output=True, text=True)
            if done.returncode != 0:
                raise Failure(f"cannot fetch {package}: {done.stderr.strip()}\ntry: apt-get update")
        shutil.move(pathlib.Path(work) / "unpacked", folder)
    return folder


def faults_of(expected, works, most_others):
    """What is wrong with the works of a package, a line each."""
    faults, seen = [], set()
    for title, place in expected:
        found = [
            entry
            for entry in works
            if entry["work"]["kind"] == "book"
            and re.fullmatch(title, entry["work"]["title"])
            and any(file.endswith(place) for file in entry["files"])
        ]
        seen.update(entry["work"]["id"] for entry in found)
        if len(found) != 1:
            faults.append(f"{len(found)} books for {title} in {place or 'it'}, not 1")
    others = [entry["work"]["title"] for entry in works if entry["work"]["id"] not in seen]
    if len(others) > most_others:
        faults.append(f"{len(others)} other works, not at most {most_others}: {', '.join(others)[:300]}...")
    return faults


def check(program, top):
    """Prints a row a package, and what is wrong; whether nothing is."""
    folders = {package: fetch(package, top) for package in PACKAGES}
    print("package                files   works  books  expected  passages  seconds")
    good = True
    for package, (path, most_others) in PACKAGES.items():
        folder = folders[package] / path
        begin = time.monotonic()
        shelf = Shelf(program, top / "indexes" / package)
        shelf.make([folder])
        seconds = time.monotonic() - begin
        works = shelf.ask("list", "--json")["works"]
        status = shelf.ask("status", "--json")
        expected = books_of(package, folder)
        faults = faults_of(expected, works, most_others)
        books = sum(entry["work"]["kind"] == "book" for entry in works)
        print(
            f"{package:<20} {status['sources']:>7} {len(works):>7} {books:>6} {len(expected):>9} "
            f"{status['passages']:>9} {seconds:>8.1f}"
        )
        for fault in faults:
            print(f"    {fault}")
        good = good and not faults
    return good
