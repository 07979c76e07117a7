//! The GS1 application identifiers as data: what each may hold.
//!
//! An identifier is 2 to 4 digits; no identifier is the beginning of another. A value is a row of
//! parts; only the last part may vary in length. Facts are those of the GS1 General Specifications.

/// The characters of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Set {
    /// Digits.
    N,
    /// The 82 characters of GS1: letters, digits and most punctuation.
    X,
    /// The 39 characters: upper-case letters, digits, `#`, `-`, `/`.
    Y,
    /// Base64url.
    Z,
}

/// What must hold for a part besides characters and length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    None,
    CheckDigit,
    /// `YYMMDD`, the day may be 00.
    DateZeroDay,
    /// `YYMMDD`.
    Date,
    /// `HHMM`.
    Time,
    /// `YYMMDDHH`.
    DateHour,
    /// 0 or 1.
    YesNo,
    /// A zero.
    Zero,
    /// Piece and total, two digits each, piece at most total, neither zero.
    PieceOfTotal,
    /// The pair of check characters of a global model number.
    ModelCheck,
}

/// One part of a value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub set: Set,
    pub min: usize,
    pub max: usize,
    pub rule: Rule,
}

/// One row of the table: identifiers `first..=last` of equal width.
#[derive(Debug)]
pub(crate) struct Row {
    pub first: &'static str,
    pub last: &'static str,
    pub parts: &'static [Part],
}

impl Row {
    /// The lengths that a value may have, in characters.
    pub fn lengths(&self) -> (usize, usize) {
        self.parts
            .iter()
            .fold((0, 0), |(min, max), part| (min + part.min, max + part.max))
    }
}

const fn n(length: usize) -> Part {
    Part {
        set: Set::N,
        min: length,
        max: length,
        rule: Rule::None,
    }
}
const fn up_to_n(max: usize) -> Part {
    Part {
        set: Set::N,
        min: 1,
        max,
        rule: Rule::None,
    }
}
const fn x(length: usize) -> Part {
    Part {
        set: Set::X,
        min: length,
        max: length,
        rule: Rule::None,
    }
}
const fn up_to_x(max: usize) -> Part {
    Part {
        set: Set::X,
        min: 1,
        max,
        rule: Rule::None,
    }
}
const fn maybe(part: Part) -> Part {
    // An optional date is absent or whole; the rule sees to that.
    Part { min: 0, ..part }
}
const fn with(part: Part, rule: Rule) -> Part {
    Part { rule, ..part }
}
const fn checked(length: usize) -> Part {
    with(n(length), Rule::CheckDigit)
}
const fn row(code: &'static str, parts: &'static [Part]) -> Row {
    Row {
        first: code,
        last: code,
        parts,
    }
}
const fn rows(first: &'static str, last: &'static str, parts: &'static [Part]) -> Row {
    Row { first, last, parts }
}

const DAY0: Part = with(n(6), Rule::DateZeroDay);
const DAY: Part = with(n(6), Rule::Date);
const TIME: Part = with(n(4), Rule::Time);
const FLAG: Part = with(n(1), Rule::YesNo);
const PIECE: Part = with(n(4), Rule::PieceOfTotal);

/// The table, in order of the identifiers.
pub(crate) const TABLE: &[Row] = &[
    row("00", &[checked(18)]),
    rows("01", "03", &[checked(14)]),
    row("10", &[up_to_x(20)]),
    rows("11", "13", &[DAY0]),
    rows("15", "17", &[DAY0]),
    row("20", &[n(2)]),
    rows("21", "22", &[up_to_x(20)]),
    row("235", &[up_to_x(28)]),
    rows("240", "241", &[up_to_x(30)]),
    row("242", &[up_to_n(6)]),
    row("243", &[up_to_x(20)]),
    rows("250", "251", &[up_to_x(30)]),
    row("253", &[checked(13), maybe(up_to_x(17))]),
    row("254", &[up_to_x(20)]),
    row("255", &[checked(13), maybe(up_to_n(12))]),
    row("30", &[up_to_n(8)]),
    rows("3100", "3105", &[n(6)]),
    rows("3110", "3115", &[n(6)]),
    rows("3120", "3125", &[n(6)]),
    rows("3130", "3135", &[n(6)]),
    rows("3140", "3145", &[n(6)]),
    rows("3150", "3155", &[n(6)]),
    rows("3160", "3165", &[n(6)]),
    rows("3200", "3205", &[n(6)]),
    rows("3210", "3215", &[n(6)]),
    rows("3220", "3225", &[n(6)]),
    rows("3230", "3235", &[n(6)]),
    rows("3240", "3245", &[n(6)]),
    rows("3250", "3255", &[n(6)]),
    rows("3260", "3265", &[n(6)]),
    rows("3270", "3275", &[n(6)]),
    rows("3280", "3285", &[n(6)]),
    rows("3290", "3295", &[n(6)]),
    rows("3300", "3305", &[n(6)]),
    rows("3310", "3315", &[n(6)]),
    rows("3320", "3325", &[n(6)]),
    rows("3330", "3335", &[n(6)]),
    rows("3340", "3345", &[n(6)]),
    rows("3350", "3355", &[n(6)]),
    rows("3360", "3365", &[n(6)]),
    rows("3370", "3375", &[n(6)]),
    rows("3400", "3405", &[n(6)]),
    rows("3410", "3415", &[n(6)]),
    rows("3420", "3425", &[n(6)]),
    rows("3430", "3435", &[n(6)]),
    rows("3440", "3445", &[n(6)]),
    rows("3450", "3455", &[n(6)]),
    rows("3460", "3465", &[n(6)]),
    rows("3470", "3475", &[n(6)]),
    rows("3480", "3485", &[n(6)]),
    rows("3490", "3495", &[n(6)]),
    rows("3500", "3505", &[n(6)]),
    rows("3510", "3515", &[n(6)]),
    rows("3520", "3525", &[n(6)]),
    rows("3530", "3535", &[n(6)]),
    rows("3540", "3545", &[n(6)]),
    rows("3550", "3555", &[n(6)]),
    rows("3560", "3565", &[n(6)]),
    rows("3570", "3575", &[n(6)]),
    rows("3600", "3605", &[n(6)]),
    rows("3610", "3615", &[n(6)]),
    rows("3620", "3625", &[n(6)]),
    rows("3630", "3635", &[n(6)]),
    rows("3640", "3645", &[n(6)]),
    rows("3650", "3655", &[n(6)]),
    rows("3660", "3665", &[n(6)]),
    rows("3670", "3675", &[n(6)]),
    rows("3680", "3685", &[n(6)]),
    rows("3690", "3695", &[n(6)]),
    row("37", &[up_to_n(8)]),
    rows("3900", "3909", &[up_to_n(15)]),
    rows("3910", "3919", &[n(3), up_to_n(15)]),
    rows("3920", "3929", &[up_to_n(15)]),
    rows("3930", "3939", &[n(3), up_to_n(15)]),
    rows("3940", "3943", &[n(4)]),
    rows("3950", "3955", &[n(6)]),
    rows("400", "401", &[up_to_x(30)]),
    row("402", &[checked(17)]),
    row("403", &[up_to_x(30)]),
    rows("410", "417", &[checked(13)]),
    row("420", &[up_to_x(20)]),
    row("421", &[n(3), up_to_x(9)]),
    row("422", &[n(3)]),
    row("423", &[n(3), maybe(up_to_n(12))]),
    row("424", &[n(3)]),
    row("425", &[n(3), maybe(up_to_n(12))]),
    row("426", &[n(3)]),
    row("427", &[up_to_x(3)]),
    rows("4300", "4301", &[up_to_x(35)]),
    rows("4302", "4306", &[up_to_x(70)]),
    row("4307", &[x(2)]),
    row("4308", &[up_to_x(30)]),
    row("4309", &[n(20)]),
    rows("4310", "4311", &[up_to_x(35)]),
    rows("4312", "4316", &[up_to_x(70)]),
    row("4317", &[x(2)]),
    row("4318", &[up_to_x(20)]),
    row("4319", &[up_to_x(30)]),
    row("4320", &[up_to_x(35)]),
    rows("4321", "4323", &[FLAG]),
    rows("4324", "4325", &[DAY0, TIME]),
    row("4326", &[DAY]),
    rows("4330", "4333", &[n(6), maybe(up_to_x(1))]),
    row("7001", &[n(13)]),
    row("7002", &[up_to_x(30)]),
    row("7003", &[DAY, TIME]),
    row("7004", &[up_to_n(4)]),
    row("7005", &[up_to_x(12)]),
    row("7006", &[DAY]),
    row("7007", &[DAY, maybe(DAY)]),
    row("7008", &[up_to_x(3)]),
    row("7009", &[up_to_x(10)]),
    row("7010", &[up_to_x(2)]),
    row("7011", &[DAY, maybe(TIME)]),
    rows("7020", "7022", &[up_to_x(20)]),
    row("7023", &[up_to_x(30)]),
    rows("7030", "7039", &[n(3), up_to_x(27)]),
    row("7040", &[n(1), x(3)]),
    rows("710", "717", &[up_to_x(20)]),
    rows("7230", "7239", &[x(2), up_to_x(28)]),
    row("7240", &[up_to_x(20)]),
    row("7241", &[n(2)]),
    row("7242", &[up_to_x(25)]),
    row("8001", &[n(14)]),
    row("8002", &[up_to_x(20)]),
    row(
        "8003",
        &[with(n(1), Rule::Zero), checked(13), maybe(up_to_x(16))],
    ),
    row("8004", &[up_to_x(30)]),
    row("8005", &[n(6)]),
    row("8006", &[checked(14), PIECE]),
    row("8007", &[up_to_x(34)]),
    row("8008", &[with(n(8), Rule::DateHour), maybe(up_to_n(4))]),
    row("8009", &[up_to_x(50)]),
    row(
        "8010",
        &[Part {
            set: Set::Y,
            min: 1,
            max: 30,
            rule: Rule::None,
        }],
    ),
    row("8011", &[up_to_n(12)]),
    row("8012", &[up_to_x(20)]),
    row("8013", &[with(up_to_x(25), Rule::ModelCheck)]),
    rows("8017", "8018", &[checked(18)]),
    row("8019", &[up_to_n(10)]),
    row("8020", &[up_to_x(25)]),
    row("8026", &[checked(14), PIECE]),
    row(
        "8030",
        &[Part {
            set: Set::Z,
            min: 1,
            max: 90,
            rule: Rule::None,
        }],
    ),
    row("8110", &[up_to_x(70)]),
    row("8111", &[n(4)]),
    row("8112", &[up_to_x(70)]),
    row("8200", &[up_to_x(70)]),
    row("90", &[up_to_x(30)]),
    rows("91", "99", &[up_to_x(90)]),
];

/// The row of an identifier, `None` when there is no such identifier.
pub(crate) fn find(ai: &str) -> Option<&'static Row> {
    if !ai.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // No identifier is the beginning of another, so the order of texts is that of the table whatever
    // their widths; equal width makes it the order of numbers within a row.
    let place = TABLE.partition_point(|row| row.last < ai);
    TABLE
        .get(place)
        .filter(|row| row.first.len() == ai.len() && row.first <= ai)
}

/// The identifier at the start of `text`, with its row.
pub(crate) fn leading(text: &str) -> Option<(&str, &'static Row)> {
    (2..=4).find_map(|width| {
        let ai = text.get(..width)?;
        find(ai).map(|row| (ai, row))
    })
}

/// Whether the identifier's length is fixed by its first two digits, so that no separator follows it.
pub(crate) fn is_predefined(ai: &str) -> bool {
    match ai.get(..2) {
        Some("00" | "01" | "02" | "03" | "04" | "20" | "41") => true,
        Some(prefix) => ("11"..="19").contains(&prefix) || ("31"..="36").contains(&prefix),
        None => false,
    }
}

/// The qualifiers that may follow a primary key in a Digital Link, in their order; alternatives apart.
///
/// `None` when the identifier is no primary key.
pub(crate) fn qualifiers(key: &str) -> Option<&'static [&'static [&'static str]]> {
    Some(match key {
        "01" => &[&["22", "10", "21"], &["235"]],
        "8006" => &[&["22", "10", "21"]],
        "414" => &[&["254"], &["7040"]],
        "415" => &[&["8020"]],
        "417" | "8004" => &[&["7040"]],
        "8010" => &[&["8011"]],
        "8017" | "8018" => &[&["8019"]],
        "00" | "253" | "255" | "401" | "402" | "8003" | "8013" => &[&[]],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{TABLE, find, leading};

    #[test]
    fn every_identifier_is_found_in_its_own_row_and_no_other_text_is() {
        for pair in TABLE.windows(2) {
            assert!(
                pair[0].first <= pair[0].last && pair[0].last < pair[1].first,
                "{pair:?}"
            );
        }
        for width in 2..=4_usize {
            for number in 0..10_usize.pow(width as u32) {
                let ai = format!("{number:0width$}");
                let slow = TABLE.iter().find(|row| {
                    row.first.len() == width && row.first <= ai.as_str() && ai.as_str() <= row.last
                });
                match (find(&ai), slow) {
                    (None, None) => {}
                    (Some(found), Some(row)) => {
                        assert_eq!((found.first, found.last), (row.first, row.last), "{ai}");
                        assert_eq!(
                            leading(&format!("{ai}X")).map(|(ai, _)| ai),
                            Some(ai.as_str())
                        );
                    }
                    (found, _) => panic!("{ai}: {found:?}"),
                }
            }
        }
        assert!(find("").is_none() && find("1").is_none() && find("AB").is_none());
    }
}
