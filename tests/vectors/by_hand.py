#!/usr/bin/env python3
"""Writes the cases worked by hand from `cases/*.py` to `by_hand/*.json`, one file for each theme.

The expected answers are literals in the cases; the model has no part in this. `check.py` compares.
"""

import importlib
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent


def themes():
    return sorted(path.stem for path in (HERE / "cases").glob("*.py") if path.stem not in ("__init__", "kit"))


def text_of(theme):
    """The theme's file: a JSON list with a case on each few lines."""
    cases = importlib.import_module(f"cases.{theme}").CASES
    shown = [json.dumps(case, ensure_ascii=False, indent=1) for case in cases]
    return "[\n" + ",\n".join(shown) + "\n]\n"


def main():
    names = []
    (HERE / "by_hand").mkdir(exist_ok=True)
    for theme in themes():
        text = text_of(theme)
        (HERE / "by_hand" / f"{theme}.json").write_text(text)
        names += [case["name"] for case in json.loads(text)]
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        raise SystemExit(f"names used twice: {sorted(doubled)}")
    print(f"{len(names)} cases in {len(themes())} files")


if __name__ == "__main__":
    main()
