"""Multipliers: order, rounding, whose base, other terms."""

from .kit import *

PRICES = {"p": {"seller_points": 120, "buyer_points": 5}}
BASE3 = step("per_unit", "price_list", 0, 360, each=120, quantity_micro=3_000_000)


def sold(*of, pieces=3, **facts):
    return document(rules(*of), sale(line("p", pieces), seller=ANN), products=PRICES, **facts)


CASES = [
    case("half as much again", "3 pieces x 120 = 360; x 1.5 = 540", sold(rule("boost", multiply(15_000))),
         award("seller", ANN, 540, BASE3, step("multiplier", "boost", 0, 540, rate_bp=15_000))),
    case("two multipliers one after the other", "360 x 1.5 = 540; 540 x 2 = 1,080",
         sold(rule("boost", multiply(15_000)), rule("double", multiply(20_000))),
         award("seller", ANN, 1_080, BASE3, step("multiplier", "boost", 0, 540, rate_bp=15_000),
               step("multiplier", "double", 0, 1_080, rate_bp=20_000))),
    case("half a point goes away from zero", "1 piece x 5 = 5; 5 x 1.5 = 7.5, rounded half away from zero: 8",
         document(rules(rule("boost", multiply(15_000), "buyer")), sale(line("p"), buyer=BEN), products=PRICES),
         award("buyer", BEN, 8, step("per_unit", "price_list", 0, 5, each=5, quantity_micro=1_000_000),
               step("multiplier", "boost", 0, 8, rate_bp=15_000))),
    case("a rule after the multiplier is not multiplied", "360 x 2 = 720; then 3 x 10 = 30; 750",
         sold(rule("double", multiply(20_000)), rule("unit", per_unit(10))),
         award("seller", ANN, 750, BASE3, step("multiplier", "double", 0, 720, rate_bp=20_000),
               step("per_unit", "unit", 0, 750, each=10, quantity_micro=3_000_000))),
    case("a rule before the multiplier is", "360 + 3 x 10 = 390; x 2 = 780",
         sold(rule("unit", per_unit(10)), rule("double", multiply(20_000))),
         award("seller", ANN, 780, BASE3, step("per_unit", "unit", 0, 390, each=10, quantity_micro=3_000_000),
               step("multiplier", "double", 0, 780, rate_bp=20_000))),
    case("line by line", "the second line is of q, without price: its base is 0; the first: 360 x 2 = 720",
         document(rules(rule("double", multiply(20_000))), sale(line("p", 3), line("q", 3), seller=ANN), products=PRICES),
         award("seller", ANN, 720, BASE3, step("multiplier", "double", 0, 720, rate_bp=20_000))),
    case("the other pot is left alone", "seller 360 x 2 = 720; buyer 3 x 5 = 15",
         document(rules(rule("double", multiply(20_000))), sale(line("p", 3), seller=ANN, buyer=BEN), products=PRICES),
         award("buyer", BEN, 15, step("per_unit", "price_list", 0, 15, each=5, quantity_micro=3_000_000)),
         award("seller", ANN, 720, BASE3, step("multiplier", "double", 0, 720, rate_bp=20_000))),
    case("paid by somebody else", "360 from the owner; the maker's campaign gives round(360 x 1.5) - 360 = 180 as an award of its own",
         sold(rule("boost", multiply(15_000), funder="maker")),
         award("seller", ANN, 360, BASE3),
         award("seller", ANN, 180, step("boost", "boost", 0, 180, base=360, rate_bp=15_000), funder="maker")),
    case("a base from two awards", "360 and the campaign's 180 make 540; doubled on the default terms: boost adds 540; 360 + 540 = 900",
         sold(rule("boost", multiply(15_000), funder="maker"), rule("double", multiply(20_000))),
         award("seller", ANN, 900, BASE3, step("boost", "double", 0, 900, base=540, rate_bp=20_000)),
         award("seller", ANN, 180, step("boost", "boost", 0, 180, base=360, rate_bp=15_000), funder="maker")),
    case("nothing to multiply", "q has no price: the base is 0 and twice 0 is 0",
         document(rules(rule("double", multiply(20_000))), sale(line("q", 3), seller=ANN)), why_nots=[why_not("double", "below_step")]),
    case("no rule takes away", "360 x 0.5 = 180 would take 180; a value below zero is none", sold(rule("half", multiply(5_000))),
         award("seller", ANN, 360, BASE3), why_nots=[why_not("half", "below_step")]),
    case("a multiplier with a limit", "360 x 2 gives 360 more; at most 100 a day: 720 - 260 = 460; the day has counted 100",
         sold(rule("double", multiply(20_000), limits=[limit("person", "day", points_max=100)])),
         award("seller", ANN, 460, BASE3, step("multiplier", "double", 0, 720, rate_bp=20_000),
               step("capped", "double", 0, 460, by="person", left=100, cut=260)),
         tallies=[moved("limit/double/0", ANN, 100)]),
    case("the multiplier of a bounded rule", "3 x 50 = 150, at most 100: 100; doubled: what it came to so far is 100, so 200",
         document(rules(rule("unit", per_unit(50), limits=[limit("person", "day", points_max=100)]), rule("double", multiply(20_000))),
                  sale(line("q", 3), seller=ANN)),
         award("seller", ANN, 200, step("per_unit", "unit", 0, 150, each=50, quantity_micro=3_000_000),
               step("capped", "unit", 0, 100, by="person", left=100, cut=50), step("multiplier", "double", 0, 200, rate_bp=20_000)),
         tallies=[moved("limit/unit/0", ANN, 100)]),
]
