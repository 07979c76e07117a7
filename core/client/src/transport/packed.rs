//! Packed bodies: what goes up to a server that has said how it takes it (`Accept-Encoding` in an answer,
//! RFC 7694), and what comes down under gzip.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use carrot_wire::packing::{Coding, Unpacking};

use super::{ANSWER_BYTES_MAX, NoAnswer};

/// The media type of what is worth packing.
const JSON: &str = "application/json";
/// Shorter bodies go as they are, bytes.
const PACK_BYTES_MIN: usize = 256;

/// The servers that take packed bodies, with the best coding of which each has said so.
#[derive(Debug, Default)]
pub(super) struct Takers(Mutex<BTreeMap<String, Coding>>);

impl Takers {
    /// The body as this server takes it, if that is packed and shorter.
    pub fn packed(&self, server: &str, mime: &str, body: &[u8]) -> Option<(Coding, Vec<u8>)> {
        let worth = mime == JSON && body.len() >= PACK_BYTES_MIN;
        let coding = *self.known().get(server).filter(|_| worth)?;
        let packed = coding.packed(body)?;
        (packed.len() < body.len()).then_some((coding, packed))
    }

    /// Notes what an answer says about this server.
    pub fn note(&self, server: &str, takes: Option<Coding>) {
        let mut known = self.known();
        match takes {
            None => drop(known.remove(server)),
            Some(coding) if known.get(server) == Some(&coding) => {}
            Some(coding) => drop(known.insert(server.to_owned(), coding)),
        }
    }

    fn known(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Coding>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The bytes of a packed answer; an error when it does not unpack or is too large.
pub(super) fn unpacked(packed: &[u8]) -> Result<Vec<u8>, NoAnswer> {
    let plain = Coding::Gzip.unpacked(packed, ANSWER_BYTES_MAX);
    plain.map_err(|error| match error {
        Unpacking::TooLarge => NoAnswer::passing("the answer is too large"),
        Unpacking::Damaged => NoAnswer::passing("the answer does not unpack"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_that_said_so_gets_a_packed_body() {
        let (takers, body) = (Takers::default(), vec![b'a'; PACK_BYTES_MIN]);
        assert!(takers.packed("one", JSON, &body).is_none());
        for coding in Coding::ALL {
            takers.note("one", Some(coding));
            let (came, packed) = takers.packed("one", JSON, &body).unwrap();
            assert_eq!(came, coding);
            assert_eq!(coding.unpacked(&packed, body.len()).unwrap(), body);
            assert!(takers.packed("other", JSON, &body).is_none());
            assert!(takers.packed("one", "image/jpeg", &body).is_none());
            assert!(takers.packed("one", JSON, &body[1..]).is_none());
        }
        takers.note("one", None);
        assert!(takers.packed("one", JSON, &body).is_none());
    }

    #[test]
    fn an_answer_that_unpacks_to_too_much_is_none() {
        let bomb = Coding::Gzip.packed(&vec![0; ANSWER_BYTES_MAX + 1]).unwrap();
        assert!(bomb.len() < ANSWER_BYTES_MAX / 100);
        let refused = unpacked(&bomb).unwrap_err();
        assert!(refused.detail.contains("too large"), "{}", refused.detail);
        let cut = unpacked(&bomb[..bomb.len() / 2]).unwrap_err();
        assert!(cut.detail.contains("unpack"), "{}", cut.detail);
    }
}
