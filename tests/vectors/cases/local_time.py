"""Zones, days, weekdays and minutes; the ends of summer time."""

from .kit import *

SPRING, AUTUMN = 19_813 * DAY_MS + HOUR_MS, 20_023 * DAY_MS + HOUR_MS
COPENHAGEN = [{"from_ms": SPRING, "offset_s": 7_200}, {"from_ms": AUTUMN, "offset_s": 3_600}]
NEW_YORK = [{"from_ms": 0, "offset_s": -18_000}]
PAID = award("seller", ANN, 7, step("per_unit", "unit", 0, 7, each=7, quantity_micro=1_000_000))


def sold(at_ms, when, zone=COPENHAGEN, **parts):
    return document(rules(rule("unit", per_unit(7), when=when), zone=zone, **parts), sale(line("p"), seller=ANN, at_ms=at_ms))


def counted_on(at_ms, zone=COPENHAGEN):
    return document(rules(zone=zone, tallies=[tally("sales", "times", "seller")]), sale(line("p"), seller=ANN, at_ms=at_ms))


def unmet(field, found):
    return {"why_nots": [why_not("unit", "not_met", field=field, found=found)]}


def read(at_day, within, *days):
    """The tally must read 5 on that day."""
    return document(rules(rule("unit", per_unit(7), when=between({"tally": "sales"}, 5, 6)), tallies=[tally("sales", "times", "seller", within)]),
                    sale(line("p"), seller=ANN, at_ms=at_day * DAY_MS), tallies=counted("sales", ANN, 0, *days))


CASES = [
    case("a Friday in UTC", "day 20,000: (20,000 + 3) mod 7 + 1 = 5: Friday", sold(AT, between("weekday", 5, 6), zone=[]), PAID),
    case("ten in the morning in UTC", "10 x 60 = 600, the first minute of 600 to 660", sold(AT, between("minute", 600, 660), zone=[]), PAID),
    case("twelve in summer time", "10:00 UTC + 2 h = 12:00: minute 720, not below 720", sold(AT, between("minute", 600, 720)), **unmet("minute", 720)),
    case("the last second of Friday", "21:59:59.999 UTC + 2 h = 23:59:59.999: still day 20,000", counted_on(DAY * DAY_MS + 22 * HOUR_MS - 1),
         tallies=[moved("sales", ANN, 1, 20_000)]),
    case("midnight", "22:00 UTC + 2 h = 0:00 of day 20,001", counted_on(DAY * DAY_MS + 22 * HOUR_MS), tallies=[moved("sales", ANN, 1, 20_001)]),
    case("Saturday begins at local midnight", "22:00 UTC on Friday is Saturday, 6", sold(DAY * DAY_MS + 22 * HOUR_MS, between("weekday", 1, 6)), **unmet("weekday", 6)),
    case("the millisecond before clocks go back", "00:59:59.999 UTC + 2 h = 02:59: minute 179", sold(AUTUMN - 1, between("minute", 179, 180)), PAID),
    case("clocks go back", "01:00 UTC + 1 h = 02:00 again: minute 120", sold(AUTUMN, between("minute", 179, 180)), **unmet("minute", 120)),
    case("clocks go forward", "01:00 UTC + 2 h = 03:00: minute 180", sold(SPRING, between("minute", 180, 181)), PAID),
    case("before the first step of the zone", "the first step's offset counts before it too: 00:59 UTC + 2 h = 02:59", sold(SPRING - 1, between("minute", 179, 180)), PAID),
    case("the longest day has 25 hours", "22:30 UTC of day 20,023 + 1 h = 23:30 of day 20,023", counted_on(20_023 * DAY_MS + 22 * HOUR_MS + HOUR_MS // 2),
         tallies=[moved("sales", ANN, 1, 20_023)]),
    case("the longest day began in summer time", "22:00 UTC of day 20,022 + 2 h = 0:00 of day 20,023", counted_on(20_022 * DAY_MS + 22 * HOUR_MS),
         tallies=[moved("sales", ANN, 1, 20_023)]),
    case("west of Greenwich", "04:59 UTC - 5 h = 23:59 of the day before", counted_on(DAY * DAY_MS + 5 * HOUR_MS - 60_000, zone=NEW_YORK),
         tallies=[moved("sales", ANN, 1, 19_999)]),
    case("before 1970", "a millisecond before 1970 is of day -1", counted_on(-1, zone=[]), tallies=[moved("sales", ANN, 1, -1)]),
    case("the last day of a leap February", "29 February 2024 is day 19,782, 1 February 19,754: 2 + 3 = 5, without 31 January (19,753) and 1 March (19,783)",
         document(rules(rule("unit", per_unit(7), when=between({"tally": "sales"}, 5, 6)), tallies=[tally("sales", "times", "seller", "month")]),
                  sale(line("p"), seller=ANN, at_ms=19_782 * DAY_MS), tallies=counted("sales", ANN, 0, (19_753, 1), (19_754, 2), (19_782, 3), (19_783, 8))),
         PAID, tallies=[moved("sales", ANN, 1, 19_782)]),
    case("in force from its first instant", "starts at the event's instant", document(rules(rule("unit", per_unit(7), starts_ms=AT)), sale(line("p"), seller=ANN)), PAID),
    case("not yet in force", "starts a millisecond later", document(rules(rule("unit", per_unit(7), starts_ms=AT + 1)), sale(line("p"), seller=ANN)),
         why_nots=[why_not("unit", "not_yet", starts_ms=AT + 1)]),
    case("over at its last instant", "ends at the event's instant", document(rules(rule("unit", per_unit(7), ends_ms=AT)), sale(line("p"), seller=ANN)),
         why_nots=[why_not("unit", "over", ends_ms=AT)]),
    case("in force to the last millisecond", "ends a millisecond later", document(rules(rule("unit", per_unit(7), ends_ms=AT + 1)), sale(line("p"), seller=ANN)), PAID),
    case("2100 is no leap year", "1 January 2100 is 130 x 365 + 32 = 47,482; 1 March 47,482 + 31 + 28 = 47,541: March has 5, 28 February (47,540) does not count",
         read(47_541, "month", (47_540, 9), (47_541, 5)), PAID, tallies=[moved("sales", ANN, 1, 47_541)]),
    case("2000 is a leap year", "1 January 2000 is 10,957; 29 February 10,957 + 31 + 28 = 11,016: February has 5, 1 March (11,017) does not count",
         read(11_016, "month", (11_016, 5), (11_017, 9)), PAID, tallies=[moved("sales", ANN, 1, 11_016)]),
    case("the last day of a year", "2024 is days 19,723 to 19,723 + 365 = 20,088: 2 + 3; 1 January 2025 (20,089) does not count",
         read(20_088, "year", (19_722, 9), (19_723, 2), (20_088, 3), (20_089, 9)), PAID, tallies=[moved("sales", ANN, 1, 20_088)]),
    case("the first day of a year", "1 January 2024 is 19,723: 5; 31 December 2023 does not count", read(19_723, "year", (19_722, 9), (19_723, 5)), PAID,
         tallies=[moved("sales", ANN, 1, 19_723)]),
    case("before 1970, in a leap year", "1 January 1968 is -(365 + 366) = -731; its year is days -731 to -366: 2 + 3; -732 and -365 do not count",
         read(-400, "year", (-732, 9), (-731, 2), (-366, 3), (-365, 9)), PAID, tallies=[moved("sales", ANN, 1, -400)]),
]
