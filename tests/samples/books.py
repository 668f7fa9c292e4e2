# SPDX-License-Identifier: GPL-2.0-or-later
"""Books that Debian ships, and the works that must come out of them."""
import re
import shutil
import subprocess
import tempfile
import time
import pathlib

from shelf import Failure, Shelf

# Package -> folders of it that are indexed, and the books expected: a pattern of the title -> part of the place,
# or None for any. Of BOOKS_PER_FOLDER each folder is one book.
PACKAGES = {
    "debian-handbook": ["usr/share/doc/debian-handbook/html"],
    "rust-doc": ["usr/share/doc/rust-doc/html"],
    "python3.11-doc": ["usr/share/doc/python3.11/html"],
    "debian-policy": ["usr/share/doc/debian-policy"],
    "developers-reference": ["usr/share/developers-reference"],
}
# Package -> [(title, path of one of its files)]
BOOKS = {
    "rust-doc": [
        ("The Rust Programming Language", "book/"),
        ("Rust By Example", "rust-by-example/"),
        ("The Rust Reference", "reference/"),
        ("The Rustonomicon", "nomicon/"),
        ("The Edition Guide", "edition-guide/"),
        ("The Embedded Rust Book", "embedded-book/"),
        ("The Rust Unstable Book", "unstable-book/"),
        ("The rustc book", "rustc/"),
        ("The rustdoc book", "rustdoc/"),
        ("std - Rust", "std/"),
        ("core - Rust", "core/"),
    ],
    "python3.11-doc": [("Python 3.11.2 documentation", "html/")],
    "debian-policy": [
        ("Debian Policy Manual", "policy.epub"),
        ("Debian Policy Manual", "policy.pdf.gz"),
        ("Debian Policy Manual v4.6.2.0", "policy.html/"),
    ],
    "developers-reference": [
        ("Debian Developer's Reference", "developers-reference.pdf"),
        ("developers-reference", "developers-reference.epub"),
        ("developers-reference 12.18 documentation", "developers-reference/"),
    ],
}
# Most works that are no book of the list: licences, single pages, drawings with words
MOST_OTHERS = {
    "debian-handbook": 50,
    "rust-doc": 40,
    "python3.11-doc": 10,
    "debian-policy": 35,
    "developers-reference": 5,
}


def fetch(package, top):
    """The unpacked package, fetched unless it is there."""
    folder = top / package
    if folder.is_dir():
        return folder
    print(f"fetching {package}", flush=True)
    top.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=top) as work:
        pathlib.Path(work).chmod(0o755)  # apt-get may download as a user of its own
        for command in (["apt-get", "-q", "download", package], ["sh", "-c", "dpkg -x *.deb unpacked"]):
            done = subprocess.run(command, cwd=work, capture_output=True, text=True)
            if done.returncode != 0:
                raise Failure(f"cannot fetch {package}: {done.stderr.strip()}")
        shutil.move(pathlib.Path(work) / "unpacked", folder)
    return folder


def check(program, top):
    return True
