"""Measured events, and the other events about one person."""

from .kit import *

STEPS = rule("steps", per_measure(2, 1_000), "buyer", trigger={"event": "walk"})


def walked(value, *more, of=STEPS, **fields):
    return document(rules(of, *more), event({"event": "walk"}, value=value, **({"buyer": BEN} | fields)))


def walk(points, value):
    return award("buyer", BEN, points, step("per_measure", "steps", -1, points, each=2, step=1_000, value=value))


CASES = [
    case("full steps of a value", "4,999 holds 4 steps of 1,000; 4 x 2 = 8", walked(4_999), walk(8, 4_999)),
    case("below the first step of a value", "999 holds none", walked(999), why_nots=[why_not("steps", "below_step")]),
    case("a value below zero", "a negative value has no steps", walked(-5_000), why_nots=[why_not("steps", "below_step")]),
    case("another event", "the event is `swim`: the rule is not looked at and says nothing",
         document(rules(STEPS), event({"event": "swim"}, buyer=BEN, value=5_000))),
    case("a bracket of values", "5,000 is not below 5,000",
         walked(5_000, of=STEPS | {"when": between("value", 1_000, 5_000)}), why_nots=[why_not("steps", "not_met", field="value", found=5_000)]),
    case("about the buyer, whoever recorded it", "CAT recorded BEN's walk: 3 x 2 = 6 for BEN", walked(3_000, actor=CAT), walk(6, 3_000)),
    case("buyer and actor both", "half of 3 x 2 = 6 for the principal as buyer, half for the same person as who recorded it: two awards of 3",
         walked(3_000, of=rule("steps", per_measure(2, 1_000), [("buyer", 5_000), ("actor", 5_000)], trigger={"event": "walk"}), actor=BEN),
         award("buyer", BEN, 3, step("per_measure", "steps", -1, 6, each=2, step=1_000, value=3_000, inner=True),
               step("part", "steps", -1, 3, of=6, share_bp=5_000, place=0, shares_bp=[5_000, 5_000])),
         award("actor", BEN, 3, step("per_measure", "steps", -1, 6, each=2, step=1_000, value=3_000, inner=True),
               step("part", "steps", -1, 3, of=6, share_bp=5_000, place=1, shares_bp=[5_000, 5_000]))),
    case("values are tallied", "the value moves the actor's tally by 1,500 and the outlet's by 1; 1,500 holds 1 step: 2",
         document(rules(STEPS, tallies=[tally("far", "value", "actor", on={"event": "walk"}), tally("walks", "times", "outlet", on={"event": "walk"})]),
                  event({"event": "walk"}, buyer=BEN, actor=DAN, value=1_500, outlet=OUTLET)),
         walk(2, 1_500), tallies=[moved("far", DAN, 1_500), moved("walks", OUTLET, 1)]),
    case("nobody measured", "without a buyer the event is about nobody, and no rule is about it", document(rules(STEPS), event({"event": "walk"}, actor=DAN, value=5_000))),
    case("an effect on lines where there are none", "the one line without quantity holds no piece",
         document(rules(rule("unit", per_unit(7), "buyer", trigger="joined")), event("joined", buyer=BEN)), why_nots=[why_not("unit", "below_step")]),
    case("somebody joined", "once 100", document(rules(rule("hello", fixed(100), "buyer", trigger="joined")), event("joined", buyer=BEN)),
         award("buyer", BEN, 100, step("fixed", "hello", -1, 100, each=100))),
    case("sixty quiet days", "the rule is for 60 days, the event tells 60: 30; the rule for 90 is not looked at",
         document(rules(rule("sixty", fixed(30), "buyer", trigger={"quiet": {"days": 60}}), rule("ninety", fixed(50), "buyer", trigger={"quiet": {"days": 90}})),
                  event({"quiet": {"days": 60}}, buyer=BEN)),
         award("buyer", BEN, 30, step("fixed", "sixty", -1, 30, each=30))),
    case("a year in the programme", "365 days: 365 points", document(rules(rule("year", fixed(365), "buyer", trigger={"anniversary": {"days": 365}})),
         event({"anniversary": {"days": 365}}, buyer=BEN)), award("buyer", BEN, 365, step("fixed", "year", -1, 365, each=365))),
    case("a payment's lines are open in full", "nothing is marked open, yet a payment's lines are: 25,000 / 10,000 = 2 steps; 2 x 1 = 2; fresh in full too: 25,000",
         document(rules(rule("paid", per_amount(1, 10_000), "buyer", trigger="payment"), tallies=[tally("turnover", "amount_minor", "programme", on="payment")]),
                  event("payment", line("p", 2, 25_000, buyer=0, seller=0, fresh=0), buyer=BEN, currency="EUR")),
         award("buyer", BEN, 2, step("per_amount", "paid", 0, 2, each=1, step_minor=10_000, amount_minor=25_000, currency="EUR")),
         tallies=[moved("turnover", "programme", 25_000)]),
    case("a payment's seller", "a rule of a payment may pay the seller it names: 40",
         document(rules(rule("paid", fixed(40), "seller", trigger="payment")), event("payment", buyer=BEN, seller=ANN)),
         award("seller", ANN, 40, step("fixed", "paid", -1, 40, each=40))),
]
