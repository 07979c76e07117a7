//! Names as tills print them: cut down to words that compare. Tills shorten, mix Latin and Cyrillic
//! letters that look alike, and write sizes together or apart.

/// Fewest letters and digits of a pattern: what is shorter would be found everywhere.
const PATTERN_CHARS_MIN: usize = 4;

/// Cyrillic letters and the Latin ones that they cannot be told from.
const ALIKE: [(char, char); 13] = [
    ('а', 'a'),
    ('в', 'b'),
    ('е', 'e'),
    ('ё', 'e'),
    ('і', 'i'),
    ('к', 'k'),
    ('м', 'm'),
    ('н', 'h'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('т', 't'),
    ('х', 'x'),
];

fn folded(letter: char) -> char {
    let mut alike = ALIKE.iter();
    alike
        .find(|(cyrillic, _)| *cyrillic == letter)
        .map_or(letter, |(_, latin)| *latin)
}

/// The words of a name: lower case, letters that look alike made one, digits apart from letters.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before: Option<bool> = None;
    for letter in name.chars().flat_map(char::to_lowercase) {
        if !letter.is_alphanumeric() {
            before = None;
            continue;
        }
        let digit = letter.is_numeric();
        match words.last_mut() {
            Some(word) if before == Some(digit) => word.push(folded(letter)),
            _ => words.push(folded(letter).to_string()),
        }
        before = Some(digit);
    }
    words
}

/// The pattern that remembers a name; none when it is too short to tell anything.
#[must_use]
pub fn pattern(name: &str) -> Option<String> {
    let words = words(name);
    let letters: usize = words.iter().map(|word| word.chars().count()).sum();
    (letters >= PATTERN_CHARS_MIN).then(|| words.join(" "))
}

/// True when the name holds all words of the pattern in their order. A word may be cut short in the
/// name, as tills do with those of four letters and more.
#[must_use]
pub fn holds(name: &[String], pattern: &str) -> bool {
    let mut rest = name.iter();
    let mut wanted = pattern.split(' ').peekable();
    wanted.peek().is_some_and(|first| !first.is_empty())
        && wanted.all(|word| rest.any(|printed| same(printed, word)))
}

fn same(printed: &str, word: &str) -> bool {
    let cut = || printed.chars().count() >= 3 && !printed.starts_with(char::is_numeric);
    printed == word || (word.chars().count() >= 4 && cut() && word.starts_with(printed))
}

/// Trade item numbers in a name, 14 digits each: runs of 8, 12, 13 or 14 digits whose check digit
/// holds.
#[must_use]
pub fn numbers(name: &str) -> Vec<String> {
    let runs = name.split(|letter: char| !letter.is_ascii_digit());
    let whole = runs.filter(|run| matches!(run.len(), 8 | 12 | 13 | 14));
    whole
        .filter(|run| checks(run))
        .map(|run| format!("{run:0>14}"))
        .collect()
}

fn checks(digits: &str) -> bool {
    let values = digits.bytes().rev().map(|digit| u32::from(digit - b'0'));
    let weighed = values.enumerate().map(
        |(place, digit)| {
            if place % 2 == 1 { digit * 3 } else { digit }
        },
    );
    weighed.sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet() {
        let pattern = pattern("Масло моторное АБВ 5W-40 4л").unwrap();
        for name in [
            "МАСЛО МОТОРНОЕ АБВ 5W40 4Л",
            "масло мот.АБВ 5w-40 4 л",
            "1234 Масло моторное  АБВ 5W-40, 4л (шт)",
            "МАСЛО MOTOPHOE АБВ 5W-40 4Л",
        ] {
            assert!(holds(&words(name), &pattern), "{name}");
        }
        for name in [
            "Масло моторное АБВ 5W-30 4л",
            "Масло АБВ 5W-40 4л",
            "Ветошь",
            "",
        ] {
            assert!(!holds(&words(name), &pattern), "{name}");
        }
    }

    #[test]
    fn numbers_are_those_whose_check_digit_holds() {
        assert_eq!(numbers("4006381333931 Ручка"), ["04006381333931"]);
        assert!(numbers("4006381333932 Ручка 12345678").is_empty());
        assert!(super::pattern("4л").is_none());
        assert!(!holds(&words("x"), ""));
    }
}
