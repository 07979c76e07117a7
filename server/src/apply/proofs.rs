//! The member's proof in a command: as of when it is checked, and against which keys and phones.

use carrot_rules::command::{CommandClass, Cover};
use carrot_rules::made::Made;
use carrot_rules::{Command, ProofCheck};
use carrot_wire::envelope::CommandBody;
use carrot_wire::proof;

use crate::error::Result;
use crate::store::Tx;
use crate::vouchers;

/// The instant at which a rotating code must be fresh. What is asked online is decided now, whenever
/// the device says that it asked; what was handed over was checked when that happened.
fn shown_ms(tx: &Tx, command: &Command, body: &CommandBody) -> i64 {
    match command {
        Command::RewardRedeem(redeem) if redeem.cover == Cover::Online => tx.now_ms(),
        Command::SaleRecord(sale) if sale.part_pay_points.is_some() => tx.now_ms(),
        Command::HoldPlace(_) => tx.now_ms(),
        _ => body.said(false).estimated_ms,
    }
}

/// The member's proof. What was handed over is checked as of then: a key that was retired since, and a
/// phone that was revoked since, do not undo it.
pub(super) async fn checked(
    tx: &mut Tx,
    command: &Command,
    body: &CommandBody,
    made: Made,
) -> Result<ProofCheck> {
    if command.proof().is_none() {
        return Ok(ProofCheck::Absent);
    }
    let at_ms = shown_ms(tx, command, body);
    let programme = tx.programme_code().await?;
    let happened = command.class() == CommandClass::Fact;
    let trusted = match happened {
        true => tx.keys().code_keys(),
        false => tx.keys().trusted(),
    };
    let checked = proof::of(command, &programme, &trusted, at_ms);
    if let Some((participant, phone)) = &checked.phone {
        let until_ms = happened.then_some(made.at_ms);
        if !tx.has_phone(*participant, phone, until_ms).await? {
            return Ok(ProofCheck::Invalid("proof_invalid".to_owned()));
        }
    }
    // A code is shown to earn as well as to spend: under a lease only the answer to this terminal's
    // question is consent.
    if matches!(checked.proof, ProofCheck::Valid { .. })
        && lent(command)
        && !vouchers::code_consents(tx, body.device_id, body.device_seq).await?
    {
        return Ok(ProofCheck::Invalid("challenge_needed".to_owned()));
    }
    Ok(checked.proof)
}

/// True for what is handed over at the programme's risk.
fn lent(command: &Command) -> bool {
    matches!(command, Command::RewardRedeem(redeem)
        if matches!(redeem.cover, Cover::Lease { .. } | Cover::Allowance))
}
