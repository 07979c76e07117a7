//! What must hold of vouchers and leases on the server, read from its file, and of what tills honoured.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use carrot_rules::Command;
use carrot_rules::command::{Cover, RewardRedeem};
use carrot_rules::entity::{Voucher, VoucherUses};
use carrot_wire::VerdictClass;
use uuid::Uuid;

use crate::books::{Books, Recorded};

/// The account of the programme's losses.
pub(crate) const LOSS: &str = "programme:offline_loss";
/// Why a redemption that a till honoured may come to nothing by itself: the server failed at it, the till
/// had no rights any more, or it was carried to another outlet before it told.
const NOBODYS_FAULT: [&str; 4] = ["internal", "revoked", "too_late", "not_permitted"];

/// Redemptions that tills honoured, with the voucher of each.
pub type Honoured = BTreeMap<Uuid, Uuid>;

fn redemption(one: &Recorded) -> Option<RewardRedeem> {
    let (_, body) = one.signed.as_ref()?;
    match body.command() {
        Ok(Command::RewardRedeem(redeem)) => Some(redeem),
        _ => None,
    }
}

impl Books {
    /// I7, R3: a voucher is spent from its escrow once, and all losses of it together are at most what
    /// it held.
    pub(crate) fn within_vouchers(&mut self, recorded: &[Recorded]) {
        let mut held: BTreeMap<Uuid, i64> = BTreeMap::new();
        let mut lost: BTreeMap<Uuid, i64> = BTreeMap::new();
        let mut spent: BTreeMap<Uuid, u64> = BTreeMap::new();
        for one in recorded {
            let booked = |account: &str| one.verdict.booked.get(account).copied().unwrap_or(0);
            if one.verdict.class != VerdictClass::Accepted {
                continue;
            }
            if let Some((_, body)) = &one.signed
                && let Ok(Command::VoucherRequest(request)) = body.command()
            {
                held.insert(request.voucher_id, request.points);
            }
            let Some(redeem) = redemption(one) else {
                continue;
            };
            if let Cover::Voucher { voucher_id } = redeem.cover {
                *lost.entry(voucher_id).or_insert(0) += booked(LOSS);
                let escrow = booked(&format!("escrow:voucher:{voucher_id}"));
                *spent.entry(voucher_id).or_insert(0) += u64::from(escrow < 0);
            }
        }
        for (voucher, count) in spent {
            if count > 1 {
                self.broken("R3", format!("voucher {voucher} was spent {count} times"));
            }
        }
        for (voucher, lost) in lost {
            // What a server that was set back does not know any more was issued all the same.
            let held = held.get(&voucher).copied().unwrap_or(i64::MAX);
            if lost > held {
                self.broken("I7", format!("voucher {voucher} of {held} lost {lost}"));
            }
        }
    }

    /// I6: what lies aside for a voucher is all of it while it is open, and nothing behind that.
    pub(crate) async fn escrows(&mut self) -> Result<()> {
        let rows: Vec<(String, Option<i64>)> = sqlx::query_as(
            "SELECT e.body, b.amount FROM entity e LEFT JOIN balance b \
             ON b.programme_id = e.programme_id AND b.account = 'escrow:voucher:' || e.id \
             AND b.unit = 'points' WHERE e.kind = 'voucher'",
        )
        .fetch_all(&mut self.conn)
        .await?;
        for (body, lies) in rows {
            let voucher: Voucher = serde_json::from_str(&body)?;
            let wanted = if voucher.state == "open" {
                voucher.points
            } else {
                0
            };
            if lies.unwrap_or(0) != wanted {
                let detail = format!(
                    "voucher {} is {} and {lies:?} lie",
                    voucher.id, voucher.state
                );
                self.broken("I6", detail);
            }
        }
        self.proven().await
    }

    /// M2: who used a voucher again is told by texts that are kept.
    async fn proven(&mut self) -> Result<()> {
        let sql = "SELECT body FROM entity WHERE kind = 'voucher_uses'";
        let rows: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut self.conn).await?;
        for body in rows {
            let uses: VoucherUses = serde_json::from_str(&body)?;
            let again = uses.uses.len() > 1;
            let texts: BTreeSet<&str> = uses.uses.iter().map(|one| one.answer.as_str()).collect();
            let blamed = uses
                .uses
                .iter()
                .skip(1)
                .all(|one| match one.blame.as_str() {
                    "phone" => texts.len() > 1,
                    "till" => true,
                    _ => false,
                });
            if again != (uses.status == "twice") || !blamed {
                let detail = format!("voucher {} was used {}", uses.voucher, uses.status);
                self.broken("M2", detail);
            }
        }
        Ok(())
    }

    /// M17: what an honest till gave an honest phone for a voucher costs the programme nothing.
    pub(crate) fn honoured(&mut self, recorded: &[Recorded], honoured: &Honoured) {
        for one in recorded {
            let id = one.id.as_deref().and_then(|id| Uuid::parse_str(id).ok());
            let Some(voucher) = id.and_then(|id| honoured.get(&id)) else {
                continue;
            };
            let verdict = &one.verdict;
            let excused = verdict.class == VerdictClass::Parked
                && NOBODYS_FAULT.contains(&verdict.code.as_str());
            let lost = verdict.booked.get(LOSS).copied().unwrap_or(0);
            let booked = verdict.class == VerdictClass::Accepted;
            if (!booked && !excused) || lost != 0 {
                let told = (verdict.class, &verdict.code, lost);
                self.broken(
                    "M17",
                    format!("voucher {voucher} was honoured and is {told:?}"),
                );
            }
        }
    }

    /// M3: vouchers of these tills that are over and were not used have gone back.
    pub(crate) async fn gone_back(&mut self, tills: &BTreeSet<Uuid>, now_ms: i64) -> Result<()> {
        let sql = "SELECT body FROM entity WHERE kind = 'voucher'";
        let rows: Vec<String> = sqlx::query_scalar(sql).fetch_all(&mut self.conn).await?;
        for body in rows {
            let voucher: Voucher = serde_json::from_str(&body)?;
            let over = voucher.expires_ms <= now_ms;
            if over && voucher.state == "open" && tills.contains(&voucher.terminal) {
                let detail = format!("voucher {} is over and did not go back", voucher.id);
                self.broken("M3", detail);
            }
        }
        Ok(())
    }
}
