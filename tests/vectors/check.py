#!/usr/bin/env python3
"""Asks the model every case again and compares byte for byte, in canonical JSON.

`python3 tests/vectors/check.py`; exit 1 on differences. `--regenerate` writes the generated cases anew.
"""

import json
import sys
from pathlib import Path

import by_hand
import generate
from model import answer, canonical

HERE = Path(__file__).resolve().parent
SHOWN_MAX = 10


def hand_cases():
    return [case for path in sorted((HERE / "by_hand").glob("*.json")) for case in json.loads(path.read_text())]


def generated_cases():
    return [json.loads(line) for line in generate.FILE.read_text().splitlines()]


def stale_files():
    """Files of cases that are not what their source says."""
    written = {theme: HERE / "by_hand" / f"{theme}.json" for theme in by_hand.themes()}
    stale = [str(path) for theme, path in written.items()
             if not path.is_file() or path.read_text() != by_hand.text_of(theme)]
    if generate.FILE.read_text() != generate.text_of(generate.cases()):
        stale.append(str(generate.FILE))
    return stale


def differences(cases):
    for case in cases:
        found, expected = canonical(answer(case["input"])), canonical(case["answer"])
        if found != expected:
            yield f"{case['name']}\n  expected {expected}\n  found    {found}"


def main():
    if "--regenerate" in sys.argv[1:]:
        generate.main()
    stale = stale_files()
    by_people, by_chance = hand_cases(), generated_cases()
    wrong = list(differences(by_people + by_chance))
    for text in [f"not as its source says: {path}" for path in stale] + wrong[:SHOWN_MAX]:
        print(text)
    print(f"{len(by_people)} by hand, {len(by_chance)} generated, {len(wrong)} differ")
    if wrong or stale:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
