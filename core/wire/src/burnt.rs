//! The filter of used typed codes: a few bits for each, so that a phone without a network can say
//! "probably used already". It never says what a code is worth, and a claim is sent all the same.
//!
//! A Bloom filter of ten bits and seven hashes for each code: a code in it is always found, another
//! one is taken for used in fewer than one case of a hundred. The hash is salted anew with every
//! version. What the filter holds is spent, so knowing it helps nobody; `docs/adr` says more.
//!
//! | bytes | meaning |
//! |---|---|
//! | 4 | `CRB1` |
//! | 16 | salt |
//! | 8 | number of codes, big-endian |
//! | rest | the bits, at least one byte |

use sha2::{Digest, Sha256};

/// Bits for each code.
pub const BURNT_BITS_PER_CODE: usize = 10;
/// Hashes for each code; close to the best number for ten bits.
const HASHES: u64 = 7;
/// The most codes of a filter: five megabytes, what a device still takes in one answer.
pub const BURNT_CODES_MAX: usize = 4_000_000;
const MAGIC: &[u8; 4] = b"CRB1";
const SALT_BYTES: usize = 16;
const HEAD_BYTES: usize = MAGIC.len() + SALT_BYTES + 8;
/// Keeps two hashes of a small filter apart.
const BYTES_MIN: usize = 64;

/// A filter, ready to be asked.
#[derive(Clone, PartialEq, Eq)]
pub struct Burnt {
    salt: [u8; SALT_BYTES],
    codes: u64,
    bits: Vec<u8>,
}

/// Only the size: the bits help nobody in a log.
impl std::fmt::Debug for Burnt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Burnt {{ {} codes, {} bytes }}",
            self.codes,
            self.bits.len()
        )
    }
}

impl Burnt {
    /// A filter of codes in their canonical form. Beyond [`BURNT_CODES_MAX`] the rest is left out: it
    /// is advice, and the server knows.
    pub fn of<'a>(salt: [u8; SALT_BYTES], codes: impl ExactSizeIterator<Item = &'a str>) -> Self {
        let count = codes.len().min(BURNT_CODES_MAX);
        let bytes = (count * BURNT_BITS_PER_CODE).div_ceil(8).max(BYTES_MIN);
        let mut burnt = Self {
            salt,
            codes: count as u64,
            bits: vec![0; bytes],
        };
        for code in codes.take(count) {
            for place in burnt.places(code) {
                if let Some(byte) = burnt.bits.get_mut(place / 8) {
                    *byte |= 1 << (place % 8);
                }
            }
        }
        burnt
    }

    /// True for every code of the filter, and for about one other of a hundred and twenty.
    #[must_use]
    pub fn probably(&self, code: &str) -> bool {
        let is_set = |place: usize| {
            let byte = self.bits.get(place / 8).copied().unwrap_or(0);
            byte & (1 << (place % 8)) != 0
        };
        self.codes > 0 && self.places(code).into_iter().all(is_set)
    }

    /// How many codes were put in.
    #[must_use]
    pub fn codes(&self) -> u64 {
        self.codes
    }

    /// The bits of a code: two halves of its hash span an arithmetic progression.
    fn places(&self, code: &str) -> [usize; HASHES as usize] {
        let mut hash = Sha256::new();
        hash.update(self.salt);
        hash.update(code.as_bytes());
        let digest = hash.finalize();
        let half = |from: usize| {
            let bytes = digest.iter().skip(from).take(8);
            bytes.fold(0u64, |sum, byte| sum << 8 | u64::from(*byte))
        };
        let (start, step, bits) = (half(0), half(8) | 1, self.bits.len() as u64 * 8);
        let mut places = [0; HASHES as usize];
        for (number, place) in places.iter_mut().enumerate() {
            let at = start.wrapping_add(step.wrapping_mul(number as u64));
            // Below the number of bits, which fits.
            *place = (at % bits.max(1)) as usize;
        }
        places
    }

    /// The filter as it travels and is kept.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD_BYTES + self.bits.len());
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.salt);
        bytes.extend_from_slice(&self.codes.to_be_bytes());
        bytes.extend_from_slice(&self.bits);
        bytes
    }

    /// Reads a filter; none for bytes that are none, are of another version or are too many.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (salt, rest) = rest.split_first_chunk::<SALT_BYTES>()?;
        let (codes, bits) = rest.split_first_chunk::<8>()?;
        let fits = (BYTES_MIN..=BURNT_CODES_MAX * BURNT_BITS_PER_CODE / 8).contains(&bits.len());
        fits.then(|| Self {
            salt: *salt,
            codes: u64::from_be_bytes(*codes),
            bits: bits.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{BURNT_BITS_PER_CODE, Burnt};

    const SALT: [u8; 16] = [9; 16];

    fn codes(from: usize, count: usize) -> Vec<String> {
        (from..from + count)
            .map(|n| format!("MORGENRO{n:017}"))
            .collect()
    }

    fn filter(codes: &[String]) -> Burnt {
        Burnt::of(SALT, codes.iter().map(String::as_str))
    }

    #[test]
    fn a_million_codes_are_found_and_few_others_are() {
        let used = codes(0, 1_000_000);
        let burnt = filter(&used);
        assert!(used.iter().all(|code| burnt.probably(code)));
        let others = codes(1_000_000, 100_000);
        let wrong = others.iter().filter(|code| burnt.probably(code)).count();
        assert!(wrong <= 1_000, "{wrong} of 100,000");
        let bytes = burnt.to_bytes().len();
        assert!(
            bytes <= used.len() * BURNT_BITS_PER_CODE / 8 + 64,
            "{bytes}"
        );
    }

    #[test]
    fn another_salt_makes_other_mistakes() {
        let used = codes(0, 20_000);
        let (one, other) = (
            filter(&used),
            Burnt::of([1; 16], used.iter().map(String::as_str)),
        );
        let mistakes = |burnt: &Burnt| -> Vec<String> {
            let others = codes(1_000_000, 20_000).into_iter();
            others.filter(|code| burnt.probably(code)).collect()
        };
        let (of_one, of_other) = (mistakes(&one), mistakes(&other));
        let both = of_one.iter().filter(|code| of_other.contains(code)).count();
        assert!(
            !of_one.is_empty() && both * 4 < of_one.len(),
            "{both} of {}",
            of_one.len()
        );
    }

    #[test]
    fn it_reads_back_and_nothing_else_reads() {
        let burnt = filter(&codes(0, 300));
        let bytes = burnt.to_bytes();
        assert_eq!(Burnt::from_bytes(&bytes), Some(burnt));
        for bad in [
            &b""[..],
            b"CRB1",
            b"CRB2aaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            &bytes[..60],
        ] {
            assert_eq!(Burnt::from_bytes(bad), None);
        }
    }

    #[test]
    fn an_empty_filter_knows_nothing() {
        let burnt = filter(&[]);
        assert!(codes(0, 1_000).iter().all(|code| !burnt.probably(code)));
        assert!(!format!("{burnt:?}").contains("bits"));
    }
}
