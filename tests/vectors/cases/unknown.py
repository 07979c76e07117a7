"""What a place does not know: who checks it, and what it does not guess."""

from .kit import *

PRICES = {"p": {"buyer_points": 5, "seller_points": 120, "brand": "x"}}
PRICE = step("per_unit", "price_list", 0, 120, each=120, quantity_micro=1_000_000)
UNIT = step("per_unit", "unit", 0, 127, each=7, quantity_micro=1_000_000)
SHOP = {"code": "K1", "partner": "nord", "owner": CAT, "staff": [{"participant": BEN, "share": 1}]}


def sold(of, *hidden, lines=(line("p"),), sets=None, tallies=None, **fields):
    fields = {"seller": ANN, "outlet": OUTLET} | fields
    facts = {"products": PRICES, "outlet": SHOP} | ({"tallies": tallies} if tallies else {})
    return document(rules(*of, **(sets or {})), sale(*lines, **fields), hidden, **facts)


def unit(when, **more):
    return [rule("unit", per_unit(7), when=when, **more)]


def waits(*reasons):
    return award("seller", ANN, 120, PRICE, waits=reasons)


GOLD = {"id": "club", "tally": "sum", "steps": [{"code": "base", "from": 0}, {"code": "gold", "from": 5}]}
SUM = tally("sum", "points", "seller")

CASES = [
    case("a hidden lesson", "120 by price; the rule gives nothing and the award waits", sold(unit({"lesson": "safety"}), f"lesson:{ANN}:safety"),
         waits("server_checks_lesson")),
    case("a hidden person", "role is not known", sold(unit(is_in("role", "seller")), f"person:{ANN}"), waits("server_checks_person")),
    case("a hidden outlet", "its code is not known", sold(unit(is_in("outlet", "K1")), "outlet"), waits("server_checks_outlet")),
    case("a hidden outlet is no outlet of somewhere else", "absent is not known either", sold(unit({"absent": "partner"}), "outlet"), waits("server_checks_outlet")),
    case("nowhere is known", "the outlet is hidden, but the sale names none: the city has no value",
         document(rules(*unit(is_in("city", "Odense"))), sale(line("p"), seller=ANN), ["outlet"], products=PRICES), award("seller", ANN, 120, PRICE),
         why_nots=[why_not("unit", "not_met", field="city", found=None)]),
    case("a hidden tally", "its reading is not known", sold(unit(between({"tally": "sum"}, 5)), f"tally:sum:{ANN}", sets={"tallies": [SUM]}),
         waits("server_checks_tally"), tallies=[moved("sum", ANN, 120)]),
    case("a hidden tier", "the ladder's tally is not known", sold(unit({"tier": {"ladder": "club", "at_least": "base"}}), f"tally:sum:{ANN}",
         sets={"tallies": [SUM], "ladders": [GOLD]}), waits("server_checks_tier"), tallies=[moved("sum", ANN, 120)]),
    case("a hidden referral", "the seller's recommendation is not known", sold(unit({"referred": True}), f"referral:{ANN}"), waits("server_checks_referral")),
    case("a hidden band", "the rate's tally is not known: no points by it, and the buyer's award waits without any",
         document(rules(rule("bonus", percent(banded({"tally": "sum"}, (0, None, 500))), "buyer"), tallies=[tally("sum", "times")],
                        peg=[{"from_ms": 0, "currency": "EUR", "minor_per_point_micro": 1_000_000}]),
                  sale(line("q", 1, 1_000), buyer=BEN, currency="EUR"), [f"tally:sum:{BEN}"]),
         award("buyer", BEN, 0, waits=["server_checks_tally"]), tallies=[moved("sum", BEN, 1)]),
    case("a hidden tally of every Nth", "before is not known", document(rules(rule("tenth", every(10, 5), "buyer"), tallies=[tally("count", "pieces")]),
         sale(line("q", 10), buyer=BEN), [f"tally:count:{BEN}"]), award("buyer", BEN, 0, waits=["server_checks_tally"]), tallies=[moved("count", BEN, 10)]),
    case("all: false decides", "nothing reported it by till, whatever the lesson", sold(unit({"all": [{"lesson": "safety"}, is_in("evidence", "till")]}), f"lesson:{ANN}:safety"),
         award("seller", ANN, 120, PRICE), why_nots=[why_not("unit", "not_met", field="evidence", found=None)]),
    case("any: true decides", "the brand is x, whatever the lesson: 127", sold(unit({"any": [{"lesson": "safety"}, is_in("brand", "x")]}), f"lesson:{ANN}:safety"),
         award("seller", ANN, 127, PRICE, UNIT)),
    case("not keeps unknown", "not (unknown) is unknown", sold(unit({"not": {"lesson": "safety"}}), f"lesson:{ANN}:safety"), waits("server_checks_lesson")),
    case("the first unknown leaf speaks", "role and lesson are both unknown; role is written first",
         sold(unit({"all": [is_in("role", "seller"), {"lesson": "safety"}]}), f"lesson:{ANN}:safety", f"person:{ANN}"), waits("server_checks_person")),
    case("two rules, two reasons", "each waits with its own, sorted", sold([rule("role", per_unit(1), when=is_in("role", "seller")), rule("less", per_unit(1), when={"lesson": "safety"})],
         f"lesson:{ANN}:safety", f"person:{ANN}"), waits("server_checks_lesson", "server_checks_person")),
    case("a hidden limit", "computed without it: 127, all waiting; it still counts 7", sold([rule("unit", per_unit(7), limits=[limit("person", "day", points_max=1)])],
         f"tally:limit/unit/0:{ANN}"), award("seller", ANN, 127, PRICE, UNIT, waits=["server_checks_limit"]), tallies=[moved("limit/unit/0", ANN, 7)]),
    case("a hidden partner's limit", "whose limit it is is not known: nothing is counted", sold([rule("unit", per_unit(7), limits=[limit("partner", "day", points_max=1)])], "outlet"),
         award("seller", ANN, 127, PRICE, UNIT, waits=["server_checks_limit"])),
    case("hidden points, known times", "the times are used up, so nothing is given, and nothing waits",
         sold([rule("unit", per_unit(7), limits=[limit("person", "day", points_max=50, times_max=1)])], f"tally:limit/unit/0:{ANN}",
              tallies=counted("limit/unit/0/times", ANN, 1, (DAY, 1))), award("seller", ANN, 120, PRICE), why_nots=[why_not("unit", "limit_reached")]),
    case("a buyer whom only the server finds", "5 for the buyer, who is not named", sold([], buyer="unresolved"),
         award("buyer", None, 5, step("per_unit", "price_list", 0, 5, each=5, quantity_micro=1_000_000), waits=["server_resolves_member"]), waits()),
    case("facts of somebody not found", "the role of the unresolved buyer is not known",
         document(rules(rule("unit", per_unit(7), "buyer", when=is_in("role", "member"))), sale(line("p"), buyer="unresolved")),
         award("buyer", None, 0, waits=["server_checks_person", "server_resolves_member"])),
    case("the limit of somebody not found", "the limit cannot be read: 7 without it; nothing is counted",
         document(rules(rule("unit", per_unit(7), "buyer", limits=[limit("person", "day", points_max=1)])), sale(line("p"), buyer="unresolved")),
         award("buyer", None, 7, step("per_unit", "unit", 0, 7, each=7, quantity_micro=1_000_000), waits=["server_checks_limit", "server_resolves_member"])),
    case("the tally of somebody not found", "neither read nor moved", document(rules(rule("tenth", every(10, 5), "buyer"), tallies=[tally("count", "pieces")]),
         sale(line("p", 10), buyer="unresolved")), award("buyer", None, 0, waits=["server_checks_tally", "server_resolves_member"])),
    case("a hidden owner", "the owner is hidden with the outlet: that share is not paid; the seller's award waits", sold([rule("half", fixed(100), [("seller", 5_000), ("owner", 5_000)])], "outlet"),
         award("seller", ANN, 170, PRICE, step("fixed", "half", -1, 100, each=100, inner=True),
               step("part", "half", -1, 50, of=100, share_bp=5_000, place=0, shares_bp=[5_000, 5_000]), waits=["server_checks_staff"])),
    case("a known owner of a hidden staff", "hiding the staff does not hide the owner: 100", sold([rule("own", fixed(100), "owner")], "staff"), award("seller", ANN, 120, PRICE),
         award("owner", CAT, 100, step("fixed", "own", -1, 100, each=100))),
    case("a hidden staff", "nothing is paid, the seller's award waits", sold([rule("team", fixed(100), "staff")], "staff"), waits("server_checks_staff")),
    case("a hidden product", "q earns nothing and is noted; p earns 120; the basket still has both: 300 is not below 300",
         sold(unit(between("basket_minor", None, 300)), "product:q", lines=(line("p", 1, 100), line("q", 1, 200))),
         award("seller", ANN, 120, PRICE), why_nots=[why_not("unit", "not_met", field="basket", found=300)], notes=[note("unknown_product", product="q")]),
    case("a discount cannot wait", "its condition is not known: a note, and no award waits",
         document(rules(rule("off", percent(500, "discount"), "buyer", when=is_in("segment", "vip"))), sale(line("p", 1, 1_000), line("q", 1, 1_000), buyer=BEN, currency="EUR"), [f"person:{BEN}"]),
         notes=[note("server_checks_person", rule="off")]),
    case("a discount whose limit is not known", "not given", document(rules(rule("off", percent(500, "discount"), "buyer", limits=[limit("person", "day", points_max=100)])),
         sale(line("p", 1, 1_000), buyer=BEN, currency="EUR"), [f"tally:limit/off/0:{BEN}"]), notes=[note("server_checks_limit", rule="off")]),
    case("one line is enough for the event", "line 0 holds by brand; the lesson of line 1 would only matter for it: 50, nothing waits",
         sold([rule("once", fixed(50), when={"any": [is_in("brand", "x"), {"lesson": "safety"}]})], f"lesson:{ANN}:safety", lines=(line("p"), line("q"))),
         award("seller", ANN, 170, PRICE, step("fixed", "once", -1, 50, each=50))),
    case("lines of levels wait each", "line 0 holds: 10 % of 30 = 3; line 1 waits for the lesson",
         document(rules(rule("up", levels(per_unit(30), 1_000), "referrer", when={"any": [is_in("brand", "x"), {"lesson": "safety"}]})),
                  sale(line("p"), line("q"), buyer=ANN), [f"lesson:{ANN}:safety"], products={"p": {"brand": "x"}}, referrals={ANN: BEN}),
         award("buyer", ANN, 0, waits=["server_checks_lesson"]),
         award("referrer", BEN, 3, step("per_unit", "up", 0, 30, each=30, quantity_micro=1_000_000, inner=True),
               step("level", "up", -1, 3, of=30, share_bp=1_000, level=1), level=1)),
    case("the chain of somebody not found", "the chain is not known from the start; without a value it would not be asked",
         document(rules(rule("up", levels(fixed(100), 1_000), "referrer")), sale(line("p"), buyer="unresolved")),
         award("buyer", None, 0, waits=["server_checks_referral", "server_resolves_member"])),
    case("an unknown rule does not compete", "nine waits for a lesson; seven applies: 127; the award waits",
         sold([rule("unit", per_unit(7), group="g"), rule("nine", per_unit(9), group="g", when={"lesson": "safety"})], f"lesson:{ANN}:safety"),
         award("seller", ANN, 127, PRICE, UNIT, waits=["server_checks_lesson"])),
    case("a line that a tally cannot judge", "the tally counts those who passed; not known: not counted, and every Nth waits",
         document(rules(rule("tenth", every(1, 5), "buyer"), tallies=[tally("count", "pieces", when={"lesson": "safety"})]), sale(line("p", 3), buyer=BEN), [f"lesson:{BEN}:safety"]),
         award("buyer", BEN, 0, waits=["server_checks_tally"])),
    case("the tier of somebody not found", "the ladder counts the seller, but a tier is asked of the buyer, who is not found",
         document(rules(rule("unit", per_unit(7), "buyer", when={"tier": {"ladder": "club", "at_least": "base"}}), tallies=[SUM], ladders=[GOLD]), sale(line("p"), buyer="unresolved", seller=ANN)),
         award("buyer", None, 0, waits=["server_checks_tier", "server_resolves_member"])),
    case("nothing for the hidden", "of 1 point by 9,000/1,000 the owner's part is 0: nobody waits for the hidden owner",
         sold([rule("half", fixed(1), [("seller", 9_000), ("owner", 1_000)])], "outlet"),
         award("seller", ANN, 121, PRICE, step("fixed", "half", -1, 1, each=1, inner=True),
               step("part", "half", -1, 1, of=1, share_bp=9_000, place=0, shares_bp=[9_000, 1_000]))),
    case("one line that a tally cannot judge", "line 0 counts by its brand, line 1 only with the lesson: 1 is counted, every Nth waits",
         document(rules(rule("tenth", every(1, 5), "buyer"), tallies=[tally("count", "pieces", when={"any": [is_in("brand", "x"), {"lesson": "safety"}]})]),
                  sale(line("p"), line("q", 3), buyer=BEN), [f"lesson:{BEN}:safety"], products={"p": {"brand": "x"}}),
         award("buyer", BEN, 0, waits=["server_checks_tally"]), tallies=[moved("count", BEN, 1)]),
    case("a reading of somebody not found", "the buyer's tally cannot be read",
         document(rules(rule("unit", per_unit(7), "buyer", when=between({"tally": "count"}, 0)), tallies=[tally("count", "pieces")]), sale(line("p"), buyer="unresolved")),
         award("buyer", None, 0, waits=["server_checks_tally", "server_resolves_member"])),
    case("nobody passed the lesson", "the programme's tally looks from the seller's side, where nobody stands: not counted; the outlet's counts",
         document(rules(tallies=[tally("taught", "times", "programme", when={"lesson": "safety"}), tally("all", "times", "outlet")]), sale(line("p"), buyer=BEN, outlet=OUTLET)),
         tallies=[moved("all", OUTLET, 1)]),
]
