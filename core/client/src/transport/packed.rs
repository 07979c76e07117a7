//! Bodies under gzip: what goes up to a server that has said that it takes it so (`Accept-Encoding` in
//! an answer, RFC 7694), and what comes down.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::sync::{Mutex, PoisonError};

use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

use super::{ANSWER_BYTES_MAX, NoAnswer};

/// The coding's name in headers.
pub(super) const GZIP: &str = "gzip";
/// The media type of what is worth packing.
const JSON: &str = "application/json";
/// Shorter bodies go as they are, bytes.
const PACK_BYTES_MIN: usize = 256;

/// The servers that take packed bodies, as far as they have said so.
#[derive(Debug, Default)]
pub(super) struct Takers(Mutex<BTreeSet<String>>);

impl Takers {
    /// The body as this server takes it, if that is packed and shorter.
    pub fn packed(&self, server: &str, mime: &str, body: &[u8]) -> Option<Vec<u8>> {
        let worth = mime == JSON && body.len() >= PACK_BYTES_MIN && self.known().contains(server);
        let packed = worth.then(|| pack(body)).flatten()?;
        (packed.len() < body.len()).then_some(packed)
    }

    /// Notes what an answer says about this server.
    pub fn note(&self, server: &str, takes: bool) {
        let mut known = self.known();
        if !takes {
            known.remove(server);
        } else if !known.contains(server) {
            known.insert(server.to_owned());
        }
    }

    fn known(&self) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn pack(body: &[u8]) -> Option<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(body).ok()?;
    gzip.finish().ok()
}

/// The bytes of a packed answer; an error when it does not unpack or is too large.
pub(super) fn unpacked(packed: &[u8]) -> Result<Vec<u8>, NoAnswer> {
    let most = u64::try_from(ANSWER_BYTES_MAX).unwrap_or(u64::MAX);
    let mut body = Vec::new();
    let mut gzip = MultiGzDecoder::new(packed).take(most.saturating_add(1));
    gzip.read_to_end(&mut body)
        .map_err(|error| NoAnswer::passing(format!("the answer does not unpack: {error}")))?;
    if body.len() > ANSWER_BYTES_MAX {
        return Err(NoAnswer::passing("the answer is too large"));
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_that_said_so_gets_a_packed_body() {
        let (takers, body) = (Takers::default(), vec![b'a'; PACK_BYTES_MIN]);
        assert!(takers.packed("one", JSON, &body).is_none());
        takers.note("one", true);
        let packed = takers.packed("one", JSON, &body).unwrap();
        assert_eq!(unpacked(&packed).unwrap(), body);
        assert!(takers.packed("other", JSON, &body).is_none());
        assert!(takers.packed("one", "image/jpeg", &body).is_none());
        assert!(takers.packed("one", JSON, &body[1..]).is_none());
        takers.note("one", false);
        assert!(takers.packed("one", JSON, &body).is_none());
    }

    #[test]
    fn an_answer_that_unpacks_to_too_much_is_none() {
        let bomb = pack(&vec![0; ANSWER_BYTES_MAX + 1]).unwrap();
        assert!(bomb.len() < ANSWER_BYTES_MAX / 100);
        let refused = unpacked(&bomb).unwrap_err();
        assert!(refused.detail.contains("too large"), "{}", refused.detail);
        let cut = unpacked(&bomb[..bomb.len() / 2]).unwrap_err();
        assert!(cut.detail.contains("unpack"), "{}", cut.detail);
    }
}
