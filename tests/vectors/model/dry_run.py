"""A dry-run document and its answer (RULES.md, section 11)."""

import json

from . import tallies
from .earn import Course
from .numbers import TooLarge, checked
from .world import World

EVENT_FIELDS = {"trigger", "at_ms", "outlet", "actor", "buyer", "seller", "currency", "evidence", "value", "lines"}
LINE_FIELDS = {"product", "quantity_micro", "amount_minor", "buyer_micro", "seller_micro", "fresh_micro"}


class Unreadable(Exception):
    """The document is not one."""


def canonical(value):
    """JSON with sorted keys and without spaces."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def read(document):
    """Refuses a document whose event is not one. The rule set is taken as published."""
    if not isinstance(document, dict) or not {"rules", "event"} <= document.keys():
        raise Unreadable
    event = document["event"]
    if not isinstance(event, dict) or event.keys() - EVENT_FIELDS or not {"trigger", "at_ms"} <= event.keys():
        raise Unreadable
    if any(line.keys() - LINE_FIELDS for line in event.get("lines", [])):
        raise Unreadable
    return World(document)


def moves(world, course):
    """What the event adds to tallies and to what limits count, without zeros."""
    found = tallies.moves(world, course.awards.of_person)
    found += [(name, subject, value) for (name, subject), value in course.bounds.given.items()]
    return [
        {"tally": name, "subject": subject, "day": world.day, "value": checked(value)}
        for name, subject, value in sorted(found) if value
    ]


def answer(document):
    """The dry-run answer."""
    try:
        world = read(document)
        course = Course(world)
        course.run()
        return {
            "awards": course.awards.shown(),
            "discounts": course.discounts,
            "tallies": moves(world, course),
            "why_not": course.reasons.shown(),
            "notes": course.notes,
        }
    except TooLarge:
        return {"error": {"code": "amount_too_large", "detail": ""}}
    except Unreadable:
        return {"error": {"code": "unreadable", "detail": ""}}
