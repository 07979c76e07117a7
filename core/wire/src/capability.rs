//! What a device can do besides the protocol itself. It names that in each pull; the server offers
//! only what was named, and a name that it does not know changes nothing. So that a version can be told
//! apart from the next one, each name ends in a number.

/// Takes a scope as a snapshot of schema 1.
pub const SNAPSHOT: &str = "snapshot/1";

/// The most names that are looked at.
pub const CAPABILITIES_MAX: usize = 32;

/// True when it was named.
#[must_use]
pub fn named(capabilities: &[String], capability: &str) -> bool {
    let mut looked_at = capabilities.iter().take(CAPABILITIES_MAX);
    looked_at.any(|one| one == capability)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_within_the_limit_counts() {
        let mut names = vec!["other/1".to_owned(); CAPABILITIES_MAX - 1];
        assert!(!named(&names, SNAPSHOT));
        names.push(SNAPSHOT.to_owned());
        assert!(named(&names, SNAPSHOT));
        names.insert(0, "other/2".to_owned());
        assert!(!named(&names, SNAPSHOT));
    }
}
