//! Rights without a network shrink with the time since the last exchange: a terminal may use its lease in
//! full for a while, then half of it, then a quarter, then nothing until it has been in touch again.

use crate::entity::Lease;
use crate::ruleset::Limits;

/// The share of a lease that may be used as long as it is fresh, in quarters.
const WHOLE_QUARTERS: i64 = 4;

/// What is left of a right at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fresh {
    /// Quarters of it that may be used: 4, 2, 1 or 0.
    pub quarters: i64,
    /// When it shrinks next, UTC milliseconds; none when nothing is left.
    pub shrinks_ms: Option<i64>,
}

impl Fresh {
    /// The part of so many points that may not be used any more; what does not divide is held back too.
    #[must_use]
    pub fn held_back(&self, points: i64) -> i64 {
        let usable = points.max(0) / WHOLE_QUARTERS * self.quarters
            + points.max(0) % WHOLE_QUARTERS * self.quarters / WHOLE_QUARTERS;
        points.max(0).saturating_sub(usable)
    }
}

/// What may be used of a lease at `now_ms` by a terminal whose last exchange was at `synced_ms` as far as
/// that is proven. The end stays the lease's own, and a grant is an exchange.
#[must_use]
pub fn fresh(lease: &Lease, limits: &Limits, synced_ms: Option<i64>, now_ms: i64) -> Fresh {
    let since_ms = synced_ms.unwrap_or(lease.granted_ms).max(lease.granted_ms);
    let ends = [
        (limits.lease_full_ms, WHOLE_QUARTERS),
        (limits.lease_half_ms, 2),
        (i64::MAX, 1),
    ];
    for (age_ms, quarters) in ends {
        let until_ms = since_ms.saturating_add(age_ms).min(lease.stale_ms);
        if now_ms < until_ms {
            return Fresh {
                quarters,
                shrinks_ms: Some(until_ms),
            };
        }
    }
    Fresh {
        quarters: 0,
        shrinks_ms: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const HOUR_MS: i64 = 3_600_000;

    fn lease(granted_ms: i64) -> Lease {
        let lease = serde_json::json!({"id": Uuid::nil(), "device": Uuid::nil(), "outlet": Uuid::nil(),
            "granted_points": 1_000, "granted_ms": granted_ms, "stale_ms": granted_ms + 72 * HOUR_MS,
            "loss_points": 0});
        serde_json::from_value(lease).unwrap()
    }

    #[test]
    fn f102_rights_halve_twice_and_end() {
        let limits = Limits::default();
        for (hours, quarters, next) in [
            (0, 4, Some(24)),
            (23, 4, Some(24)),
            (24, 2, Some(48)),
            (47, 2, Some(48)),
            (48, 1, Some(72)),
            (71, 1, Some(72)),
            (72, 0, None),
            (900, 0, None),
        ] {
            let fresh = fresh(&lease(0), &limits, None, hours * HOUR_MS);
            let shrinks_ms = next.map(|hours| hours * HOUR_MS);
            assert_eq!(
                fresh,
                Fresh {
                    quarters,
                    shrinks_ms
                },
                "{hours} hours"
            );
        }
    }

    #[test]
    fn f102_an_exchange_makes_it_whole_but_does_not_move_its_end() {
        let limits = Limits::default();
        let at = |synced: i64, now: i64| {
            let synced_ms = Some(synced * HOUR_MS);
            fresh(&lease(0), &limits, synced_ms, now * HOUR_MS).quarters
        };
        assert_eq!(
            (at(40, 47), at(40, 65), at(70, 71), at(70, 72)),
            (4, 2, 4, 0)
        );
        // An exchange before the grant says less than the grant.
        assert_eq!(
            fresh(&lease(9 * HOUR_MS), &limits, Some(0), 30 * HOUR_MS).quarters,
            4
        );
    }

    #[test]
    fn what_may_be_used_is_never_more_than_its_share() {
        for points in [0, 1, 3, 4, 7, 1_000, i64::MAX] {
            for quarters in [0, 1, 2, 4] {
                let fresh = Fresh {
                    quarters,
                    shrinks_ms: None,
                };
                let usable = i128::from(points - fresh.held_back(points));
                assert!(usable * 4 <= i128::from(points) * i128::from(quarters));
            }
        }
        let whole = Fresh {
            quarters: 4,
            shrinks_ms: None,
        };
        assert_eq!(whole.held_back(i64::MAX), 0);
    }
}
