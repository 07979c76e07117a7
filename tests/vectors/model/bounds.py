"""What bounds let through: limits, budgets, what may be outstanding (RULES.md, section 4)."""

from dataclasses import dataclass, field

from .numbers import ALL_BP, checked
from .world import UNRESOLVED, Unknown


@dataclass
class Passed:
    """How much came through, the cuts on the way, the reasons it waits for, or the refusal."""

    left: int
    cuts: list = field(default_factory=list)
    reasons: set = field(default_factory=set)
    refused: str = ""

    def cut_to(self, by, most, code):
        """Bounds what is left by `most`; refuses when nothing remains."""
        most = max(most, 0)
        if most == 0:
            self.left, self.refused = 0, code
        elif self.left > most:
            self.cuts.append({"by": by, "left": most, "cut": self.left - most})
            self.left = most


def limits_of(rule, personal):
    limits = enumerate(rule.get("limits", []))
    return [(place, limit) for place, limit in limits if (limit["per"] == "person") is personal]


def names_of(rule_id, place, limit):
    """Tally names of a limit's points and times, None where it has no such maximum."""
    name = f"limit/{rule_id}/{place}"
    points, times = limit.get("points_max") is not None, limit.get("times_max") is not None
    return (name if points else None), ((f"{name}/times" if points else name) if times else None)


class Bounds:
    """The bounds of one event: what stands in the facts, and what this event took of it."""

    def __init__(self, world):
        self.world = world
        self.given = {}
        self.spent = {}
        self.awarded = 0

    def subject(self, limit, person):
        """Whom a limit counts: an id, None where it does not bind, or Unknown."""
        if limit["per"] == "person":
            return Unknown("server_checks_limit") if person == UNRESOLVED else person
        if limit["per"] == "outlet":
            return self.world.outlet_id
        if limit["per"] == "partner":
            return self.world.outlet("partner")
        return "programme"

    def limits(self, rule, passed, personal, person=None, strict=False):
        """Cuts by the rule's limits per person, or by its others; `strict` stops at one that is not known."""
        for place, limit in limits_of(rule, personal):
            subject = self.subject(limit, person)
            if passed.refused or subject is None:
                continue
            points, times = (self.counted(name, subject, limit) for name in names_of(rule["id"], place, limit))
            if Unknown in (type(points), type(times)):
                passed.reasons.add("server_checks_limit")
                if strict:
                    return
            if isinstance(times, int) and times >= limit["times_max"]:
                passed.left, passed.refused = 0, "limit_reached"
            elif isinstance(points, int):
                passed.cut_to(limit["per"], limit["points_max"] - points, "limit_reached")

    def counted(self, name, subject, limit):
        """What a limit has counted: times before this event, points with what it gave; None without such a maximum."""
        if name is None or isinstance(subject, Unknown):
            return name and subject
        before = self.world.counted(name, subject, limit["within"], self.world.day)
        if isinstance(before, Unknown) or name.endswith("/times") or "points_max" not in limit:
            return before
        return before + self.given.get((name, subject), 0)

    def budget(self, rule, passed):
        name = rule.get("budget")
        if name is None or passed.refused:
            return
        if f"budget:{name}" in self.world.hidden:
            passed.reasons.add("server_checks_budget")
            return
        balance = self.world.facts.get("budgets", {}).get(name, 0) - self.spent.get(name, 0)
        passed.cut_to("budget", self.affordable(name, balance), "budget_spent")

    def liability(self, passed):
        most = self.world.rules.get("limits", {}).get("liability_points_max")
        if most is None or passed.refused:
            return
        if "outstanding" in self.world.hidden:
            passed.reasons.add("server_checks_liability")
            return
        outstanding = self.world.facts.get("outstanding_points", 0)
        passed.cut_to("liability", most - outstanding - self.awarded, "liability_reached")

    def cost(self, name, points):
        """Points and what is owed on top, rounded up."""
        budgets = self.world.rules.get("budgets", [])
        gross_up = next((one.get("gross_up_bp", 0) for one in budgets if one["id"] == name), 0)
        return points - (-points * gross_up // ALL_BP)

    def affordable(self, name, balance):
        """The most points whose cost the balance pays."""
        low, high = 0, max(balance, 0)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.cost(name, middle) <= balance else (low, middle - 1)
        return low

    def record(self, rule, person, points, discount=False):
        """Remembers what was given in the end."""
        for place, limit in enumerate(rule.get("limits", [])):
            subject = self.subject(limit, person)
            if subject is None or isinstance(subject, Unknown):
                continue
            points_name, times_name = names_of(rule["id"], place, limit)
            if points_name:
                self.given[points_name, subject] = self.given.get((points_name, subject), 0) + points
            if times_name:
                self.given[times_name, subject] = 1
        if not discount:
            self.took(rule.get("budget"), points)

    def took(self, budget, points):
        self.awarded = checked(self.awarded + points)
        if budget is not None:
            self.spent[budget] = self.spent.get(budget, 0) + self.cost(budget, points)
