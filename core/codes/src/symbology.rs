//! Symbology identifiers: `]C1` and the like, which wedge scanners put before the data.

/// What the identifier says about the data after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// No identifier, or one that says nothing about the content.
    Any,
    /// FNC1 in first position: element strings (`]C1`, `]d2`, `]Q3`, `]e0`, and the dot code `]J1`).
    Gs1,
    /// EAN or UPC: a trade item number (`]E0`, `]E4`), perhaps with an add-on of 2 or 5 digits (`]E3`).
    Gtin,
}

/// Cuts the identifier off; returns the carrier and the offset of the data.
pub(crate) fn strip(text: &str) -> (Carrier, usize) {
    let mut chars = text.chars();
    let (Some(']'), Some(symbology), Some(modifier)) = (chars.next(), chars.next(), chars.next())
    else {
        return (Carrier::Any, 0);
    };
    if !symbology.is_ascii_alphabetic() || !modifier.is_ascii_alphanumeric() {
        return (Carrier::Any, 0);
    }
    let carrier = match (symbology, modifier) {
        ('C', '1') | ('d', '2') | ('Q', '3') | ('e', '0') | ('J', '1') => Carrier::Gs1,
        ('E', '0' | '3' | '4') => Carrier::Gtin,
        _ => Carrier::Any,
    };
    (carrier, 3)
}
