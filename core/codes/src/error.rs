//! What can be wrong with a code: one error type, a position and a kind.
//!
//! The kind's `code()` is stable: screens translate by it, tests and other programs match on it.
//! The English sentence is for logs and for the command line.

use serde::{Deserialize, Serialize};

/// Why a text is not the code it looks like, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeError {
    /// Offset in bytes from the start of the text that was handed in; never beyond its end.
    pub position: usize,
    /// What is wrong there.
    pub kind: CodeErrorKind,
}

impl CodeError {
    /// An error of `kind` at byte `position` of the text.
    pub const fn new(position: usize, kind: CodeErrorKind) -> Self {
        Self { position, kind }
    }

    /// The stable name of the kind, for instance `check_digit`.
    pub const fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// The same error for a text in which this one's text begins at byte `offset`.
    pub(crate) const fn shifted(self, offset: usize) -> Self {
        Self {
            position: self.position + offset,
            kind: self.kind,
        }
    }
}

impl std::fmt::Display for CodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{} (at position {})",
            self.kind.sentence(),
            // People count from one.
            self.position + 1
        )
    }
}

impl std::error::Error for CodeError {}

/// Writes the enum, its stable names and its sentences from one list, so none can be forgotten.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident, $code:literal, $sentence:literal;)+) => {
        /// The kinds of error; the names in `code()` never change once published.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum CodeErrorKind { $($(#[doc = $doc])+ $name,)+ }

        impl CodeErrorKind {
            /// Every kind, for tables of translations and for tests.
            pub const ALL: &'static [CodeErrorKind] = &[$(Self::$name,)+];

            /// The stable name, snake_case, equal to the serialised form.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// One plain English sentence without its full stop.
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)+ }
            }
        }
    };
}

kinds! {
    /// Nothing but white space.
    Empty, "empty", "There is nothing to read";
    /// A value, or the whole text, exceeds its limit.
    TooLong, "too_long", "This is longer than allowed";
    /// A value ends before its fixed length.
    TooShort, "too_short", "This is shorter than required";
    /// The number of digits fits none of the known lengths.
    BadLength, "bad_length", "This does not have a known length";
    /// A character that this field cannot hold.
    BadCharacter, "bad_character", "This character is not allowed here";
    /// The check digit or check symbol disagrees with the rest.
    CheckDigit, "check_digit", "The check digit does not fit: a character is wrong or missing";
    /// No GS1 application identifier of this name.
    UnknownAi, "unknown_ai", "This GS1 application identifier is unknown";
    /// The same application identifier twice with different values.
    DuplicateAi, "duplicate_ai", "This GS1 application identifier occurs twice with different values";
    /// Qualifiers of a Digital Link out of order, or an identifier where it may not stand.
    QualifierOrder, "qualifier_order", "This part of the GS1 Digital Link is not in its place";
    /// Not a day of the calendar, or not a time of day.
    BadDate, "bad_date", "This is not a valid date or time";
    /// Cyrillic letters where a scanner should have typed Latin ones.
    CyrillicLayout, "cyrillic_layout", "The scanner types Cyrillic letters: switch the keyboard layout to Latin";
    /// A compressed GS1 Digital Link.
    CompressedLink, "compressed_link", "Compressed GS1 links are not supported: scan the other code or type the number";
    /// The text begins with a group separator.
    LeadingSeparator, "leading_separator", "The code begins with a group separator";
    /// Two group separators in a row.
    DoubleSeparator, "double_separator", "Two group separators follow each other";
    /// The letters GS were printed in place of the separator itself.
    LiteralSeparator, "literal_separator", "The letters GS stand where the group separator should be: the code was printed wrongly";
    /// A parenthesis is missing in the typed form.
    Parenthesis, "parenthesis", "A parenthesis is missing";
    /// A receipt lacks a field.
    MissingField, "missing_field", "The receipt's code lacks a field";
    /// A receipt names a field twice.
    DuplicateField, "duplicate_field", "The receipt's code has a field twice";
    /// The operation is none of the known ones.
    BadOperation, "bad_operation", "The receipt's kind of operation is unknown";
    /// A broken percent escape in a link.
    BadEscape, "bad_escape", "A percent escape in the link is broken";
    /// The programme's tag is not 2 to 8 Latin letters or digits.
    BadProgramme, "bad_programme", "The programme's tag is not 2 to 8 Latin letters or digits";
    /// Not an amount of money or points.
    BadAmount, "bad_amount", "This is not an amount";
    /// An amount below zero.
    Negative, "negative", "The amount must not be below zero";
    /// More decimals than the unit has.
    TooManyDecimals, "too_many_decimals", "The amount has too many decimals";
    /// A number beyond its limit.
    OutOfRange, "out_of_range", "The number is too large";
}
