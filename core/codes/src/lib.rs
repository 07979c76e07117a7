//! Codes: bytes to typed codes (GS1, Digital Link, fiscal receipts, our own codes). Pure.
