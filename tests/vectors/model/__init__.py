"""A second engine for rule sets, plain and slow, written from docs/RULES.md alone.

`answer(document)` takes a dry-run document (section 11) as Python data and gives the dry-run answer.
"""

from .dry_run import answer, canonical

__all__ = ["answer", "canonical"]
