# SPDX-License-Identifier: GPL-2.0-or-later
"""The programs that are compared: how each is told to index, and what it made.

In mode "folder" they read files of HTML; in mode "text" the extracted passages.
"""
import dataclasses
import json
import pathlib
import shutil
import subprocess
import sys
from typing import Callable, Optional

from . import place, say

FTS5 = pathlib.Path(__file__).with_name("fts5.py")


@dataclasses.dataclass
class Peer:
    name: str
    modes: tuple
    here: Callable  # whether it can run on this machine
    command: Callable  # (source, out) -> command that indexes `source` into the empty folder `out`
    again: Optional[Callable] = None  # the same when nothing has changed; None: not measured
    prepare: Callable = lambda source, out: None
    index: str = ""  # what of `out` is the index
    database: str = ""  # a Xapian database in `out`, whose documents are counted
    good: tuple = (0,)


def tome_command(workers):
    return lambda source, out: [
        place.program("tome"),
        "--index",
        out / "index",
        "index",
        "--workers",
        str(workers),
        source,
    ]


def prototype_command(workers):
    return lambda source, out: [
        place.program("bench_prototype"),
        source,
        out / "index",
        str(workers),
    ]


def omindex_command(source, out):
    return ["omindex", "--db", out / "index", "--url", "/", source]


def recoll_command(source, out):
    return ["recollindex", "-c", out]


def recoll_prepare(source, out):
    lines = [f"topdirs = {source}", "skippedPaths = ", "loglevel = 2"]
    (out / "recoll.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")


def reads_catalogues():
    """Whether this tome takes rows of JSON Lines as sources."""
    done = subprocess.run(
        [str(place.program("tome")), "index", "--help"], stdout=subprocess.PIPE, text=True
    )
    return "--map" in done.stdout


def installed(name):
    return lambda: shutil.which(name) is not None


def always():
    return True


LARGEST = 20  # works whose titles are asked for
SOME_FAILED = 4  # exit code of `tome index`: some files could not be read

PEERS = [
    Peer(
        "tome",
        ("folder",),
        always,
        tome_command(2),
        tome_command(2),
        index="index",
        good=(0, SOME_FAILED),
    ),
    Peer("tome-1", ("folder",), always, tome_command(1), index="index", good=(0, SOME_FAILED)),
    Peer(
        "omindex",
        ("folder",),
        installed("omindex"),
        omindex_command,
        omindex_command,
        index="index",
        database="index",
    ),
    Peer(
        "recollindex",
        ("folder",),
        installed("recollindex"),
        recoll_command,
        recoll_command,
        recoll_prepare,
        "xapiandb",
        "xapiandb",
    ),
    Peer(
        "tome",
        ("text",),
        reads_catalogues,
        tome_command(2),
        tome_command(2),
        index="index",
        good=(0, SOME_FAILED),
    ),
    Peer(
        "tome-1", ("text",), reads_catalogues, tome_command(1), index="index", good=(0, SOME_FAILED)
    ),
    Peer("prototype", ("text",), always, prototype_command(2), index="index", database="index/all"),
    Peer(
        "prototype-1", ("text",), always, prototype_command(1), index="index", database="index/all"
    ),
    Peer(
        "FTS5",
        ("text",),
        always,
        lambda source, out: [sys.executable, FTS5, "index", source, out / "index.db"],
        index="index.db",
    ),
]


def for_mode(mode, only):
    """The peers that can run, `tome` first; those that cannot are named."""
    peers = []
    for peer in PEERS:
        if mode not in peer.modes or (only and peer.name not in only):
            continue
        if peer.here():
            peers.append(peer)
        else:
            say.note(f"left out: {peer.name} cannot do this here")
    return peers


def tome_json(out, command):
    done = subprocess.run(
        [str(place.program("tome")), "--index", str(out / "index"), command, "--json"],
        stdout=subprocess.PIPE,
        text=True,
    )
    answer = json.loads(done.stdout)
    if answer["kind"] == "error":
        say.fail(f"tome {command} failed: {answer.get('message')}")
    return answer


def tome_status(out):
    status = tome_json(out, "status")
    return {key: status[key] for key in ("passages", "sources", "failed", "text_bytes")}


def tome_titles(out):
    """Titles of the largest works."""
    works = tome_json(out, "list")["works"]
    works.sort(key=lambda entry: (-entry["passages"], entry["work"]["title"]))
    return [entry["work"]["title"] for entry in works[:LARGEST]]


def documents(peer, out):
    """How many documents the index holds; None when it cannot be told."""
    if peer.name.startswith("tome"):
        return tome_status(out)["passages"]
    if not peer.database or shutil.which("xapian-delve") is None:
        return None
    done = subprocess.run(
        ["xapian-delve", str(out / peer.database)], stdout=subprocess.PIPE, text=True
    )
    for line in done.stdout.splitlines():
        if line.startswith("number of documents"):
            return int(line.partition("=")[2])
    return None
