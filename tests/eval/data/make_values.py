#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Makes qrels.txt, run.txt and values.tsv anew; needs pytrec_eval (see README.md)."""
import random
import struct

import pytrec_eval

rng = random.Random(20)
docs = [f"doc{i}" for i in range(400)]
qrels, run = {}, {}
for n in range(1, 23):
    query = f"q{n}"
    judged = rng.sample(docs, rng.choice([1, 2, 5, 12, 40]))
    grades = {d: rng.choice([0, 0, 1, 1, 2, 3]) for d in judged}
    grades[judged[0]] = rng.choice([1, 2, 3])
    qrels[query] = grades
    # Half of the judged documents are retrieved, among unjudged ones; few distinct scores: ties.
    found = rng.sample(judged, (len(judged) + 1) // 2)
    found += rng.sample([d for d in docs if d not in grades], rng.choice([0, 3, 30, 130]))
    steps = rng.choice([2, 5, 20, 1000])
    run[query] = {d: rng.randrange(steps) / steps * 12.5 for d in found}
for document in qrels["q3"]:
    qrels["q3"][document] = 0  # judged, nothing relevant
qrels["q4"] = {"doc7": -1, "doc8": 2, "doc9": 1, "doc10": -2}  # negative grades
run["q4"] = {"doc7": 9.0, "doc8": 8.0, "doc10": 7.0, "doc9": 6.0}
qrels["q5"] = {"a": 1, "b": 0}  # told apart by a difference that single precision does not hold
run["q5"] = {"a": 1.000000001, "b": 1.0}
qrels["q6"] = {f"doc{i}": 1 + i % 3 for i in range(150)}  # more relevant ones than any cutoff
run["q6"] = {f"doc{i}": float(1 + i * 7 % 160) for i in range(160)}
del run["q7"]  # judged, never answered
del qrels["q8"]  # answered, never judged

MEASURES = {"ndcg_cut.10", "map", "recall.100", "success.1"}
values = pytrec_eval.RelevanceEvaluator(qrels, MEASURES).evaluate(run)


def single(score):
    return struct.unpack("f", struct.pack("f", score))[0]


# recip_rank has no cutoff: it is given the first ten in trec_eval's own order.
first = {
    query: dict(sorted(ranking.items(), key=lambda e: (single(e[1]), e[0]), reverse=True)[:10])
    for query, ranking in run.items()
}
reciprocal = pytrec_eval.RelevanceEvaluator(qrels, {"recip_rank"}).evaluate(first)

with open("qrels.txt", "w") as out:
    for query, grades in qrels.items():
        for document, grade in grades.items():
            out.write(f"{query} 0 {document} {grade}\n")
with open("run.txt", "w") as out:
    for query, ranking in run.items():
        for rank, (document, score) in enumerate(ranking.items(), 1):
            out.write(f"{query} Q0 {document} {rank} {score!r} synthetic\n")
with open("values.tsv", "w") as out:
    out.write("query\tndcg_cut_10\tmap\trecip_rank_10\trecall_100\tsuccess_1\n")
    for query, found in values.items():
        row = [found["ndcg_cut_10"], found["map"], reciprocal[query]["recip_rank"]]
        row += [found["recall_100"], found["success_1"]]
        out.write("\t".join([query] + [f"{value:.6f}" for value in row]) + "\n")
