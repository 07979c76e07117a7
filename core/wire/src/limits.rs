//! Limits of the protocol, each with a name and its unit last.

/// The most commands of one push.
pub const PUSH_COMMANDS_MAX: usize = 500;
/// The most bytes of one push.
pub const PUSH_BYTES_MAX: usize = 1024 * 1024;
/// The most bytes of one command.
pub const COMMAND_BYTES_MAX: usize = 4 * 1024;
/// The most commands that one command may stand for: so often can what was issued anew be issued anew.
pub const REPLACES_MAX: usize = 8;
/// The most commands that may wait on a device; then it stops taking offline work and says why.
pub const QUEUE_COMMANDS_MAX: u64 = 10_000;
/// The most bytes of one pull reply's changes.
pub const PULL_BYTES_MAX: usize = 1024 * 1024;
/// The most bytes of one blob (a photo).
pub const BLOB_BYTES_MAX: usize = 16 * 1024 * 1024;
/// The most bytes of a blob that goes up in one call; a larger one goes in parts.
pub const BLOB_CALL_BYTES_MAX: usize = 2 * 1024 * 1024;
/// The most bytes of one part of a larger blob.
pub const BLOB_PART_BYTES_MAX: usize = 512 * 1024;
/// The most blobs that one device may have begun to bring in parts and not ended.
pub const BLOB_UNENDED_MAX: u32 = 4;
/// How long a blob in parts waits for its next one, milliseconds; then what came is forgotten.
pub const BLOB_UNENDED_AGE_MS_MAX: i64 = 24 * 3_600_000;
/// How long an enrolment code may be used, milliseconds.
pub const ENROLMENT_AGE_MS_MAX: i64 = 10 * 60_000;
/// How long an access token lives, milliseconds.
pub const TOKEN_AGE_MS_MAX: i64 = 60 * 60_000;
/// How far the instant in a rotating code may be from the reader's clock, milliseconds.
pub const PROOF_SKEW_MS_MAX: i64 = 45_000;
/// The period of a rotating code, milliseconds.
pub const PROOF_STEP_MS: i64 = 15_000;
/// How old a till's challenge may be when its answer comes, milliseconds.
pub const CHALLENGE_AGE_MS_MAX: i64 = 10 * 60_000;
/// How long a device certificate is valid, milliseconds; renewed at each sync.
pub const CERTIFICATE_AGE_MS: i64 = 7 * 24 * 3_600_000;
/// How far a device's clock may be off before screens warn, milliseconds.
pub const CLOCK_SKEW_WARN_MS: i64 = 5 * 60_000;
