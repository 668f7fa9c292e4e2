# SPDX-License-Identifier: GPL-2.0-or-later
"""tools/bench profile: where the time goes, as a report of perf."""
import shutil
import subprocess

from . import measure, peers, place, questions, say, scale, text


WIDTH = 150  # names of templates are longer than anybody reads


def record_with_perf(command, folder, calls, good):
    """With `calls`, stacks too: read from the debug sections, since release builds keep no frames."""
    data = folder / "perf.data"
    how = ["-F", "99", "--call-graph", "dwarf,8192"] if calls else ["-F", "499"]
    perf = ["perf", "record", "-q", *how, "-o", data, "--"]
    measure.run([*perf, *command], folder / "log", good)
    return data


def part_of_report(data, title, options):
    done = subprocess.run(
        ["perf", "report", "--stdio", "-i", str(data), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        errors="replace",
    )
    if done.returncode != 0:
        say.fail("perf report failed")
    lines = [line.rstrip()[:WIDTH] for line in done.stdout.splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    return "\n".join([title, "", *lines, ""])


def write_report(data, calls, out):
    flat = ["--no-children", "-g", "none"]
    parts = [
        part_of_report(data, "By library", [*flat, "--sort", "dso"]),
        part_of_report(
            data, "By function", [*flat, "--sort", "dso,symbol", "--percent-limit", "0.3"]
        ),
    ]
    if calls:
        options = ["--children", "-g", "graph,0.5,caller,function,percent", "--percent-limit", "1"]
        parts.append(part_of_report(data, "With what is called", options))
    out.write_text("\n".join(parts), encoding="utf-8")


def profile(top, packages, factor, work, calls):
    if shutil.which("perf") is None:
        say.fail("profiling needs perf: apt-get install linux-perf")
    name, folder = scale.folder(top, packages, factor)
    out = place.fresh(top / "indexes" / name / f"profile-{work}")
    tome = next(p for p in peers.PEERS if p.name == "tome" and "folder" in p.modes)
    if work == "index":
        command, good = tome.command(folder, out), tome.good
    else:
        built = top / "indexes" / name / "folder-tome"
        index = built / "index"
        if not (index / "shelf.toml").exists():
            say.fail(f"there is no index to ask: run tools/bench index {top} first")
        lines = out / "questions.txt"
        asked = questions.make(text.make(top, name, folder)[0], peers.tome_titles(built))
        lines.write_text("".join(q["ask"] + "\n" for q in asked), encoding="utf-8")
        command, good = [place.program("bench_query"), index, lines, 1, 5], (0,)
    report = top / "results" / f"profile-{work}-{name}.txt"
    report.parent.mkdir(exist_ok=True)
    write_report(record_with_perf(command, out, calls, good), calls, report)
    print(f"written: {report}")
