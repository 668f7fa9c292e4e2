# SPDX-License-Identifier: GPL-2.0-or-later
"""tools/bench load: `tome serve` under load, by wrk on loopback, and while a generation is published.

Questions are two words of one passage, each question once; the server keeps no answers, and clients
keep their connections. With --publish the index is rebuilt meanwhile: wrk runs for as long as it takes
and 10 seconds more, and every answer to a client that asks the same 200 questions all the time is held
against what its generation answers when nothing else goes on.
"""
import json
import pathlib
import random
import re
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.parse
import urllib.request

from . import index, peers, place, questions, results, say, scale, text

WITNESSES = 200
SCRIPT = pathlib.Path(__file__).with_name("load.lua")


def draw(file, count):
    """Pairs of words, each pair once; the same ones each time."""
    rng = random.Random(7)
    seen = {}
    for row in text.read(file):
        words = [w.lower() for w in questions.content(row["description"]) if w.isascii()]
        if row["language"] == "en" and len(words) > 5:
            for _ in range(2):
                pair = tuple(rng.sample(words, 2))
                if pair[0] != pair[1]:
                    seen[pair] = None
    pairs = list(seen)
    rng.shuffle(pairs)
    if len(pairs) < count:
        say.fail(f"{file} gives {len(pairs)} questions, fewer than {count}")
    return [" ".join(pair) for pair in pairs[:count]]


class Server:
    def __init__(self, shelf):
        command = [place.program("tome"), "--index", shelf, "serve", "--port", "0"]
        self.process = subprocess.Popen(
            [str(word) for word in command], stdout=subprocess.PIPE, text=True
        )
        found = re.search(r"http://[^/\s]+", self.process.stdout.readline())
        if not found:
            say.fail("tome serve did not start")
        self.url = found[0]

    def ask(self, question):
        """(generation, what was answered: passages and scores)."""
        address = f"{self.url}/api/v1/search?" + urllib.parse.urlencode({"q": question})
        with urllib.request.urlopen(address, timeout=30) as reply:
            answer = json.load(reply)
            generation = int(re.findall(r"\d+", reply.headers["ETag"])[0])
        return generation, [(hit["id"], hit["score"]) for hit in answer["results"]]

    def stop(self):
        self.process.terminate()
        return self.process.wait(60)


class Witness(threading.Thread):
    """Asks again and again, and keeps what each generation answered."""

    def __init__(self, server, asked):
        super().__init__()
        self.server, self.asked = server, asked
        self.right = {}  # of a generation, asked while nothing else went on
        self.answers = []
        self.failed = 0
        self.ended = threading.Event()
        self.learn()

    def learn(self):
        for question in self.asked:
            generation, answer = self.server.ask(question)
            self.right[generation, question] = answer

    def run(self):
        while not self.ended.is_set():
            for question in self.asked:
                if self.ended.is_set():
                    return
                try:
                    generation, answer = self.server.ask(question)
                    self.answers.append((generation, question, answer))
                except OSError:
                    self.failed += 1

    def finish(self):
        """How many answers are not those of their generation; asks what the last one answers."""
        self.ended.set()
        self.join()
        self.learn()
        return sum(answer != self.right.get((g, q)) for g, q, answer in self.answers)


def wrk(server, file, connections, seconds):
    command = ["wrk", "-t", "2", "-c", str(connections), "-d", f"{seconds}s"]
    command += ["--timeout", "30s", "-s", str(SCRIPT), server.url, "--", str(file)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not lines:
        say.fail("wrk failed")
    return json.loads(lines[-1])


def rebuild(shelf, seconds):
    command = [str(place.program("tome")), "--index", str(shelf), "rebuild"]
    start = time.monotonic()
    if subprocess.run(command, stdout=subprocess.DEVNULL).returncode not in (0, 4):
        say.fail("tome rebuild failed")
    seconds.append(time.monotonic() - start)


def show(name, run):
    return (
        f"{name}: {run['requests']:,} requests in {run['seconds']:.0f} s, "
        f"{run['requests'] / run['seconds']:.0f} a second; ms p50 {run['p50']:.1f}, "
        f"p99 {run['p99']:.1f}, max {run['max']:.1f}; {run['errors']} errors"
    )


def load(top, packages, factor, connections, seconds, publish):
    if not shutil.which("wrk"):
        say.fail("wrk is not installed: apt-get install wrk")
    name, folder = scale.folder(top, packages, factor)
    out = top / "indexes" / name / "folder-tome"
    if not (out / "index" / "shelf.toml").exists():
        say.note("there is no index yet: making tome's")
        index.one_run(next(p for p in peers.PEERS if p.name == "tome"), folder, out)
    record = results.begin("load", name, factor)
    record["work"] = peers.tome_status(out)
    asked = draw(text.make(top, name, folder)[0], 1200 * seconds)
    server = Server(out / "index")
    with tempfile.TemporaryDirectory() as scratch:
        file = pathlib.Path(scratch) / "questions"
        file.write_text("".join(urllib.parse.quote(q) + "\n" for q in asked), encoding="ascii")
        for question in asked[-WITNESSES:]:  # reads what is read once
            server.ask(question)
        record["alone"] = wrk(server, file, connections, seconds)
        print(show("alone", record["alone"]))
        if publish:
            witness = Witness(server, asked[-WITNESSES:])
            took = []
            builder = threading.Thread(target=rebuild, args=(out / "index", took))
            builder.start()
            witness.start()
            time.sleep(1)
            runs = []
            while builder.is_alive() or not runs:
                runs.append(wrk(server, file, connections, seconds))
                print(show("while rebuilding", runs[-1]))
            runs.append(wrk(server, file, connections, 10))
            print(show("after it", runs[-1]))
            wrong = witness.finish()
            generations = sorted({generation for generation, _, _ in witness.answers})
            record["publish"] = {
                "runs": runs,
                "rebuild_seconds": took,
                "answers": len(witness.answers),
                "wrong": wrong,
                "failed": witness.failed,
                "generations": generations,
            }
            print(
                f"rebuilt in {sum(took):.0f} s; of {len(witness.answers)} answers {wrong} were not "
                f"their generation's, {witness.failed} failed; generations {generations}"
            )
    record["exit"] = server.stop()
    results.save(top, record)
