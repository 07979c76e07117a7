"""What an event adds to tallies (RULES.md, section 5)."""

from .conditions import Asked, evaluate
from .numbers import checked
from .readings import subject_of, tally_of
from .world import BUYER_SIDE, SELLER_SIDE, Unknown


def counting_parts(world, kind):
    """The parts that count for a kind of subject, and whose side the condition looks from."""
    if not world.is_sale:
        person = kind in ("buyer", "seller", "actor")
        return (world.open_parts(BUYER_SIDE) if person else world.fresh_parts()), BUYER_SIDE
    if kind == "buyer":
        return world.open_parts(BUYER_SIDE), BUYER_SIDE
    if kind in ("seller", "actor"):
        return world.open_parts(SELLER_SIDE), SELLER_SIDE
    return world.fresh_parts(), SELLER_SIDE


def added(world, tally, points=0):
    """What this event adds, and whether some line's condition is unknown."""
    if tally["on"] != world.trigger:
        return 0, False
    parts, side = counting_parts(world, tally["subject"])
    when = tally.get("when", {"all": []})
    truths = [(part, evaluate(when, Asked(world, side, part))) for part in parts]
    unsure = any(isinstance(truth, Unknown) for _, truth in truths)
    counting = [part for part, truth in truths if truth is True]
    if not counting:
        return 0, unsure
    sums = {
        "times": 1,
        "pieces": sum(part.pieces for part in counting),
        "amount_minor": sum(part.amount_minor for part in counting),
        "value": world.event.get("value", 0),
        "points": points,
    }
    return checked(sums[tally["counts"]]), unsure


def delta(world, tally_id):
    """What `every` takes as this event's part; Unknown when a line's condition is."""
    tally = tally_of(world, tally_id)
    if tally is None:
        return 0
    subject = subject_of(world, tally["subject"])
    if subject is None or isinstance(subject, Unknown):
        return subject or 0
    value, unsure = added(world, tally)
    return Unknown("server_checks_tally") if unsure else value


def moves(world, points_of):
    """What the event adds to every tally; `points_of` tells what a person was awarded in all."""
    found = []
    for tally in world.rules.get("tallies", []):
        subject = subject_of(world, tally["subject"])
        if subject is None or isinstance(subject, Unknown):
            continue
        value, _ = added(world, tally, points_of(subject))
        found.append((tally["id"], subject, value))
    return found
