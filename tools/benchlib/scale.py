# SPDX-License-Identifier: GPL-2.0-or-later
"""The folder that a benchmark indexes: some packages, a share of their files or altered copies."""
import math
import multiprocessing
import os
import pathlib
import shutil
import zlib

from . import fetch, say, vocabulary

_alteration = None  # of the process that makes copies


def chosen(path, share):
    """Whether a file is among the share of all, the same ones each time."""
    return zlib.crc32(os.fsencode(path)) / 2**32 < share


def listed(folder):
    return [path.relative_to(folder) for path in fetch.html_files(folder)]


def _begin(alteration):
    global _alteration
    _alteration = alteration


def _alter(pair):
    source, target = pair
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_alteration.apply(source.read_bytes()))


class Words:
    """The words of some packages, counted when they are first needed."""

    def __init__(self, top, packages):
        self.top, self.packages, self.known = top, packages, None

    def get(self):
        """(word counts, exponent of Heaps' law)."""
        if self.known is None:
            say.note("counting words")
            files = []
            for package in self.packages:
                folder = fetch.html_folder(self.top) / package
                files += [folder / path for path in listed(folder)]
            # In no particular order, so that the first half is like the second.
            files.sort(key=lambda path: zlib.crc32(os.fsencode(path)))
            with multiprocessing.Pool() as pool:
                counts, half = vocabulary.count_words(files, pool)
            beta = vocabulary.heaps_exponent(counts, half)
            say.note(f"{len(counts):,} different words of {counts.total():,}; exponent {beta:.2f}")
            self.known = counts, beta
        return self.known


def make_copy(top, package, copy, words):
    """DIR/copies/COPY/PACKAGE, made unless it is whole."""
    target = top / "copies" / f"{copy:03}" / package
    if target.exists():
        return target
    counts, beta = words.get()
    say.note(f"making copy {copy} of {package}")
    source = fetch.html_folder(top) / package
    making = target.with_name(package + ".making")
    if making.exists():
        shutil.rmtree(making)
    making.mkdir(parents=True)
    pairs = [(source / path, making / path) for path in listed(source)]
    alteration = vocabulary.Alteration(counts, beta, copy)
    with multiprocessing.Pool(None, _begin, (alteration,)) as pool:
        for _ in pool.imap_unordered(_alter, pairs, chunksize=50):
            pass
    os.rename(making, target)
    return target


def link_files(source, target, share):
    for path in listed(source):
        if share >= 1 or chosen(path, share):
            place = target / path
            place.parent.mkdir(parents=True, exist_ok=True)
            os.link(source / path, place)


def name_of(packages, scale):
    whole = set(packages) == set(fetch.PACKAGES)
    return ("all" if whole else "+".join(sorted(packages))) + f"-x{scale:g}"


def folder(top, packages, scale):
    """(name, folder) of `packages` taken `scale` times; made unless it is there."""
    record = fetch.read_record(top)
    missing = [package for package in packages if package not in record]
    if missing:
        say.fail(f"{', '.join(missing)} not in {top}: run tools/bench fetch {top}")
    name = name_of(packages, scale)
    if scale == 1 and len(packages) == len(record):
        return name, fetch.html_folder(top)
    target = top / "scaled" / name
    if target.exists():
        return name, target
    making = target.with_name(name + ".making")
    if making.exists():
        shutil.rmtree(making)
    words = Words(top, packages)
    for copy in range(1, math.ceil(scale) + 1):
        for package in packages:
            source = fetch.html_folder(top) / package
            if copy > 1:
                source = make_copy(top, package, copy, words)
            link_files(source, making / f"{copy:03}" / package, scale - copy + 1)
    making.mkdir(parents=True, exist_ok=True)
    os.rename(making, target)
    return name, pathlib.Path(target)
