//! When to ask again: longer and longer, each receipt a little off the others.

/// The first wait, milliseconds.
const FIRST_MS: i64 = 60_000;
/// The longest wait, milliseconds.
const LONGEST_MS: i64 = 4 * 3_600_000;
/// How far a wait may be off, as a part of it: a fifth less, or a fifth more.
const OFF: i64 = 5;
/// How long a receipt that the service does not know is asked about, milliseconds: some are reported
/// by their till days later.
pub const GIVE_UP_MS: i64 = 72 * 3_600_000;
/// How long a service that does not answer is tried, milliseconds.
pub const UNREACHABLE_GIVE_UP_MS: i64 = 14 * 24 * 3_600_000;

/// The wait after so many tries, milliseconds: a minute, doubled with each try up to four hours, up to
/// a fifth less or more by `seed`. Never shorter than what the service asked for.
#[must_use]
pub fn retry_ms(tries: i64, seed: u64, asked_ms: Option<i64>) -> i64 {
    let doublings = tries.clamp(1, 20) - 1;
    let wait = (FIRST_MS << doublings).min(LONGEST_MS);
    let width = wait / OFF;
    // The seed's upper bits, so that neighbours do not stay neighbours.
    let mixed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
    let spread = 2 * width + 1;
    let off = i64::try_from(mixed).unwrap_or(0) % spread - width;
    (wait + off).max(asked_ms.unwrap_or(0).clamp(0, UNREACHABLE_GIVE_UP_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_stay_near_and_heed_the_service() {
        let mut before = 0;
        for tries in 1..=8 {
            let wait = retry_ms(tries, 7, None);
            let plain = FIRST_MS << (tries - 1);
            assert!(
                (plain - plain / OFF..=plain + plain / OFF).contains(&wait),
                "{wait}"
            );
            assert!(wait > before);
            before = wait;
        }
        assert!(retry_ms(1_000, 7, None) <= LONGEST_MS + LONGEST_MS / OFF);
        assert_eq!(retry_ms(1, 7, Some(900_000)), 900_000);
        let apart: std::collections::BTreeSet<_> =
            (0..50).map(|seed| retry_ms(5, seed, None)).collect();
        assert!(apart.len() > 40, "{}", apart.len());
    }
}
