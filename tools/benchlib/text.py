# SPDX-License-Identifier: GPL-2.0-or-later
"""The extracted text of a folder, a passage a line: what programs that index text are given."""
import json
import os
import subprocess

from . import place, say


def make(top, name, folder):
    """(file, {"passages", "text_bytes"}); made by tome's own extraction unless it is there."""
    target = top / "passages" / f"{name}.jsonl"
    counted = target.with_suffix(".json")
    if target.exists() and counted.exists():
        return target, json.loads(counted.read_text(encoding="utf-8"))
    target.parent.mkdir(exist_ok=True)
    say.note(f"extracting the text of {folder}")
    making = target.with_suffix(".making")
    with open(making, "wb") as out:
        done = subprocess.run([str(place.program("bench_passages")), str(folder)], stdout=out)
    if done.returncode != 0:
        say.fail("bench_passages failed")
    passages = text_bytes = 0
    for row in read(making):
        passages += 1
        text_bytes += len(row["description"].encode())
    os.replace(making, target)
    counts = {"passages": passages, "text_bytes": text_bytes}
    counted.write_text(json.dumps(counts) + "\n", encoding="utf-8")
    return target, counts


def read(file):
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
