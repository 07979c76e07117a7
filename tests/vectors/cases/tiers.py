"""Tiers: ladders on tallies, with grace."""

from .kit import *

STEPS = [{"code": "base", "from": 0}, {"code": "silver", "from": 100}, {"code": "gold", "from": 500}]


def asked(at_least, grace, *days, within=None, steps=STEPS, ever=0, subject=BEN):
    ladder = {"id": "club", "tally": "points", "steps": steps} | ({"grace_days": grace} if grace else {})
    of = rules(rule("once", fixed(10), "buyer", when={"tier": {"ladder": "club", "at_least": at_least}}),
               tallies=[tally("points", "points", within=within or {"days": 30})], ladders=[ladder])
    return document(of, sale(line("p"), buyer=BEN), tallies=counted("points", subject, ever, *days))


PAID = award("buyer", BEN, 10, step("fixed", "once", -1, 10, each=10))
MOVES = [moved("points", BEN, 10)]


def unmet(found):
    return {"why_nots": [why_not("once", "not_met", field="tier", found=found)]}


CASES = [
    case("on the step", "100 of 30 days is silver", asked("silver", 0, (DAY, 100)), PAID, tallies=MOVES),
    case("one short of the step", "99 is base", asked("silver", 0, (DAY, 99)), **unmet("base")),
    case("on a higher step", "700 is gold, and gold is above silver", asked("silver", 0, (19_980, 700)), PAID, tallies=MOVES),
    case("out of the window, without grace", "day 19,970 is not of 19,971 to 20,000: 0: base", asked("silver", 0, (19_970, 700)), **unmet("base")),
    case("kept for a day of grace", "as at day 19,999 the 30 days begin on 19,970: 700: gold", asked("gold", 1, (19_970, 700)), PAID, tallies=MOVES),
    case("grace is over", "as at 19,999 the 30 days begin on 19,970, after 19,969: base", asked("gold", 1, (19_969, 700)), **unmet("base")),
    case("the best of the days of grace", "as at 20,000: 300 of day 20,000; as at 19,998: 600 of 19,969: gold", asked("gold", 2, (19_969, 600), (DAY, 300)),
         PAID, tallies=MOVES),
    case("days of grace do not add up", "as at 19,999: 300 of 19,970; as at 20,000: 300: neither is 500: silver", asked("gold", 1, (19_970, 300), (DAY, 300)),
         **unmet("silver")),
    case("last month's step in its grace", "October has 0 yet; as at 30 September (day 19,996, 4 days before) September has 500: gold",
         asked("gold", 4, (19_980, 500), within="month"), PAID, tallies=MOVES),
    case("last month's step after its grace", "3 days before is 1 October: only October counts: base", asked("gold", 3, (19_980, 500), within="month"), **unmet("base")),
    case("below the first step", "the first step begins at 10, the reading is -5: on none", asked("base", 0, (DAY, -5), steps=[{"code": "base", "from": 10}]),
         **unmet(None)),
    case("what was ever counted", "ever is 500: gold", asked("gold", 0, within="ever", ever=500), PAID, tallies=MOVES),
    case("somebody else's points", "the 900 are CAT's; BEN reads 0: base", asked("silver", 0, (DAY, 900), subject=CAT), **unmet("base")),
]
