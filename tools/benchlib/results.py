# SPDX-License-Identifier: GPL-2.0-or-later
"""Measurements as JSON, one file a run of the tool."""
import datetime
import json
import pathlib

from . import machine, say

BUSY = 0.5  # load of others above which figures mean little


def begin(what, name, scale):
    """A record to be filled in; says so when the machine is busy."""
    record = {
        "what": what,
        "name": name,
        "scale": scale,
        "when": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        "machine": machine.describe(),
    }
    if record["machine"]["load"] > BUSY:
        say.note(f"warning: the load is {record['machine']['load']:.1f}: figures are worth little")
    return record


def save(top, record):
    folder = top / "results"
    folder.mkdir(exist_ok=True)
    stamp = record["when"][:19].replace(":", "").replace("T", "-")
    path = folder / f"{stamp}-{record['what']}-{record['name']}.json"
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    say.note(f"written: {path}")


def load(paths):
    records = []
    for path in paths:
        path = pathlib.Path(path)
        for file in sorted(path.glob("results/*.json")) if path.is_dir() else [path]:
            try:
                read = json.loads(file.read_text(encoding="utf-8"))
            except (OSError, ValueError) as error:
                say.fail(f"cannot read {file}: {error}")
            records += read if isinstance(read, list) else [read]
    return sorted(records, key=lambda record: record["when"])
