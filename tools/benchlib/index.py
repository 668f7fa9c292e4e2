# SPDX-License-Identifier: GPL-2.0-or-later
"""tools/bench index: how fast and how small the programs index, in turns."""
import os

from . import measure, numbers, peers, place, results, say, scale, text


def one_run(peer, source, out):
    place.fresh(out)
    peer.prepare(source, out)
    os.sync()  # what the program before left to be written
    figures = measure.run(peer.command(source, out), out / "log", peer.good)
    figures["disk_bytes"] = measure.bytes_below(out / peer.index)
    figures["documents"] = peers.documents(peer, out)
    say.note(
        f"{peer.name}: {figures['seconds']:.2f} s, {figures['peak_bytes'] / 1e6:.0f} MB of memory, "
        f"{figures['disk_bytes'] / 1e6:.1f} MB on disk, {figures['documents']} documents"
    )
    return figures


def run_again(peer, source, out):
    """Seconds when nothing has changed."""
    if peer.again is None:
        return None
    figures = measure.run(peer.again(source, out), out / "log", peer.good)
    say.note(f"{peer.name} again, nothing changed: {figures['seconds']:.2f} s")
    return figures["seconds"]


def work_of(mode, top, name, folder):
    """(what the programs are given, how much that is)."""
    if mode == "text":
        source, counts = text.make(top, name, folder)
        return source, {**counts, "input_bytes": source.stat().st_size}
    files = measure.files_below(folder)
    return folder, {"files": len(files), "input_bytes": sum(f.stat().st_size for f in files)}


def index(top, packages, mode, runs, factor, only):
    name, folder = scale.folder(top, packages, factor)
    competing = peers.for_mode(mode, only)
    if not competing:
        say.fail("no program to measure")
    source, work = work_of(mode, top, name, folder)
    record = results.begin("index", name, factor)
    record.update(mode=mode, runs=runs, work=work, peers={})
    measure.make_warm(source)
    for run in range(runs):
        # In turns, each first in its turn once: what the machine does meanwhile hits all alike.
        turn = run % len(competing)
        for peer in competing[turn:] + competing[:turn]:
            out = top / "indexes" / name / f"{mode}-{peer.name}"
            figures = one_run(peer, source, out)
            entry = record["peers"].setdefault(peer.name, {})
            for key, value in figures.items():
                entry.setdefault(key, []).append(value)
            if run == runs - 1:
                entry["again_seconds"] = run_again(peer, source, out)
    if mode == "folder" and "tome" in record["peers"]:
        work.update(peers.tome_status(top / "indexes" / name / "folder-tome"))
    results.save(top, record)
    print(show(record))


def rate(amount, seconds, unit=1):
    return numbers.short(amount / unit / seconds) if amount else "-"


def show(record):
    """The record as a table: medians, spread, and how many times as fast tome is."""
    work = record["work"]
    tome = record["peers"].get("tome")
    base = numbers.median(tome["seconds"]) if tome else None
    rows = []
    for name, entry in record["peers"].items():
        seconds = numbers.median(entry["seconds"])
        disk = numbers.median(entry["disk_bytes"])
        again = entry.get("again_seconds")
        rows.append(
            [
                name,
                f"{numbers.short(seconds)} ± {numbers.spread(entry['seconds']):.0%}",
                f"{seconds / base:.2f}" if base else "-",
                rate(work["input_bytes"], seconds, 1e6),
                rate(work.get("text_bytes"), seconds, 1e6),
                rate(work.get("passages"), seconds),
                numbers.short(numbers.median(entry["cpu_seconds"])),
                f"{numbers.median(entry['peak_bytes']) / 1e6:.0f}",
                f"{disk / 1e6:,.1f}",
                f"{disk / work['text_bytes']:.2f}" if work.get("text_bytes") else "-",
                f"{again:.2f}" if again is not None else "-",
            ]
        )
    header = [
        "program",
        "seconds",
        "time / tome's",
        "MB of input/s",
        "MB of text/s",
        "passages/s",
        "CPU seconds",
        "peak MB",
        "MB on disk",
        "disk / text",
        "again, s",
    ]
    return numbers.table(header, rows)
