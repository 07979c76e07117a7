"""Money off a line: bands, rolling tallies that fall by themselves, bonus instead of discount."""

from .kit import *

OFF = rule("off", percent(500, "discount"), "buyer")
TURNOVER = tally("turnover", "amount_minor", within={"days": 30})
ROLLING = rule("off", percent(banded({"tally": "turnover"}, (0, 50_000, 0), (50_000, 100_000, 300), (100_000, None, 500)), "discount"), "buyer")


def bought(*of, amount=10_000, lines=None, **facts):
    sets = facts.pop("sets", {})
    return document(rules(*of, **sets), sale(*(lines or (line("p", 1, amount),)), buyer=BEN, currency="EUR"), **facts)


def rolled(*days, amount=10_000):
    return bought(ROLLING, amount=amount, sets={"tallies": [TURNOVER]}, tallies=counted("turnover", BEN, 999_999, *days))


ADDS = [moved("turnover", BEN, 10_000)]

CASES = [
    case("five per cent off", "10,000 x 5 % = 500", bought(OFF), discounts=[discount("off", 0, 500, 500)]),
    case("rounded down", "199 x 5 % = 9.95: 9", bought(OFF, amount=199), discounts=[discount("off", 0, 500, 9)]),
    case("too little for a cent", "19 x 5 % = 0.95: 0", bought(OFF, amount=19), why_nots=[why_not("off", "below_step")]),
    case("two discounts of a line", "500 and 10,000 x 3 % = 300, both off", bought(OFF, rule("more", percent(300, "discount"), "buyer")),
         discounts=[discount("off", 0, 500, 500), discount("more", 0, 300, 300)]),
    case("together no more than the line", "60 % of 1,000 is 600, another 60 % is cut to the 400 that are left; a third has nothing left",
         bought(*(rule(name, percent(6_000, "discount"), "buyer") for name in ("a", "b", "c")), amount=1_000),
         discounts=[discount("a", 0, 6_000, 600), discount("b", 0, 6_000, 400)], why_nots=[why_not("c", "below_step")]),
    case("a discount is for the buyer", "nobody buys: nothing is open on the buyer's side, and the rule says nothing", document(rules(OFF), sale(line("p", 1, 10_000), seller=ANN, currency="EUR"))),
    case("at most so much a day", "500 and 250 of two lines; at most 600 minor units a day: 500, then 100",
         bought(OFF | {"limits": [limit("person", "day", points_max=600)]}, lines=(line("p", 1, 10_000), line("q", 1, 5_000))),
         discounts=[discount("off", 0, 500, 500), discount("off", 1, 500, 100)], tallies=[moved("limit/off/0", BEN, 600)]),
    case("no discount left today", "600 of 600 given", bought(OFF | {"limits": [limit("person", "day", points_max=600)]},
         tallies=counted("limit/off/0", BEN, 600, (DAY, 600))), why_nots=[why_not("off", "limit_reached")]),
    case("the band of a rolling turnover", "30 days: 19,971 to 20,000; 40,000 + 20,000 = 60,000: 3 %; 10,000 x 3 % = 300",
         rolled((19_971, 40_000), (19_990, 20_000)), discounts=[discount("off", 0, 300, 300)], tallies=ADDS),
    case("the turnover falls by itself", "the 40,000 of day 19,970 fell out of the 30 days: 20,000 left: 0 %", rolled((19_970, 40_000), (19_990, 20_000)),
         tallies=ADDS, why_nots=[why_not("off", "below_step")]),
    case("the first of the next band", "100,000 is inside from 100,000: 5 %: 500", rolled((20_000, 100_000)), discounts=[discount("off", 0, 500, 500)], tallies=ADDS),
    case("one below the next band", "99,999: 3 %: 300", rolled((20_000, 99_999)), discounts=[discount("off", 0, 300, 300)], tallies=ADDS),
    case("this purchase counts from the next on", "nothing before: 0 % although this purchase brings 150,000", rolled(amount=150_000),
         tallies=[moved("turnover", BEN, 150_000)], why_nots=[why_not("off", "below_step")]),
    case("a number in no band", "the bands begin at 1,000, the amount is 999: rate 0",
         bought(rule("off", percent(banded("amount_minor", (1_000, None, 500)), "discount"), "buyer"), amount=999), why_nots=[why_not("off", "below_step")]),
    case("bonus instead of discount", "the same 5 % as points: 10,000 x 500 x 100 / 1,000,000 = 500 points, nothing off",
         bought(rule("bonus", percent(500), "buyer"), sets={"peg": [{"from_ms": 0, "currency": "EUR", "minor_per_point_micro": 1_000_000}]}),
         award("buyer", BEN, 500, step("percent", "bonus", 0, 500, rate_bp=500, amount_minor=10_000, minor_per_point_micro=1_000_000, currency="EUR"))),
    case("a discount and a bonus on one amount", "5 % off does not lessen the bonus: both are of 10,000: 500 off, 500 points",
         bought(OFF, rule("bonus", percent(500), "buyer"), sets={"peg": [{"from_ms": 0, "currency": "EUR", "minor_per_point_micro": 1_000_000}]}),
         award("buyer", BEN, 500, step("percent", "bonus", 0, 500, rate_bp=500, amount_minor=10_000, minor_per_point_micro=1_000_000, currency="EUR")),
         discounts=[discount("off", 0, 500, 500)]),
    case("the better of two discounts", "5 % against 7 % of 10,000: 700; the other says so",
         bought(OFF | {"group": "g"}, rule("seven", percent(700, "discount"), "buyer", group="g")),
         discounts=[discount("seven", 0, 700, 700)], why_nots=[why_not("off", "better_rule", rule="seven")]),
]
