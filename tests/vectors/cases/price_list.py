"""The price list: two pots, dated prices, whole pieces, open parts."""

from .kit import *

PRICES = {"p": {"buyer_points": 5, "seller_points": 120}}
DATED = {"p": {"seller_points": 100, "dated": [{"from_ms": AT - 10, "buyer_points": 1, "seller_points": 110},
                                               {"from_ms": AT, "buyer_points": 2, "seller_points": 130}]}}


def dated(at_ms):
    return document(rules(), sale(line("p", 2), seller=ANN, at_ms=at_ms), products=DATED)


CASES = [
    case("one piece, one seller", "1 piece x 120 = 120; nobody buys, so the buyer's pot is empty",
         document(rules(), sale(line("p"), seller=ANN), products=PRICES),
         award("seller", ANN, 120, step("per_unit", "price_list", 0, 120, each=120, quantity_micro=1_000_000))),
    case("two pots of one basket", "buyer 3 x 5 = 15; seller 3 x 120 = 360",
         document(rules(), sale(line("p", 3), buyer=BEN, seller=ANN), products=PRICES),
         award("buyer", BEN, 15, step("per_unit", "price_list", 0, 15, each=5, quantity_micro=3_000_000)),
         award("seller", ANN, 360, step("per_unit", "price_list", 0, 360, each=120, quantity_micro=3_000_000))),
    case("a started piece earns nothing", "2.999999 pieces hold 2 whole ones; 2 x 120 = 240",
         document(rules(), sale(line("p", 2.999999), seller=ANN), products=PRICES),
         award("seller", ANN, 240, step("per_unit", "price_list", 0, 240, each=120, quantity_micro=2_999_999))),
    case("less than a piece", "0.5 pieces hold no whole one: nothing, and the price list says no reason",
         document(rules(), sale(line("p", 0.5), seller=ANN), products=PRICES)),
    case("two lines of one product", "line 0: 1 x 120 = 120; line 1: 2 x 120 = 240; 120 + 240 = 360",
         document(rules(), sale(line("p"), line("p", 2), seller=ANN), products=PRICES),
         award("seller", ANN, 360, step("per_unit", "price_list", 0, 120, each=120, quantity_micro=1_000_000),
               step("per_unit", "price_list", 1, 240, each=120, quantity_micro=2_000_000))),
    case("only what is still open", "of 5 pieces the seller was credited for 3 before; 2 open x 120 = 240; buyer: none open",
         document(rules(), sale(line("p", 5, buyer=0, seller=2), buyer=BEN, seller=ANN), products=PRICES),
         award("seller", ANN, 240, step("per_unit", "price_list", 0, 240, each=120, quantity_micro=2_000_000))),
    case("a price from its very instant", "at the instant from which 130 counts: 2 x 130 = 260", dated(AT),
         award("seller", ANN, 260, step("per_unit", "price_list", 0, 260, each=130, quantity_micro=2_000_000))),
    case("the price of the millisecond before", "a millisecond before 130 the price is still 110: 2 x 110 = 220", dated(AT - 1),
         award("seller", ANN, 220, step("per_unit", "price_list", 0, 220, each=110, quantity_micro=2_000_000))),
    case("before the first dated price", "11 ms before, none of the dated ones counts, so the plain 100: 2 x 100 = 200", dated(AT - 11),
         award("seller", ANN, 200, step("per_unit", "price_list", 0, 200, each=100, quantity_micro=2_000_000))),
    case("a product that does not exist", "no price is known to exist for q: nothing, and no note, for nothing is hidden",
         document(rules(), sale(line("q", 4), seller=ANN), products=PRICES)),
    case("a payment has no price list", "the goods of a payment were earned for at the sale: nothing",
         document(rules(), event("payment", line("p", 4), buyer=BEN), products=PRICES)),
]
