# SPDX-License-Identifier: GPL-2.0-or-later
"""Where things are: the project, its programs, and what is kept in DIR.

DIR/html/PACKAGE        what was fetched
DIR/copies/002/PACKAGE  altered copies, for --scale
DIR/scaled/NAME         hard links to both, when not everything is wanted once
DIR/passages/NAME.jsonl the extracted text of NAME
DIR/indexes/NAME/PEER   the last index of each program
DIR/results/*.json      measurements
"""
import os
import pathlib
import shutil
import subprocess

from . import say

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build" / "release"


def program(name):
    """A program of the release build, built or brought up to date on first use."""
    if name not in _built:
        _build()
    return _built[name]


_built = {}


def _build():
    say.note("building the programs in build/release")
    commands = [
        ["cmake", "--preset", "release"],
        ["cmake", "--build", "--preset", "release", "--target", "bench_programs"],
    ]
    for command in commands:
        try:
            done = subprocess.run(
                command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
        except OSError as error:
            say.fail(f"cannot run {command[0]}: {error.strerror}; tools/packages installs it")
        if done.returncode != 0:
            say.fail(f"the build failed:\n{done.stdout[-3000:]}")
    for name in ("tome", "tome-all", "bench_query", "bench_passages", "bench_prototype"):
        _built[name] = BUILD / name


def use_program(name, path):
    """Measures another build of a program, as --program says."""
    path = pathlib.Path(path).resolve()
    if not os.access(path, os.X_OK):
        say.fail(f"there is no program {path}")
    program(name)
    _built[name] = path


def fresh(folder):
    """An empty folder; only ever below DIR/indexes."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder
