# SPDX-License-Identifier: GPL-2.0-or-later
"""tools/bench query: how fast the programs answer."""
import json
import pathlib
import subprocess
import sys

from . import index, measure, numbers, peers, place, questions, results, say, scale, text

PROCESSES = 50  # questions asked by a whole process each
FTS5 = pathlib.Path(__file__).with_name("fts5.py")


def answer(command):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        say.fail(f"`{' '.join(str(word) for word in command)}` ended with {done.returncode}")
    return json.loads(done.stdout)


def by_kind(asked, rounds):
    """Kind -> latencies in ms; "all" without the phrases of common words, which stand apart."""
    times = {kind: [] for kind in sorted({question["kind"] for question in asked})}
    for entries in rounds:
        for question, us in zip(asked, entries["us"]):
            times[question["kind"]].append(us / 1e3)
    ordinary = [t for kind, list_ in times.items() if not kind.endswith(" phrase") for t in list_]
    return {kind: numbers.latency(list_) for kind, list_ in [("all", ordinary), *times.items()]}


def measured(command_of, place_of_index, asked, rounds):
    """Cold: each question once in a new process, the index out of memory. Warm: rounds after it."""
    measure.make_cold(place_of_index)
    cold = answer(command_of(1))
    warm = answer(command_of(rounds + 1))
    warm_rounds = warm["rounds"][1:]
    return {
        "open_ms": {"cold": cold["open_ms"], "warm": warm["open_ms"]},
        "cold": by_kind(asked, cold["rounds"]),
        "warm": by_kind(asked, warm_rounds),
        "per_second": [len(asked) / entry["wall_ms"] * 1e3 for entry in warm_rounds],
        "empty": sum(hits == 0 for hits in warm["hits"]),
        "failed": sum(hits < 0 for hits in warm["hits"]),
    }


def in_process(top, name, asked, rounds, record):
    folder = top / "indexes" / name
    lines = folder / "questions.txt"
    lines.write_text("".join(q["ask"] + "\n" for q in asked), encoding="utf-8")
    tome = folder / "folder-tome" / "index"
    for threads in (1, 2):
        say.note(f"asking tome, {threads} thread{'s' * (threads > 1)}")
        record["in_process"][f"tome, {threads}"] = measured(
            lambda n, t=threads: [place.program("bench_query"), tome, lines, t, n],
            tome,
            asked,
            rounds,
        )
    database = folder / "text-FTS5" / "index.db"
    if not database.exists():
        say.note("left out: FTS5 has no index; tools/bench index --mode text makes it")
        return
    say.note("asking FTS5")
    file = folder / "questions.json"
    file.write_text(json.dumps(asked), encoding="utf-8")
    record["in_process"]["FTS5, 1"] = measured(
        lambda n: [sys.executable, FTS5, "query", database, file, n], database, asked, rounds
    )


def processes(top, name, asked, record):
    """Whole processes, warm: ms of `tome search`, of starting alone, and of the peers' programs."""
    folder = top / "indexes" / name
    plain = [q for q in asked if q["kind"] in ("one word", "question")][:PROCESSES]
    commands = {
        "tome --version": lambda q: [place.program("tome"), "--version"],
        "tome search": lambda q: [
            place.program("tome"),
            "--index",
            folder / "folder-tome" / "index",
            "search",
            "--",
            q["ask"],
        ],
    }
    if (folder / "folder-omindex" / "index").exists() and peers.installed("quest")():
        database = folder / "folder-omindex" / "index"
        commands["quest"] = lambda q: [
            "quest",
            f"--db={database}",
            "--msize=10",
            " ".join(q["words"]),
        ]
    if (folder / "folder-recollindex" / "xapiandb").exists() and peers.installed("recollq")():
        conf = folder / "folder-recollindex"
        commands["recollq"] = lambda q: [
            "recollq",
            "-c",
            conf,
            "-n",
            "10",
            "-o",
            "-q",
            " ".join(q["words"]),
        ]
    for program, command in commands.items():
        say.note(f"running {program}")
        times = [measure.seconds_of(command(q)) for q in plain + plain][len(plain) :]
        record["processes"][program] = numbers.latency([t * 1e3 for t in times])


def query(top, packages, factor, rounds):
    name, folder = scale.folder(top, packages, factor)
    out = top / "indexes" / name / "folder-tome"
    tome = next(p for p in peers.PEERS if p.name == "tome" and "folder" in p.modes)
    if not (out / "index" / "shelf.toml").exists():
        say.note("there is no index yet: making tome's")
        index.one_run(tome, folder, out)
    asked = questions.make(text.make(top, name, folder)[0], peers.tome_titles(out))
    record = results.begin("query", name, factor)
    record.update(rounds=rounds, questions=len(asked), work=peers.tome_status(out))
    record.update(in_process={}, processes={})
    in_process(top, name, asked, rounds, record)
    processes(top, name, asked, record)
    results.save(top, record)
    print(show(record))


def show(record):
    header = ["ms", "p50", "p95", "p99", "max", "of"]
    parts = []
    for name, entry in record["in_process"].items():
        program, _, threads = name.partition(", ")
        parts.append(
            f"{program}, in process, {threads} thread{'s' * (threads != '1')}: "
            f"{numbers.short(numbers.median(entry['per_second']))} questions a second, "
            f"{entry['open_ms']['warm']:.1f} ms to open (cold {entry['open_ms']['cold']:.1f}), {entry['empty']} without an answer, "
            f"{entry['failed']} failed\n"
        )
        rows = []
        for state in ("warm", "cold"):
            for kind, figures in entry[state].items():
                rows.append([f"{state}, {kind}", *cells(figures)])
        parts.append(numbers.table(header, rows) + "\n")
    parts.append("Whole processes, warm:\n")
    rows = [[name, *cells(figures)] for name, figures in record["processes"].items()]
    parts.append(numbers.table(header, rows))
    return "\n".join(parts)


def cells(figures):
    return [numbers.short(figures[key]) for key in ("p50", "p95", "p99", "max")] + [
        figures["count"]
    ]
