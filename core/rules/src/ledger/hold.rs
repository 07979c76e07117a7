//! Holds and expiry as transfers. A hold promises a person's points to somebody; a capture pays
//! them out, a release gives them back, both lot by lot. Points below one make a transfer without
//! legs, which no books take.

use uuid::Uuid;

use crate::amount::Overflow;

use super::account::Account;
use super::lot::LotId;
use super::terms::Lots;
use super::transfer::Transfer;
use super::unit::Unit;

impl Transfer {
    /// Promises spendable points: they move, with their lots, to the reserved pot.
    pub fn hold(person: Uuid, points: i64) -> Result<Self, Overflow> {
        let points = points.max(0);
        Self::of("hold")
            .leg(Account::active(person), -points)
            .leg_lots(Account::reserved(person), points, Lots::Carried)
            .finish()
    }

    /// Pays out points that the command `hold` promised. Where `to` keeps lots it takes them over.
    pub fn capture(hold: Uuid, person: Uuid, points: i64, to: Account) -> Result<Self, Overflow> {
        let points = points.max(0);
        Self::of("capture")
            .leg_lots(
                Account::reserved(person),
                -points,
                Lots::Of { command: hold },
            )
            .leg_lots(to, points, Lots::Carried)
            .finish()
    }

    /// Makes points that the command `hold` promised spendable again.
    pub fn release(hold: Uuid, person: Uuid, points: i64) -> Result<Self, Overflow> {
        let points = points.max(0);
        Self::of("release")
            .leg_lots(
                Account::reserved(person),
                -points,
                Lots::Of { command: hold },
            )
            .leg_lots(Account::active(person), points, Lots::Carried)
            .finish()
    }

    /// Gives points that the command `capture` paid out of a hold back to the person, from `from`.
    /// `own` is the command that causes this transfer: the lots come back to the reserved pot, and
    /// what this very command put there goes on to the active one.
    pub fn refund(
        capture: Uuid,
        own: Uuid,
        person: Uuid,
        points: i64,
        from: Account,
    ) -> Result<Self, Overflow> {
        let points = points.max(0);
        let reserved = Account::reserved(person);
        Self::of("refund")
            .leg_lots(reserved, points, Lots::Of { command: capture })
            .leg_lots(reserved, -points, Lots::Of { command: own })
            .leg_lots(Account::active(person), points, Lots::Carried)
            .leg_lots(from, -points, Lots::Of { command: capture })
            .finish()
    }

    /// Takes what is left of a lot past its instant out of a pot.
    pub fn expire(account: Account, unit: Unit, lot: LotId, left: i64) -> Result<Self, Overflow> {
        let left = left.max(0);
        Self::of("expiry")
            .unit(unit)
            .leg_lots(account, -left, Lots::Lot { lot })
            .leg(Account::Expired, left)
            .finish()
    }
}
