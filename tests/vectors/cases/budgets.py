"""Budgets, with what is owed on top."""

from .kit import *


def drawn(balance, points=100, gross_up=0, *more, hidden=(), **fields):
    one = {"id": "fund", "points": 1_000} | ({"gross_up_bp": gross_up} if gross_up else {})
    facts = {} if balance is None else {"budgets": {"fund": balance}}
    return document(rules(rule("once", fixed(points), budget="fund"), *more, budgets=[one]),
                    sale(line("p", 2), seller=ANN, **fields), hidden, **facts)


ONCE = step("fixed", "once", -1, 100, each=100)


def paid(points, *cuts, waits=()):
    return award("seller", ANN, points, ONCE, *cuts, budget="fund", waits=waits)


def cut(left, cut_off):
    return step("capped", "once", -1, left, by="budget", left=left, cut=cut_off)


CASES = [
    case("within the budget", "100 costs 100 of 100", drawn(100), paid(100)),
    case("cut by the budget", "100 against a balance of 60: 60", drawn(60), paid(60, cut(60, 40))),
    case("the budget is spent", "nothing left", drawn(0), why_nots=[why_not("once", "budget_spent")]),
    case("a budget that nobody filled", "a budget that is left out has 0", drawn(None), why_nots=[why_not("once", "budget_spent")]),
    case("what is owed on top fits", "100 costs 100 + 30 % = 130 of 130", drawn(130, 100, 3_000), paid(100)),
    case("what is owed on top does not fit", "100 costs 130, 129 are there: 99 costs 99 + 29.7 -> 30 = 129: 99", drawn(129, 100, 3_000), paid(99, cut(99, 1))),
    case("what is owed on top is rounded up", "1 point at 0.01 % costs 1 + 1 = 2: a balance of 1 pays none", drawn(1, 100, 1), why_nots=[why_not("once", "budget_spent")]),
    case("the smallest that is paid", "a balance of 2 at 0.01 %: 1 costs 2; 2 would cost 3: 1", drawn(2, 100, 1), paid(1, cut(1, 99))),
    case("two rules of one budget", "lines come first: 2 x 40 = 80 of 150; then 70 are left for once: cut to 70; together 150",
         drawn(150, 100, 0, rule("unit", per_unit(40), budget="fund")),
         award("seller", ANN, 150, step("per_unit", "unit", 0, 80, each=40, quantity_micro=2_000_000), ONCE, cut(70, 30), budget="fund")),
    case("what was owed on top counts for the next", "unit: 80 costs 80 + 40 = 120 of 150 at 50 %; 30 are left: 20 costs 30: once is cut to 20; 80 + 20 = 100",
         drawn(150, 100, 5_000, rule("unit", per_unit(40), budget="fund")),
         award("seller", ANN, 100, step("per_unit", "unit", 0, 80, each=40, quantity_micro=2_000_000), ONCE, cut(20, 80), budget="fund")),
    case("the price list draws on none", "2 x 10 = 20 by price; the rule's budget is spent",
         document(rules(rule("once", fixed(100), budget="fund"), budgets=[{"id": "fund", "points": 0}]), sale(line("p", 2), seller=ANN), products={"p": {"seller_points": 10}}),
         award("seller", ANN, 20, step("per_unit", "price_list", 0, 20, each=10, quantity_micro=2_000_000)), why_nots=[why_not("once", "budget_spent")]),
    case("a budget that is not known", "computed without the bound, and the award waits", drawn(5, hidden=["budget:fund"]), paid(100, waits=["server_checks_budget"])),
]
