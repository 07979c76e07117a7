"""Every Nth piece or time earns, by a tally."""

from .kit import *

TENTH = rule("tenth", every(10, 50), "buyer")
PIECES = tally("count", "pieces")


def bought(pieces, before, nth=TENTH, count=PIECES, **more):
    return document(rules(nth, tallies=[count]), sale(line("p", pieces), buyer=BEN, **more), tallies=counted("count", BEN, before))


def tenth(points, before, delta):
    return award("buyer", BEN, points, step("every", "tenth", -1, points, each=50, nth=10, before=before, delta=delta))


CASES = [
    case("the tenth piece", "floor((7 + 3) / 10) - floor(7 / 10) = 1 - 0 = 1; 1 x 50 = 50", bought(3, 7), tenth(50, 7, 3),
         tallies=[moved("count", BEN, 3)]),
    case("one short of the tenth", "floor((7 + 2) / 10) - floor(7 / 10) = 0", bought(2, 7), tallies=[moved("count", BEN, 2)],
         why_nots=[why_not("tenth", "below_step")]),
    case("two tens at once", "floor((9 + 11) / 10) - floor(9 / 10) = 2 - 0 = 2; 2 x 50 = 100", bought(11, 9), tenth(100, 9, 11),
         tallies=[moved("count", BEN, 11)]),
    case("right after the tenth", "floor((10 + 9) / 10) - floor(10 / 10) = 1 - 1 = 0", bought(9, 10), tallies=[moved("count", BEN, 9)],
         why_nots=[why_not("tenth", "below_step")]),
    case("a tally that returns left below zero", "floor((-3 + 4) / 10) - floor(-3 / 10) = 0 - (-1) = 1; 50",
         bought(4, -3), tenth(50, -3, 4), tallies=[moved("count", BEN, 4)]),
    case("only pieces that the tally counts", "of 3 + 2 pieces the tally counts the 2 of category c: floor((8 + 2) / 10) - 0 = 1; 50",
         document(rules(TENTH, tallies=[PIECES | {"when": is_in("category", "c")}]), sale(line("p", 3), line("q", 2), buyer=BEN),
                  products={"q": {"category": "c"}}, tallies=counted("count", BEN, 8)),
         tenth(50, 8, 2), tallies=[moved("count", BEN, 2)]),
    case("every third purchase of this month", "days 19,997 and 19,999 are of October, 19,996 is not: before 2, delta 1: floor(3 / 3) - floor(2 / 3) = 1; 50",
         document(rules(rule("third", every(3, 50), "buyer"), tallies=[tally("count", "times", within="month")]), sale(line("p"), line("q"), buyer=BEN),
                  tallies=counted("count", BEN, 3, (19_996, 1), (19_997, 1), (19_999, 1))),
         award("buyer", BEN, 50, step("every", "third", -1, 50, each=50, nth=3, before=2, delta=1)), tallies=[moved("count", BEN, 1)]),
    case("the seller earns by the outlet's count", "fresh 4 of 5 pieces: floor((6 + 4) / 10) - 0 = 1; the seller gets 50; the outlet's tally moves by 4",
         document(rules(rule("tenth", every(10, 50)), tallies=[tally("count", "pieces", "outlet")]),
                  sale(line("p", 5, fresh=4), seller=ANN, outlet=OUTLET), tallies=counted("count", OUTLET, 6)),
         award("seller", ANN, 50, step("every", "tenth", -1, 50, each=50, nth=10, before=6, delta=4)), tallies=[moved("count", OUTLET, 4)]),
    case("a tally of somebody who is not there", "nobody buys: the buyer's tally reads 0 and adds 0; floor(0) - floor(0) = 0",
         document(rules(rule("tenth", every(10, 50)), tallies=[PIECES]), sale(line("p", 30), seller=ANN)), why_nots=[why_not("tenth", "below_step")]),
    case("points of this event are not its own tenth", "the tally counts points: it stood at 95 and `every` adds nothing of this event: 0; 20 points move it",
         document(rules(rule("tenth", every(100, 50), "buyer"), tallies=[tally("count", "points")]), sale(line("p", 4), buyer=BEN),
                  products={"p": {"buyer_points": 5}}, tallies=counted("count", BEN, 95)),
         award("buyer", BEN, 20, step("per_unit", "price_list", 0, 20, each=5, quantity_micro=4_000_000)),
         tallies=[moved("count", BEN, 20)], why_nots=[why_not("tenth", "below_step")]),
]
