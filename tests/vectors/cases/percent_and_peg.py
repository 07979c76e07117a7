"""A share of the amount as points, by what a point is worth."""

from .kit import *

BONUS = rule("bonus", percent(500), "buyer")


def peg(*rates, currency="EUR"):
    return [{"from_ms": from_ms, "currency": currency, "minor_per_point_micro": micro} for from_ms, micro in rates]


def bought(amount, of=BONUS, pegs=peg((0, 1_000_000)), currency="EUR", **parts):
    return document(rules(of, peg=pegs), sale(line("p", 1, amount), buyer=BEN, currency=currency), **parts)


def bonus(points, amount, rate_bp=500, micro=1_000_000, currency="EUR"):
    params = {"rate_bp": rate_bp, "amount_minor": amount, "minor_per_point_micro": micro, "currency": currency}
    return award("buyer", BEN, points, step("percent", "bonus", 0, points, **params))


CASES = [
    case("five per cent at a cent a point", "20,000 cents x 5 % = 1,000 cents; 1 cent a point: 1,000 points", bought(20_000), bonus(1_000, 20_000)),
    case("half a cent a point", "20,000 x 500 x 100 / 500,000 = 2,000",
         bought(20_000, pegs=peg((0, 500_000))), bonus(2_000, 20_000, micro=500_000)),
    case("one division, rounded down once", "333 x 500 x 100 / 700,000 = 16,650,000 / 700,000 = 23.78: 23",
         bought(333, pegs=peg((0, 700_000))), bonus(23, 333, micro=700_000)),
    case("a peg that changed today", "the second rate counts from the very instant: 1,000 x 500 x 100 / 2,000,000 = 25",
         bought(1_000, pegs=peg((0, 1_000_000), (AT, 2_000_000))), bonus(25, 1_000, micro=2_000_000)),
    case("a peg of tomorrow", "the second rate begins a millisecond later: 1,000 x 500 x 100 / 1,000,000 = 50",
         bought(1_000, pegs=peg((0, 1_000_000), (AT + 1, 2_000_000))), bonus(50, 1_000)),
    case("no peg for this currency", "the only peg is in EUR, the sale and the rule in SEK",
         bought(1_000, of=rule("bonus", percent(500, currency="SEK"), "buyer"), currency="SEK"), why_nots=[why_not("bonus", "no_rate")]),
    case("a peg that has not begun", "the first rate begins a millisecond later: none in force",
         bought(1_000, pegs=peg((AT + 1, 1_000_000))), why_nots=[why_not("bonus", "no_rate")]),
    case("too little for a point", "19 x 500 x 100 / 1,000,000 = 0.95: 0", bought(19), why_nots=[why_not("bonus", "below_step")]),
    case("a rate by the line's amount", "15,000 lies in 10,000 to 20,000: 3 %; 15,000 x 300 x 100 / 1,000,000 = 450",
         bought(15_000, of=rule("bonus", percent(banded("amount_minor", (0, 10_000, 100), (10_000, 20_000, 300), (20_000, None, 500))), "buyer")),
         bonus(450, 15_000, rate_bp=300)),
    case("a rate by the whole basket", "12,000 + 8,000 = 20,000 is the first of the top band, 5 %: 12,000 -> 600, 8,000 -> 400; 1,000",
         document(rules(rule("bonus", percent(banded("basket_minor", (0, 20_000, 100), (20_000, None, 500))), "buyer"), peg=peg((0, 1_000_000))),
                  sale(line("p", 1, 12_000), line("q", 1, 8_000), buyer=BEN, currency="EUR")),
         award("buyer", BEN, 1_000,
               step("percent", "bonus", 0, 600, rate_bp=500, amount_minor=12_000, minor_per_point_micro=1_000_000, currency="EUR"),
               step("percent", "bonus", 1, 400, rate_bp=500, amount_minor=8_000, minor_per_point_micro=1_000_000, currency="EUR"))),
]
