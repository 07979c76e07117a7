"""Answers a dry-run document on standard input: python3 -m model < DOCUMENT (from tests/vectors)."""

import json
import sys

from . import answer, canonical

print(canonical(answer(json.load(sys.stdin))))
