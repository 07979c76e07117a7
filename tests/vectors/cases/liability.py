"""How much may be outstanding."""

from .kit import *


def sold(most, outstanding, *of, hidden=(), pieces=2):
    return document(rules(*of, limits={"offline_redemption_points_max": 0, "lease_points_max": 0, "lease_fresh_ms": 0, "fact_age_ms_max": 0,
                                       "liability_points_max": most}),
                    sale(line("p", pieces), seller=ANN, buyer=BEN), hidden, products={"p": {"buyer_points": 5, "seller_points": 50}},
                    outstanding_points=outstanding)


BUYER = award("buyer", BEN, 10, step("per_unit", "price_list", 0, 10, each=5, quantity_micro=2_000_000))
PRICE = step("per_unit", "price_list", 0, 100, each=50, quantity_micro=2_000_000)


def capped(of, on_line, points, left, cut):
    return step("capped", of, on_line, points, by="liability", left=left, cut=cut)


CASES = [
    case("room enough", "1,000 - 890 = 110: 10 and 100 fit exactly", sold(1_000, 890), BUYER, award("seller", ANN, 100, PRICE)),
    case("the second award is cut", "1,000 - 950 = 50: the buyer's 10 first; 40 of 100 for the seller", sold(1_000, 950), BUYER,
         award("seller", ANN, 40, PRICE, capped("price_list", 0, 40, 40, 60))),
    case("nothing more may be outstanding", "1,000 - 1,000 = 0: the price list says so once", sold(1_000, 1_000), why_nots=[why_not("price_list", "liability_reached")]),
    case("more is outstanding than may be", "1,000 - 1,200 is below zero: zero", sold(1_000, 1_200), why_nots=[why_not("price_list", "liability_reached")]),
    case("a rule after the price list", "1,000 - 880 = 120: 10 + 100 = 110; once is cut to the 10 that are left; seller 100 + 10 = 110",
         sold(1_000, 880, rule("once", fixed(30))), BUYER,
         award("seller", ANN, 110, PRICE, step("fixed", "once", -1, 30, each=30), capped("once", -1, 10, 10, 20))),
    case("a rule that finds no room", "1,000 - 890 = 110: 10 + 100 take all", sold(1_000, 890, rule("once", fixed(30))), BUYER, award("seller", ANN, 100, PRICE),
         why_nots=[why_not("once", "liability_reached")]),
    case("what is outstanding is not known", "computed without the bound; both awards wait", sold(1_000, 1_000, hidden=["outstanding"]),
         BUYER | {"pending": [{"code": "server_checks_liability", "params": {}}]}, award("seller", ANN, 100, PRICE, waits=["server_checks_liability"])),
    case("a discount is no liability", "nothing may be outstanding, but 5 % of 10,000 come off",
         document(rules(rule("off", percent(500, "discount"), "buyer"), limits={"offline_redemption_points_max": 0, "lease_points_max": 0, "lease_fresh_ms": 0,
                                                                                 "fact_age_ms_max": 0, "liability_points_max": 0}),
                  sale(line("p", 1, 10_000), buyer=BEN, currency="EUR")), discounts=[discount("off", 0, 500, 500)]),
    case("the price list gave on one line", "1,000 - 985 = 15 of the first line's 100; the second line finds nothing left, but the list gave something",
         document(rules(limits={"offline_redemption_points_max": 0, "lease_points_max": 0, "lease_fresh_ms": 0, "fact_age_ms_max": 0, "liability_points_max": 1_000}),
                  sale(line("p", 2), line("p", 2), seller=ANN), products={"p": {"seller_points": 50}}, outstanding_points=985),
         award("seller", ANN, 15, PRICE, capped("price_list", 0, 15, 15, 85))),
]
