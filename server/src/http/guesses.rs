//! Wrong codes by network address, for the limits of a programme. Decisions are pure: the host counts
//! what they cannot see.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use carrot_rules::entity::{GUESS_WINDOW_MS, Guess};
use carrot_wire::Verdict;
use uuid::Uuid;

/// The most addresses that are remembered; beyond it the quietest are forgotten.
const ADDRESSES_MAX: usize = 20_000;
/// Beyond so many wrong codes an hour no limit looks.
const COUNT_MAX: i64 = 100_000;

/// The counters, by programme and address; kept in memory only.
#[derive(Debug, Default)]
pub struct Guesses {
    seen: Mutex<HashMap<(Uuid, IpAddr), Guess>>,
}

/// Whose wrong codes count together: an address of version 4, or the network of a household in
/// version 6. None for the machine itself: a proxy on it hides everybody behind one address.
fn counted(address: IpAddr) -> Option<IpAddr> {
    let address = address.to_canonical();
    if address.is_loopback() {
        return None;
    }
    Some(match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(whole) => {
            let [a, b, c, d, ..] = whole.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    })
}

impl Guesses {
    /// What an address sent to a programme within the last hour.
    #[must_use]
    pub fn of(&self, programme: Uuid, address: Option<IpAddr>) -> Guess {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let key = address
            .and_then(counted)
            .map(|address| (programme, address));
        key.and_then(|key| seen.get(&key).copied())
            .unwrap_or_default()
    }

    /// Counts the wrong codes among the answers to a push that began at the instant. An answer that was
    /// given before and is told again does not count: a lost line is no guess, and whoever repeats one
    /// wrong code cannot close a shop with it.
    pub fn note(
        &self,
        programme: Uuid,
        address: Option<IpAddr>,
        verdicts: &[Verdict],
        now_ms: i64,
    ) {
        let wrong = |verdict: &&Verdict| {
            verdict.recorded_at_ms >= now_ms
                && matches!(
                    verdict.code.as_str(),
                    "code_unknown" | "too_many_wrong_codes"
                )
        };
        let wrong = verdicts.iter().filter(wrong).count();
        let Some(address) = address.and_then(counted).filter(|_| wrong > 0) else {
            return;
        };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= ADDRESSES_MAX {
            forget(&mut seen, now_ms);
        }
        let guess = seen.entry((programme, address)).or_default();
        for _ in 0..wrong {
            *guess = guess.with_one(now_ms, COUNT_MAX);
        }
    }
}

/// Forgets whoever sent nothing within the hour; when that is nobody, the quieter half.
fn forget(seen: &mut HashMap<(Uuid, IpAddr), Guess>, now_ms: i64) {
    seen.retain(|_, guess| now_ms.saturating_sub(guess.from_ms) < 2 * GUESS_WINDOW_MS);
    if seen.len() >= ADDRESSES_MAX {
        let mut counts: Vec<i64> = seen.values().map(|guess| guess.count(now_ms)).collect();
        counts.sort_unstable();
        let middle = counts.get(counts.len() / 2).copied().unwrap_or(0);
        seen.retain(|_, guess| guess.count(now_ms) > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::{ADDRESSES_MAX, Guesses};
    use carrot_wire::{Verdict, VerdictClass};
    use std::net::IpAddr;
    use uuid::Uuid;

    const AT_MS: i64 = 1_760_000_000_000;
    const SHOP: Uuid = Uuid::nil();

    fn answers(codes: &[&str]) -> Vec<Verdict> {
        let verdict = |code: &&str| Verdict {
            device_seq: 1,
            command_id: Uuid::nil(),
            class: VerdictClass::Rejected,
            code: (*code).to_owned(),
            params: std::collections::BTreeMap::new(),
            scope_seqs: std::collections::BTreeMap::new(),
            booked: std::collections::BTreeMap::new(),
            recorded_at_ms: AT_MS,
        };
        codes.iter().map(verdict).collect()
    }

    fn address(text: &str) -> Option<IpAddr> {
        text.parse().ok()
    }

    #[test]
    fn only_wrong_codes_of_an_address_count() {
        let guesses = Guesses::default();
        let wrong = answers(&[
            "code_unknown",
            "ok",
            "too_many_wrong_codes",
            "already_claimed",
        ]);
        guesses.note(SHOP, address("203.0.113.7"), &wrong, AT_MS);
        let count = |text: &str| guesses.of(SHOP, address(text)).count(AT_MS);
        assert_eq!((count("203.0.113.7"), count("203.0.113.8")), (2, 0));
        assert_eq!(
            count("::ffff:203.0.113.7"),
            2,
            "the same address in the other writing"
        );
        let other = Uuid::from_u128(1);
        assert_eq!(guesses.of(other, address("203.0.113.7")).count(AT_MS), 0);
    }

    #[test]
    fn an_answer_that_is_told_again_does_not_count() {
        let guesses = Guesses::default();
        let wrong = answers(&["code_unknown"]);
        guesses.note(SHOP, address("203.0.113.7"), &wrong, AT_MS);
        for later_ms in 1..300 {
            guesses.note(SHOP, address("203.0.113.7"), &wrong, AT_MS + later_ms);
        }
        assert_eq!(guesses.of(SHOP, address("203.0.113.7")).count(AT_MS), 1);
    }

    #[test]
    fn a_household_counts_as_one_and_the_machine_itself_not_at_all() {
        let guesses = Guesses::default();
        let wrong = answers(&["code_unknown"]);
        for text in [
            "2001:db8:1:2::1",
            "2001:db8:1:2:ffff::9",
            "127.0.0.1",
            "::1",
        ] {
            guesses.note(SHOP, address(text), &wrong, AT_MS);
        }
        guesses.note(SHOP, None, &wrong, AT_MS);
        let count = |text: &str| guesses.of(SHOP, address(text)).count(AT_MS);
        assert_eq!(count("2001:db8:1:2::77"), 2);
        assert_eq!((count("127.0.0.1"), count("::1")), (0, 0));
    }

    #[test]
    fn memory_is_bounded_and_the_loudest_stay() {
        let guesses = Guesses::default();
        let loud = answers(&["code_unknown"; 30]);
        guesses.note(SHOP, address("203.0.113.7"), &loud, AT_MS);
        let wrong = answers(&["code_unknown"]);
        for number in 0..50_000_u32 {
            let from = IpAddr::from((0x0A00_0000 + number).to_be_bytes());
            guesses.note(SHOP, Some(from), &wrong, AT_MS);
        }
        assert!(guesses.seen.lock().unwrap().len() <= ADDRESSES_MAX);
        assert_eq!(guesses.of(SHOP, address("203.0.113.7")).count(AT_MS), 30);
    }
}
