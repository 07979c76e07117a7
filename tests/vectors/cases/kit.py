"""Short words for writing cases: documents with their defaults, and the parts of answers.

Nothing here computes an answer; every expected number stands in the case beside its arithmetic.
"""

VERSION = 7
ALL = 10_000
PIECE = 1_000_000

# Participants, in the order of their ids.
ANN, BEN, CAT, DAN, EVA, FIN = (f"00000000-0000-4000-8000-00000000000{n}" for n in range(1, 7))
OUTLET = "00000000-0000-4000-8000-0000000000f0"

# Friday 4 October 2024, day 20,000, at ten in the morning UTC.
DAY = 20_000
AT = 1_728_036_000_000
DAY_MS = 86_400_000
HOUR_MS = 3_600_000


def line(product=None, pieces=1, amount=0, **parts):
    """A line whose parts (buyer, seller, fresh; in pieces) are all open unless told."""
    micro = {name: round(parts.get(name, pieces) * PIECE) for name in ("buyer", "seller", "fresh")}
    told = {"quantity_micro": round(pieces * PIECE), "amount_minor": amount}
    told |= {f"{name}_micro": open_micro for name, open_micro in micro.items()}
    return told | ({"product": product} if product else {})


def known(person):
    return person if person == "unresolved" else {"known": person}


def event(trigger, *lines, **fields):
    told = {"trigger": trigger, "at_ms": fields.pop("at_ms", AT)}
    for name in ("buyer", "seller", "actor"):
        if name in fields:
            told[name] = known(fields.pop(name))
    return told | fields | ({"lines": list(lines)} if lines else {})


def sale(*lines, **fields):
    return event("sale", *lines, **fields)


def rule(rule_id, effect, to="seller", **more):
    shares = [(to, ALL)] if isinstance(to, str) else to
    to = [{"who": who, "share_bp": share} for who, share in shares]
    return {"id": rule_id, "trigger": "sale", "effect": effect, "to": to} | more


def per_unit(points):
    return {"per_unit": {"points": points}}


def per_amount(points, step, currency="EUR"):
    return {"per_amount": {"currency": currency, "step_minor": step, "points": points}}


def percent(rate, gives="bonus", currency="EUR"):
    rate = {"flat": rate} if isinstance(rate, int) else rate
    return {"percent": {"currency": currency, "rate": rate, "gives": gives}}


def banded(by, *bands):
    """Bands as (from, to, rate_bp); to None is open."""
    shown = [{"from": low, "rate_bp": rate} | ({} if high is None else {"to": high}) for low, high, rate in bands]
    return {"banded": {"by": by, "bands": shown}}


def multiply(rate_bp):
    return {"multiply": {"rate_bp": rate_bp}}


def fixed(points):
    return {"fixed": {"points": points}}


def every(nth, points, tally="count"):
    return {"every": {"tally": tally, "nth": nth, "points": points}}


def per_measure(points, step):
    return {"per_measure": {"step": step, "points": points}}


def levels(of, *shares_bp):
    return {"levels": {"of": of, "shares_bp": list(shares_bp)}}


def is_in(field, *values):
    return {"is": {"field": field, "in": list(values)}}


def between(number, low=None, high=None):
    bounds = {"from": low, "to": high}
    return {"between": {"number": number} | {name: value for name, value in bounds.items() if value is not None}}


def tally(tally_id, counts, subject="buyer", within="ever", on="sale", **more):
    return {"id": tally_id, "subject": subject, "on": on, "counts": counts, "within": within} | more


def counted(name, subject, ever=0, *days):
    return {f"{name}:{subject}": {"days": [list(day) for day in days], "ever": ever}}


def limit(per, within, points_max=None, times_max=None):
    told = {"per": per, "within": within}
    told |= {} if points_max is None else {"points_max": points_max}
    return told | ({} if times_max is None else {"times_max": times_max})


def rules(*of, **parts):
    return {"version": VERSION, "rules": list(of)} | parts


# The answer's parts


def step(name, of, on_line, points, /, **params):
    return {"step": name, "rule": of, "version": VERSION, "line": on_line, "params": params, "points": points}


def award(who, participant, points, *steps, waits=(), level=0, **terms):
    told = {"who": who, "level": level, "participant": participant, "points": points,
            "funder": None, "budget": None, "credit": "now", "expires_days": None}
    return told | terms | {"pending": [{"code": code, "params": {}} for code in waits], "derivation": list(steps)}


def moved(name, subject, value, day=DAY):
    return {"tally": name, "subject": subject, "day": day, "value": value}


def discount(of, on_line, rate_bp, amount):
    return {"rule": of, "line": on_line, "rate_bp": rate_bp, "amount_minor": amount}


def why_not(of, code, /, **params):
    return {"rule": of, "code": code, "params": params}


def note(code, /, **params):
    return {"code": code, "params": params}


def document(of, happened, hidden=(), **facts):
    told = {"rules": of, "event": happened}
    told |= {"facts": facts} if facts else {}
    return told | ({"hidden": list(hidden)} if hidden else {})


def case(name, why, asked, *awards, discounts=(), tallies=(), why_nots=(), notes=()):
    answer = {"awards": list(awards), "discounts": list(discounts), "tallies": list(tallies),
              "why_not": list(why_nots), "notes": list(notes)}
    return {"name": name, "why": why, "input": asked, "answer": answer}


def refused(name, why, asked, code):
    return {"name": name, "why": why, "input": asked, "answer": {"error": {"code": code, "detail": ""}}}
