//! Reading a document: first its JSON within bounds, then its shape; each problem with its exact place.

mod scan;
mod shape;

#[cfg(test)]
pub(super) use scan::OPTIONAL;

use super::codes::TOO_LARGE;
use super::{Problem, RULE_SET_BYTES_MAX};
use crate::ruleset::RuleSet;

/// Lengths of the two lists of the first shape, which become the first rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Earlier {
    per_amount: usize,
    multipliers: usize,
}

/// Reads a document, or says what is wrong with its form.
pub(super) fn document(text: &[u8]) -> Result<(RuleSet, Earlier), Vec<Problem>> {
    if text.len() > RULE_SET_BYTES_MAX {
        let detail = format!(
            "The document has {} bytes, and at most {RULE_SET_BYTES_MAX} are read.",
            text.len()
        );
        let problem = Problem::new(&TOO_LARGE, String::new(), detail)
            .with("bytes", text.len())
            .with("bytes_max", RULE_SET_BYTES_MAX);
        return Err(vec![problem]);
    }
    let scanned = scan::scan(text)?;
    let set = shape::read(text).map_err(|problem| vec![problem])?;
    if scanned.loose.is_empty() {
        Ok((set, scanned.earlier))
    } else {
        Err(scanned.loose)
    }
}

impl Earlier {
    /// A place among the rules as read, as the place in the document that they were read from.
    pub(super) fn place(self, pointer: &str) -> String {
        let Some(rest) = pointer.strip_prefix("/rules/") else {
            return pointer.to_owned();
        };
        let (number, field) = rest.split_once('/').unwrap_or((rest, ""));
        let Ok(number) = number.parse::<usize>() else {
            return pointer.to_owned();
        };
        let (list, at, field) = if number < self.per_amount {
            ("per_amount", number, amount_field(field))
        } else if number < self.per_amount + self.multipliers {
            (
                "multipliers",
                number - self.per_amount,
                multiplier_field(field),
            )
        } else {
            ("rules", number - self.per_amount - self.multipliers, field)
        };
        let slash = if field.is_empty() { "" } else { "/" };
        format!("/{list}/{at}{slash}{field}")
    }
}

/// Where a part of a rule for amounts stands in the first shape.
fn amount_field(field: &str) -> &str {
    match field {
        "id" => "id",
        "effect/per_amount/currency" => "currency",
        "effect/per_amount/step_minor" => "step_minor",
        "effect/per_amount/points" => "buyer_points",
        _ => "",
    }
}

/// Where a part of a rule for a product stands in the first shape.
fn multiplier_field(field: &str) -> &str {
    match field {
        "id" | "starts_ms" | "ends_ms" => field,
        "effect/multiply/rate_bp" => "rate_bp",
        _ if field.starts_with("when/all/0") => "product",
        _ if field.starts_with("when/all/1") => "lesson",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::Earlier;

    #[test]
    fn places_lead_into_the_document_as_it_was_given() {
        let earlier = Earlier {
            per_amount: 1,
            multipliers: 2,
        };
        for (read, given) in [
            (
                "/rules/0/effect/per_amount/points",
                "/per_amount/0/buyer_points",
            ),
            ("/rules/0/when", "/per_amount/0"),
            ("/rules/2/when/all/0/is/in/0", "/multipliers/1/product"),
            ("/rules/1/ends_ms", "/multipliers/0/ends_ms"),
            ("/rules/3/to/0", "/rules/0/to/0"),
            ("/rules", "/rules"),
            ("/tallies/0", "/tallies/0"),
        ] {
            assert_eq!(earlier.place(read), given);
        }
        assert_eq!(Earlier::default().place("/rules/5/to"), "/rules/5/to");
    }
}
