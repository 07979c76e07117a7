//! Codings of bodies of HTTP. Besides gzip there is one of our own: zlib (RFC 1950) with a dictionary
//! that both sides have, in which a command finds all its names. It halves a push of a single one.

use std::fmt;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use thiserror::Error;

/// What commands usually look like, the most usual last. It is part of the coding: with another
/// dictionary the coding gets another name.
const DICTIONARY: &[u8] = include_bytes!("packing.dictionary");
/// Bytes of window that gzip and zlib look back, as a power of two.
const WINDOW_BITS: u8 = 15;
/// By how much a buffer grows while bytes unpack.
const STEP_BYTES: usize = 32 * 1024;

/// How a body is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Coding {
    /// `gzip` of RFC 1952.
    Gzip,
    /// `carrot1`: zlib with the dictionary of commands.
    Carrot1,
}

impl Coding {
    /// Every coding, the better ones last.
    pub const ALL: [Self; 2] = [Self::Gzip, Self::Carrot1];

    /// Its name in headers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Carrot1 => "carrot1",
        }
    }

    /// The coding with this name.
    #[must_use]
    pub fn named(name: &[u8]) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|coding| coding.name().as_bytes() == name)
    }

    /// The bytes packed; none when that fails.
    #[must_use]
    pub fn packed(self, plain: &[u8]) -> Option<Vec<u8>> {
        let mut packer = match self {
            Self::Gzip => Compress::new_gzip(Compression::default(), WINDOW_BITS),
            Self::Carrot1 => {
                let mut packer = Compress::new(Compression::best(), true);
                packer.set_dictionary(DICTIONARY).ok()?;
                packer
            }
        };
        let mut packed = Vec::with_capacity(plain.len() / 2 + 64);
        loop {
            let taken = usize::try_from(packer.total_in()).ok()?;
            let rest = plain.get(taken..)?;
            match packer.compress_vec(rest, &mut packed, FlushCompress::Finish) {
                Ok(Status::StreamEnd) => return Some(packed),
                Ok(_) => packed.reserve(plain.len() / 2 + 64),
                Err(_) => return None,
            }
        }
    }

    /// The plain bytes, of which there may be at most so many. Nothing may follow the packed ones.
    pub fn unpacked(self, packed: &[u8], bytes_max: usize) -> Result<Vec<u8>, Unpacking> {
        let mut unpacker = match self {
            Self::Gzip => Decompress::new_gzip(WINDOW_BITS),
            Self::Carrot1 => Decompress::new(true),
        };
        let mut plain = Vec::new();
        let mut known = false;
        loop {
            let taken = usize::try_from(unpacker.total_in()).map_err(|_| Unpacking::Damaged)?;
            let rest = packed.get(taken..).ok_or(Unpacking::Damaged)?;
            let before = (taken, plain.len());
            plain.reserve(STEP_BYTES);
            let status = unpacker.decompress_vec(rest, &mut plain, FlushDecompress::None);
            if plain.len() > bytes_max {
                return Err(Unpacking::TooLarge);
            }
            let after = usize::try_from(unpacker.total_in()).map_err(|_| Unpacking::Damaged)?;
            match status {
                Ok(Status::StreamEnd) if after == packed.len() => return Ok(plain),
                Ok(Status::Ok) if (after, plain.len()) != before => {}
                Err(error) if error.needs_dictionary().is_some() && !known => {
                    known = true;
                    let set = unpacker.set_dictionary(DICTIONARY);
                    set.map_err(|_| Unpacking::Damaged)?;
                }
                _ => return Err(Unpacking::Damaged),
            }
        }
    }
}

impl fmt::Display for Coding {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.name())
    }
}

/// Why bytes do not unpack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unpacking {
    /// They break off, are followed by others, or are not of this coding.
    #[error("the bytes do not unpack")]
    Damaged,
    /// They would become more than is taken.
    #[error("the bytes unpack to too much")]
    TooLarge,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto;

    /// The dictionary of `carrot1`: whoever packed with it must find it again.
    const DICTIONARY_HASH: &str =
        "4e91692a9837bfe06b460ffaf1f16517d8840c5eb084e60132f1db4e43f66534";

    #[test]
    fn the_dictionary_of_a_coding_never_changes() {
        assert_eq!(crypto::hash(&[DICTIONARY]), DICTIONARY_HASH);
        let text = std::str::from_utf8(DICTIONARY).unwrap();
        assert!(text.ends_with("\"signature\":\"\"}]}"), "commands end it");
    }

    fn texts() -> Vec<Vec<u8>> {
        let noise: Vec<u8> = (0..90_000_u32)
            .map(|number| number.wrapping_mul(2_654_435_761).to_be_bytes()[0])
            .collect();
        vec![
            Vec::new(),
            b"{}".to_vec(),
            DICTIONARY.to_vec(),
            DICTIONARY.repeat(50),
            vec![b' '; 1 << 20],
            noise,
        ]
    }

    #[test]
    fn what_was_packed_unpacks_to_the_same() {
        for coding in Coding::ALL {
            assert_eq!(Coding::named(coding.name().as_bytes()), Some(coding));
            for plain in texts() {
                let packed = coding.packed(&plain).unwrap();
                let back = coding.unpacked(&packed, plain.len());
                assert_eq!(back.as_ref(), Ok(&plain), "{coding} of {}", plain.len());
                let least = plain.len().checked_sub(1);
                if let Some(least) = least {
                    let refused = coding.unpacked(&packed, least);
                    assert_eq!(refused, Err(Unpacking::TooLarge), "{coding}");
                }
            }
        }
        assert_eq!(Coding::named(b"br"), None);
    }

    #[test]
    fn what_breaks_off_goes_on_or_is_of_another_coding_does_not_unpack() {
        let plain = DICTIONARY.repeat(3);
        let codings = [
            (Coding::Gzip, Coding::Carrot1),
            (Coding::Carrot1, Coding::Gzip),
        ];
        for (coding, other) in codings {
            let packed = coding.packed(&plain).unwrap();
            for length in 0..packed.len() {
                let cut = coding.unpacked(&packed[..length], plain.len());
                assert_eq!(cut, Err(Unpacking::Damaged), "{coding}, {length} bytes");
            }
            let longer = [&packed[..], b"x"].concat();
            for (coding, bytes) in [(coding, &longer), (other, &packed), (coding, &plain)] {
                let refused = coding.unpacked(bytes, plain.len());
                assert_eq!(refused, Err(Unpacking::Damaged), "{coding}");
            }
        }
    }

    #[test]
    fn a_single_command_is_packed_to_less_than_two_thirds_of_gzip() {
        let id = |number: u32| crypto::hash(&[&number.to_be_bytes()]);
        let uuid = |number: u32| uuid::Uuid::from_u128(u128::from(number) << 96 | 0x7000_8000);
        let body = serde_json::json!({
            "proto": 1, "command_id": uuid(1), "device_id": uuid(2), "device_seq": 14,
            "prev_hash": id(3), "actor_id": uuid(4), "programme_id": uuid(5),
            "outlet_id": uuid(6), "kind": "claim.submit", "kind_version": 1, "class": "fact",
            "args": {"claim_id": uuid(7),
                "evidence": {"by": "code", "code": "MORGENROB4J199CXN", "product": null}},
            "attachments": [], "basis": {"ruleset_version": 3, "predicted": {}},
            "time": {"wall_ms": 1_795_429_243_263_i64, "boot_id": &id(8)[..32],
                "since_boot_ms": 0, "server_offset_ms": 0, "offset_age_ms": 41}
        });
        let envelope = serde_json::json!({"suite": "ed25519", "kid": &id(9)[..16],
            "bytes": body.to_string(), "signature": &id(10)});
        let push = serde_json::json!({"commands": [envelope]}).to_string();
        let [gzip, ours] = Coding::ALL.map(|coding| coding.packed(push.as_bytes()).unwrap().len());
        assert!(ours * 3 < gzip * 2, "{ours} beside {gzip}");
    }
}
