# SPDX-License-Identifier: GPL-2.0-or-later
"""Questions made of a text's own headings: the same ones each time.

A question is {"kind", "ask" (for tome), "match" (for FTS5), "language", "words"}; FTS5 has no
catalogue of works, so kind: and title: are left out for it, which makes it easier.
"""
import random
import re

from . import say, text

EACH = 100  # of one-word, question, phrase, prefix and filter questions
LETTERS = r"[^\W\d_]+"
WORD = re.compile(rf"(?<!\w){LETTERS}(?:[-']{LETTERS})*(?!\w)")
RUN = re.compile(rf"(?<![\w-]){LETTERS}(?: {LETTERS})+(?![\w-])")
STOP = set(
    "a about after all also an and any are as at be been before but by can could do does each for from "
    "had has have he her here his how i if in into is it its just may more most my no not now of on one "
    "only or other our out over own see she should so some such than that the their them then there "
    "these they this those through to too under up use used using was we were what when where which "
    "while who why will with would you your".split()
)
FORMS = ["how does {} work?", "what is {}?", "when should I use {}?", "why is {} needed", "{}"]
# The price of words that stand everywhere: phrases that many passages have, and phrases of the same
# words that none has.
COMMON = [
    "in order to be",
    "is one of the",
    "to be able to",
    "if there is a",
    "this is not the",
    "as well as the",
    "that it is not",
    "the end of the",
    "it is not a",
    "can be used to",
]
ABSENT = [
    "be to order in",
    "the of one is as",
    "to able be to the",
    "a is there if the",
    "the not is this to",
    "the as well as of",
    "not is it that to",
    "the of end the in",
    "a not is it of",
    "to used be can of",
]


def headings(file):
    """Headings of two to six words of English passages, each once, sorted."""
    found = set()
    for row in text.read(file):
        if row["language"] == "en":
            found.update(h for h in row["headings"][-1:] if 2 <= len(WORD.findall(h)) <= 6)
    return sorted(found)


def quoted(words):
    return '"' + " ".join(words) + '"'


def any_of(words):
    """FTS5's OR, as tome ranks: each word may be missing."""
    return " OR ".join(quoted([word]) for word in words)


def entry(kind, ask, match, words, language=None):
    return {"kind": kind, "ask": ask, "match": match, "language": language, "words": words}


def content(heading):
    return [w for w in WORD.findall(heading) if w.lower() not in STOP and len(w) > 2]


def runs(heading):
    """Words of the heading with one space between them, so that they are a phrase of the text."""
    return [run.split() for run in RUN.findall(heading)]


def filter_question(number, words, title):
    plain = " ".join(words)
    if number % 3 == 0:
        return entry("filter", f"{plain} lang:en", any_of(words), words, "en")
    name = f"title:{title}" if number % 3 == 1 and title else "kind:book"
    return entry("filter", f"{plain} {name}", any_of(words), words)


def make(file, titles):
    """`titles`: of the largest works of the shelf."""
    rng = random.Random(6)
    pool = [heading for heading in headings(file) if content(heading) and runs(heading)]
    in_titles = [words[-1].lower() for words in map(content, sorted(titles)) if words] or [""]
    if len(pool) < 5:
        say.fail(f"{file} has too few headings to ask about")
    rng.shuffle(pool)
    taken = 0

    def following():
        nonlocal taken
        taken += 1
        return pool[(taken - 1) % len(pool)]

    asked = []
    for _ in range(EACH):
        word = rng.choice(content(following()))
        asked.append(entry("one word", word, quoted([word]), [word]))
    for number in range(EACH):
        heading = WORD.findall(following())
        form = FORMS[number % len(FORMS)].format(" ".join(heading))
        words = WORD.findall(form)
        asked.append(entry("question", form, any_of(words), words))
    for _ in range(EACH):
        words = max(runs(following()), key=len)
        begin = rng.randrange(max(1, len(words) - 2))
        phrase = words[begin : begin + 3]
        asked.append(entry("phrase", quoted(phrase), quoted(phrase), phrase))
    for _ in range(EACH):
        word = rng.choice(content(following()))
        prefix = word[: max(3, min(5, len(word) - 1))].lower()
        asked.append(entry("prefix", prefix + "*", quoted([prefix]) + "*", [prefix]))
    for number in range(EACH):
        asked.append(filter_question(number, content(following()), rng.choice(in_titles)))
    for kind, phrases in (("common phrase", COMMON), ("absent phrase", ABSENT)):
        for phrase in phrases:
            asked.append(entry(kind, f'"{phrase}"', f'"{phrase}"', phrase.split()))
    rng.shuffle(asked)
    return asked
