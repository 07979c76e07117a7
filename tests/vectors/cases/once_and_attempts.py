"""Once for each person, so many times a day, attempts with a cap."""

from .kit import *

WELCOME = rule("welcome", fixed(100), "buyer", limits=[limit("person", "ever", times_max=1)])
TRIES = rule("try", fixed(5), "buyer", trigger={"event": "quiz"}, limits=[limit("person", "day", times_max=3)])
BEST = rule("try", per_measure(1, 1), "buyer", trigger={"event": "quiz"}, limits=[limit("person", "day", points_max=10, times_max=3)])
ONCE = step("fixed", "welcome", -1, 100, each=100)


def tried(of, value=0, *counts, **more):
    counts = {name: body for one in counts for name, body in one.items()}
    return document(rules(of), event({"event": "quiz"}, buyer=BEN, value=value, **more), tallies=counts)


CASES = [
    case("the first time", "limit counted 0 times of 1: 100",
         document(rules(WELCOME), sale(line("p"), buyer=BEN)), award("buyer", BEN, 100, ONCE), tallies=[moved("limit/welcome/0", BEN, 1)]),
    case("the second time", "limit counted 1 time of 1: nothing",
         document(rules(WELCOME), sale(line("p"), buyer=BEN), tallies=counted("limit/welcome/0", BEN, 1, (DAY, 1))),
         why_nots=[why_not("welcome", "limit_reached")]),
    case("somebody else's first time", "BEN had it, CAT did not: 100",
         document(rules(WELCOME), sale(line("p"), buyer=CAT), tallies=counted("limit/welcome/0", BEN, 1, (DAY, 1))),
         award("buyer", CAT, 100, ONCE), tallies=[moved("limit/welcome/0", CAT, 1)]),
    case("an event counts once, whatever its lines", "1 time a day; both lines are of one event: 2 x 7 = 14 and 3 x 7 = 21; 35; one time",
         document(rules(rule("unit", per_unit(7), limits=[limit("person", "day", times_max=1)])), sale(line("p", 2), line("q", 3), seller=ANN)),
         award("seller", ANN, 35, step("per_unit", "unit", 0, 14, each=7, quantity_micro=2_000_000),
               step("per_unit", "unit", 1, 21, each=7, quantity_micro=3_000_000)),
         tallies=[moved("limit/unit/0", ANN, 1)]),
    case("a time of yesterday does not count today", "limit of 1 a day; day 19,999 counted 1, day 20,000 none: 7",
         document(rules(rule("unit", per_unit(7), limits=[limit("person", "day", times_max=1)])), sale(line("p"), seller=ANN),
                  tallies=counted("limit/unit/0", ANN, 1, (DAY - 1, 1))),
         award("seller", ANN, 7, step("per_unit", "unit", 0, 7, each=7, quantity_micro=1_000_000)), tallies=[moved("limit/unit/0", ANN, 1)]),
    case("the third attempt", "2 of 3 attempts: 5", tried(TRIES, 0, counted("limit/try/0", BEN, 2, (DAY, 2))),
         award("buyer", BEN, 5, step("fixed", "try", -1, 5, each=5)), tallies=[moved("limit/try/0", BEN, 1)]),
    case("the fourth attempt", "3 of 3 attempts: nothing", tried(TRIES, 0, counted("limit/try/0", BEN, 3, (DAY, 3))),
         why_nots=[why_not("try", "limit_reached")]),
    case("attempts and points bounded together", "second attempt (1 of 3), 6 of 10 points given: 8 is cut to 4; both tallies move",
         tried(BEST, 8, counted("limit/try/0", BEN, 6, (DAY, 6)), counted("limit/try/0/times", BEN, 1, (DAY, 1))),
         award("buyer", BEN, 4, step("per_measure", "try", -1, 8, each=1, step=1, value=8),
               step("capped", "try", -1, 4, by="person", left=4, cut=4)),
         tallies=[moved("limit/try/0", BEN, 4), moved("limit/try/0/times", BEN, 1)]),
    case("points left, attempts gone", "6 of 10 points given, but 3 of 3 attempts made: nothing",
         tried(BEST, 8, counted("limit/try/0", BEN, 6, (DAY, 6)), counted("limit/try/0/times", BEN, 3, (DAY, 3))),
         why_nots=[why_not("try", "limit_reached")]),
    case("an attempt that earned nothing is not counted", "value 0 has no step: nothing given, so no attempt is counted", tried(BEST, 0),
         why_nots=[why_not("try", "below_step")]),
]
