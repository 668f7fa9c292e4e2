# SPDX-License-Identifier: GPL-2.0-or-later
"""Altered copies of HTML whose words grow as those of a growing collection do.

Heaps' law: n times the text has n^beta times the words. So of the words of the k-th copy a share of
k^beta - (k-1)^beta is new. New words are rare words, so they take the place of rare ones. The other
words change places with words about as frequent, so that a copy is another text and no repeat, while
the frequent words of the whole are those of the original. The most frequent stay what they are.
"""
import collections
import math
import random
import re
import zlib

# What is no text goes through as it is.
PIECE = re.compile(
    rb"(<!--.*?-->|<script\b.*?</script\s*>|<style\b.*?</style\s*>|<[^>]*>|&[#A-Za-z0-9]+;)|[A-Za-z]{3,}",
    re.DOTALL | re.IGNORECASE,
)
STEADY = 200  # most frequent words, which every copy keeps
RARE = 2  # occurrences, up to which a word may give way to a new one
GROUP = 50  # files that one process counts at a time
BAND = 1.3  # words change places within ranks r to r * BAND
LETTERS = "bcdfghklmnprstvz"


def words_of(files):
    """Counter of the words of `files`."""
    counts = collections.Counter()
    for path in files:
        pieces = PIECE.finditer(path.read_bytes())
        counts.update(piece.group(0).lower() for piece in pieces if piece.group(1) is None)
    return counts


def count_words(files, pool):
    """Counter of the words of `files`, and (words, different words) of their first half."""
    counts, half = collections.Counter(), (0, 0)
    groups = [files[i : i + GROUP] for i in range(0, len(files), GROUP)]
    for number, found in enumerate(pool.imap(words_of, groups), 1):
        counts.update(found)
        if number == len(groups) // 2:
            half = (counts.total(), len(counts))
    return counts, half


def heaps_exponent(counts, half):
    tokens, types = half
    if not tokens or counts.total() <= tokens or len(counts) <= types:
        return 0.6  # too little text to tell; usual for English
    return math.log(len(counts) / types) / math.log(counts.total() / tokens)


def new_ending(copy):
    """Letters that make a word of copy `copy` that no other copy has: "qbu", "qcu" ..."""
    name, left = "", copy
    while left:
        name += LETTERS[left % len(LETTERS)]
        left //= len(LETTERS)
    return ("q" + name + "u").encode()


class Alteration:
    """What becomes of each word in one copy."""

    def __init__(self, counts, beta, copy):
        self.copy, self.ending, self.table = copy, new_ending(copy), {}
        ranked = [word for word, _ in counts.most_common()]
        rare = [word for word in ranked if counts[word] <= RARE]
        share_rare = len(rare) / max(1, len(ranked))
        new = copy**beta - (copy - 1) ** beta
        self.share = min(1.0, new / max(share_rare, 1e-9))
        common = ranked[STEADY : len(ranked) - len(rare)]
        self.trade_places(common, random.Random(copy))
        self.table.update((word, word) for word in ranked[:STEADY])

    def trade_places(self, common, rng):
        begin = 0
        while begin < len(common):
            end = max(begin + 2, int((begin + STEADY) * BAND) - STEADY)
            band = common[begin:end]
            others = band[:]
            rng.shuffle(others)
            self.table.update(zip(band, others))
            begin = end

    def of(self, word):
        """The word (lower case) that stands for `word` (lower case)."""
        known = self.table.get(word)
        if known is None:  # rare: a new word, or kept
            chance = zlib.crc32(word + self.ending) / 2**32
            known = word + self.ending if chance < self.share else word
            self.table[word] = known
        return known

    def replace(self, match):
        word = match.group(0)
        if match.group(1) is not None:
            return word
        other = self.of(word.lower())
        if word.islower():
            return other
        return other.upper() if word.isupper() else other.capitalize() if word.istitle() else other

    def apply(self, html):
        return PIECE.sub(self.replace, html)
