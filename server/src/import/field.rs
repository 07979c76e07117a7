//! Readers of single cells: each answers a typed value, or what is wrong and what to do.

use carrot_codes::{Gtin, Sscc};
use carrot_rules::entity::Texts;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::report::{Problem, RowError, clipped};
use super::table::Row;

/// The languages of texts.
pub(super) const LANGUAGES: [&str; 6] = ["en", "da", "sv", "pl", "ru", "uk"];
/// The most points of anything.
const POINTS_MAX: i64 = 1_000_000_000;
const CODE_CHARS_MAX: usize = 40;
const TEXT_CHARS_MAX: usize = 2_000;
const DAY_OFFSET_MAX: i64 = 3_660;

type Read<T> = Result<T, Problem>;

fn wrong<T>(value: &str, is_no: &str, remedy: &str) -> Read<T> {
    Err(Problem::new(
        format!("\"{}\" is no {is_no}", clipped(value)),
        remedy,
    ))
}

/// A code: lower-case letters, digits and dashes.
pub(super) fn code(text: &str) -> Read<String> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if text.len() <= CODE_CHARS_MAX && text.chars().all(allowed) && !text.starts_with('-') {
        return Ok(text.to_owned());
    }
    wrong(
        text,
        "code",
        "use at most 40 lower-case letters a-z, digits and dashes",
    )
}

/// Any text of a reasonable length.
pub(super) fn text(value: &str) -> Read<String> {
    if value.chars().count() <= TEXT_CHARS_MAX {
        return Ok(value.to_owned());
    }
    wrong(value, "text of at most 2000 characters", "shorten it")
}

/// A whole number between two bounds.
pub(super) fn whole(least: i64, most: i64) -> impl Fn(&str) -> Read<i64> {
    move |text| match text.parse::<i64>() {
        Ok(number) if (least..=most).contains(&number) => Ok(number),
        _ => wrong(
            text,
            "whole number in range",
            &format!("write a number from {least} to {most} without separators"),
        ),
    }
}

/// Points, 0 to 1e9.
pub(super) fn points(text: &str) -> Read<i64> {
    whole(0, POINTS_MAX)(text)
}

/// An amount of money in minor units.
pub(super) fn minor(text: &str) -> Read<i64> {
    whole(0, 1_000_000_000_000)(text)
}

/// A number of pieces.
pub(super) fn count(text: &str) -> Read<i64> {
    whole(0, 1_000_000)(text)
}

/// A day relative to today.
pub(super) fn day_offset(text: &str) -> Read<i64> {
    whole(-DAY_OFFSET_MAX, DAY_OFFSET_MAX)(text)
}

/// A day as a date, or counted from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// A date of the calendar.
    Date(Date),
    /// So many days after today.
    FromToday(i64),
}

impl Day {
    /// The day's first instant in a time zone, UTC milliseconds.
    pub fn starts_ms(self, today: Date, zone: &TimeZone) -> crate::error::Result<i64> {
        let day = match self {
            Self::Date(day) => day,
            Self::FromToday(offset) => day_after(today, offset),
        };
        midnight_ms(day, zone)
    }
}

/// A day: a date like 2026-11-22, or a number of days from today.
pub(super) fn day(text: &str) -> Read<Day> {
    match text.parse::<Date>() {
        Ok(date) if text.len() == 10 => Ok(Day::Date(date)),
        _ => day_offset(text).map(Day::FromToday).or_else(|_| {
            let remedy = "write it as 2026-11-22, or as a number of days from today";
            wrong(text, "day", remedy)
        }),
    }
}

/// The first instant of a day in a time zone, UTC milliseconds.
pub(super) fn midnight_ms(day: Date, zone: &TimeZone) -> crate::error::Result<i64> {
    let start = day.to_zoned(zone.clone());
    Ok(start
        .map_err(|error| crate::error::Error::Damaged(format!("day {day}: {error}")))?
        .timestamp()
        .as_millisecond())
}

/// The number of a document, as its sender writes it.
pub(super) fn document(value: &str) -> Read<String> {
    if value.chars().count() <= CODE_CHARS_MAX && !value.chars().any(char::is_control) {
        return Ok(value.to_owned());
    }
    wrong(value, "number of a document", "shorten it to 40 characters")
}

/// The day so many days after another.
pub(super) fn day_after(today: Date, offset: i64) -> Date {
    today.saturating_add(jiff::Span::new().days(offset.clamp(-DAY_OFFSET_MAX, DAY_OFFSET_MAX)))
}

/// One of a few words.
pub(super) fn one_of(words: &'static [&'static str]) -> impl Fn(&str) -> Read<String> {
    move |text| {
        if words.contains(&text) {
            return Ok(text.to_owned());
        }
        wrong(
            text,
            "word that fits here",
            &format!("write one of: {}", words.join(", ")),
        )
    }
}

/// A GTIN with its check digit.
pub(super) fn gtin(text: &str) -> Read<Gtin> {
    let remedy = "compare it with the number under the bar code, the last digit checks the others";
    Gtin::parse(text).or_else(|error| wrong(text, &format!("GTIN ({error})"), remedy))
}

/// An SSCC with its check digit.
pub(super) fn sscc(text: &str) -> Read<Sscc> {
    let remedy = "compare all 18 digits with the label, the last one checks the others";
    Sscc::parse(text).or_else(|error| wrong(text, &format!("SSCC ({error})"), remedy))
}

/// A phone number, in E.164 form.
pub(super) fn phone(text: &str) -> Read<String> {
    let number = phonenumber::parse(None, text)
        .ok()
        .filter(phonenumber::is_valid);
    match number {
        Some(number) => Ok(number.format().mode(phonenumber::Mode::E164).to_string()),
        None => wrong(
            text,
            "valid phone number",
            "write it with its country code, like +4520123401",
        ),
    }
}

/// An e-mail address, as far as its shape can tell.
pub(super) fn email(text: &str) -> Read<String> {
    let plain = text.chars().all(|c| !c.is_whitespace() && !c.is_control());
    let parts = text.split_once('@').filter(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains('@')
    });
    if plain && parts.is_some() && text.len() <= 254 {
        return Ok(text.to_owned());
    }
    wrong(text, "e-mail address", "write it as name@host")
}

/// A language that the product speaks.
pub(super) fn language(text: &str) -> Read<String> {
    if LANGUAGES.contains(&text) {
        return Ok(text.to_owned());
    }
    wrong(
        text,
        "language of the product",
        &format!("write one of: {}", LANGUAGES.join(", ")),
    )
}

/// An ISO 4217 code.
pub(super) fn currency(text: &str) -> Read<String> {
    if text.len() == 3 && text.chars().all(|c| c.is_ascii_uppercase()) {
        return Ok(text.to_owned());
    }
    wrong(
        text,
        "currency",
        "write its three capital letters, like DKK",
    )
}

/// An ISO 3166 alpha-2 code.
pub(super) fn country(text: &str) -> Read<String> {
    if text.len() == 2 && text.chars().all(|c| c.is_ascii_uppercase()) {
        return Ok(text.to_owned());
    }
    wrong(text, "country", "write its two capital letters, like DK")
}

/// An IANA time zone.
pub(super) fn time_zone(text: &str) -> Read<String> {
    match jiff::tz::TimeZone::get(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => wrong(
            text,
            "time zone",
            "write its name in full, like Europe/Copenhagen",
        ),
    }
}

/// A PIN: four digits.
pub(super) fn pin(text: &str) -> Read<String> {
    if text.len() == 4 && text.chars().all(|c| c.is_ascii_digit()) {
        return Ok(text.to_owned());
    }
    Err(Problem::new(
        "this is no PIN",
        "write four digits, with leading zeros",
    ))
}

/// `yes` or `no`.
pub(super) fn yes_no(text: &str) -> Read<bool> {
    Ok(one_of(&["yes", "no"])(text)? == "yes")
}

/// The six columns `name_en` to `name_uk` as one text.
pub(super) fn names(row: &Row) -> Result<Texts, RowError> {
    let mut names = Texts::new();
    for language in LANGUAGES {
        names.insert(
            language.to_owned(),
            row.get(&format!("name_{language}"), text)?,
        );
    }
    Ok(names)
}

/// The names of the six columns that [`names`] reads.
pub(super) const NAME_COLUMNS: [&str; 6] = [
    "name_en", "name_da", "name_sv", "name_pl", "name_ru", "name_uk",
];
