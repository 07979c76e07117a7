"""Conditions: three-valued, and which leaf is to blame (RULES.md, sections 2, 7 and 9)."""

from dataclasses import dataclass

from . import calendar, readings
from .world import UNRESOLVED, Part, Unknown, World

OUTLET_FIELDS = {"outlet": "code", "partner": "partner", "country": "country", "city": "city"}
NUMBER_NAMES = {"quantity_micro": "quantity", "amount_minor": "amount", "basket_minor": "basket"}


@dataclass(frozen=True)
class Asked:
    """Where a condition is asked: a side, and a part of a line."""

    world: World
    side: str
    part: Part

    @property
    def principal(self):
        return self.world.principal(self.side)


def text(asked, field):
    """The values of a text field as a list, empty without a value; or Unknown."""
    world, part = asked.world, asked.part
    if field == "product":
        return [part.product] if part.product else []
    if field in ("brand", "category"):
        value = world.product(part.product).get(field)
        return [value] if value else []
    if field in OUTLET_FIELDS:
        value = world.outlet(OUTLET_FIELDS[field])
        return value if isinstance(value, Unknown) else [value] if value else []
    if field in ("evidence", "currency"):
        value = world.event.get(field)
        return [value] if value else []
    person = world.person(asked.principal)
    if isinstance(person, Unknown):
        return person
    if field == "segment":
        return person.get("segments", [])
    return [person["role"]] if person.get("role") else []


def number(asked, which):
    """A number that conditions and bands read, or Unknown."""
    world, part = asked.world, asked.part
    if isinstance(which, dict):
        return readings.reading(world, which["tally"])
    return {
        "quantity_micro": part.quantity_micro,
        "amount_minor": part.amount_minor,
        "basket_minor": world.basket_minor,
        "value": world.event.get("value", 0),
        "weekday": calendar.weekday(world.day),
        "minute": world.minute,
    }[which]


def inside(value, bounds):
    low, high = bounds.get("from"), bounds.get("to")
    return (low is None or low <= value) and (high is None or value < high)


def leaf(asked, name, body):
    """Field, what was found, and the truth of a leaf."""
    nobody = asked.principal is None
    if name in ("is", "absent"):
        field = body["field"] if name == "is" else body
        if nobody and field in ("role", "segment"):
            return field, None, False
        values = text(asked, field)
        if isinstance(values, Unknown):
            return field, None, values
        found = values if field == "segment" else values[0] if values else None
        return field, found, (not values if name == "absent" else any(v in body["in"] for v in values))
    if name == "between":
        which = body["number"]
        field = "tally" if isinstance(which, dict) else NUMBER_NAMES.get(which, which)
        value = number(asked, which)
        if isinstance(value, Unknown):
            return field, None, value
        return field, value, inside(value, body)
    if name == "tier" and not nobody:
        if asked.principal == UNRESOLVED:
            return "tier", None, Unknown("server_checks_tier")
        place, codes = readings.tier(asked.world, body["ladder"])
        if isinstance(place, Unknown):
            return "tier", None, place
        found = codes[place] if place >= 0 else None
        reached = body["at_least"] in codes and place >= codes.index(body["at_least"])
        return "tier", found, reached
    if nobody:
        return name, None, False
    if name == "lesson":
        passed = asked.world.passed(asked.principal, body)
        return name, (None if isinstance(passed, Unknown) else passed), passed
    assert name == "referred", name
    referrer = asked.world.referrer(asked.principal)
    if isinstance(referrer, Unknown):
        return name, None, referrer
    return name, referrer is not None, (referrer is not None) == body


def evaluate(predicate, asked):
    """True, False or Unknown."""
    (name, body), = predicate.items()
    if name == "not":
        truth = evaluate(body, asked)
        return truth if isinstance(truth, Unknown) else not truth
    if name not in ("all", "any"):
        return leaf(asked, name, body)[2]
    decides = name == "any"
    truths = [evaluate(part, asked) for part in body]
    if any(truth is decides for truth in truths):
        return decides
    unknown = [truth for truth in truths if isinstance(truth, Unknown)]
    return unknown[0] if unknown else not decides


def leaves(predicate):
    (name, body), = predicate.items()
    if name == "not":
        return leaves(body)
    if name in ("all", "any"):
        return [one for part in body for one in leaves(part)]
    return [(name, body)]


def blame(predicate, asked):
    """Field and find of the leaf that makes a false condition false."""
    (name, body), = predicate.items()
    if name in ("all", "any"):
        false = [part for part in body if evaluate(part, asked) is False]
        return blame(false[0], asked) if false else ("", None)
    inside_of = leaves(predicate)
    return leaf(asked, *inside_of[0])[:2] if inside_of else ("", None)
