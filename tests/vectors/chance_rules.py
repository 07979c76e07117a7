"""Random rule sets: rules over all effects, conditions nested to depth three, tallies, ladders, bounds."""

DAY_MS = 86_400_000
MOST = 2**53 - 1
ALL = 10_000
PRODUCTS = ["p", "q", "r", "s"]
BRANDS, CATEGORIES = ["x", "y"], ["c", "d"]
CODES, PARTNERS, COUNTRIES, CITIES = ["K1", "K2"], ["nord", "nord", "syd", ""], ["DK", "UA", ""], ["Odense", "Lviv", ""]
CURRENCIES = ["EUR"] * 10 + ["UAH", "SEK"]
EVIDENCE = ["till", "code", "receipt", ""]
ROLES, SEGMENTS, LESSONS = ["seller", "manager", ""], ["gold", "young", "old"], ["safety"]
FUNDS = ["fund", "pool"]
WINDOWS = ["day", "week", "month", "year", "ever", {"days": 7}, {"days": 30}]
SELLER_SIDE = ["seller", "actor", "owner", "shop", "staff"]
VALUES = {"product": PRODUCTS, "brand": BRANDS, "category": CATEGORIES, "outlet": CODES, "partner": ["nord", "syd"],
          "country": COUNTRIES[:2], "city": CITIES[:2], "role": ROLES[:2], "segment": SEGMENTS, "evidence": EVIDENCE[:3],
          "currency": ["EUR", "UAH"]}
EDGES = {"quantity_micro": (1_000_000, 3_000_000), "amount_minor": (0, 1_000, 60_000), "basket_minor": (1_000, 12_999, 100_000),
         "value": (0, 40, 1_000), "weekday": (1, 5, 6), "minute": (60, 600, 1_200), "tally": (0, 1, 2, 7, 100)}
TRIGGERS = ["sale", "payment", {"event": "walk"}, "joined"]


def rule_set(chance, trigger, at_ms, extreme):
    rules = {"version": chance.randrange(1, 100)}
    rules["tallies"] = [some_tally(chance, number, trigger) for number in range(chance.choice((1, 2, 3)))]
    names = [tally["id"] for tally in rules["tallies"]]
    rules["ladders"] = [some_ladder(chance, names)]
    rules["budgets"] = [{"id": name, "points": 1_000} | ({"gross_up_bp": bp} if bp else {})
                        for name, bp in ((name, chance.choice((0, 1, 3_000, 5_000))) for name in FUNDS)]
    rules["peg"] = [{"from_ms": from_ms, "currency": currency, "minor_per_point_micro": chance.choice((500_000, 700_000, 1_000_000))}
                    for currency in ("EUR", "UAH") if chance.random() < 0.85
                    for from_ms in sorted({0, at_ms + chance.choice((-1, 0, 1))})]
    if chance.random() < 0.25:
        rules["limits"] = {"offline_redemption_points_max": 1, "lease_points_max": 1, "lease_fresh_ms": 1, "fact_age_ms_max": 1,
                           "liability_points_max": chance.choice((1_000, 1_000, 5_100, 100_000))}
    maker = Maker(chance, names, at_ms, extreme)
    rules["rules"] = [maker.rule(f"r{number}", trigger) for number in range(chance.choice((1, 2, 3, 3, 4, 4, 5, 6, 7, 8, 10, 12)))]
    return rules


def some_tally(chance, number, trigger):
    counts = chance.choice(("times", "pieces", "amount_minor", "value", "points"))
    persons = ["buyer", "seller", "actor"]
    subject = chance.choice(persons if counts == "points" else [*persons, "outlet", "partner", "programme"])
    on = trigger if chance.random() < 0.95 else chance.choice(TRIGGERS)
    tally = {"id": f"t{number}", "subject": subject, "on": on, "counts": counts, "within": chance.choice(WINDOWS)}
    if chance.random() < 0.35:
        tally["when"] = Maker(chance, [], 0, False).condition(1)
    return tally


def some_ladder(chance, names):
    ladder = {"id": "club", "tally": chance.choice(names), "steps": [{"code": "base", "from": 0}, {"code": "silver", "from": 2}, {"code": "gold", "from": 50}]}
    return ladder | ({"grace_days": days} if (days := chance.choice((0, 1, 5, 30))) else {})


class Maker:
    """Makes rules of one set."""

    def __init__(self, chance, tallies, at_ms, extreme):
        self.chance, self.tallies, self.at_ms, self.extreme = chance, tallies, at_ms, extreme

    def pick(self, *of):
        return self.chance.choice(of)

    def likely(self, share):
        return self.chance.random() < share

    def points(self):
        return self.pick(MOST, MOST // 2, 1) if self.extreme and self.likely(0.3) else self.pick(1, 2, 5, 7, 30, 50, 100, 333)

    # Conditions

    def condition(self, depth):
        if depth == 0 or self.likely(0.45):
            return self.leaf()
        name = self.pick("all", "any", "not")
        if name == "not":
            return {"not": self.condition(depth - 1)}
        return {name: [self.condition(depth - 1) for _ in range(self.pick(0, 1, 2, 2, 2, 3))]}

    def leaf(self):
        name = self.pick("is", "is", "is", "is", "absent", "between", "between", "between", "lesson", "tier", "referred")
        if name == "is":
            field = self.chance.choice([*VALUES, "brand", "category", "role", "outlet"])
            some = self.chance.sample(VALUES[field], self.chance.randrange(1, len(VALUES[field]) + 1))
            return {"is": {"field": field, "in": some}}
        if name == "absent":
            return {"absent": self.chance.choice(list(VALUES))}
        if name == "between":
            which = self.chance.choice(list(EDGES))
            if which == "tally" and not self.tallies:
                which = "minute"
            number = {"tally": self.chance.choice(self.tallies)} if which == "tally" else which
            bounds = sorted(self.chance.sample(EDGES[which], 2))
            told = {"from": bounds[0], "to": bounds[1]}
            return {"between": {"number": number} | {edge: told[edge] for edge in self.pick(("from",), ("to",), ("from", "to"))}}
        if name == "tier" and self.tallies:
            return {"tier": {"ladder": "club", "at_least": self.pick("base", "silver", "gold")}}
        return {"referred": self.pick(True, True, False)} if name == "referred" else {"lesson": "safety"}

    # Effects

    def line_effect(self, discount):
        name = "percent" if discount else self.pick("per_unit", "per_unit", "per_amount", "percent", "multiply", "multiply")
        if name == "per_unit":
            return {name: {"points": self.points()}}
        currency = self.chance.choice(CURRENCIES)
        if name == "per_amount":
            return {name: {"currency": currency, "step_minor": self.pick(1, 100, 1_000, 7_777), "points": self.points()}}
        if name == "multiply":
            return {name: {"rate_bp": self.pick(5_000, 10_001, 12_500, 15_000, 20_000, 20_000, 33_333)}}
        gives = "discount" if discount else "bonus"
        return {name: {"currency": currency, "rate": self.rate(), "gives": gives}}

    def rate(self):
        if self.likely(0.5):
            return {"flat": self.pick(1, 300, 500, 1_000, 6_000)}
        which = self.pick("quantity_micro", "amount_minor", "basket_minor", "tally", "weekday", "minute", "value")
        edges = EDGES[which][-2:]
        by = {"tally": self.chance.choice(self.tallies)} if which == "tally" else which
        bands = [{"from": 0, "to": edges[0], "rate_bp": self.pick(0, 100)}, {"from": edges[0], "to": edges[1], "rate_bp": 300},
                 {"from": edges[1], "rate_bp": self.pick(500, 8_000)}]
        return {"banded": {"by": by, "bands": [band for band in bands if band.get("to") != 0]}}

    def event_effect(self, measured):
        name = "per_measure" if measured and self.likely(0.5) else self.pick("fixed", "fixed", "fixed", "every", "every", "every", "every", "per_measure" if measured else "fixed")
        if name == "fixed":
            return {name: {"points": self.points()}}
        if name == "every":
            return {name: {"tally": self.chance.choice(self.tallies), "nth": self.pick(1, 1, 2, 3), "points": self.points()}}
        return {name: {"step": self.pick(1, 10, 1_000), "points": self.points()}}

    def levels(self, measured):
        of = self.event_effect(measured) if self.likely(0.6) else self.line_effect(False)
        while "multiply" in of:
            of = self.line_effect(False)
        return {"levels": {"of": of, "shares_bp": [self.pick(0, 500, 1_000, 3_000, 3_000, 5_000) for _ in range(self.pick(1, 2, 3, 5, 5, 5))]}}

    # Rules

    def shares(self, one_person):
        """Shares of one side that come to all of it."""
        if self.likely(0.35):
            return [{"who": self.pick("buyer", "buyer", "buyer", "referrer"), "share_bp": ALL}]
        whos = self.chance.sample(SELLER_SIDE, 1 if one_person or self.likely(0.6) else self.pick(2, 3))
        if len(whos) == 1 and self.likely(0.3):
            whos = ["seller"]
        cuts = sorted(self.chance.sample((1, 1_234, 3_333, 5_000, 6_667, 9_999), len(whos) - 1))
        return [{"who": who, "share_bp": high - low} for who, low, high in zip(whos, [0, *cuts], [*cuts, ALL])]

    def limit(self):
        limit = {"per": self.pick("person", "person", "outlet", "partner", "partner", "rule"), "within": self.chance.choice(WINDOWS)}
        names = self.pick(("points_max",), ("points_max",), ("times_max",), ("points_max", "times_max"))
        most = {"points_max": self.pick(5, 40, 60, 100, 1_000), "times_max": self.pick(1, 2, 3)}
        return limit | {name: most[name] for name in names}

    def rule(self, rule_id, trigger):
        of_event = trigger if self.likely(0.95) else self.chance.choice(TRIGGERS)
        measured = isinstance(of_event, dict) and "event" in of_event
        with_lines = of_event in ("sale", "payment")
        rule = {"id": rule_id, "trigger": of_event}
        discount = with_lines and self.likely(0.15)
        if discount:
            rule |= {"effect": self.line_effect(True), "to": [{"who": "buyer", "share_bp": ALL}]}
        elif self.likely(0.15):
            rule |= {"effect": self.levels(measured), "to": [{"who": "referrer", "share_bp": ALL}]}
        elif self.likely(0.6 if with_lines else 0.06):
            effect = self.line_effect(False)
            rule |= {"effect": effect, "to": self.shares("multiply" in effect or self.likely(0.5))}
        else:
            rule |= {"effect": self.event_effect(measured), "to": self.shares(False)}
        if self.likely(0.45):
            rule["when"] = self.condition(self.pick(1, 2, 3))
        if self.likely(0.08):
            rule["starts_ms"] = self.at_ms + self.pick(-DAY_MS, 0, 1)
        if self.likely(0.08):
            rule["ends_ms"] = self.at_ms + self.pick(0, 1, DAY_MS)
        if self.likely(0.3):
            rule["limits"] = [self.limit() for _ in range(self.pick(1, 1, 2))]
        if self.likely(0.3):
            rule["group"] = "off" if discount else self.pick("g", "g", "h")
        return rule if discount else rule | self.terms()

    def terms(self):
        terms = {}
        if self.likely(0.2):
            terms["budget"] = self.chance.choice(FUNDS)
        if self.likely(0.12):
            terms["funder"] = self.pick("maker", "bank")
        if self.likely(0.12):
            terms["credit"] = self.pick({"after_return_window": {"days": 14}}, {"when_paid": {"days": 30}}, {"next_month": {"day": 10}}, "now")
        if self.likely(0.08):
            terms["expires_days"] = 365
        return terms
