"""Why a rule gave nothing, and which reason is said."""

from .kit import *


def sold(*of, lines=(line("p"),), **facts):
    return document(rules(*of), sale(*lines, seller=ANN, currency="EUR"), **facts)


PAID = award("seller", ANN, 1, step("fixed", "one", -1, 1, each=1))

CASES = [
    case("one line gave", "line 0 is not of brand x, line 1 is: 7; nothing is left to say",
         sold(rule("unit", per_unit(7), when=is_in("brand", "x")), lines=(line("q"), line("p")), products={"p": {"brand": "x"}}),
         award("seller", ANN, 7, step("per_unit", "unit", 1, 7, each=7, quantity_micro=1_000_000))),
    case("the reason that came furthest", "line 0 is not of brand x; line 1 is, with half a piece: below_step came further",
         sold(rule("unit", per_unit(7), when=is_in("brand", "x")), lines=(line("q"), line("p", 0.5)), products={"p": {"brand": "x"}}),
         why_nots=[why_not("unit", "below_step")]),
    case("of equal reasons the first", "2 and 3 pieces are both not below 2,000,000: the first line's", sold(rule("unit", per_unit(7), when=between("quantity_micro", None, 2_000_000)), lines=(line("q", 2), line("r", 3))),
         why_nots=[why_not("unit", "not_met", field="quantity", found=2_000_000)]),
    case("a rule about another product", "neither line is of brand x: the rule is not about this sale and says nothing", sold(rule("unit", per_unit(7), when={"all": [{"all": [is_in("brand", "x")]}, {"lesson": "safety"}]}), lines=(line("q"), line("r")),
         products={"q": {"brand": "y"}, "r": {"brand": "z"}})),
    case("a rule about one of the lines", "line 0 is of brand x, but ANN did not pass the lesson; line 1's brand y is no reason to be silent", sold(rule("unit", per_unit(7), when={"all": [is_in("brand", "x"), {"lesson": "safety"}]}), lines=(line("q"), line("r")),
         products={"q": {"brand": "x"}, "r": {"brand": "y"}}), why_nots=[why_not("unit", "not_met", field="lesson", found=False)]),
    case("a brand among others", "brand x stands in an `any`, so the rule is about any sale: its first leaf is the reason", sold(rule("unit", per_unit(7), when={"any": [is_in("brand", "x"), is_in("category", "c")]}), lines=(line("q"),),
         products={"q": {"brand": "y"}}), why_nots=[why_not("unit", "not_met", field="brand", found="y")]),
    case("a rule about another time", "over, but of another brand: nothing is said", sold(rule("unit", per_unit(7), when=is_in("brand", "x"), ends_ms=1))),
    case("a quantity outside", "2 pieces are not below 2,000,000 millionths", sold(rule("unit", per_unit(7), when=between("quantity_micro", None, 2_000_000)), lines=(line("p", 2),)),
         why_nots=[why_not("unit", "not_met", field="quantity", found=2_000_000)]),
    case("an amount outside", "499 is below 500", sold(rule("unit", per_unit(7), when=between("amount_minor", 500)), lines=(line("p", 1, 499),)),
         why_nots=[why_not("unit", "not_met", field="amount", found=499)]),
    case("a category that a line has not", "the line is of category c", sold(rule("unit", per_unit(7), when={"not": is_in("category", "c")}), products={"p": {"category": "c"}}),
         why_nots=[why_not("unit", "not_met", field="category", found="c")]),
    case("a currency that is asked for", "EUR is not UAH", sold(rule("unit", per_unit(7), when=is_in("currency", "UAH"))), why_nots=[why_not("unit", "not_met", field="currency", found="EUR")]),
    case("a tally outside", "the tally reads 4, asked for 5", document(rules(rule("unit", per_unit(7), when=between({"tally": "sum"}, 5)), tallies=[tally("sum", "times", "seller")]),
         sale(line("p"), seller=ANN), tallies=counted("sum", ANN, 4)), tallies=[moved("sum", ANN, 1)], why_nots=[why_not("unit", "not_met", field="tally", found=4)]),
    case("a rule of another event is not looked at", "the rule is of payments: it says nothing", sold(rule("paid", fixed(9), "buyer", trigger="payment"), rule("one", fixed(1))), PAID),
    case("nothing open on the side", "the seller was credited for all of it: the rule is not looked at", sold(rule("unit", per_unit(7)), lines=(line("p", 3, seller=0),))),
    case("in the order of the set", "third, first, second: as they stand", sold(rule("z", per_unit(7), ends_ms=1), rule("a", per_unit(7), when=is_in("city", "x")), rule("m", per_unit(7), "actor")),
         why_nots=[why_not("z", "over", ends_ms=1), why_not("a", "not_met", field="city", found=None), why_not("m", "nobody_there")]),
    case("over for nobody", "nobody buys: the buyer's side has no rules about the sale, also none that is over", sold(rule("m", per_unit(7), "buyer", ends_ms=1))),
    case("at most twenty", "25 rules are over; the first 20 say so", sold(*(rule(f"r{n:02}", fixed(1), ends_ms=n) for n in range(25))),
         why_nots=[why_not(f"r{n:02}", "over", ends_ms=n) for n in range(20)]),
    case("a sale without lines", "no line, so nothing is open", document(rules(rule("one", fixed(1))), sale(seller=ANN))),
    case("the lines that a rule is about", "line 0 is of another brand and no reason; line 1 is of brand x, and 3 pieces are not below 2,000,000",
         sold(rule("unit", per_unit(7), when={"all": [is_in("brand", "x"), between("quantity_micro", None, 2_000_000)]}), lines=(line("q", 1), line("p", 3)),
              products={"p": {"brand": "x"}}), why_nots=[why_not("unit", "not_met", field="quantity", found=3_000_000)]),
    case("the lines that a rule of the event is about", "line 0 is of another brand; line 1 is of brand x, but ANN is no manager",
         sold(rule("once", fixed(7), when={"all": [is_in("brand", "x"), is_in("role", "manager")]}), lines=(line("q", 1), line("p", 3)),
              products={"p": {"brand": "x"}}), why_nots=[why_not("once", "not_met", field="role", found=None)]),
]
