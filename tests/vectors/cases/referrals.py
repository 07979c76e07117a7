"""Levels of recommendation: depth, cycles, what the shares are of."""

from .kit import *

UP = {ANN: BEN, BEN: CAT, CAT: DAN, DAN: EVA, EVA: FIN}


def bought(of, referrals=UP, lines=(line("p", 4),), hidden=(), **facts):
    return document(rules(of), sale(*lines, buyer=ANN), hidden, referrals=referrals, **facts)


def up(of, *shares, **more):
    return rule("up", levels(of, *shares), "referrer", **more)


def level(person, points, of, share, place):
    return award("referrer", person, points, step("fixed", "up", -1, of, each=of, inner=True),
                 step("level", "up", -1, points, of=of, share_bp=share, level=place), level=place)


CASES = [
    case("one level", "10 % of 1,000 = 100 to BEN, who recommended ANN", bought(up(fixed(1_000), 1_000)), level(BEN, 100, 1_000, 1_000, 1)),
    case("three levels", "10 %, 5 %, 1 % of 1,000: 100, 50, 10", bought(up(fixed(1_000), 1_000, 500, 100)),
         level(BEN, 100, 1_000, 1_000, 1), level(CAT, 50, 1_000, 500, 2), level(DAN, 10, 1_000, 100, 3)),
    case("rounded down at each level", "of 99: 10 % is 9.9: 9; 5 % is 4.95: 4", bought(up(fixed(99), 1_000, 500)),
         level(BEN, 9, 99, 1_000, 1), level(CAT, 4, 99, 500, 2)),
    case("the chain ends", "nobody recommended CAT: two levels", bought(up(fixed(1_000), 1_000, 500, 100), {ANN: BEN, BEN: CAT}),
         level(BEN, 100, 1_000, 1_000, 1), level(CAT, 50, 1_000, 500, 2)),
    case("a cycle through the buyer", "CAT was recommended by ANN, the buyer: the chain ends after CAT",
         bought(up(fixed(1_000), 1_000, 500, 100), {ANN: BEN, BEN: CAT, CAT: ANN}), level(BEN, 100, 1_000, 1_000, 1), level(CAT, 50, 1_000, 500, 2)),
    case("a cycle above the buyer", "CAT was recommended by BEN, who is in the chain", bought(up(fixed(1_000), 1_000, 500, 100), {ANN: BEN, BEN: CAT, CAT: BEN}),
         level(BEN, 100, 1_000, 1_000, 1), level(CAT, 50, 1_000, 500, 2)),
    case("whoever recommends themselves", "ANN is in the chain already: nobody there", bought(up(fixed(1_000), 1_000), {ANN: ANN}),
         why_nots=[why_not("up", "nobody_there")]),
    case("nobody recommended", "the chain is empty", bought(up(fixed(1_000), 1_000), {BEN: CAT}), why_nots=[why_not("up", "nobody_there")]),
    case("five levels", "1 % each of 1,000: 10 to all five", bought(up(fixed(1_000), 100, 100, 100, 100, 100)),
         *(level(person, 10, 1_000, 100, place) for place, person in enumerate((BEN, CAT, DAN, EVA, FIN), 1))),
    case("a level without a share", "level 1 has 0 %: nothing; level 2 has 5 % of 1,000 = 50", bought(up(fixed(1_000), 0, 500)), level(CAT, 50, 1_000, 500, 2)),
    case("shares of what lines come to", "4 x 30 = 120 and 2 x 30 = 60 make 180; 10 % = 18",
         bought(up(per_unit(30), 1_000), lines=(line("p", 4), line("q", 2))),
         award("referrer", BEN, 18, step("per_unit", "up", 0, 120, each=30, quantity_micro=4_000_000, inner=True),
               step("per_unit", "up", 1, 180, each=30, quantity_micro=2_000_000, inner=True),
               step("level", "up", -1, 18, of=180, share_bp=1_000, level=1), level=1)),
    case("only lines that hold", "brand x is line 1 alone: 2 x 30 = 60; 10 % = 6",
         bought(up(per_unit(30), 1_000, when=is_in("brand", "x")), lines=(line("p", 4), line("q", 2)), products={"q": {"brand": "x"}}),
         award("referrer", BEN, 6, step("per_unit", "up", 1, 60, each=30, quantity_micro=2_000_000, inner=True),
               step("level", "up", -1, 6, of=60, share_bp=1_000, level=1), level=1)),
    case("bounded before it is shared", "V is 1,000, at most 400 a day for the rule: 400; 10 % = 40; the limit counts the 40 given",
         bought(up(fixed(1_000), 1_000, limits=[limit("rule", "day", points_max=400)])),
         award("referrer", BEN, 40, step("fixed", "up", -1, 1_000, each=1_000, inner=True),
               step("capped", "up", -1, 400, by="rule", left=400, cut=600, inner=True),
               step("level", "up", -1, 40, of=400, share_bp=1_000, level=1), level=1),
         tallies=[moved("limit/up/0", "programme", 40)]),
    case("the referrer of a plain rule", "level 1 gets all of it: 25", bought(rule("up", fixed(25), "referrer")),
         award("referrer", BEN, 25, step("fixed", "up", -1, 25, each=25), level=1)),
    case("a referred buyer", "BEN recommended ANN: 50 for her", bought(rule("gift", fixed(50), "buyer", when={"referred": True})),
         award("buyer", ANN, 50, step("fixed", "gift", -1, 50, each=50))),
    case("a buyer whom nobody recommended", "the rule is for those without: ANN has somebody", bought(rule("gift", fixed(50), "buyer", when={"referred": False})),
         why_nots=[why_not("gift", "not_met", field="referred", found=True)]),
    case("a chain that is not known further up", "10 % to BEN; who recommended BEN is hidden: the chain ends there, the buyer's award waits",
         bought(up(fixed(1_000), 1_000, 500), hidden=[f"referral:{BEN}"]),
         award("buyer", ANN, 0, waits=["server_checks_referral"]), level(BEN, 100, 1_000, 1_000, 1)),
    case("who recommends themselves gets nothing", "a plain rule's referrer is level 1, and ANN is in the chain already", bought(rule("up", fixed(25), "referrer"), {ANN: ANN}),
         why_nots=[why_not("up", "nobody_there")]),
]
