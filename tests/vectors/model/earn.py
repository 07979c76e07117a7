"""The course of an event through a rule set (RULES.md, sections 3, 4, 7 and 9)."""

from .awards import DEFAULT_TERMS, PRICE_LIST, Awards, Beneficiary, terms_of
from .bounds import Bounds, Passed
from .conditions import Asked, blame
from .effects import (EVENT, Step, Value, effect_of, is_discount, is_line_effect, of_levels, on_event, on_line,
                      holds)
from .numbers import ALL_BP, split
from .reasons import Reasons
from .world import Unknown

LEVELS_MAX = 5
NAMING_FIELDS = ("product", "brand", "category", "outlet", "partner")


class Course:
    """One event."""

    def __init__(self, world):
        self.world = world
        self.rules = world.rules.get("rules", [])
        self.places = {rule["id"]: place for place, rule in enumerate(self.rules)}
        self.bounds = Bounds(world)
        self.awards = Awards(world.rules["version"])
        self.reasons = Reasons([rule["id"] for rule in self.rules])
        self.discounts = []
        self.notes = [{"code": "unknown_product", "params": {"product": one}} for one in world.hidden_lines()]

    def run(self):
        looked_at = [rule for rule in self.rules if rule["trigger"] == self.world.trigger]
        for rule in looked_at:
            if not self.is_about(rule):
                self.reasons.mute(rule["id"])
        in_force = [rule for rule in looked_at if self.is_in_force(rule)]
        by_side = {side: [rule for rule in in_force if self.side(rule) == side] for side in self.world.sides()}
        for side, rules in by_side.items():
            for part in self.world.open_parts(side):
                if part.index != EVENT and self.world.is_sale:
                    self.price(side, part)
                self.group_course(side, [rule for rule in rules if is_line_effect(rule)], part)
        for side, rules in by_side.items():
            if self.world.open_parts(side):
                self.group_course(side, [rule for rule in rules if not is_line_effect(rule)], None)

    def side(self, rule):
        return self.world.side_of(rule["to"][0]["who"])

    def is_about(self, rule):
        """True when some open line has what the rule asks of its product and place."""
        side = self.side(rule)
        return any(self.is_about_part(rule, side, part) for part in self.world.open_parts(side))

    def is_about_part(self, rule, side, part):
        asked_for = naming(rule.get("when", {"all": []}))
        return all(holds(self.world, side, leaf, part) is True for leaf in asked_for)

    def is_in_force(self, rule):
        starts, ends, at = rule.get("starts_ms"), rule.get("ends_ms"), self.world.at_ms
        if starts is not None and at < starts:
            self.reasons.say(rule["id"], "not_yet", starts_ms=starts)
            return False
        if ends is not None and at >= ends:
            self.reasons.say(rule["id"], "over", ends_ms=ends)
            return False
        return True

    # The price list

    def price(self, side, part):
        who = side
        each = self.world.price(part.product, f"{who}_points")
        rule = {"id": PRICE_LIST, "effect": {"per_unit": {"points": each}}}
        value = on_line(Asked(self.world, side, part), "per_unit", {"points": each}, 0)
        if value.total > 0:
            person = self.world.principal(side)
            self.pay(rule, [(Beneficiary(who, 0, person), value.total, value.steps)], part.index, set())

    # Rules on a line, or on the event (part None)

    def group_course(self, side, rules, part):
        contests = {}
        for rule in rules:
            group = rule.get("group")
            if group is not None and group not in contests:
                contests[group] = self.contest(side, [one for one in rules if one.get("group") == group], part)
            value = self.value(rule, side, part, speak=True)
            if value is None or value.total == 0:
                continue
            if group is not None and not self.won(rule, contests[group]):
                continue
            if is_discount(rule):
                self.discount(rule, value, part)
            else:
                self.give(rule, side, value, EVENT if part is None else part.index)

    def contest(self, side, rules, part):
        """What the rules of a group would give here and now, by rule; without those that give nothing."""
        values = {rule["id"]: self.value(rule, side, part, speak=False) for rule in rules}
        return {rule: value.total for rule, value in values.items() if value is not None and value.total > 0}

    def won(self, rule, contest):
        """True for the largest, of equal ones the first; the others say why not."""
        best = max(contest, key=contest.get, default=None)
        if best is None:
            self.reasons.say(rule["id"], "below_step")
            return False
        if best != rule["id"]:
            self.reasons.say(rule["id"], "better_rule", rule=best)
        return best == rule["id"]

    def value(self, rule, side, part, speak):
        """What the rule comes to; None when its condition does not hold or is not known."""
        parts = self.world.open_parts(side) if part is None else [part]
        when = rule.get("when", {"all": []})
        truths = [(one, holds(self.world, side, when, one)) for one in parts]
        holding = [one for one, truth in truths if truth is True]
        unknown = [truth.reason for _, truth in truths if isinstance(truth, Unknown)]
        name, body = effect_of(rule)
        each_line = name == "levels" and next(iter(body["of"])) in ("per_unit", "per_amount", "percent")
        if not holding or each_line:
            for reason in unknown if speak else []:
                self.wait(rule, side, reason)
        if not holding:
            about = [one for one in parts if self.is_about_part(rule, side, one)]
            if speak and not unknown and about:
                field, found = blame(when, Asked(self.world, side, about[0]))
                self.reasons.say(rule["id"], "not_met", field=field, found=found)
            return None
        value, reasons = self.worth(rule, side, holding)
        if speak:
            for reason in reasons:
                self.wait(rule, side, reason)
            if value.total == 0:
                self.reasons.say(rule["id"], value.code, **value.params)
        return value

    def worth(self, rule, side, holding):
        """The effect's value over the parts that hold, and the reasons that it waits for."""
        name, body = effect_of(rule)
        if name == "levels":
            return of_levels(self.world, side, body, holding)
        if is_line_effect(rule):
            whos = {share["who"] for share in rule["to"]}
            base = self.awards.on_line(whos, holding[0].index)
            value = on_line(Asked(self.world, side, holding[0]), name, body, base)
        else:
            value = on_event(self.world, name, body)
        return (Value(), [value.reason]) if isinstance(value, Unknown) else (value, [])

    # Discounts

    def discount(self, rule, value, part):
        taken = sum(one["amount_minor"] for one in self.discounts if one["line"] == part.index)
        passed = Passed(min(value.total, part.amount_minor - taken))
        if passed.left <= 0:
            self.reasons.say(rule["id"], "below_step")
            return
        self.bounds.limits(rule, passed, False, strict=True)
        if not passed.reasons:
            self.bounds.limits(rule, passed, True, self.world.buyer, strict=True)
        if passed.refused:
            self.reasons.say(rule["id"], passed.refused)
        elif passed.reasons:
            self.note(rule, "server_checks_limit")
        else:
            self.reasons.mute(rule["id"])
            self.bounds.record(rule, self.world.buyer, passed.left, discount=True)
            self.discounts.append({"rule": rule["id"], "line": part.index, "rate_bp": value.rate_bp,
                                   "amount_minor": passed.left})

    def note(self, rule, reason):
        self.reasons.mute(rule["id"])
        note = {"code": reason, "params": {"rule": rule["id"]}}
        if note not in self.notes:
            self.notes.append(note)

    # Points

    def wait(self, rule, side, reason):
        """The default award of the side's first beneficiary waits."""
        if is_discount(rule):
            self.note(rule, reason)
            return
        self.reasons.mute(rule["id"])
        first = Beneficiary(side, 0, self.world.principal(side))
        self.awards.award(first, DEFAULT_TERMS).reasons.add(reason)

    def give(self, rule, side, value, line):
        """Bounds the value, splits it, and pays the parts."""
        passed = Passed(value.total)
        self.bounds.limits(rule, passed, False)
        if passed.refused:
            self.reasons.say(rule["id"], passed.refused)
            return
        steps = value.steps + [Step("capped", line, cut, -cut["cut"]) for cut in passed.cuts]
        parts = self.parts(rule, side, passed.left, steps, line)
        self.pay(rule, parts, line, passed.reasons)

    def parts(self, rule, side, total, steps, line):
        """Who gets how much by which steps; parts of nobody are left out."""
        name, body = effect_of(rule)
        if name == "levels":
            return self.levels(rule, side, body["shares_bp"][:LEVELS_MAX], total, steps)
        shares = [share["share_bp"] for share in rule["to"]]
        if len(shares) == 1:
            return self.of_share(rule, side, rule["to"][0]["who"], total, steps, line)
        found = []
        for place, (share, amount) in enumerate(zip(rule["to"], split(total, shares))):
            params = {"of": total, "share_bp": share["share_bp"], "place": place, "shares_bp": shares}
            part = Step("part", line, params, amount)
            found += self.of_share(rule, side, share["who"], amount, inner(steps) + [part], line)
        return found

    def of_share(self, rule, side, who, amount, steps, line):
        """The parts of one share: one person's, or the staff's."""
        if amount == 0:
            self.reasons.say(rule["id"], "below_step")
            return []
        if who != "staff":
            beneficiary = self.beneficiary(rule, side, who)
            return [(beneficiary, amount, steps)] if beneficiary else []
        staff = self.world.staff()
        if isinstance(staff, Unknown):
            self.wait(rule, side, staff.reason)
            return []
        weights = [share for _, share in staff]
        if sum(weights) <= 0:
            self.reasons.say(rule["id"], "nobody_there")
            return []
        found = []
        for place, ((person, _), part) in enumerate(zip(staff, split(amount, weights))):
            step = Step("staff_part", line, {"of": amount, "place": place, "shares": weights}, part)
            found.append((Beneficiary("staff", 0, person), part, inner(steps) + [step]))
        return found

    def beneficiary(self, rule, side, who):
        """Who a share is paid to; None for nobody, and where it waits."""
        if who == "referrer":
            buyer = self.world.principal(side)
            person = self.world.referrer(buyer)
            person = None if person == buyer else person
        elif who == "owner":
            person = self.world.owner()
        elif who == "shop":
            person = self.world.outlet_id
        else:
            person = getattr(self.world, who)
        if isinstance(person, Unknown):
            self.wait(rule, side, person.reason)
            return None
        if person is None:
            self.reasons.say(rule["id"], "nobody_there")
            return None
        return Beneficiary(who, int(who == "referrer"), person)

    def levels(self, rule, side, shares_bp, total, steps):
        """Up the chain of recommendations."""
        found, chain = [], [self.world.principal(side)]
        for level, share_bp in enumerate(shares_bp, 1):
            person = self.world.referrer(chain[-1])
            if isinstance(person, Unknown):
                self.wait(rule, side, person.reason)
                break
            if person is None or person in chain:
                break
            chain.append(person)
            amount = total * share_bp // ALL_BP
            step = Step("level", EVENT, {"of": total, "share_bp": share_bp, "level": level}, amount)
            found.append((Beneficiary("referrer", level, person), amount, inner(steps) + [step]))
        if not found:
            self.reasons.say(rule["id"], "nobody_there")
        return found

    def pay(self, rule, parts, line, reasons):
        """Bounds each part and writes it into its award."""
        for beneficiary, amount, steps in parts:
            if amount <= 0:
                self.reasons.say(rule["id"], "below_step")
                continue
            passed = Passed(amount, reasons=set(reasons))
            self.bounds.limits(rule, passed, True, beneficiary.person)
            self.bounds.budget(rule, passed)
            self.bounds.liability(passed)
            if passed.refused:
                self.reasons.say(rule["id"], passed.refused)
                continue
            award = self.awards.award(beneficiary, terms_of(rule))
            award.reasons |= passed.reasons
            award.first_rule = min(award.first_rule, self.places.get(rule["id"], -1))
            write(award, rule["id"], steps)
            for cut in passed.cuts:
                award.add(rule["id"], "capped", line, cut, -cut["cut"])
            self.reasons.mute(rule["id"])
            self.bounds.record(rule, beneficiary.person, passed.left)


def naming(predicate):
    """The leaves on product and place that a condition cannot hold without."""
    (name, body), = predicate.items()
    if name == "all":
        return [leaf for part in body for leaf in naming(part)]
    return [predicate] if name == "is" and body["field"] in NAMING_FIELDS else []


class Inner(Step):
    """A step of the value that a split shares out."""


def inner(steps):
    return [Inner(step.name, step.line, step.params, step.adds) for step in steps]


def write(award, rule, steps):
    """Writes the steps of a part: inner ones with the running value, then those that count."""
    value = 0
    for step in steps:
        if isinstance(step, Inner):
            # A part is a share of the value before it, not an addition to it.
            value = step.adds if step.name == "part" else value + step.adds
            award.write(rule, step.name, step.line, {**step.params, "inner": True}, value)
        elif step.name == "boost":
            award.boost(rule, step)
        else:
            award.add(rule, step.name, step.line, step.params, step.adds)
