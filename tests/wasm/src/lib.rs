//! The rules engine for WebAssembly hosts, over plain pointers: the host reserves room for a document,
//! asks, reads the answer and releases both. `engine.mjs` beside this crate is such a host.
//!
//! A text that the module gives out begins with its length in bytes, four bytes, smallest first.

use std::{ptr, slice};

use carrot_rules::earn;

/// The bytes that tell a text's length.
const LENGTH_BYTES: usize = 4;

/// Room for `length` bytes; given back with [`carrot_release`].
#[unsafe(no_mangle)]
pub extern "C" fn carrot_reserve(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Gives back room: of [`carrot_reserve`] with the same length, of an answer with its text's length
/// and the four bytes before it.
///
/// # Safety
///
/// `start` and `length` are of room that this module gave out and that was not given back yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carrot_release(start: *mut u8, length: usize) {
    // SAFETY: the caller says that a boxed slice of this length begins here.
    drop(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(start, length)) });
}

/// Answers a dry-run document (`docs/RULES.md` section 11) in UTF-8; what is not UTF-8 is unreadable.
///
/// # Safety
///
/// `length` bytes can be read from `start` on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn carrot_dry_run(start: *const u8, length: usize) -> *mut u8 {
    // SAFETY: the caller says that these bytes can be read.
    let document = unsafe { slice::from_raw_parts(start, length) };
    Box::into_raw(answer(document)).cast()
}

/// The answer's text after its length.
fn answer(document: &[u8]) -> Box<[u8]> {
    let text = earn::dry_run(&String::from_utf8_lossy(document));
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let mut told = Vec::with_capacity(LENGTH_BYTES + text.len());
    told.extend_from_slice(&length.to_le_bytes());
    told.extend_from_slice(text.as_bytes());
    told.into_boxed_slice()
}

#[cfg(test)]
mod tests {
    use super::{carrot_dry_run, carrot_release, carrot_reserve};
    use carrot_rules::earn;

    #[test]
    fn an_answer_crosses_the_border_unchanged() {
        let document = r#"{"rules": {"version": 1}, "event": {"trigger": "sale", "at_ms": 0}}"#;
        let (start, length) = (carrot_reserve(document.len()), document.len());
        // SAFETY: the room is as long as the document, and the answer as long as it says.
        let text = unsafe {
            start.copy_from(document.as_ptr(), length);
            let answer = carrot_dry_run(start, length);
            let told = usize::try_from(answer.cast::<u32>().read_unaligned().to_le()).unwrap();
            let bytes = std::slice::from_raw_parts(answer.add(4), told).to_vec();
            carrot_release(answer, told + 4);
            carrot_release(start, length);
            String::from_utf8(bytes).unwrap()
        };
        assert_eq!(text, earn::dry_run(document));
        assert!(text.contains("\"awards\""), "{text}");
    }
}
