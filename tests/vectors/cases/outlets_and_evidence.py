"""Mechanics for some outlets, people and kinds of evidence."""

from .kit import *

SHOP = {"code": "K1", "partner": "nord", "country": "DK", "city": "Odense"}
PAID = award("seller", ANN, 7, step("per_unit", "unit", 0, 7, each=7, quantity_micro=1_000_000))


def sold(when, shop=SHOP, **more):
    fields = {"seller": ANN, "outlet": OUTLET} | more.pop("fields", {})
    fields = {name: value for name, value in fields.items() if value is not None}
    return document(rules(rule("unit", per_unit(7), when=when)), sale(line("p"), **fields), **({"outlet": shop} if shop else {}), **more)


def unmet(field, found):
    return {"why_nots": [why_not("unit", "not_met", field=field, found=found)]}


CASES = [
    case("this outlet", "the outlet's code is K1", sold(is_in("outlet", "K1", "K2")), PAID),
    case("another outlet", "K1 is not K9: the rule is not about this sale and says nothing", sold(is_in("outlet", "K9"))),
    case("the outlet's partner", "nord runs K1", sold(is_in("partner", "nord")), PAID),
    case("another country", "DK is not SE", sold(is_in("country", "SE")), **unmet("country", "DK")),
    case("a city of a list", "Odense is listed", sold(is_in("city", "Aarhus", "Odense")), PAID),
    case("an empty text is no value", "the city is an empty text, so it is absent", sold({"absent": "city"}, shop=SHOP | {"city": ""}), PAID),
    case("a sale that happens nowhere", "no outlet: its code is in no list, and not in it", sold({"not": is_in("outlet", "K1")}, fields={"outlet": None}), PAID),
    case("an outlet nobody knows of", "the event names an outlet that does not exist in the facts: it has no partner",
         sold({"absent": "partner"}, shop=None), PAID),
    case("by a till", "the till reported it", sold(is_in("evidence", "till"), fields={"evidence": "till"}), PAID),
    case("by a receipt", "a receipt is not a till", sold(is_in("evidence", "till", "code"), fields={"evidence": "receipt"}), **unmet("evidence", "receipt")),
    case("without evidence", "the evidence is an empty text", sold({"absent": "evidence"}, fields={"evidence": ""}), PAID),
    case("the seller's role", "ANN is a manager", sold(is_in("role", "seller"), people={ANN: {"role": "manager"}}), **unmet("role", "manager")),
    case("any of the segments", "ANN is in gold and young; young is listed", sold(is_in("segment", "young", "old"), people={ANN: {"segments": ["gold", "young"]}}), PAID),
    case("none of the segments", "neither gold nor young is old", sold(is_in("segment", "old"), people={ANN: {"segments": ["gold", "young"]}}),
         **unmet("segment", ["gold", "young"])),
    case("somebody without role", "a person in no `people` has no role", sold({"absent": "role"}), PAID),
    case("neither, nor", "not (Odense or K9): Odense holds, so the whole is false; the first leaf of the `not` is the city",
         sold({"not": {"any": [is_in("city", "Odense"), is_in("outlet", "K9")]}}), **unmet("city", "Odense")),
    case("the part that makes it false", "any of (K9, K1) holds by K1, the country does not: the country is to blame, not K9",
         sold({"all": [{"any": [is_in("outlet", "K9"), is_in("outlet", "K1")]}, is_in("country", "SE")]}), **unmet("country", "DK")),
    case("an empty any holds never", "no leaf is there to name", sold({"any": []}), **unmet("", None)),
    case("passed the lesson", "ANN passed `safety`", sold({"lesson": "safety"}, lessons=[f"{ANN}:safety"]), PAID),
    case("did not pass the lesson", "BEN passed it, ANN did not", sold({"lesson": "safety"}, lessons=[f"{BEN}:safety"]), **unmet("lesson", False)),
]
