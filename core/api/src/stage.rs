//! How far a claim has come, from the phone's queue to points that were paid out.

use std::collections::{BTreeSet, VecDeque};

use carrot_client::Membership;
use carrot_rules::entity::Activity;

use crate::api::{Answer, refused};
use crate::schema::ClaimStage;

/// Reasons that are an award's own terms: the claim itself is proven.
const TERMS: [&str; 3] = [
    "awaits_return_window",
    "awaits_payment",
    "awaits_next_month",
];

/// The stage of a claim that the server has confirmed.
fn confirmed(line: &Activity) -> ClaimStage {
    let only_terms = || {
        let mut reasons = line.because.iter();
        reasons.all(|because| TERMS.contains(&because.code.as_str()))
    };
    match line.state.as_str() {
        "rejected" | "reversed" | "lapsed" => ClaimStage::Rejected,
        "active" if line.points > 0 => ClaimStage::Credited,
        "active" => ClaimStage::Approved,
        "pending" if !line.because.is_empty() && only_terms() => ClaimStage::Approved,
        _ => ClaimStage::Checking,
    }
}

/// The stage of a line of history; none where it is no claim. `known` is true when the server's own
/// word about the line has arrived here.
pub(crate) async fn of(
    membership: &Membership,
    line: &Activity,
    known: bool,
) -> Answer<Option<ClaimStage>> {
    if line.kind != "claim" {
        return Ok(None);
    }
    if known {
        return Ok(Some(confirmed(line)));
    }
    let command = membership.command(line.command_id).await.map_err(refused)?;
    let answered = command.is_some_and(|command| command.verdict.is_some());
    Ok(Some(if answered {
        ClaimStage::Sent
    } else {
        ClaimStage::Queued
    }))
}

/// The lines whose points are all spent, the oldest points first. What expired was not paid out.
/// `history` is newest first.
pub(crate) fn paid(history: &[Activity]) -> BTreeSet<String> {
    let mut open: VecDeque<(&str, i64, bool)> = VecDeque::new();
    let mut paid = BTreeSet::new();
    for line in history.iter().rev() {
        if line.state != "active" && line.points > 0 || line.state == "reversed" {
            continue;
        }
        if line.points > 0 {
            open.push_back((&line.id, line.points, true));
        }
        let mut spent = line.points.min(0).saturating_neg();
        while spent > 0 {
            let Some((id, left, whole)) = open.front_mut() else {
                break;
            };
            let part = spent.min(*left);
            *left -= part;
            spent -= part;
            *whole &= line.kind != "expiry";
            if *left > 0 {
                break;
            }
            if *whole {
                paid.insert((*id).to_owned());
            }
            open.pop_front();
        }
    }
    paid
}

#[cfg(test)]
mod tests {
    use carrot_rules::Because;
    use uuid::Uuid;

    use super::*;

    fn line(id: &str, kind: &str, state: &str, points: i64, reason: Option<&str>) -> Activity {
        let because: Vec<Because> = reason.map(Because::new).into_iter().collect();
        serde_json::from_value(serde_json::json!({
            "id": id, "command_id": Uuid::nil(), "participant": Uuid::nil(), "kind": kind, "at_ms": 1,
            "points": points, "state": state, "because": because, "derivation": [], "subject": null,
            "outlet": null, "unit": null,
        }))
        .unwrap()
    }

    #[test]
    fn each_state_has_its_stage() {
        for (state, points, reason, stage) in [
            (
                "pending",
                0,
                Some("awaits_verification"),
                ClaimStage::Checking,
            ),
            ("pending", 9, Some("awaits_till"), ClaimStage::Checking),
            ("review", 9, Some("awaits_review"), ClaimStage::Checking),
            (
                "pending",
                9,
                Some("awaits_return_window"),
                ClaimStage::Approved,
            ),
            ("active", 0, Some("receipt_verified"), ClaimStage::Approved),
            ("active", 9, None, ClaimStage::Credited),
            ("rejected", 0, Some("receipt_forged"), ClaimStage::Rejected),
        ] {
            let line = line("a", "claim", state, points, reason);
            assert_eq!(confirmed(&line), stage, "{state} {reason:?}");
        }
    }

    #[test]
    fn the_oldest_points_are_paid_first_and_expired_ones_never() {
        let newest_first = [
            line("redeem2", "redeem", "active", -60, None),
            line("expiry", "expiry", "active", -20, None),
            line("redeem", "redeem", "active", -100, None),
            line("third", "claim", "active", 50, None),
            line("waits", "claim", "pending", 500, Some("awaits_till")),
            line("second", "claim", "active", 40, None),
            line("first", "claim", "active", 80, None),
        ];
        let paid = paid(&newest_first);
        assert!(paid.contains("first") && paid.contains("third"));
        assert!(!paid.contains("second"), "a part of it expired");
    }
}
