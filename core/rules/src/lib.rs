//! Amounts, double-entry ledger, rule sets, needs(), decide(). Pure.
