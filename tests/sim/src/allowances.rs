//! What must hold of redemptions without escrow: what they lose stays within what a manager confirmed.

use std::collections::BTreeMap;

use anyhow::Result;
use carrot_rules::Command;
use carrot_rules::command::Cover;
use carrot_rules::entity::Allowance;

use crate::books::{Books, Recorded};
use crate::vouchers::LOSS;

impl Books {
    /// I7: a till's losses since its allowance was last confirmed are at most that, one redemption's at
    /// most its price, and all of them are those that the answers booked.
    pub(crate) async fn within_allowances(&mut self, recorded: &[Recorded]) -> Result<()> {
        let mut lost: BTreeMap<String, i64> = BTreeMap::new();
        for one in recorded {
            let Some((_, body)) = &one.signed else {
                continue;
            };
            let Ok(Command::RewardRedeem(redeem)) = body.command() else {
                continue;
            };
            if redeem.cover != Cover::Allowance {
                continue;
            }
            let loss = one.verdict.booked.get(LOSS).copied().unwrap_or(0);
            if loss > redeem.cost_points {
                let detail = format!("{} {} lost {loss} by allowance", one.device, one.seq);
                self.broken("I7", detail);
            }
            *lost.entry(body.device_id.to_string()).or_insert(0) += loss;
        }
        let rows: Vec<String> =
            sqlx::query_scalar("SELECT body FROM entity WHERE kind = 'allowance'")
                .fetch_all(&mut self.conn)
                .await?;
        for row in rows {
            let known: Allowance = serde_json::from_str(&row)?;
            let booked = lost.remove(&known.device.to_string()).unwrap_or(0);
            let since = known.loss_points - known.cleared_points;
            if booked != known.loss_points || since > known.points {
                let detail = format!("allowance {known:?}: {booked} were booked as lost");
                self.broken("I7", detail);
            }
        }
        if let Some((device, loss)) = lost.into_iter().find(|(_, loss)| *loss > 0) {
            self.broken("I7", format!("{device} lost {loss} without an allowance"));
        }
        Ok(())
    }
}
