# SPDX-License-Identifier: GPL-2.0-or-later
"""The program tome on an index of its own."""
import json
import shutil
import subprocess


class Failure(Exception):
    """What ends a run; its text is for the user."""


class Shelf:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder

    def run(self, *words):
        command = [str(word) for word in (self.program, "--index", self.folder, *words)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")

    def make(self, folders):
        """Indexes afresh; what it said."""
        if (self.folder / "shelf.toml").exists():
            shutil.rmtree(self.folder)
        elif self.folder.exists():
            raise Failure(f"{self.folder} is no index: remove it or name another DIR")
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        done = self.run("index", *folders)
        if done.returncode != 0:
            raise Failure(f"tome index ended with status {done.returncode}: {done.stderr.strip()}")
        return done.stdout + done.stderr

    def ask(self, *words):
        """The JSON that the program answers; finding nothing (1) is an answer too."""
        done = self.run(*words)
        if done.returncode not in (0, 1):
            raise Failure(f"`tome {' '.join(words)}` ended with {done.returncode}: {done.stderr.strip()}")
        return json.loads(done.stdout)
