"""Random dry-run documents: an event, facts, what is hidden. Rule sets are in `chance_rules.py`."""

import chance_rules
from chance_rules import BRANDS, CATEGORIES, CITIES, COUNTRIES, CODES, CURRENCIES, EVIDENCE, FUNDS, LESSONS, PARTNERS
from chance_rules import PRODUCTS, ROLES, SEGMENTS

DAY_MS = 86_400_000
MOST = 2**53 - 1
PIECE = 1_000_000
# Days at the edges of a week, month, leap February, year; of both changes of clocks.
DAYS = (20_000, 19_996, 20_002, 19_997, 19_782, 19_783, 19_722, 19_723, 19_813, 20_023)
PEOPLE = [f"00000000-0000-4000-8000-00000000000{n}" for n in range(1, 7)]
OUTLET = "00000000-0000-4000-8000-0000000000f0"
ZONES = ([], [{"from_ms": 0, "offset_s": 7_200}], [{"from_ms": 0, "offset_s": -18_000}],
         [{"from_ms": 1_711_846_800_000, "offset_s": 7_200}, {"from_ms": 1_729_990_800_000, "offset_s": 3_600}])


def document(chance):
    """A document; about one in 20 holds numbers at the end of the range, one in three hides facts."""
    extreme = chance.random() < 0.06
    trigger = some_trigger(chance)
    zone = chance.choice(ZONES)
    at_ms = chance.choice(DAYS) * DAY_MS + chance.choice((0, 1, 36_000_000, DAY_MS - 1, chance.randrange(DAY_MS)))
    rules = chance_rules.rule_set(chance, trigger, at_ms, extreme)
    rules |= {"zone": zone} if zone else {}
    event = some_event(chance, trigger, at_ms, extreme)
    facts = some_facts(chance, rules, event, at_ms, extreme)
    told = {"rules": rules, "event": event, "facts": facts}
    if chance.random() < 1 / 3:
        told["hidden"] = hidden(chance, rules, event, facts)
    return told


def some_trigger(chance):
    others = ("payment", {"event": "walk"}, {"event": "quiz"}, "joined", {"quiet": {"days": 60}}, {"anniversary": {"days": 365}})
    return "sale" if chance.random() < 0.75 else chance.choice(others)


def some_event(chance, trigger, at_ms, extreme):
    event = {"trigger": trigger, "at_ms": at_ms}
    for name, present in (("buyer", 0.85), ("seller", 0.9), ("actor", 0.85)):
        if chance.random() < present:
            event[name] = "unresolved" if chance.random() < 0.07 else {"known": chance.choice(PEOPLE)}
        elif chance.random() < 0.3:
            event[name] = "nobody"
    if chance.random() < 0.9:
        event["outlet"] = OUTLET
    if chance.random() < 0.95:
        event["currency"] = chance.choice(("EUR",) * 8 + ("UAH",))
    if chance.random() < 0.7:
        event["evidence"] = chance.choice(EVIDENCE)
    if isinstance(trigger, dict) and "event" in trigger:
        event["value"] = MOST if extreme else chance.choice((-50, 0, 3, 40, 999, 1_000, 12_345))
    if trigger == "sale" and chance.random() < 0.97 or trigger == "payment" and chance.random() < 0.8:
        event["lines"] = [some_line(chance, extreme) for _ in range(1 if extreme else chance.choice((1, 1, 2, 2, 3, 4)))]
    return event


def some_line(chance, extreme):
    quantity = chance.choice((500_000, PIECE, 2 * PIECE, 2 * PIECE, 2_999_999, 3 * PIECE, 10 * PIECE, 25 * PIECE))
    amount = chance.choice((0, 199, 999, 1_000, 5_000, 12_999, 60_000, 250_000, 60_000, -700))
    if extreme:
        quantity, amount = chance.choice(((PIECE, MOST), (3 * PIECE, MOST - 1), (PIECE, 5_000)))
    line = {"quantity_micro": quantity, "amount_minor": amount}
    if chance.random() < 0.85:
        line["product"] = chance.choice(PRODUCTS)
    for name in ("buyer_micro", "seller_micro", "fresh_micro"):
        part = chance.choice((quantity,) * 7 + (quantity // 3 // PIECE * PIECE, quantity // 2, 0))
        if part:
            line[name] = part
    return line


def points(chance, extreme):
    return chance.choice((MOST, MOST // 2, MOST // 3, 1)) if extreme else chance.choice((0, 1, 3, 5, 7, 10, 120, 333))


def some_facts(chance, rules, event, at_ms, extreme):
    facts = {"products": {name: some_product(chance, at_ms, extreme) for name in PRODUCTS if chance.random() < 0.9}}
    if chance.random() < 0.9:
        facts["outlet"] = some_outlet(chance)
    facts["people"] = {person: {"role": chance.choice(ROLES), "segments": chance.sample(SEGMENTS, chance.randrange(3))}
                       for person in PEOPLE if chance.random() < 0.6}
    facts["lessons"] = [f"{person}:{lesson}" for person in PEOPLE for lesson in LESSONS if chance.random() < 0.5]
    facts["referrals"] = some_referrals(chance)
    facts["tallies"] = some_tallies(chance, rules, event, at_ms // DAY_MS, extreme)
    facts["budgets"] = {name: chance.choice((0, 1, 50, 130, 1_000, 100_000, MOST if extreme else 500)) for name in FUNDS
                        if chance.random() < 0.85}
    facts["outstanding_points"] = chance.choice((0, 0, 100, 950, 5_000))
    return {name: body for name, body in facts.items() if body not in ({}, [], 0)}


def some_referrals(chance):
    """Half of the time a ring of everybody, else whatever comes, cycles too."""
    if chance.random() < 0.5:
        return {person: chance.choice(PEOPLE) for person in PEOPLE if chance.random() < 0.9}
    order = chance.sample(PEOPLE, len(PEOPLE))
    return dict(sorted(zip(order, order[1:] + order[:1])))


def some_product(chance, at_ms, extreme):
    product = {}
    for name, values in (("brand", BRANDS), ("category", CATEGORIES)):
        if chance.random() < 0.85:
            product[name] = chance.choice(values)
    for name in ("buyer_points", "seller_points"):
        if chance.random() < 0.75:
            product[name] = points(chance, extreme)
    if chance.random() < 0.3:
        steps = sorted(chance.sample((-DAY_MS, -1, 0, 1, DAY_MS), chance.choice((1, 2))))
        product["dated"] = [{"from_ms": at_ms + step, "buyer_points": points(chance, False), "seller_points": points(chance, extreme)}
                            for step in steps]
    return product


def some_outlet(chance):
    outlet = {"code": chance.choice(CODES), "partner": chance.choice(PARTNERS), "country": chance.choice(COUNTRIES),
              "city": chance.choice(CITIES)}
    if chance.random() < 0.7:
        outlet["owner"] = chance.choice(PEOPLE)
    if chance.random() < 0.8:
        staff = chance.sample(PEOPLE, chance.randrange(4))
        outlet["staff"] = [{"participant": person, "share": chance.choice((0, 1, 1, 2, 5))} for person in staff]
    return outlet


def subjects(kind, event, facts):
    """Whom a tally of a kind may be asked for in this event."""
    if kind in ("buyer", "seller", "actor"):
        told = [event.get(name) for name in (kind, "actor", "buyer")]
        return [one["known"] for one in told if isinstance(one, dict)]
    if kind == "person":
        return [*PEOPLE, OUTLET]
    return {"outlet": [OUTLET], "partner": [facts.get("outlet", {}).get("partner") or "nord"]}.get(kind, ["programme"])


def tally_names(rules):
    """Every counter that the set may read, with the kind of its subject."""
    for tally in rules.get("tallies", []):
        yield tally["id"], tally["subject"]
    for rule in rules["rules"]:
        for place, limit in enumerate(rule.get("limits", [])):
            yield f"limit/{rule['id']}/{place}", limit["per"]
            if "points_max" in limit and "times_max" in limit:
                yield f"limit/{rule['id']}/{place}/times", limit["per"]


def some_tallies(chance, rules, event, day, extreme):
    found = {}
    for name, kind in tally_names(rules):
        for subject in subjects(kind, event, facts={}):
            if chance.random() < 0.6:
                found[f"{name}:{subject}"] = some_count(chance, day, extreme, name.startswith("limit/"))
    return found


def some_count(chance, day, extreme, of_limit):
    small, large = (0, 1, 1, 2, 3), (7, 40, 99, 100, 500, 50_000, -3)
    values = small + ((5, 50) if of_limit else large)
    if extreme:
        return {"days": [[day, MOST]], "ever": MOST}
    days = sorted(chance.sample((day, day, day - 1, day - 2, day - 6, day - 7, day - 29, day - 30, day - 200), chance.randrange(4)))
    days = [[on, chance.choice(values)] for on in dict.fromkeys(days)]
    return {"days": days, "ever": sum(value for _, value in days) + chance.choice((0, 0, 1, 60))}


def hidden(chance, rules, event, facts):
    """A part of everything that could be hidden."""
    keys = ["outlet", "staff", "outstanding", *(f"budget:{name}" for name in FUNDS), *(f"product:{name}" for name in PRODUCTS)]
    for person in PEOPLE:
        keys += [f"person:{person}", f"referral:{person}", *(f"lesson:{person}:{lesson}" for lesson in LESSONS)]
    for name, kind in tally_names(rules):
        keys += [f"tally:{name}:{subject}" for subject in subjects(kind, event, facts)]
    share = chance.choice((0.15, 0.3, 0.6))
    always = {"outlet"} if chance.random() < 0.3 else set()
    return [key for key in sorted(set(keys)) if key in always or chance.random() < share]
