# SPDX-License-Identifier: GPL-2.0-or-later
"""What a measurement was made with: machine, versions, commit."""
import os
import pathlib
import platform
import sqlite3
import subprocess

from . import place


def first_line(*command):
    try:
        done = subprocess.run(
            [str(word) for word in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=place.ROOT,
            errors="replace",
        )
    except OSError:
        return ""
    lines = done.stdout.strip().splitlines()
    return lines[0] if done.returncode == 0 and lines else ""


def package_version(name):
    return first_line("dpkg-query", "-W", "-f=${Version}", name)


def processor():
    for line in (
        pathlib.Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").splitlines()
    ):
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def commit():
    """The commit; "+" when files differ from it."""
    name = first_line("git", "rev-parse", "--short=12", "HEAD")
    return name + ("+" if name and first_line("git", "status", "--porcelain") else "")


def describe():
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    versions = {
        "tome": first_line(place.program("tome"), "--version").removeprefix("tome "),
        "Xapian": package_version("libxapian30"),
        "ICU": package_version("libicu72"),
        "g++": first_line("g++", "-dumpfullversion"),
        "SQLite": sqlite3.sqlite_version,
        "omindex": package_version("xapian-omega"),
        "recollindex": package_version("recollcmd"),
        "kernel": platform.release(),
    }
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_bytes": memory,
        "load": os.getloadavg()[0],  # of others, when it began
        "versions": {name: version for name, version in versions.items() if version},
        "commit": commit(),
    }
