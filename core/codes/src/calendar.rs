//! Days and times as printed in codes: digits in, valid or not. No clock and no time zone.

/// The number that two ASCII digits at byte `at` of `text` form.
pub(crate) fn two_digits(text: &str, at: usize) -> Option<u8> {
    let pair = text.get(at..at.checked_add(2)?)?;
    if pair.bytes().all(|b| b.is_ascii_digit()) {
        pair.parse().ok()
    } else {
        None
    }
}

/// The days of a month (1 to 12) in a year; 0 for another month.
pub(crate) fn days_in_month(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// Whether the six digits at the start of `text` are a day `YYMMDD` of this century.
///
/// With `zero_day` the day may be 00, which GS1 uses for "some day of that month".
pub(crate) fn is_short_date(text: &str, zero_day: bool) -> bool {
    let parts = (
        two_digits(text, 0),
        two_digits(text, 2),
        two_digits(text, 4),
    );
    let (Some(year), Some(month), Some(day)) = parts else {
        return false;
    };
    let days = days_in_month(2000 + u16::from(year), month);
    days > 0 && day <= days && (day > 0 || zero_day)
}

/// Whether the digits at the start of `text` are a time of day `HHMM`.
pub(crate) fn is_hour_minute(text: &str) -> bool {
    matches!(
        (two_digits(text, 0), two_digits(text, 2)),
        (Some(0..=23), Some(0..=59))
    )
}

/// `YYYYMMDD` as `YYYY-MM-DD`, if that day exists.
pub(crate) fn long_date(text: &str) -> Option<String> {
    if text.len() != 8 {
        return None;
    }
    let century = two_digits(text, 0)?;
    let year = u16::from(century) * 100 + u16::from(two_digits(text, 2)?);
    let (month, day) = (two_digits(text, 4)?, two_digits(text, 6)?);
    let exists = year > 0 && day > 0 && day <= days_in_month(year, month);
    exists.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// `HHMM` or `HHMMSS` as `HH:MM` or `HH:MM:SS`, if that time exists.
pub(crate) fn clock_time(text: &str) -> Option<String> {
    if !is_hour_minute(text) {
        return None;
    }
    let (hour, minute) = (two_digits(text, 0)?, two_digits(text, 2)?);
    match text.len() {
        4 => Some(format!("{hour:02}:{minute:02}")),
        6 => two_digits(text, 4)
            .filter(|second| *second <= 59)
            .map(|second| format!("{hour:02}:{minute:02}:{second:02}")),
        _ => None,
    }
}
