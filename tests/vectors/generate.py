#!/usr/bin/env python3
"""Writes `generated.jsonl`: random cases from a seed, with the model's answers, and their coverage.

Rule sets are such as publishing accepts: shares of one side, no discount in a group of points, and so on.
"""

import json
import random
from pathlib import Path

import chance
import coverage
from model import answer, canonical

HERE = Path(__file__).resolve().parent
FILE = HERE / "generated.jsonl"
README = HERE / "README.md"
CASES = 1_000
SEED = 20_241_004
BYTES_MAX = 6_000_000


def cases():
    for number in range(CASES):
        document = chance.document(random.Random(SEED * 10_000 + number))
        yield {"name": f"generated {number:04}", "input": document, "answer": answer(document)}


def text_of(made):
    return "".join(canonical(case) + "\n" for case in made)


def main():
    made = list(cases())
    text = text_of(made)
    if len(text) > BYTES_MAX:
        raise SystemExit(f"{len(text)} bytes are more than {BYTES_MAX}")
    FILE.write_text(text)
    by_hand = [case for path in sorted((HERE / "by_hand").glob("*.json")) for case in json.loads(path.read_text())]
    coverage.write(README, by_hand, made)
    rare = coverage.rare(made)
    print(f"{len(made)} cases, {len(text)} bytes; {coverage.table(by_hand, made)}")
    if rare:
        raise SystemExit(f"too rare: {rare}")


if __name__ == "__main__":
    main()
