//! What the member's proof inside a command comes to: a rotating code, or a phone's answer to the
//! terminal's challenge. Terminal and server check it with the same function.

use carrot_rules::Command;
use carrot_rules::decide::{Answered, ProofCheck, ShownVoucher};
use ed25519_dalek::VerifyingKey;
use uuid::Uuid;

use crate::challenge::{self, ANSWER_PREFIX, Challenge, Ground};
use crate::planted::{self, Bug};
use crate::voucher::VoucherError;
use crate::{crypto, member};

/// A checked proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What the decision gets.
    pub proof: ProofCheck,
    /// Whose phone it says it was, and the phone's public key, base64url: a server refuses those that
    /// it has revoked. None for a voucher: the server named the phone in it itself.
    pub phone: Option<(Uuid, String)>,
}

impl Checked {
    fn invalid(code: &str) -> Self {
        Self {
            proof: ProofCheck::Invalid(code.to_owned()),
            phone: None,
        }
    }
}

/// Checks the proof that a command carries, as of the instant `at_ms` by the device's clock.
#[must_use]
pub fn of(command: &Command, programme: &str, trusted: &[VerifyingKey], at_ms: i64) -> Checked {
    let Some(text) = command.proof() else {
        return Checked {
            proof: ProofCheck::Absent,
            phone: None,
        };
    };
    if !text.trim_start().starts_with(ANSWER_PREFIX) {
        return match member::check(text, programme, trusted, at_ms) {
            Ok(proof) => Checked {
                proof: ProofCheck::Valid {
                    participant: proof.participant,
                    id: proof.id,
                },
                phone: Some((proof.participant, proof.phone)),
            },
            Err(error) => Checked::invalid(error.code()),
        };
    }
    let asked = match command {
        Command::RewardRedeem(redeem) => redeem.challenge.as_deref(),
        _ => None,
    };
    let checked = asked
        .ok_or(VoucherError::OtherChallenge)
        .and_then(|asked| answer(text, asked, programme, trusted, at_ms));
    checked.unwrap_or_else(|error| Checked::invalid(error.code()))
}

/// Checks an answer to a challenge, both as texts.
pub fn answer(
    text: &str,
    asked: &str,
    programme: &str,
    trusted: &[VerifyingKey],
    at_ms: i64,
) -> Result<Checked, VoucherError> {
    let asked = Challenge::from_text(asked, programme)?;
    let ground = challenge::check(text, &asked, programme, trusted, at_ms)?;
    let id = asked.id(programme)?;
    let (participant, phone, voucher) = match ground {
        Ground::Pass { participant, phone } => {
            let phone = crypto::encode(phone.as_bytes());
            (participant, Some((participant, phone)), None)
        }
        Ground::Voucher(voucher) => {
            let shown = ShownVoucher {
                id: voucher.id,
                terminal: match planted::is(Bug::ElsewhereTaken) {
                    true => asked.terminal,
                    false => voucher.terminal,
                },
                points: voucher.points,
                reward: voucher.reward,
                from_ms: voucher.from_ms,
                until_ms: voucher.until_ms,
            };
            (voucher.participant, None, Some(shown))
        }
    };
    let answered = Answered {
        participant,
        terminal: asked.terminal,
        challenge: id,
        reward: asked.reward,
        cost_points: asked.cost_points,
        voucher,
    };
    Ok(Checked {
        proof: ProofCheck::Answered(Box::new(answered)),
        phone,
    })
}
