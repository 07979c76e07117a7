//! Local time: days since 1970 in the programme's zone, and the calendar periods that they lie in.

use crate::ruleset::{Window, ZoneStep};

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;
/// Day 0 was a Thursday: counted from Monday, the fourth day.
const DAY_ZERO_WEEKDAY: i64 = 3;

/// An instant on the programme's clock and calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Local {
    /// Days since 1 January 1970.
    pub day: i64,
    /// Minute of the day, 0 to 1439.
    pub minute: i64,
}

impl Local {
    pub fn at(at_ms: i64, zone: &[ZoneStep]) -> Self {
        let local_ms = at_ms.saturating_add(offset_ms(at_ms, zone));
        Self {
            day: local_ms.div_euclid(DAY_MS),
            minute: local_ms.rem_euclid(DAY_MS) / MINUTE_MS,
        }
    }

    /// Monday is 1, Sunday 7.
    pub fn weekday(self) -> i64 {
        weekday(self.day)
    }
}

/// How far local time is ahead of UTC at an instant, milliseconds.
pub(crate) fn offset_ms(at_ms: i64, zone: &[ZoneStep]) -> i64 {
    let later = zone.partition_point(|step| step.from_ms <= at_ms);
    let step = zone.get(later.saturating_sub(1));
    step.map_or(0, |step| step.offset_s.saturating_mul(1_000))
}

/// The instant at which a local day begins, UTC milliseconds. Where the clock skips midnight it is the
/// first instant after; where it strikes twice, the first.
pub(crate) fn midnight_ms(day: i64, zone: &[ZoneStep]) -> i64 {
    let local_ms = day.saturating_mul(DAY_MS);
    let near = zone.iter().map(|step| step.offset_s.saturating_mul(1_000));
    let guesses = near
        .chain([0])
        .map(|offset| local_ms.saturating_sub(offset));
    let right = guesses.filter(|guess| {
        Local::at(*guess, zone).day == day && Local::at(guess.saturating_sub(1), zone).day < day
    });
    let exact = right.min();
    exact.unwrap_or_else(|| {
        // The clock jumped over midnight: the day begins with the step.
        let steps = zone.iter().map(|step| step.from_ms);
        let first = steps
            .filter(|from_ms| Local::at(*from_ms, zone).day >= day)
            .min();
        first.unwrap_or(local_ms)
    })
}

fn weekday(day: i64) -> i64 {
    day.saturating_add(DAY_ZERO_WEEKDAY).rem_euclid(7) + 1
}

/// The first and the last day that a reading on `day` sums; none for all time.
pub(crate) fn days_of(window: Window, day: i64) -> Option<(i64, i64)> {
    match window {
        Window::Days(days) => Some((day.saturating_sub(days.saturating_sub(1)), day)),
        Window::Day => Some((day, day)),
        Window::Week => {
            let monday = day.saturating_sub(weekday(day) - 1);
            Some((monday, monday.saturating_add(6)))
        }
        Window::Month => {
            let (year, month, _) = civil(day);
            Some((
                first_of(year, month),
                first_of_next(year, month).saturating_sub(1),
            ))
        }
        Window::Year => {
            let (year, _, _) = civil(day);
            Some((
                first_of(year, 1),
                first_of(year.saturating_add(1), 1).saturating_sub(1),
            ))
        }
        Window::Ever => None,
    }
}

/// The day of the month after the one that `day` lies in.
pub(crate) fn next_month(day: i64, day_of_month: i64) -> i64 {
    let (year, month, _) = civil(day);
    first_of_next(year, month).saturating_add(day_of_month.saturating_sub(1))
}

fn first_of(year: i64, month: i64) -> i64 {
    days_from_civil(year, month, 1)
}

fn first_of_next(year: i64, month: i64) -> i64 {
    if month == 12 {
        first_of(year.saturating_add(1), 1)
    } else {
        first_of(year, month + 1)
    }
}

/// Year, month and day of the month of a day number (proleptic Gregorian; the well-known algorithm
/// over eras of 400 years that begin in March).
pub(crate) fn civil(day: i64) -> (i64, i64, i64) {
    let shifted = day.saturating_add(719_468);
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, of_month)
}

/// The instant of a text `YYYY-MM-DDTHH:MM` or with `:SS`, as if it were UTC, milliseconds.
pub(crate) fn text_ms(text: &str) -> Option<i64> {
    let (date, time) = text.split_once('T')?;
    let number = |text: &str, length: usize, most: i64| {
        let whole = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        let number: i64 = text.parse().ok().filter(|_| whole)?;
        (number <= most).then_some(number)
    };
    let mut date = date.split('-');
    let mut time = time.split(':');
    let (year, month, of_month) = (date.next()?, date.next()?, date.next()?);
    let day = (
        number(year, 4, 9_999)?,
        number(month, 2, 12)?,
        number(of_month, 2, 31)?,
    );
    let hour = number(time.next()?, 2, 23)?;
    let minute = number(time.next()?, 2, 59)?;
    let second = time.next().map_or(Some(0), |text| number(text, 2, 60))?;
    if date.next().is_some() || time.next().is_some() || day.1 < 1 || day.2 < 1 {
        return None;
    }
    let seconds = (days_from_civil(day.0, day.1, day.2) * 24 + hour) * 3_600 + minute * 60 + second;
    Some(seconds * 1_000)
}

fn days_from_civil(year: i64, month: i64, of_month: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let from_march = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * from_march + 2) / 5 + of_month - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    era.saturating_mul(146_097)
        .saturating_add(of_era)
        .saturating_sub(719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_tills_are_instants_or_nothing() {
        assert_eq!(text_ms("2026-09-21T14:13:20"), Some(1_790_000_000_000));
        assert_eq!(text_ms("1970-01-01T00:01"), Some(60_000));
        for bad in [
            "",
            "T",
            "2026-09-21",
            "2026-13-01T00:00",
            "2026-00-01T00:00",
            "2026-1-1T1:1",
            "2026-01-01T24:00",
            "2026-01-01T00:00:00:00",
            "2026-01-01T+1:00",
            "\u{664}026-01-01T00:00",
        ] {
            assert_eq!(text_ms(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_and_dates_are_two_ways_of_saying_the_same() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(days_from_civil(2000, 2, 29), 11_016);
        assert_eq!(civil(11_016), (2000, 2, 29));
        for day in (-800_000..800_000).step_by(97) {
            let (year, month, of_month) = civil(day);
            assert_eq!(days_from_civil(year, month, of_month), day);
        }
    }

    #[test]
    fn periods_begin_and_end_where_the_calendar_says() {
        // Wednesday 4 November 2026.
        let day = days_from_civil(2026, 11, 4);
        assert_eq!(weekday(day), 3);
        assert_eq!(days_of(Window::Week, day), Some((day - 2, day + 4)));
        assert_eq!(days_of(Window::Month, day), Some((day - 3, day + 26)));
        let year = (days_from_civil(2026, 1, 1), days_from_civil(2026, 12, 31));
        assert_eq!(days_of(Window::Year, day), Some(year));
        assert_eq!(days_of(Window::Days(90), day), Some((day - 89, day)));
        assert_eq!(
            next_month(days_from_civil(2026, 12, 31), 3),
            days_from_civil(2027, 1, 3)
        );
    }

    #[test]
    fn a_zones_day_begins_at_its_own_midnight() {
        // Copenhagen: winter time from 25 October 2026, 01:00 UTC.
        let zone = [
            ZoneStep {
                from_ms: 1_774_746_000_000,
                offset_s: 7_200,
            },
            ZoneStep {
                from_ms: 1_792_890_000_000,
                offset_s: 3_600,
            },
        ];
        let day = days_from_civil(2026, 10, 25);
        let midnight = midnight_ms(day, &zone);
        assert_eq!(Local::at(midnight, &zone), Local { day, minute: 0 });
        assert_eq!(Local::at(midnight - 1, &zone).day, day - 1);
        assert_eq!(midnight_ms(day + 1, &zone) - midnight, 25 * 3_600_000);
    }

    #[test]
    fn absurd_instants_stay_numbers() {
        for at_ms in [i64::MIN, i64::MAX] {
            let zone = [ZoneStep {
                from_ms: 0,
                offset_s: i64::MAX,
            }];
            let local = Local::at(at_ms, &zone);
            for window in [
                Window::Days(i64::MAX),
                Window::Week,
                Window::Month,
                Window::Year,
            ] {
                let _ = days_of(window, local.day);
            }
        }
    }
}
