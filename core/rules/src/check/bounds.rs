//! How large a rule set and its numbers may be.

/// The largest document, bytes.
pub const RULE_SET_BYTES_MAX: usize = 64 * 1024 * 1024;
/// How deeply a condition may be nested: a leaf alone is one deep.
pub const CONDITION_DEPTH_MAX: usize = 32;
/// The most rules of a set.
pub const RULES_MAX: usize = 100_000;
/// The most tallies of a set.
pub const TALLIES_MAX: usize = 1_000;
/// The most ladders of a set.
pub const LADDERS_MAX: usize = 100;
/// The most steps of a ladder.
pub const TIER_STEPS_MAX: usize = 50;
/// The most budgets of a set.
pub const BUDGETS_MAX: usize = 10_000;
/// The most dated steps of the peg and of the zone, each.
pub const DATED_STEPS_MAX: usize = 1_000;
/// The most bands of a rate.
pub const BANDS_MAX: usize = 100;
/// The most parts of one `all` or `any`.
pub const PARTS_MAX: usize = 1_000;
/// The most values in one list of a condition.
pub const VALUES_MAX: usize = 50_000;
/// The most limits of a rule.
pub const LIMITS_MAX: usize = 20;
/// The most languages of a title.
pub const LANGUAGES_MAX: usize = 50;
/// The longest id, characters.
pub const ID_CHARS_MAX: usize = 64;
/// The longest text of any kind, characters.
pub const TEXT_CHARS_MAX: usize = 200;

/// How deeply the document's JSON may be nested: room for the deepest condition, and less than what
/// the reader of JSON itself bears.
pub(super) const JSON_DEPTH_MAX: usize = 100;
/// The longest list anywhere in the document.
pub(super) const LIST_MAX: usize = RULES_MAX;

/// The largest amount of one event that overflow is ruled out for, minor units: ten thousand million
/// in a currency with cents.
pub const EVENT_AMOUNT_MINOR_MAX: i64 = 1_000_000_000_000;
/// The largest measured value that overflow is ruled out for, in the event's own unit.
pub const EVENT_VALUE_MAX: i64 = 1_000_000_000_000;
/// The largest rate, basis points: a thousand times.
pub const RATE_BP_MAX: i64 = 10_000_000;
/// The longest time that a rule waits or looks back, days: ten years.
pub const DAYS_MAX: i64 = 3_660;
/// The largest offset of local time from UTC, seconds: eighteen hours.
pub const OFFSET_S_MAX: i64 = 64_800;
