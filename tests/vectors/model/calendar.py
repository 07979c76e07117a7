"""Local days and calendar periods (RULES.md, section 6)."""

DAY_MS = 86_400_000


def local_ms(zone, at_ms):
    """UTC milliseconds plus the offset of the zone's last step that has begun."""
    if not zone:
        return at_ms
    begun = [step for step in zone if step["from_ms"] <= at_ms]
    step = begun[-1] if begun else zone[0]
    return at_ms + step["offset_s"] * 1000


def weekday(day):
    """Monday is 1; day 0 was a Thursday."""
    return (day + 3) % 7 + 1


def leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def year_start(year):
    """Day number of 1 January."""
    before = year - 1
    return before * 365 + before // 4 - before // 100 + before // 400 - 719_162


def month_lengths(year):
    return [31, 29 if leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def year_of(day):
    year = 1970 + day // 366
    while year_start(year + 1) <= day:
        year += 1
    while year_start(year) > day:
        year -= 1
    return year


def month_of(day):
    """First and last day of the month that the day lies in."""
    year = year_of(day)
    first = year_start(year)
    for length in month_lengths(year):
        if day < first + length:
            return first, first + length - 1
        first += length
    raise AssertionError("a day lies in a month of its year")


def period(window, day):
    """First and last day that a reading on this day sums; None for all time."""
    if window == "ever":
        return None
    if window == "day":
        return day, day
    if window == "week":
        monday = day - (weekday(day) - 1)
        return monday, monday + 6
    if window == "month":
        return month_of(day)
    if window == "year":
        year = year_of(day)
        return year_start(year), year_start(year + 1) - 1
    return day - window["days"] + 1, day
