# SPDX-License-Identifier: GPL-2.0-or-later
"""tools/bench count: instructions of fixed work, which do not depend on how busy the machine is.

Counted by valgrind's callgrind and compared with what was recorded with the same compiler and
libraries. Not part of ctest: it takes a minute, and another compiler gives other counts.
"""
import json
import pathlib
import re
import shutil
import tempfile

from . import machine, measure, place, say

RECORDED = place.ROOT / "tests" / "bench" / "instructions.json"
LIMIT = 1.10
FILES = 20  # of corpus/, in path order
QUESTIONS = [
    "how do descriptors work?",
    "what is event sourcing",
    "CQRS",
    "hash table",
    "garbage collection",
    "when should I use a message broker?",
    "deadlock",
    '"domain model"',
    '"machine learning"',
    "concur*",
    "pars*",
    "testing legacy code kind:book",
    "neural networks lang:en",
    "consistent hashing and replicas",
    "std::vector",
    "monads in functional programming",
    "operating system scheduler",
    "how is an inverted index compressed?",
    "TCP/IP",
    "refactoring",
]
TOTAL = re.compile(r"Collected *: *(\d+)")


def work_files():
    corpus = place.ROOT / "corpus"
    files = [*sorted((corpus / "articles").glob("*.*")), *sorted((corpus / "books").glob("*.md"))]
    articles = [f for f in files if f.parent.name == "articles"][: FILES // 2]
    books = [f for f in files if f.parent.name == "books"][: FILES - len(articles)]
    return articles + books


def counted(command, folder, good=(0,)):
    log = folder / "log"
    valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder / 'callgrind'}"]
    measure.run([*valgrind, *command], log, good)
    found = TOTAL.search(log.read_text(encoding="utf-8", errors="replace"))
    if not found:
        say.fail(f"valgrind printed no count:\n{log.read_text(errors='replace')[-1000:]}")
    return int(found.group(1))


def counts():
    with tempfile.TemporaryDirectory(prefix="tome-count-") as name:
        folder = pathlib.Path(name)
        shelf = folder / "shelf"
        shelf.mkdir()
        for file in work_files():
            shutil.copy2(file, shelf)
        index = folder / "index"
        found = {}
        say.note("counting: index")
        found["index"] = counted(
            [place.program("tome-all"), "--index", index, "index", "--quiet", "--workers", "1", shelf],
            folder,
        )
        lines = folder / "questions"
        lines.write_text("\n".join(QUESTIONS) + "\n", encoding="utf-8")
        say.note("counting: ask")
        found["ask"] = counted([place.program("bench_query"), index, lines], folder)
        say.note("counting: start")
        found["start"] = counted([place.program("tome"), "--version"], folder)
        return found


def made_with():
    versions = machine.describe()["versions"]
    return {name: versions[name] for name in ("g++", "Xapian", "ICU") if name in versions}


def count(record):
    """Exit code: 1 when some work takes over a tenth more instructions than recorded."""
    if shutil.which("valgrind") is None:
        say.fail("counting needs valgrind: apt-get install valgrind")
    found = counts()
    if record:
        out = {
            "made_with": made_with(),
            "files": FILES,
            "questions": len(QUESTIONS),
            "counts": found,
        }
        RECORDED.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")
        print(f"recorded in {RECORDED.relative_to(place.ROOT)}")
    try:
        recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        say.fail(f"cannot read {RECORDED}: {error}; tools/bench count --record makes it")
    if recorded["made_with"] != made_with():
        say.note(f"warning: recorded with {recorded['made_with']}, this is {made_with()}")
    return judge(found, recorded["counts"])


def judge(found, recorded):
    failed = False
    for name, instructions in found.items():
        before = recorded.get(name)
        ratio = instructions / before if before else None
        worse = ratio is None or ratio > LIMIT
        failed |= worse
        told = f"{ratio - 1:+.1%}" if ratio else "not recorded"
        print(f"{name}: {instructions:,} instructions, {told}{'  TOO MANY' if worse else ''}")
    return 1 if failed else 0
