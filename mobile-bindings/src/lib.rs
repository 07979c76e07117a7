//! The uniffi facade that the phone shells host.
