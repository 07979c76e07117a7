"""Limits for a person, an outlet, a partner and the rule, over days, weeks, months and for ever."""

from .kit import *

SHOP = {"code": "K1", "partner": "nord", "owner": CAT}


def sold(of, *counts, lines=(line("p", 10),), shop=SHOP, outlet=OUTLET, hidden=()):
    counts = {name: body for one in counts for name, body in one.items()}
    fields = {"outlet": outlet} if outlet else {}
    return document(rules(of), sale(*lines, seller=ANN, **fields), hidden, outlet=shop, tallies=counts)


def unit(*limits, to="seller"):
    return rule("unit", per_unit(10), to, limits=list(limits))


def full(points=100, on_line=0, pieces=10):
    return step("per_unit", "unit", on_line, points, each=10, quantity_micro=pieces * PIECE)


def capped(by, left, cut, on_line=0):
    return step("capped", "unit", on_line, left, by=by, left=left, cut=cut)


def one_limit(within, *days, ever=0):
    return sold(unit(limit("person", within, points_max=80)), counted("limit/unit/0", ANN, ever, *days))


def left(points, cut):
    return award("seller", ANN, points, full(), capped("person", points, cut))


MOVED = "limit/unit/0"

CASES = [
    case("per person and day", "10 x 10 = 100; 30 of 80 given today: 50", one_limit("day", (DAY, 30), (DAY - 1, 80)), left(50, 50), tallies=[moved(MOVED, ANN, 50)]),
    case("per person and week", "Monday is day 19,996: 20 + 30 = 50 of 80; Sunday 19,995 is last week: 30 left",
         one_limit("week", (19_995, 80), (19_996, 20), (DAY, 30)), left(30, 70), tallies=[moved(MOVED, ANN, 30)]),
    case("per person and month", "1 October is day 19,997: 70 of 80; 30 September is last month: 10 left",
         one_limit("month", (19_996, 80), (19_997, 70)), left(10, 90), tallies=[moved(MOVED, ANN, 10)]),
    case("per person and year", "1 January 2024 is day 19,723: 60 of 80; 31 December is last year: 20 left",
         one_limit("year", (19_722, 80), (19_723, 60)), left(20, 80), tallies=[moved(MOVED, ANN, 20)]),
    case("per person for ever", "75 of 80 ever: 5 left, whichever days are kept", one_limit("ever", (DAY, 1), ever=75), left(5, 95), tallies=[moved(MOVED, ANN, 5)]),
    case("per person over seven days", "days 19,994 to 20,000: 40 + 10 of 80; 19,993 is out: 30 left",
         one_limit({"days": 7}, (19_993, 80), (19_994, 40), (DAY, 10)), left(30, 70), tallies=[moved(MOVED, ANN, 30)]),
    case("nothing left", "80 of 80", one_limit("day", (DAY, 80)), why_nots=[why_not("unit", "limit_reached")]),
    case("more than the limit was given", "90 of 80: a negative remainder is zero", one_limit("day", (DAY, 90)), why_nots=[why_not("unit", "limit_reached")]),
    case("a returned sale gives room", "-20 of 80 today: 100 are left, all 100 fit", one_limit("day", (DAY, -20)), award("seller", ANN, 100, full()),
         tallies=[moved(MOVED, ANN, 100)]),
    case("what earlier lines gave counts", "80 a day: line 0 gives 50; line 1's 50 is cut to 30; line 2 finds nothing",
         sold(unit(limit("person", "day", points_max=80)), lines=[line("p", 5)] * 3),
         award("seller", ANN, 80, full(50, 0, 5), full(50, 1, 5), capped("person", 30, 20, 1)), tallies=[moved(MOVED, ANN, 80)]),
    case("per outlet", "60 of 100 given at the outlet: 40", sold(unit(limit("outlet", "day", points_max=100)), counted(MOVED, OUTLET, 60, (DAY, 60))),
         award("seller", ANN, 40, full(), capped("outlet", 40, 60)), tallies=[moved(MOVED, OUTLET, 40)]),
    case("per outlet, nowhere", "a sale without outlet is not bound, and counts for none", sold(unit(limit("outlet", "day", points_max=1)), outlet=None),
         award("seller", ANN, 100, full())),
    case("per partner", "nord has 95 of 100: 5", sold(unit(limit("partner", "month", points_max=100)), counted(MOVED, "nord", 95, (19_999, 95))),
         award("seller", ANN, 5, full(), capped("partner", 5, 95)), tallies=[moved(MOVED, "nord", 5)]),
    case("per partner, without one", "the outlet has no partner: not bound", sold(unit(limit("partner", "month", points_max=1)), shop={"code": "K1"}),
         award("seller", ANN, 100, full())),
    case("for the rule altogether", "all got 999,970 of 1,000,000: 30", sold(unit(limit("rule", "ever", points_max=1_000_000)), counted(MOVED, "programme", 999_970)),
         award("seller", ANN, 30, full(), capped("rule", 30, 70)), tallies=[moved(MOVED, "programme", 30)]),
    case("several limits, in their order", "outlet: 90 of 150 leaves 60; then the person: 45; the outlet's limit counts what was given in the end, 45",
         sold(unit(limit("person", "day", points_max=45), limit("outlet", "day", points_max=150)), counted("limit/unit/1", OUTLET, 90, (DAY, 90))),
         award("seller", ANN, 45, full(), step("capped", "unit", 0, 60, by="outlet", left=60, cut=40), capped("person", 45, 15)),
         tallies=[moved("limit/unit/0", ANN, 45), moved("limit/unit/1", OUTLET, 45)]),
    case("times for an outlet", "twice of 2 today", sold(unit(limit("outlet", "day", times_max=2)), counted(MOVED, OUTLET, 2, (DAY, 2))),
         why_nots=[why_not("unit", "limit_reached")]),
    case("the limit of one owner", "the owner's part is bounded, whoever sold", sold(unit(limit("person", "day", points_max=25), to="owner"), counted(MOVED, ANN, 25, (DAY, 25))),
         award("owner", CAT, 25, full(), capped("person", 25, 75)), tallies=[moved(MOVED, CAT, 25)]),
    case("one person, two parts, one limit", "CAT owns and is all staff: 50 + 50, at most 70: 50, then 20",
         sold(unit(limit("person", "day", points_max=70), to=[("owner", 5_000), ("staff", 5_000)]), shop=SHOP | {"staff": [{"participant": CAT, "share": 1}]}),
         award("owner", CAT, 50, step("per_unit", "unit", 0, 100, each=10, quantity_micro=10_000_000, inner=True),
               step("part", "unit", 0, 50, of=100, share_bp=5_000, place=0, shares_bp=[5_000, 5_000])),
         award("staff", CAT, 20, step("per_unit", "unit", 0, 100, each=10, quantity_micro=10_000_000, inner=True),
               step("part", "unit", 0, 50, of=100, share_bp=5_000, place=1, shares_bp=[5_000, 5_000], inner=True),
               step("staff_part", "unit", 0, 50, of=50, place=0, shares=[1]), capped("person", 20, 30)),
         tallies=[moved(MOVED, CAT, 70)]),
]
