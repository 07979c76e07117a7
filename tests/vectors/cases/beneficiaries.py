"""Who scans is not who benefits: actor, owner, the shop's pot, staff."""

from .kit import *

SHOP = {"code": "K1", "owner": CAT, "staff": [{"participant": BEN, "share": 1}, {"participant": ANN, "share": 2}]}


def sold(to, points=100, shop=SHOP, lines=(line("p"),), effect=None, **fields):
    fields = {"seller": ANN, "actor": DAN, "outlet": OUTLET} | fields
    fields = {name: value for name, value in fields.items() if value is not None}
    return document(rules(rule("once", effect or fixed(points), to)), sale(*lines, **fields), **({"outlet": shop} if shop else {}))


ONCE = step("fixed", "once", -1, 100, each=100)


def staff_part(points, of, place, shares):
    return (step("fixed", "once", -1, of, each=of, inner=True), step("staff_part", "once", -1, points, of=of, place=place, shares=shares))


CASES = [
    case("the scanner is not the seller", "DAN scans, ANN sold: the rule for the seller pays ANN", sold("seller"), award("seller", ANN, 100, ONCE)),
    case("the scanner's own rule", "the rule for the actor pays DAN", sold("actor"), award("actor", DAN, 100, ONCE)),
    case("nobody scanned", "no actor is named", sold("actor", actor=None), why_nots=[why_not("once", "nobody_there")]),
    case("the owner", "the outlet's owner is CAT", sold("owner"), award("owner", CAT, 100, ONCE)),
    case("an outlet without owner", "nobody is found", sold("owner", shop={"code": "K1"}), why_nots=[why_not("once", "nobody_there")]),
    case("the shop's own pot", "the pot names no participant", sold("shop"), award("shop", None, 100, ONCE)),
    case("a pot needs an outlet", "the sale happened nowhere", sold("shop", outlet=None), why_nots=[why_not("once", "nobody_there")]),
    case("staff by participant, by shares", "shares 2 (ANN) and 1 (BEN) of 3: 100 x 2 / 3 = 66 rest 2, 100 / 3 = 33 rest 1; the one left over to ANN: 67, 33",
         sold("staff"), award("staff", ANN, 67, *staff_part(67, 100, 0, [2, 1])), award("staff", BEN, 33, *staff_part(33, 100, 1, [2, 1]))),
    case("staff with a share of zero", "all of it to ANN; BEN's share of 0 comes to nothing",
         sold("staff", shop={"staff": [{"participant": ANN, "share": 1}, {"participant": BEN, "share": 0}]}),
         award("staff", ANN, 100, *staff_part(100, 100, 0, [1, 0]))),
    case("an outlet without staff", "nobody is found", sold("staff", shop={"code": "K1", "staff": []}), why_nots=[why_not("once", "nobody_there")]),
    case("fewer points than staff", "1 point, shares 1 and 1: rests are equal, the earlier gets it; BEN's part is 0",
         sold("staff", points=1, shop={"staff": [{"participant": BEN, "share": 1}, {"participant": ANN, "share": 1}]}),
         award("staff", ANN, 1, *staff_part(1, 1, 0, [1, 1]))),
    case("nobody sold", "the seller's side is closed without a seller, for the owner too; no rule of it is about the sale", sold("owner", seller=None, buyer=BEN)),
    case("the seller's pieces earn for the staff", "3 x 10 = 30 on the line; shares 2 and 1: 20 and 10",
         sold("staff", effect=per_unit(10), lines=(line("p", 3),)),
         award("staff", ANN, 20, step("per_unit", "once", 0, 30, each=10, quantity_micro=3_000_000, inner=True),
               step("staff_part", "once", 0, 20, of=30, place=0, shares=[2, 1])),
         award("staff", BEN, 10, step("per_unit", "once", 0, 30, each=10, quantity_micro=3_000_000, inner=True),
               step("staff_part", "once", 0, 10, of=30, place=1, shares=[2, 1]))),
    case("one person in two parts", "CAT sells in her own shop: 60 % as seller = 60, 40 % as owner = 40; two awards",
         sold([("seller", 6_000), ("owner", 4_000)], seller=CAT),
         award("seller", CAT, 60, step("fixed", "once", -1, 100, each=100, inner=True),
               step("part", "once", -1, 60, of=100, share_bp=6_000, place=0, shares_bp=[6_000, 4_000])),
         award("owner", CAT, 40, step("fixed", "once", -1, 100, each=100, inner=True),
               step("part", "once", -1, 40, of=100, share_bp=4_000, place=1, shares_bp=[6_000, 4_000]))),
]
