# SPDX-License-Identifier: GPL-2.0-or-later
"""Running a program and measuring it: seconds, processor time, memory, bytes on disk."""
import os
import pathlib
import subprocess
import threading
import time

from . import say

SAMPLE_SECONDS = 0.1
PAGE = os.sysconf("SC_PAGE_SIZE")


def children(pid):
    """Processes that the threads of `pid` started and that still run."""
    found = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
                found += [int(word) for word in file.read().split()]
    except OSError:  # it has ended meanwhile
        pass
    return found


def resident(pid):
    """Resident bytes of a process and of all below it. Pages that they share count twice."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            total = int(file.read().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0
    return total + sum(resident(child) for child in children(pid))


class Watch(threading.Thread):
    """Samples the memory of a process tree until told to stop; `peak` in bytes."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.peak, self.over = pid, 0, threading.Event()

    def run(self):
        while not self.over.wait(SAMPLE_SECONDS):
            self.peak = max(self.peak, resident(self.pid))


def run(command, log, good=(0,), environment=None):
    """Runs to the end, output into `log`; seconds, cpu seconds, peak memory (bytes).

    The peak is the larger of what the kernel kept of the largest process (wait4) and of the tree
    as sampled, so a short process is not missed and several processes are added up.
    """
    command = [str(word) for word in command]
    with open(log, "wb") as out:
        start = time.perf_counter()
        try:
            process = subprocess.Popen(
                command,
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env={**os.environ, **(environment or {})},
            )
        except OSError as error:
            say.fail(f"cannot run {command[0]}: {error.strerror}")
        watch = Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    watch.over.set()
    watch.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in good:
        tail = pathlib.Path(log).read_text(encoding="utf-8", errors="replace")[-2000:]
        say.fail(f"`{' '.join(command)}` ended with {process.returncode}:\n{tail}")
    return {
        "seconds": seconds,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "peak_bytes": max(watch.peak, usage.ru_maxrss * 1024),
    }


def seconds_of(command, good=(0, 1)):
    """Wall time of a short process whose output goes nowhere."""
    command = [str(word) for word in command]
    null = os.open(os.devnull, os.O_RDWR)
    try:
        start = time.perf_counter()
        pid = os.posix_spawnp(
            command[0],
            command,
            os.environ,
            file_actions=[(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)],
        )
        _, status = os.waitpid(pid, 0)
        seconds = time.perf_counter() - start
    except OSError as error:
        say.fail(f"cannot run {command[0]}: {error.strerror}")
    finally:
        os.close(null)
    if os.waitstatus_to_exitcode(status) not in good:
        say.fail(f"`{' '.join(command)}` ended with {os.waitstatus_to_exitcode(status)}")
    return seconds


def files_below(place):
    place = pathlib.Path(place)
    if place.is_file():
        return [place]
    return [path for path in place.rglob("*") if path.is_file() and not path.is_symlink()]


def bytes_below(place):
    return sum(path.stat().st_size for path in files_below(place))


def make_cold(place):
    """Lets the kernel forget the contents of the files below `place`."""
    os.sync()
    for path in files_below(place):
        with open(path, "rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def make_warm(place):
    for path in files_below(place):
        with open(path, "rb") as file:
            while file.read(1 << 20):
                pass
