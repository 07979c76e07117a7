//! What must hold of any bytes on the line of hints: they say the same in pieces of any size, each
//! line says one thing at most, and what does not read counts as missed.

use carrot_wire::hint::{Heard, Reader};

/// Checks a stream; its first byte chooses the size of the pieces.
pub fn hold(bytes: &[u8]) {
    let whole = Reader::default().take(bytes);
    let size = usize::from(bytes.first().copied().unwrap_or(0)) + 1;
    for size in [1, size] {
        let mut reader = Reader::default();
        let pieces = bytes.chunks(size);
        let heard: Vec<Heard> = pieces.flat_map(|piece| reader.take(piece)).collect();
        assert_eq!(heard, whole, "pieces of {size}");
    }
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
    assert!(whole.len() <= lines);
    for heard in whole {
        let Heard::Hint(hint) = heard else { continue };
        let text = serde_json::to_string(&hint).expect("a hint is plain data");
        let line = format!("data: {text}\n");
        assert_eq!(Reader::default().take(line.as_bytes()), [Heard::Hint(hint)]);
    }
}
