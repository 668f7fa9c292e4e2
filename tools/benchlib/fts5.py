# SPDX-License-Identifier: GPL-2.0-or-later
"""SQLite's FTS5, as a program of its own so that it is measured as the others are.

    python3 fts5.py index PASSAGES.jsonl DATABASE
    python3 fts5.py query DATABASE QUESTIONS.json ROUNDS

The second prints microseconds for each question, as bench_query does.
"""
import json
import sqlite3
import sys
import time

TABLE = (
    "CREATE VIRTUAL TABLE passages USING fts5("
    "title, headings, body, language UNINDEXED, tokenize='porter unicode61')"
)
ASK = (
    "SELECT rowid, title, snippet(passages, 2, '[', ']', '...', 30) FROM passages "
    "WHERE passages MATCH ? {} ORDER BY rank LIMIT 10"
)


def rows(file):
    with open(file, encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["title"], "\n".join(row["headings"]), row["description"], row["language"]


def index(passages, database):
    connection = sqlite3.connect(database)
    connection.execute(TABLE)
    with connection:  # one transaction, synced at its end
        connection.executemany("INSERT INTO passages VALUES (?, ?, ?, ?)", rows(passages))
    connection.close()


def query(database, questions, rounds):
    start = time.perf_counter()
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.execute("SELECT rowid FROM passages LIMIT 1").fetchall()
    out = {"open_ms": (time.perf_counter() - start) * 1e3, "rounds": []}
    with open(questions, encoding="utf-8") as file:
        asked = [(entry["match"], entry.get("language")) for entry in json.load(file)]
    for _ in range(rounds):
        times, out["hits"] = [], []
        begin = time.perf_counter()
        for match, language in asked:
            start = time.perf_counter()
            sql = ASK.format("AND language = ?" if language else "")
            found = connection.execute(sql, (match, language) if language else (match,)).fetchall()
            times.append((time.perf_counter() - start) * 1e6)
            out["hits"].append(len(found))
        out["rounds"].append({"wall_ms": (time.perf_counter() - begin) * 1e3, "us": times})
    print(json.dumps(out))


if __name__ == "__main__":
    if sys.argv[1] == "index":
        index(*sys.argv[2:4])
    else:
        query(sys.argv[2], sys.argv[3], int(sys.argv[4]))
