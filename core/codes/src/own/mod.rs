//! Our own codes, all beginning with the programme's tag, so that another programme's code is recognised.
//!
//! | code | text |
//! |---|---|
//! | unique code, printed for typing | `MORGENRO-XXXX-XXXX-XXXX-XXXX-C`: tag, 16 symbols, check symbol |
//! | unique code, as a square code | `https://HOST/w/{programme}/{16 symbols and check symbol}` |
//! | member's card on paper | `CRM1.{programme}.{26 symbols for 16 bytes}{check symbol}` |
//! | member's rotating code | `CRR1.{programme}.{token}` |
//! | voucher | `CRV1.{programme}.{token}` |
//! | signed place in a series | `CRS1.{PROGRAMME}.{symbols}` (see [`SignedCode`]) |
//! | enrolment of a device | `CRE1.{token}`, also `carrot-enrol:{token}` |
//!
//! A tag is 2 to 8 of `a-z0-9`. Symbols are Crockford's base 32 (no I, L, O, U); when read, case does
//! not matter, O counts as 0, I and L as 1 (in a tag the digit may stand for the letter), dashes and
//! spaces are dropped. The check symbol covers the tag too and catches every single wrong symbol and every swap of two neighbours (see `base32`).
//! A token is 1 to 2048 characters of base64url without padding and is opaque here: whoever holds
//! the key verifies it. The check symbol guards against typing, not against forgery.

mod base32;
mod read;
mod signed;

pub use signed::{
    SERIES_CHARS_MAX, SIGNED_INDEX_MAX, SIGNED_LEVEL_MAX, SIGNED_PREFIX, SignedCode, is_series_code,
};

pub(crate) use read::{parse_dotted, parse_typed, parse_unique_link};

use crate::error::{CodeError, CodeErrorKind as Kind};
use serde::{Deserialize, Serialize};

/// The longest token, in characters.
pub const TOKEN_LENGTH_MAX: usize = 2048;

/// The host in links of unique codes; any other host is read as well.
pub const UNIQUE_HOST: &str = "carrot.app";

/// A code that a programme issued.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum OwnCode {
    /// A one-time code of a warranty card, insert or sticker: 80 random bits.
    Unique {
        /// The programme's tag, lower case.
        programme: String,
        /// 16 symbols and the check symbol, upper case.
        secret: String,
    },
    /// A member's card on paper. It only earns.
    MemberCard {
        /// The programme's tag, lower case.
        programme: String,
        /// 16 bytes as 32 lower-case hexadecimal digits.
        reference: String,
    },
    /// The code that a member's phone shows and renews.
    RotatingMember {
        /// The programme's tag, lower case.
        programme: String,
        /// Base64url, opaque.
        token: String,
    },
    /// A voucher to redeem.
    Voucher {
        /// The programme's tag, lower case.
        programme: String,
        /// Base64url, opaque.
        token: String,
    },
    /// A piece, carton or pallet of a series, with a signature.
    Signed(SignedCode),
    /// An invitation for a device; the token names the server.
    Enrolment {
        /// Base64url, opaque.
        token: String,
    },
}

/// Whether `tag` is 2 to 8 of `a-z0-9`.
pub fn is_programme_tag(tag: &str) -> bool {
    (2..=8).contains(&tag.len())
        && tag
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// The unique code of `programme` (a valid tag in either case) for ten random bytes.
///
/// With a tag that [`is_programme_tag`] refuses, the result's text will not parse.
pub fn unique_from_bytes(programme: &str, bytes: [u8; 10]) -> OwnCode {
    let programme = programme.to_ascii_lowercase();
    let mut secret = base32::encode(&bytes);
    secret.push(base32::check_symbol(&programme, &secret));
    OwnCode::Unique { programme, secret }
}

impl OwnCode {
    /// The card of a member whose reference is 16 bytes; `programme` as in [`unique_from_bytes`].
    pub fn member_card(programme: &str, reference: [u8; 16]) -> OwnCode {
        let reference = signed::to_hex(&reference);
        OwnCode::MemberCard {
            programme: programme.to_ascii_lowercase(),
            reference,
        }
    }

    /// A rotating code around a token.
    ///
    /// # Errors
    /// `bad_programme`, `empty`, `too_long`, `bad_character` (positions within the token).
    pub fn rotating_member(programme: &str, token: &str) -> Result<OwnCode, CodeError> {
        let (programme, token) = checked(programme, token)?;
        Ok(OwnCode::RotatingMember { programme, token })
    }

    /// A voucher around a token; errors as in [`OwnCode::rotating_member`].
    ///
    /// # Errors
    /// `bad_programme`, `empty`, `too_long`, `bad_character` (positions within the token).
    pub fn voucher(programme: &str, token: &str) -> Result<OwnCode, CodeError> {
        let (programme, token) = checked(programme, token)?;
        Ok(OwnCode::Voucher { programme, token })
    }

    /// An enrolment around a token.
    ///
    /// # Errors
    /// `empty`, `too_long`, `bad_character` (positions within the token).
    pub fn enrolment(token: &str) -> Result<OwnCode, CodeError> {
        check_token(token)?;
        Ok(OwnCode::Enrolment {
            token: token.to_owned(),
        })
    }

    /// The programme's tag; `None` for an enrolment, which stands before any programme.
    pub fn programme(&self) -> Option<&str> {
        match self {
            OwnCode::Unique { programme, .. }
            | OwnCode::MemberCard { programme, .. }
            | OwnCode::RotatingMember { programme, .. }
            | OwnCode::Voucher { programme, .. } => Some(programme),
            OwnCode::Signed(signed) => Some(&signed.programme),
            OwnCode::Enrolment { .. } => None,
        }
    }

    /// The text to print or to show; what it prints parses back to the same code.
    pub fn to_text(&self) -> String {
        match self {
            OwnCode::Unique { programme, secret } => {
                let mut out = programme.to_ascii_uppercase();
                for (i, symbol) in secret.chars().enumerate() {
                    if i % 4 == 0 {
                        out.push('-');
                    }
                    out.push(symbol);
                }
                out
            }
            OwnCode::MemberCard {
                programme,
                reference,
            } => {
                let symbols = base32::encode(&bytes_of_hex(reference));
                let check = base32::check_symbol(programme, &symbols);
                format!("CRM1.{programme}.{symbols}{check}")
            }
            OwnCode::RotatingMember { programme, token } => format!("CRR1.{programme}.{token}"),
            OwnCode::Voucher { programme, token } => format!("CRV1.{programme}.{token}"),
            OwnCode::Signed(signed) => signed.to_text(),
            OwnCode::Enrolment { token } => format!("CRE1.{token}"),
        }
    }

    /// The text for a square code: a link for unique codes (any phone's camera opens it), else [`OwnCode::to_text`].
    pub fn to_qr_text(&self) -> String {
        match self {
            OwnCode::Unique { programme, secret } => {
                format!("https://{UNIQUE_HOST}/w/{programme}/{secret}")
            }
            _ => self.to_text(),
        }
    }

    /// The form that serves as identity: a unique code in upper case without dashes, a signed one by
    /// what it names (a code that was printed again under a newer key is the same), else
    /// [`OwnCode::to_text`].
    pub fn canonical(&self) -> String {
        match self {
            OwnCode::Unique { programme, secret } => {
                format!("{}{secret}", programme.to_ascii_uppercase())
            }
            OwnCode::Signed(signed) => format!("{}:{}", signed.programme, signed.node()),
            _ => self.to_text(),
        }
    }
}

impl std::fmt::Display for OwnCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_text())
    }
}

fn checked(programme: &str, token: &str) -> Result<(String, String), CodeError> {
    let programme = programme.to_ascii_lowercase();
    if !is_programme_tag(&programme) {
        return Err(CodeError::new(0, Kind::BadProgramme));
    }
    check_token(token)?;
    Ok((programme, token.to_owned()))
}

fn check_token(token: &str) -> Result<(), CodeError> {
    if token.is_empty() {
        return Err(CodeError::new(0, Kind::Empty));
    }
    let base64url = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    if let Some(at) = token.bytes().position(|b| !base64url(b)) {
        return Err(CodeError::new(at, Kind::BadCharacter));
    }
    if token.len() > TOKEN_LENGTH_MAX {
        return Err(CodeError::new(TOKEN_LENGTH_MAX, Kind::TooLong));
    }
    Ok(())
}

/// The bytes of a hexadecimal text; pairs that are no hexadecimal digits are left out.
fn bytes_of_hex(text: &str) -> Vec<u8> {
    let pair = |at| {
        text.get(at..at + 2)
            .and_then(|pair| u8::from_str_radix(pair, 16).ok())
    };
    (0..text.len()).step_by(2).filter_map(pair).collect()
}
