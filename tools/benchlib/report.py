# SPDX-License-Identifier: GPL-2.0-or-later
"""tools/bench report: docs/benchmarks.md, its figures as JSON and its plots, from measurements."""
import json

from . import index, numbers, place, plot, query, results, say, targets

INTRODUCTION = """# Benchmarks

Written by `tools/bench report` from measurements (all of their figures: [{json}]({json})); not to be
edited. To repeat them:

    tools/bench fetch DIR
    tools/bench index DIR
    tools/bench index DIR --mode text
    tools/bench query DIR
    tools/bench report DIR

## How it is measured

- The text is the HTML of documentation packages of Debian, nothing else of them. With `--scale` above 1 there
  are altered copies: words change places with words about as frequent, and rare ones become new words, as many
  as Heaps' law asks for.
- Programs run in turns, whole processes, their input in memory, their index made anew. Given are medians, and
  half of the range as a share of the median.
- `folder`: each program reads the HTML. `text`: each reads the passages, extracted by tome, from one file of JSON
  Lines. MB of text are those of the passages that tome makes. tome-1 and prototype-1 have one worker.
- The prototype (`tools/bench_prototype.cc`) splits ASCII words, caches stems and stores the text, no more: what
  Xapian itself costs.
- Peak MB: the largest of what the kernel kept of one process and of all processes together, sampled ten times a
  second. Mapped files count; what processes share counts twice.
- Questions are made from the text's own headings. FTS5 is asked for any of a question's words (`OR`), as tome
  ranks, by its bm25, with a snippet; it has no catalogue of works, so `kind:` and `title:` are left out for it. "all" is
  without the phrases of common words. Cold: the index's files are dropped from the kernel's memory, then a
  new process asks each question once.
"""


def newest(records, what, mode=None):
    """Name of the text -> its last measurement."""
    found = {}
    for record in records:
        if record["what"] == what and (mode is None or record["mode"] == mode):
            found[record["name"]] = record
    return dict(sorted(found.items(), key=lambda item: size_of(item[1])))


def size_of(record):
    return record["work"].get("passages") or 0


def made_with(record):
    machine = record["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    busy = ""
    if machine["load"] > results.BUSY:
        busy = (
            f" **Others kept the machine busy (load {machine['load']:.1f}): not to be relied on.**"
        )
    return (
        f"{record['when'][:16].replace('T', ' ')}, commit {machine['commit']}, {machine['processor']}, "
        f"{machine['cores']} cores, {machine['memory_bytes'] / 2**30:.0f} GB. {versions}.{busy}\n"
    )


def amount(record):
    work = record["work"]
    parts = [
        f"{work['files']:,} files" if "files" in work else None,
        f"{work['passages']:,} passages" if work.get("passages") else None,
        f"{work['input_bytes'] / 1e6:,.0f} MB of input" if "input_bytes" in work else None,
        f"{work['text_bytes'] / 1e6:,.0f} MB of text" if work.get("text_bytes") else None,
    ]
    return ", ".join(part for part in parts if part)


def section(record, title, table):
    return f"### {title}: {record['name']}\n\n{amount(record)}.\n{made_with(record)}\n{table}\n"


def of_one_text(records):
    """Those of the text that was measured at the most scales: growth is of one text."""
    texts = {}
    for name, record in records.items():
        texts.setdefault(name.rpartition("-x")[0], {})[name] = record
    return max(texts.values(), key=len, default={})


def growth_of_indexing(records):
    series = {}
    for record in of_one_text(records).values():
        for name, entry in record["peers"].items():
            if size_of(record):
                point = (size_of(record), numbers.median(entry["seconds"]))
                series.setdefault(name, []).append(point)
    return series


def growth_of_asking(records):
    series = {}
    for record in of_one_text(records).values():
        for name, entry in record["in_process"].items():
            if name.endswith(", 1"):
                for share in ("p50", "p99"):
                    point = (size_of(record), entry["warm"]["all"][share])
                    series.setdefault(f"{name[:-3]}, {share}", []).append(point)
    return series


def write_plot(folder, name, title, up, series):
    """The Markdown that shows it; nothing when there is nothing to show."""
    if not series:
        return ""
    (folder / name).write_text(plot.draw(title, "passages", up, series), encoding="utf-8")
    return f"![{title}]({name})\n"


def report(top, out):
    out = (out or place.ROOT / "docs" / "benchmarks.md").resolve()
    records = results.load([top])
    if not records:
        say.fail(f"no results in {top / 'results'}: run tools/bench index {top}")
    folders = {mode: newest(records, "index", mode) for mode in ("folder", "text")}
    asked = newest(records, "query")
    kept = [record for group in (*folders.values(), asked) for record in group.values()]
    beside = out.with_suffix(".json")
    beside.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")

    parts = [INTRODUCTION.format(json=beside.name)]
    goals = targets.table(folders["folder"], folders["text"], asked)
    if goals:
        parts.append("## What was to be reached\n\n" + goals)
    parts.append("## Indexing\n")
    for mode, group in folders.items():
        title = f"Indexing, {mode}"
        parts.append(
            write_plot(
                out.parent, f"{out.stem}-{mode}.svg", title, "seconds", growth_of_indexing(group)
            )
        )
        parts += [section(record, mode, index.show(record)) for record in group.values()]
    parts.append("## Asking\n")
    parts.append(
        write_plot(
            out.parent, f"{out.stem}-asking.svg", "Asking, warm", "ms", growth_of_asking(asked)
        )
    )
    parts += [section(record, "asking", query.show(record)) for record in asked.values()]
    out.write_text("\n".join(part for part in parts if part).rstrip() + "\n", encoding="utf-8")
    print(f"written: {out}")
