# SPDX-License-Identifier: GPL-2.0-or-later
"""What tome is to reach, beside what was measured."""
from . import numbers

ABOUT = 0.3  # a measurement of 170,000 to 310,000 passages speaks for 240,000
# What is compared, the record it is compared with, how many times tome's time that is to take.
BESIDE_OF_FOLDERS = (
    ("omindex's time / tome's", "omindex", 3),
    ("recollindex's time / tome's", "recollindex", 4),
)
BESIDE_OF_TEXTS = (
    ("the prototype's time / tome's", "prototype", 0.7),
    ("FTS5's time / tome's", "FTS5", 0.25),
    ("one worker's time / two workers'", "tome-1", 1.8),
)


class Rows:
    def __init__(self):
        self.rows = []

    def add(self, work, target, figure, where, least=None, most=None):
        """A row when `figure` was measured; `least` or `most` decides whether it is reached."""
        if figure is None:
            return
        reached = figure >= least if least is not None else figure <= most
        self.rows.append([work, target, numbers.short(figure), "yes" if reached else "**no**", where])


def seconds(record, name):
    entry = record["peers"].get(name)
    return numbers.median(entry["seconds"]) if entry else None


def ratio(above, below):
    return above / below if above and below else None


def of_indexing(rows, folders, texts):
    for name, group, peers in (
        ("a folder of HTML", folders, BESIDE_OF_FOLDERS),
        ("a catalogue of passages", texts, BESIDE_OF_TEXTS),
    ):
        for record in group.values():
            tome = seconds(record, "tome")
            for which, peer, least in peers:
                figure = ratio(seconds(record, peer), tome)
                rows.add(f"{name}, {which}", f"at least {least}", figure, record["name"], least=least)
    for kind, group in (("folder", folders), ("catalogue", texts)):
        for record in group.values():
            entry = record["peers"].get("tome")
            if not entry:
                continue
            where = record["name"]
            peak = max(entry["peak_bytes"]) / 1e6
            rows.add(f"memory while indexing, {kind}, MB", "under 600", peak, where, most=600)
            text = record["work"].get("text_bytes")
            disk = ratio(numbers.median(entry["disk_bytes"]), text)
            rows.add(f"index, {kind}, times its text", "at most 1.25", disk, where, most=1.25)
            if kind == "folder":
                again = entry.get("again_seconds")
                rows.add("again, nothing changed, s", "under 1", again, where, most=1)


def of_asking(rows, asked):
    for record in asked.values():
        passages = record["work"].get("passages") or 0
        warm = record["in_process"]["tome, 1"]["warm"]
        for size, p50, p99 in ((240_000, 3, 20), (1_000_000, 8, 50)):
            if abs(passages / size - 1) > ABOUT:
                continue
            where = record["name"]
            rows.add("a question, p50, ms", f"{p50}", warm["all"]["p50"], where, most=p50)
            rows.add("a question, p99, ms", f"{p99}", warm["all"]["p99"], where, most=p99)
            for kind, most in (("common phrase", 100), ("absent phrase", 300)):
                if kind in warm and size == 1_000_000:
                    rows.add(f"{kind}, slowest, ms", f"under {most}", warm[kind]["max"], where, most=most)
            whole = record["processes"]
            for name, most in (("tome search", 15), ("tome --version", 5)):
                if name in whole and size == 240_000:
                    rows.add(f"`{name}`, p50, ms", f"under {most}", whole[name]["p50"], where, most=most)


def table(folders, texts, asked):
    """Markdown; empty when nothing that has a target was measured."""
    rows = Rows()
    of_indexing(rows, folders, texts)
    of_asking(rows, asked)
    if not rows.rows:
        return ""
    lines = ["| work | to reach | measured | reached | text |", "| --- | ---: | ---: | --- | --- |"]
    lines += ["| " + " | ".join(row) + " |" for row in rows.rows]
    return "\n".join(lines) + "\n"
