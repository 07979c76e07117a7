//! Loads what a decision asks for, again and again until it asks for nothing more. The server knows
//! everything, so what is not stored does not exist.

use carrot_rules::entity::EntityKind;
use carrot_rules::{Command, Context, Fact, FactKey, Facts, needs};

use crate::error::{Error, Result};
use crate::store::Tx;

/// The most rounds of asking; each round can only follow from what the one before found.
const ROUNDS_MAX: usize = 16;

/// Adds to what is known what the decision still asks for.
pub(super) async fn load(
    tx: &mut Tx,
    command: &Command,
    context: &Context,
    known: Facts,
) -> Result<Facts> {
    let mut facts = known;
    for _ in 0..ROUNDS_MAX {
        let keys = needs(command, context, &facts);
        if keys.is_empty() {
            return Ok(facts);
        }
        for key in keys {
            let fact = match &key {
                FactKey::Entity(EntityKind::PhotoSeen, id) => {
                    let body = tx.nearest_photo(id).await?;
                    tx.fact(EntityKind::PhotoSeen, id, body)
                }
                FactKey::Entity(kind, id) => {
                    let body = tx.body_text(*kind, id).await?;
                    tx.fact(*kind, id, body)
                }
                FactKey::Balance(account) => Fact::Balance(tx.balance(*account).await?),
                FactKey::Lot(account, lot) => Fact::Balance(tx.lot_left(*account, *lot).await?),
            };
            facts.insert(key, fact);
        }
    }
    Err(Error::Damaged(
        "a decision never stops asking for facts".to_owned(),
    ))
}
