//! What must hold of any text that is read as a code, whichever target it comes from.

use carrot_codes::{Code, CodeErrorKind, parse};

/// Reads a text and checks the laws; returns the code where there is one.
pub fn code(text: &str) -> Option<Code> {
    let code = match parse(text) {
        Ok(code) => code,
        Err(error) => {
            assert!(error.position <= text.len(), "{error} in {text:?}");
            assert!(CodeErrorKind::ALL.contains(&error.kind));
            return None;
        }
    };
    let canonical = code.canonical();
    assert!(!canonical.is_empty());
    assert!(code.identity().is_none_or(|identity| !identity.is_empty()));
    let json = serde_json::to_string(&code).expect("a code is plain data");
    assert_eq!(
        serde_json::from_str::<Code>(&json).ok().as_ref(),
        Some(&code)
    );
    // Only GS1's typed form is both the canonical text and a code that a person can type.
    if matches!(
        code,
        Code::Gtin(_) | Code::Sscc(_) | Code::Gs1(_) | Code::DigitalLink { .. }
    ) {
        let again = parse(&canonical).expect("what was read is written as what reads");
        assert_eq!(again.canonical(), canonical, "{text:?}");
        assert_eq!(again.identity(), code.identity(), "{text:?}");
    }
    Some(code)
}
