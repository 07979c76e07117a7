//! Whether what a device calls a signed code is one: the server looks at the signature itself before
//! anything is decided.

use carrot_rules::command::{Evidence, UnitShown};
use carrot_rules::{Because, Command};
use carrot_wire::signed;

use crate::error::Result;
use crate::store::Tx;

/// Why the command's signed code is none; nothing when it is genuine, or when it shows none.
pub(crate) async fn refusal(tx: &mut Tx, command: &Command) -> Result<Option<Because>> {
    let Command::ClaimSubmit(claim) = command else {
        return Ok(None);
    };
    let Evidence::Unit {
        shown: UnitShown::Signed { text, node },
        ..
    } = &claim.evidence
    else {
        return Ok(None);
    };
    let programme = tx.programme_code().await?;
    Ok(
        match signed::read_code(text, &programme, &tx.keys().code_keys()) {
            Ok(code) if code.node() == node.to_string() => None,
            Ok(_) => Some(Because::new("code_not_genuine")),
            Err(error) => Some(Because::new(error.code())),
        },
    )
}
