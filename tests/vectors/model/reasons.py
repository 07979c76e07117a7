"""Why rules gave nothing (RULES.md, section 9)."""

from .awards import PRICE_LIST

NEARNESS = ("not_yet", "over", "not_met", "no_rate", "below_step", "better_rule", "nobody_there", "limit_reached",
            "budget_spent", "liability_reached")
WHY_NOT_MAX = 20


class Reasons:
    """What each rule has to say."""

    def __init__(self, rules):
        self.order = [PRICE_LIST, *rules]
        self.said = {}
        self.silent = set()

    def say(self, rule, code, /, **params):
        """A reason; the one that came furthest stays, of equal ones the first."""
        if rule not in self.said or NEARNESS.index(code) > NEARNESS.index(self.said[rule]["code"]):
            self.said[rule] = {"rule": rule, "code": code, "params": params}

    def mute(self, rule):
        """A rule that gave something, waits for something, or is not about the event, says nothing."""
        self.silent.add(rule)

    def shown(self):
        spoken = [self.said[rule] for rule in self.order if rule in self.said and rule not in self.silent]
        return spoken[:WHY_NOT_MAX]
