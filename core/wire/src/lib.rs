//! Envelopes, verdicts, pages, certificates, value types, limits and error codes. Pure.
