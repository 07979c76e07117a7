"""Terms, credit, the order of awards; extremes and what cannot be read."""

from .kit import *

MOST = 2**53 - 1


def sold(*of, **fields):
    return document(rules(*of), sale(line("p"), **({"seller": ANN} | fields)), products={"p": {"seller_points": 10, "buyer_points": 1}},
                    outlet={"owner": CAT, "staff": [{"participant": EVA, "share": 1}, {"participant": BEN, "share": 1}]}, referrals={BEN: FIN})


PRICE = step("per_unit", "price_list", 0, 10, each=10, quantity_micro=1_000_000)


def once(name, points, total=None):
    return step("fixed", name, -1, total or points, each=points)


def fat(points, pieces=1, *more, price=0):
    return document(rules(rule("unit", per_unit(points)), *more), sale(line("p", pieces), seller=ANN), products={"p": {"seller_points": price}})


CASES = [
    case("equal terms are one award", "10 by price and 5 by the rule: 15", sold(rule("a", fixed(5))), award("seller", ANN, 15, PRICE, once("a", 5))),
    case("another funder is another award", "10 on the default terms; 5 and 6 from the maker: 11", sold(rule("a", fixed(5), funder="maker"), rule("b", fixed(6), funder="maker")),
         award("seller", ANN, 10, PRICE), award("seller", ANN, 11, once("a", 5), once("b", 6, 11), funder="maker")),
    case("another credit is another award", "after 14 days of returns", sold(rule("a", fixed(5), credit={"after_return_window": {"days": 14}})),
         award("seller", ANN, 10, PRICE), award("seller", ANN, 5, once("a", 5), credit={"after_return_window": {"days": 14}})),
    case("paid in time, or lapsed", "when the invoice is paid within 30 days", sold(rule("a", fixed(5), credit={"when_paid": {"days": 30}})),
         award("seller", ANN, 10, PRICE), award("seller", ANN, 5, once("a", 5), credit={"when_paid": {"days": 30}})),
    case("on the tenth of next month, for a year", "credit and expiry are both terms", sold(rule("a", fixed(5), credit={"next_month": {"day": 10}}, expires_days=365)),
         award("seller", ANN, 10, PRICE), award("seller", ANN, 5, once("a", 5), credit={"next_month": {"day": 10}}, expires_days=365)),
    case("default terms first, then by rule", "zeta paid by the first rule, alfa by the second: in that order, whatever their names",
         sold(rule("b", fixed(2), funder="zeta"), rule("a", fixed(3), funder="alfa"), rule("c", fixed(4))),
         award("seller", ANN, 14, PRICE, once("c", 4)), award("seller", ANN, 2, once("b", 2), funder="zeta"), award("seller", ANN, 3, once("a", 3), funder="alfa")),
    case("the order of beneficiaries", "buyer, seller, actor, owner, shop, staff by id, referrer",
         sold(rule("r", fixed(7), "referrer"), rule("t", fixed(6), "staff"), rule("s", fixed(5), "shop"), rule("o", fixed(4), "owner"), rule("a", fixed(3), "actor"),
              buyer=BEN, actor=DAN, outlet=OUTLET),
         award("buyer", BEN, 1, step("per_unit", "price_list", 0, 1, each=1, quantity_micro=1_000_000)), award("seller", ANN, 10, PRICE),
         award("actor", DAN, 3, once("a", 3)), award("owner", CAT, 4, once("o", 4)), award("shop", None, 5, once("s", 5)),
         *(award("staff", who, 3, step("fixed", "t", -1, 6, each=6, inner=True), step("staff_part", "t", -1, 3, of=6, place=place, shares=[1, 1]))
           for place, who in enumerate((BEN, EVA))),
         award("referrer", FIN, 7, once("r", 7), level=1)),
    case("a tally of points has all of somebody's awards", "ANN sells (10) and 5 come from the maker: 15", document(rules(rule("a", fixed(5), funder="maker"), tallies=[tally("sum", "points", "seller")]),
         sale(line("p"), seller=ANN), products={"p": {"seller_points": 10}}),
         award("seller", ANN, 10, PRICE), award("seller", ANN, 5, once("a", 5), funder="maker"), tallies=[moved("sum", ANN, 15)]),
    case("tallies are sorted", "by name, then subject", document(rules(tallies=[tally("b", "times", "seller"), tally("a", "pieces", "buyer"), tally("c", "amount_minor", "programme")]),
         sale(line("p", 2, 900, fresh=1), seller=ANN, buyer=BEN)), tallies=[moved("a", BEN, 2), moved("b", ANN, 1), moved("c", "programme", 450)]),
    case("the largest award", "2^53 - 1 is still exact", fat(MOST), award("seller", ANN, 9_007_199_254_740_991,
         step("per_unit", "unit", 0, 9_007_199_254_740_991, each=9_007_199_254_740_991, quantity_micro=1_000_000))),
    refused("one more than the largest", "2^53 - 1 by price and 1 by rule pass the range", fat(1, price=MOST), "amount_too_large"),
    refused("twice the largest", "2 x (2^53 - 1) passes the range", fat(MOST, 2), "amount_too_large"),
    refused("a value too large before its limit", "the limit of 1 would cut it, but the value itself passes the range",
            document(rules(rule("unit", per_unit(MOST), limits=[limit("person", "day", points_max=1)])), sale(line("p", 2), seller=ANN)), "amount_too_large"),
    refused("a multiplier too large", "twice (2^53 - 1) passes the range", fat(MOST, 1, rule("double", multiply(20_000))), "amount_too_large"),
    refused("an event without trigger", "the event says neither what nor when", {"rules": rules(), "event": {"lines": []}}, "unreadable"),
    refused("an unknown field", "an event has no field `colour`", document(rules(), sale(line("p"), seller=ANN, colour="red")), "unreadable"),
    refused("an event too large", "2^53 - 1 for the seller is exact, and so is 1 for the actor; together they pass the range",
            document(rules(rule("unit", per_unit(MOST)), rule("one", fixed(1), "actor")), sale(line("p"), seller=ANN, actor=BEN)), "amount_too_large"),
    case("first by the set, not in time", "lines come first: c gives before a does; a and c have the maker's terms, and a stands before b: 3 + 7, then b's 5",
         sold(rule("a", fixed(3), "actor", funder="maker"), rule("b", fixed(5), "actor", funder="bank"), rule("c", per_unit(7), "actor", funder="maker"), actor=DAN),
         award("seller", ANN, 10, PRICE),
         award("actor", DAN, 10, step("per_unit", "c", 0, 7, each=7, quantity_micro=1_000_000), once("a", 3), funder="maker"),
         award("actor", DAN, 5, once("b", 5), funder="bank")),
]
