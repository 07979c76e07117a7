//! The codes of problems: one place for what each means, how grave it is and what helps.

use super::Severity::{self, Refused, Warning};

/// A kind of problem.
#[derive(Debug)]
pub(super) struct Code {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) remedy: &'static str,
}

/// Declares each code once: its constant, its row in [`PROBLEMS`], its severity and its remedy.
macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $means:literal $remedy:literal)*) => {
        $(pub(super) const $name: Code = Code {
            code: $code,
            severity: $severity,
            remedy: $remedy,
        };)*

        /// Every code that a problem can have, and what it means. `docs/RULES.md` shows the same table.
        pub const PROBLEMS: &[(&str, &str)] = &[$(($code, $means)),*];

        /// How grave a problem of this code is; none for a code that is not in [`PROBLEMS`].
        #[must_use]
        pub fn severity_of(code: &str) -> Option<Severity> {
            match code {
                $($code => Some($severity),)*
                _ => None,
            }
        }
    };
}

codes! {
    NOT_JSON "not_json" Refused "The document is not JSON." "Correct the text at this place."
    TOO_LARGE "too_large" Refused "The document has too many bytes." "Split the rules into fewer or shorter ones."
    TOO_DEEP "too_deep" Refused "Parts are nested too deeply." "Write the condition with fewer levels."
    TOO_MANY "too_many" Refused "A list has too many entries." "Shorten the list, or use a brand, a category or a segment instead."
    EMPTY_LIST "empty_list" Refused "A list that needs an entry has none." "Add an entry, or leave the part out."
    TEXT_TOO_LONG "text_too_long" Refused "A text is too long." "Shorten the text."
    DUPLICATE_KEY "duplicate_key" Refused "An object has the same key twice." "Keep one of the two."
    NUMBER_NOT_EXACT "number_not_exact" Refused "A number is not whole, or is above 2^53 - 1 in size." "Write a whole number in the unit of the field."
    UNKNOWN_FIELD "unknown_field" Refused "An object has a field that does not belong there." "Remove the field or correct its name."
    MISSING_FIELD "missing_field" Refused "An object lacks a field." "Add the field."
    WRONG_TYPE "wrong_type" Refused "A value is of another type than expected." "Write a value of the expected type."
    UNKNOWN_VARIANT "unknown_variant" Refused "A word is none of those that are known here." "Use one of the words listed."
    MALFORMED_TEXT "malformed_text" Refused "A text has not the form that it needs." "Write it in the form described."
    DUPLICATE_ID "duplicate_id" Refused "Two parts have the same id." "Give each an id of its own."
    UNKNOWN_NAME "unknown_name" Refused "Something is named that does not exist." "Name one that exists, or add it first."
    NUMBER_OUT_OF_RANGE "number_out_of_range" Refused "A number is out of its range." "Write a number within the range."
    DATES_REVERSED "dates_reversed" Refused "A rule ends before it begins." "Let it end after its beginning."
    RULE_OVER "rule_over" Warning "A rule is already over." "Remove it, or move its end."
    SHARES_SUM "shares_sum" Refused "The shares do not come to 10,000 basis points." "Change the shares so that they add up."
    SHARE_TWICE "share_twice" Refused "A beneficiary has two shares." "Put the two shares together."
    SHARES_SIDES_MIXED "shares_sides_mixed" Refused "A rule pays both the buyer's and the seller's side." "Write one rule for each side."
    BENEFICIARY_NEVER_THERE "beneficiary_never_there" Refused "Nobody can be the beneficiary in events of this trigger." "Name somebody who takes part, or choose another trigger."
    BANDS_GAP "bands_gap" Refused "Bands leave a range out." "Begin the later band where the earlier one ends."
    BANDS_OVERLAP "bands_overlap" Refused "Two bands cover the same range." "End the earlier band where the later one begins."
    BAND_EMPTY "band_empty" Refused "A band has nothing in it." "Let it end above its beginning."
    BANDS_START_LATE "bands_start_late" Refused "Bands leave out the smallest values." "Begin the first band at the smallest value."
    BANDS_NOT_OPEN "bands_not_open" Refused "Bands leave out the largest values." "Leave out the end of the last band."
    TIERS_START_LATE "tiers_start_late" Refused "A ladder's first step does not begin at zero." "Begin the first step at zero."
    TIERS_NOT_ASCENDING "tiers_not_ascending" Refused "A ladder's steps do not rise." "Sort the steps, each above the one before."
    STEPS_NOT_ASCENDING "steps_not_ascending" Refused "Dated steps are not in the order of their instants." "Sort them by their instants, each later than the one before."
    NEVER_MATCHES "never_matches" Refused "A condition can never hold." "Remove one of the parts that exclude each other."
    PART_NEVER_MATCHES "part_never_matches" Warning "One alternative of a condition can never hold." "Remove the alternative or correct it."
    LINE_EFFECT_WITHOUT_LINES "line_effect_without_lines" Refused "An effect on lines stands at a trigger without lines." "Use `fixed`, `every` or `per_measure`, or the trigger `sale`."
    MEASURE_WITHOUT_VALUE "measure_without_value" Refused "`per_measure` stands at a trigger without a measured value." "Use it with a measured event."
    EVERY_OF_OTHER_EVENT "every_of_other_event" Refused "`every` counts a tally that events of this trigger never move." "Name a tally that counts events of the rule's trigger."
    GIVES_NOTHING "gives_nothing" Warning "An effect gives nothing." "Raise the number, or remove the rule."
    MULTIPLIER_SHARED "multiplier_shared" Refused "A multiplier has several beneficiaries." "Write one rule for each beneficiary."
    LEVELS_NESTED "levels_nested" Refused "`levels` shares out an effect that cannot be shared out." "Let it share out points per piece, per amount, fixed points or a bonus."
    LEVELS_TO_OTHERS "levels_to_others" Refused "`levels` pays somebody else than the referrer." "Give the referrer all of it."
    DISCOUNT_TO_OTHERS "discount_to_others" Refused "A discount is given to somebody else than the buyer." "Give the buyer all of it."
    DISCOUNT_WITH_TERMS "discount_with_terms" Refused "A discount has a budget, a later credit or an expiry." "Remove them; limits bound a discount."
    NO_PEG "no_peg" Refused "A bonus in a currency has no rate for a part of the rule's time." "Add a rate that begins no later than the rule."
    LIMIT_WITHOUT_MAXIMUM "limit_without_maximum" Refused "A limit has no maximum." "Add `points_max` or `times_max`."
    NO_INVOICE "no_invoice" Refused "Points wait for an invoice at a trigger that has none." "Credit them at once or after some days."
    EXPIRES_BEFORE_CREDIT "expires_before_credit" Refused "Points expire before they can be spent." "Let them expire later."
    BUDGET_BELOW_AWARD "budget_below_award" Refused "A budget cannot pay one award of a rule." "Fund the budget, or give less."
    BUDGET_OVERDRAWN "budget_overdrawn" Refused "A budget is set below what was already taken from it." "Set it to what was taken, at least."
    LIABILITY_BELOW_AWARD "liability_below_award" Refused "The bound of outstanding points is below one award of a rule." "Raise the bound, or give less."
    EARNS_TOO_MUCH "earns_too_much" Refused "One event can earn more than 2^53 - 1 points." "Lower the points, raise the step, or let multipliers exclude each other by a group."
    SHADOWED "shadowed" Warning "An earlier rule of the group always gives at least as much." "Remove the rule, or narrow the earlier one."
    COUNTS_NOTHING "counts_nothing" Refused "A tally counts what events of its trigger do not have." "Count something else, or choose another trigger or subject."
    CYCLE "cycle" Refused "Tallies and ladders depend on each other in a circle." "Remove one of the conditions that close the circle."
    UNUSED "unused" Warning "Nothing uses this." "Remove it, or use it in a rule."
}
