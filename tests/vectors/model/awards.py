"""Awards and their arithmetic (RULES.md, sections 8 and 9)."""

import json
from dataclasses import dataclass, field

from .numbers import checked, times_bp
from .world import UNRESOLVED

WHO = ("buyer", "seller", "actor", "owner", "shop", "staff", "referrer")
PRICE_LIST = "price_list"
DEFAULT_TERMS = (None, None, '"now"', None)


def terms_of(rule):
    credit = json.dumps(rule.get("credit", "now"), sort_keys=True)
    return rule.get("funder"), rule.get("budget"), credit, rule.get("expires_days")


@dataclass(frozen=True)
class Beneficiary:
    """Somebody who is paid. `person` is what limits count them by."""

    who: str
    level: int
    person: str

    @property
    def participant(self):
        return None if self.who == "shop" or self.person == UNRESOLVED else self.person


@dataclass
class Award:
    """Points of one beneficiary with equal terms."""

    beneficiary: Beneficiary
    terms: tuple
    version: int
    lines: dict = field(default_factory=dict)
    steps: list = field(default_factory=list)
    reasons: set = field(default_factory=set)
    first_rule: int = 1 << 60

    @property
    def points(self):
        return checked(sum(self.lines.values()))

    def write(self, rule, step, line, params, points):
        self.steps.append({"step": step, "rule": rule, "version": self.version, "line": line,
                           "params": params, "points": points})

    def add(self, rule, step, line, params, adds):
        """A step that adds to (or takes from) the line."""
        self.lines[line] = checked(self.lines.get(line, 0) + adds)
        self.write(rule, step, line, params, self.lines[line])

    def boost(self, rule, step):
        """A multiplier: of the line where its base lies wholly here."""
        base, rate_bp = step.params["base"], step.params["rate_bp"]
        if self.lines.get(step.line, 0) != base:
            self.add(rule, "boost", step.line, step.params, step.adds)
            return
        self.lines[step.line] = times_bp(base, rate_bp)
        self.write(rule, "multiplier", step.line, {"rate_bp": rate_bp}, self.lines[step.line])

    def order(self):
        one = self.beneficiary
        return (WHO.index(one.who), one.level, one.participant or "", self.terms != DEFAULT_TERMS, self.first_rule)

    def shown(self):
        one, (funder, budget, credit, expires_days) = self.beneficiary, self.terms
        reasons = set(self.reasons)
        if one.person == UNRESOLVED:
            reasons.add("server_resolves_member")
        return {
            "who": one.who, "level": one.level, "participant": one.participant, "points": self.points,
            "funder": funder, "budget": budget, "credit": json.loads(credit), "expires_days": expires_days,
            "pending": [{"code": code, "params": {}} for code in sorted(reasons)],
            "derivation": self.steps,
        }


class Awards:
    """The awards of an event."""

    def __init__(self, version):
        self.version = version
        self.of = {}

    def award(self, beneficiary, terms):
        key = beneficiary, terms
        if key not in self.of:
            self.of[key] = Award(beneficiary, terms, self.version)
        return self.of[key]

    def on_line(self, whos, line):
        """What a line has earned so far for some whos."""
        return sum(award.lines.get(line, 0) for award in self.of.values() if award.beneficiary.who in whos)

    def of_person(self, person):
        awards = self.of.values()
        return checked(sum(award.points for award in awards if award.beneficiary.participant == person))

    def shown(self):
        kept = [award for award in self.of.values() if award.points or award.reasons]
        return [award.shown() for award in sorted(kept, key=Award.order)]
