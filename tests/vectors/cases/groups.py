"""Groups: only the largest of a group applies."""

from .kit import *

PRICES = {"p": {"seller_points": 120}}
BASE = step("per_unit", "price_list", 0, 120, each=120, quantity_micro=1_000_000)


def sold(*of, amount=0, **more):
    return document(rules(*of, **more), sale(line("p", 1, amount), seller=ANN, currency="EUR"), products=PRICES)


def g(rule_id, effect, to="seller", **more):
    return rule(rule_id, effect, to, group="g", **more)


CASES = [
    case("the larger of two", "7 or 9: 9; 120 + 9 = 129", sold(g("seven", per_unit(7)), g("nine", per_unit(9))),
         award("seller", ANN, 129, BASE, step("per_unit", "nine", 0, 129, each=9, quantity_micro=1_000_000)),
         why_nots=[why_not("seven", "better_rule", rule="nine")]),
    case("equal ones: the first", "7 and 7: the first; 127", sold(g("first", per_unit(7)), g("second", per_unit(7))),
         award("seller", ANN, 127, BASE, step("per_unit", "first", 0, 127, each=7, quantity_micro=1_000_000)),
         why_nots=[why_not("second", "better_rule", rule="first")]),
    case("a multiplier against pieces", "twice 120 gives 120 more, against 100: the multiplier; 240",
         sold(g("unit", per_unit(100)), g("double", multiply(20_000))),
         award("seller", ANN, 240, BASE, step("multiplier", "double", 0, 240, rate_bp=20_000)),
         why_nots=[why_not("unit", "better_rule", rule="double")]),
    case("decided before limits", "9 beats 7, then its limit of 2 cuts it: 120 + 9 - 7 = 122",
         sold(g("seven", per_unit(7)), g("nine", per_unit(9), limits=[limit("person", "day", points_max=2)])),
         award("seller", ANN, 122, BASE, step("per_unit", "nine", 0, 129, each=9, quantity_micro=1_000_000),
               step("capped", "nine", 0, 122, by="person", left=2, cut=7)),
         tallies=[moved("limit/nine/0", ANN, 2)], why_nots=[why_not("seven", "better_rule", rule="nine")]),
    case("who is not met does not compete", "nine asks for the country DK and the sale happened nowhere; 120 + 7 = 127",
         sold(g("seven", per_unit(7)), g("nine", per_unit(9), when=is_in("country", "DK"))),
         award("seller", ANN, 127, BASE, step("per_unit", "seven", 0, 127, each=7, quantity_micro=1_000_000)),
         why_nots=[why_not("nine", "not_met", field="country", found=None)]),
    case("each line decides for itself", "line 0 (1 piece, 900): 5 a piece = 5 against 900/100 = 9: amount; line 1 (4 pieces, 100): 20 against 1: unit; both gave",
         document(rules(g("unit", per_unit(5)), g("amount", per_amount(1, 100))),
                  sale(line("q", 1, 900), line("q", 4, 100), seller=ANN, currency="EUR")),
         award("seller", ANN, 29, step("per_amount", "amount", 0, 9, each=1, step_minor=100, amount_minor=900, currency="EUR"),
               step("per_unit", "unit", 1, 20, each=5, quantity_micro=4_000_000))),
    case("each side decides for itself", "buyer's 3 does not meet the seller's 9: both give; seller 120 + 9 = 129",
         document(rules(g("three", per_unit(3), "buyer"), g("nine", per_unit(9))), sale(line("p"), seller=ANN, buyer=BEN), products=PRICES),
         award("buyer", BEN, 3, step("per_unit", "three", 0, 3, each=3, quantity_micro=1_000_000)),
         award("seller", ANN, 129, BASE, step("per_unit", "nine", 0, 129, each=9, quantity_micro=1_000_000))),
    case("lines and events do not compete", "9 a piece and 4 once: 120 + 9 = 129 on the line, 4 for the event; 133",
         sold(g("nine", per_unit(9)), g("once", fixed(4))),
         award("seller", ANN, 133, BASE, step("per_unit", "nine", 0, 129, each=9, quantity_micro=1_000_000),
               step("fixed", "once", -1, 4, each=4))),
    case("the larger of two event rules", "4 or 6: 6; 120 + 6 = 126", sold(g("four", fixed(4)), g("six", fixed(6))),
         award("seller", ANN, 126, BASE, step("fixed", "six", -1, 6, each=6)), why_nots=[why_not("four", "better_rule", rule="six")]),
    case("compared where the group begins", "at unit, the multiplier would give 120 more, against 130: unit wins; what stands between them does not count; 120 + 130 + 50 = 300",
         sold(g("unit", per_unit(130)), rule("between", per_unit(50)), g("double", multiply(20_000))),
         award("seller", ANN, 300, BASE, step("per_unit", "unit", 0, 250, each=130, quantity_micro=1_000_000),
               step("per_unit", "between", 0, 300, each=50, quantity_micro=1_000_000)),
         why_nots=[why_not("double", "better_rule", rule="unit")]),
    case("the winner applies in its own place", "at unit: 110 against 120 more: double wins; between adds 50 first: 170; doubled 340",
         sold(g("unit", per_unit(110)), rule("between", per_unit(50)), g("double", multiply(20_000))),
         award("seller", ANN, 340, BASE, step("per_unit", "between", 0, 170, each=50, quantity_micro=1_000_000),
               step("multiplier", "double", 0, 340, rate_bp=20_000)),
         why_nots=[why_not("unit", "better_rule", rule="double")]),
    case("a group that nobody won", "where the group begins, q has earned nothing: both multipliers come to 0; what stands between them does not wake the second",
         document(rules(g("double", multiply(20_000)), rule("between", per_unit(50)), g("treble", multiply(30_000))), sale(line("q"), seller=ANN)),
         award("seller", ANN, 50, step("per_unit", "between", 0, 50, each=50, quantity_micro=1_000_000)),
         why_nots=[why_not("double", "below_step"), why_not("treble", "below_step")]),
]
