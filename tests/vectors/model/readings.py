"""What tallies and ladders read before an event (RULES.md, section 5)."""

from .world import UNRESOLVED, Unknown


def tally_of(world, tally_id):
    return next((tally for tally in world.rules.get("tallies", []) if tally["id"] == tally_id), None)


def subject_of(world, kind):
    """The subject's id; None for nobody; Unknown when this place cannot tell."""
    if kind in ("buyer", "seller", "actor"):
        person = getattr(world, kind)
        return Unknown("server_checks_tally") if person == UNRESOLVED else person
    if kind == "outlet":
        return world.outlet_id
    if kind == "partner":
        partner = world.outlet("partner")
        return Unknown("server_checks_tally") if isinstance(partner, Unknown) else partner
    return "programme"


def reading(world, tally_id, day=None):
    """What a tally says for its subject before this event."""
    tally = tally_of(world, tally_id)
    if tally is None:
        return 0
    subject = subject_of(world, tally["subject"])
    if subject is None or isinstance(subject, Unknown):
        return subject or 0
    return world.counted(tally_id, subject, tally["within"], world.day if day is None else day)


def tier(world, ladder_id):
    """The place of the ladder's step that is reached, -1 below the first; Unknown where a reading is."""
    ladder = next((one for one in world.rules.get("ladders", []) if one["id"] == ladder_id), None)
    if ladder is None:
        return -1, []
    days = range(world.day - ladder.get("grace_days", 0), world.day + 1)
    readings = [reading(world, ladder["tally"], day) for day in days]
    if any(isinstance(found, Unknown) for found in readings):
        return Unknown("server_checks_tier"), []
    reached = [place for place, step in enumerate(ladder["steps"]) if step["from"] <= max(readings)]
    return max(reached, default=-1), [step["code"] for step in ladder["steps"]]
