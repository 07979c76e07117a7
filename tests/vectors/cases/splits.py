"""Splits: rounding remainders, nobody's share, staff within a split, multipliers that are split."""

from .kit import *

SHOP = {"owner": CAT, "staff": [{"participant": DAN, "share": 1}, {"participant": EVA, "share": 1}]}


def sold(to, effect, *first, lines=(line("p"),), shop=SHOP, **more):
    return document(rules(*first, rule("split", effect, to, **more)), sale(*lines, seller=ANN, actor=BEN, outlet=OUTLET), outlet=shop,
                    products={"p": {"seller_points": 10}})


def once(of):
    return step("fixed", "split", -1, of, each=of, inner=True)


def part(points, of, shares, place, on_line=-1):
    return step("part", "split", on_line, points, of=of, share_bp=shares[place], place=place, shares_bp=shares)


THIRDS = [3_334, 3_333, 3_333]
BASE = step("per_unit", "price_list", 0, 10, each=10, quantity_micro=1_000_000)
PAID = award("seller", ANN, 10, BASE)

CASES = [
    case("the largest remainder", "of 100 by 3,334/3,333/3,333: 33.34, 33.33, 33.33: 33 each, rests 3,400, 3,300, 3,300: the one left over to the first: 34, 33, 33",
         sold([("seller", 3_334), ("owner", 3_333), ("shop", 3_333)], fixed(100)),
         award("seller", ANN, 44, BASE, once(100), part(34, 100, THIRDS, 0)),
         award("owner", CAT, 33, once(100), part(33, 100, THIRDS, 1)), award("shop", None, 33, once(100), part(33, 100, THIRDS, 2))),
    case("the later share has the larger remainder", "of 3 by 4,000/6,000: 1.2 and 1.8: 1 and 1, rests 2,000 and 8,000: the second gets it: 1, 2",
         sold([("owner", 4_000), ("shop", 6_000)], fixed(3)), PAID,
         award("owner", CAT, 1, once(3), part(1, 3, [4_000, 6_000], 0)), award("shop", None, 2, once(3), part(2, 3, [4_000, 6_000], 1))),
    case("equal remainders: the earlier share", "of 3 by halves: 1.5 and 1.5: the first gets it: 2, 1",
         sold([("owner", 5_000), ("shop", 5_000)], fixed(3)), PAID,
         award("owner", CAT, 2, once(3), part(2, 3, [5_000, 5_000], 0)), award("shop", None, 1, once(3), part(1, 3, [5_000, 5_000], 1))),
    case("a share of nobody is not paid", "of 100 by halves; there is no owner: his 50 are not paid and not shared out",
         sold([("owner", 5_000), ("shop", 5_000)], fixed(100), shop={}), PAID, award("shop", None, 50, once(100), part(50, 100, [5_000, 5_000], 1))),
    case("staff within a split", "of 101 by 4,000/6,000: 40.4 and 60.6: 40 and 61; 61 by 1 and 1: 31 (the rest), 30",
         sold([("owner", 4_000), ("staff", 6_000)], fixed(101)), PAID,
         award("owner", CAT, 40, once(101), part(40, 101, [4_000, 6_000], 0)),
         *(award("staff", who, points, once(101), step("part", "split", -1, 61, of=101, share_bp=6_000, place=1, shares_bp=[4_000, 6_000], inner=True),
                 step("staff_part", "split", -1, points, of=61, place=place, shares=[1, 1])) for who, points, place in ((DAN, 31, 0), (EVA, 30, 1)))),
    case("each line is split by itself", "line 0: 3 x 1 = 3 by halves: 2, 1; line 1: 5 by halves: 3, 2; owner 5, shop 3",
         sold([("owner", 5_000), ("shop", 5_000)], per_unit(1), lines=(line("q", 3), line("q", 5))),
         *(award(who, person, total, step("per_unit", "split", 0, 3, each=1, quantity_micro=3_000_000, inner=True), part(first, 3, [5_000, 5_000], place, 0),
                 step("per_unit", "split", 1, 5, each=1, quantity_micro=5_000_000, inner=True), part(second, 5, [5_000, 5_000], place, 1))
           for who, person, total, first, second, place in (("owner", CAT, 5, 2, 3, 0), ("shop", None, 3, 1, 2, 1)))),
    case("bounded before the split", "100, at most 75 for the outlet: 75 by halves: 38, 37; the limit counts 38 + 37 = 75",
         sold([("owner", 5_000), ("shop", 5_000)], fixed(100), limits=[limit("outlet", "day", points_max=75)]), PAID,
         *(award(who, person, points, once(100), step("capped", "split", -1, 75, by="outlet", left=75, cut=25, inner=True), part(points, 75, [5_000, 5_000], place))
           for who, person, points, place in (("owner", CAT, 38, 0), ("shop", None, 37, 1))),
         tallies=[moved("limit/split/0", OUTLET, 75)]),
    case("cut after the split, not shared out again", "100 by halves; each at most 30: 30 and 30; 40 are gone",
         sold([("owner", 5_000), ("shop", 5_000)], fixed(100), limits=[limit("person", "day", points_max=30)]), PAID,
         *(award(who, person, 30, once(100), part(50, 100, [5_000, 5_000], place), step("capped", "split", -1, 30, by="person", left=30, cut=20))
           for who, person, place in (("owner", CAT, 0), ("shop", None, 1))),
         tallies=[moved("limit/split/0", CAT, 30), moved("limit/split/0", OUTLET, 30)]),
    case("a multiplier that is split", "the staff together earned 15 on the line: 8 and 7; x 1.5 gives round(22.5) - 15 = 8, split 4 and 4; 8 + 4 = 12, 7 + 4 = 11",
         sold("staff", multiply(15_000), rule("team", per_unit(15), "staff")), PAID,
         *(award("staff", who, points, step("per_unit", "team", 0, 15, each=15, quantity_micro=1_000_000, inner=True),
                 step("staff_part", "team", 0, first, of=15, place=place, shares=[1, 1]),
                 step("boost", "split", 0, 8, base=15, rate_bp=15_000, inner=True), step("staff_part", "split", 0, points, of=8, place=place, shares=[1, 1]))
           for who, points, first, place in ((DAN, 12, 8, 0), (EVA, 11, 7, 1)))),
    case("a part that comes to nothing", "of 1 by 9,000/1,000: 0.9 and 0.1: the first gets it; the shop's 0 is no award",
         sold([("owner", 9_000), ("shop", 1_000)], fixed(1)), PAID, award("owner", CAT, 1, once(1), part(1, 1, [9_000, 1_000], 0))),
]
