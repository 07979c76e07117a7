"""Rules per piece and per amount."""

from .kit import *

EACH = rule("unit", per_unit(7))
STEP = rule("amount", per_amount(3, 1_000), "buyer", when={"absent": "product"})

CASES = [
    case("a rule per piece", "4 pieces x 7 = 28",
         document(rules(EACH), sale(line("p", 4), seller=ANN)),
         award("seller", ANN, 28, step("per_unit", "unit", 0, 28, each=7, quantity_micro=4_000_000))),
    case("a rule on top of the price list", "price list 2 x 10 = 20; the rule adds 2 x 7 = 14; 34 on the line",
         document(rules(EACH), sale(line("p", 2), seller=ANN), products={"p": {"seller_points": 10}}),
         award("seller", ANN, 34, step("per_unit", "price_list", 0, 20, each=10, quantity_micro=2_000_000),
               step("per_unit", "unit", 0, 34, each=7, quantity_micro=2_000_000))),
    case("only the lines of one brand", "line 0 is of brand x: 2 x 7 = 14; line 1 is of brand y: nothing",
         document(rules(rule("unit", per_unit(7), when=is_in("brand", "x"))), sale(line("p", 2), line("q", 5), seller=ANN),
                  products={"p": {"brand": "x"}, "q": {"brand": "y"}}),
         award("seller", ANN, 14, step("per_unit", "unit", 0, 14, each=7, quantity_micro=2_000_000))),
    case("full steps of a typed amount", "12,999 cents hold 12 steps of 1,000; 12 x 3 = 36",
         document(rules(STEP), sale(line(None, 1, 12_999), buyer=BEN, currency="EUR")),
         award("buyer", BEN, 36, step("per_amount", "amount", 0, 36, each=3, step_minor=1_000, amount_minor=12_999, currency="EUR"))),
    case("below the first step of an amount", "999 cents hold no step of 1,000",
         document(rules(STEP), sale(line(None, 1, 999), buyer=BEN, currency="EUR")), why_nots=[why_not("amount", "below_step")]),
    case("a line that names a product is no typed amount", "the rule asks for a line without product; the line has p",
         document(rules(STEP), sale(line("p", 1, 5_000), buyer=BEN, currency="EUR")),
         why_nots=[why_not("amount", "not_met", field="product", found="p")]),
    case("another currency", "the rule counts EUR, the sale is in UAH",
         document(rules(STEP), sale(line(None, 1, 5_000), buyer=BEN, currency="UAH")),
         why_nots=[why_not("amount", "not_met", field="currency", found="UAH")]),
    case("no currency at all", "the rule counts EUR, the event has no currency: found is null",
         document(rules(STEP), sale(line(None, 1, 5_000), buyer=BEN)),
         why_nots=[why_not("amount", "not_met", field="currency", found=None)]),
    case("the amount of an open part", "2 of 3 pieces are open: 1,000 x 2 / 3 = 666 (down); 666 hold 6 steps of 100; 6 x 1 = 6",
         document(rules(rule("amount", per_amount(1, 100), "buyer")), sale(line("p", 3, 1_000, buyer=2), buyer=BEN, currency="EUR")),
         award("buyer", BEN, 6, step("per_amount", "amount", 0, 6, each=1, step_minor=100, amount_minor=666, currency="EUR"))),
    case("a line of minus money", "an amount below zero has no steps",
         document(rules(rule("amount", per_amount(1, 100), "buyer")), sale(line("p", 1, -500), buyer=BEN, currency="EUR")),
         why_nots=[why_not("amount", "below_step")]),
]
