//! The command catalogue: every intent that a device can sign, with its arguments.
//!
//! A *fact* already happened (goods were handed over) and is recorded whatever the server finds; a
//! *request* may be refused. Each kind has a version of its own. Arguments are grouped by theme.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod claim;
mod internal;
mod people;
mod receipt;
mod sale;
mod series;
mod spend;
mod work;

pub use claim::*;
pub use internal::*;
pub use people::*;
pub use receipt::*;
pub use sale::*;
pub use series::*;
pub use spend::*;
pub use work::*;

/// Whether the server may refuse a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CommandClass {
    /// Already happened; it is recorded.
    Fact,
    /// A wish; exact terms or a refusal.
    Request,
}

/// Lists the kinds once: each names the struct of its arguments, and its name on the wire.
macro_rules! kinds {
    ($($(#[$about:meta])* $name:ident $text:literal,)*) => {
        /// The kinds of command that this version can decide.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind {
            $($(#[$about])* #[serde(rename = $text)] $name,)*
        }

        /// All kinds, in the catalogue's order.
        pub const KINDS: &[Kind] = &[$(Kind::$name,)*];

        impl Kind {
            /// The kind's name on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }

        /// A command with its arguments read.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Command {
            $($(#[$about])* $name($name),)*
        }

        impl Command {
            /// Reads the arguments of a command of this kind.
            pub fn from_args(kind: Kind, args: serde_json::Value) -> Result<Self, serde_json::Error> {
                Ok(match kind {
                    $(Kind::$name => Self::$name(serde_json::from_value(args)?),)*
                })
            }

            /// The arguments as JSON.
            pub fn to_args(&self) -> Result<serde_json::Value, serde_json::Error> {
                match self {
                    $(Self::$name(args) => serde_json::to_value(args),)*
                }
            }

            /// The command's kind.
            #[must_use]
            pub fn kind(&self) -> Kind {
                match self {
                    $(Self::$name(_) => Kind::$name,)*
                }
            }
        }
    };
}

kinds! {
    /// A sale at a till.
    SaleRecord "sale.record",
    /// The cancellation of a sale just recorded.
    SaleVoid "sale.void",
    /// Goods of a sale that came back.
    SaleReturn "sale.return",
    /// A fiscal receipt that no longer holds.
    ReceiptCancel "receipt.cancel",
    /// A payment of an invoice, or a credit note.
    PaymentRecord "payment.record",
    /// A seller's claim by code or receipt.
    ClaimSubmit "claim.submit",
    /// A merchandiser's finished visit.
    VisitRecord "visit.record",
    /// Answers to a lesson's questions.
    QuizSubmit "quiz.submit",
    /// A reward handed over (under a lease) or asked for (online).
    RewardRedeem "reward.redeem",
    /// A terminal asks for escrow to redeem from without a network.
    LeaseRequest "lease.request",
    /// A terminal gives back what it does not need of its lease.
    LeaseReturn "lease.return",
    /// A lease is given up (made on the console).
    LeaseWriteOff "lease.write_off",
    /// What was lost under a lease was looked into (made on the console).
    LeaseClear "lease.clear",
    /// Redemptions without escrow are allowed or forbidden (made on the console).
    AllowanceSet "allowance.set",
    /// A member puts points aside for one terminal.
    VoucherRequest "voucher.request",
    /// A voucher shall not be used any more (made on the console).
    VoucherCancel "voucher.cancel",
    /// Points put aside for a purchase elsewhere.
    HoldPlace "hold.place",
    /// Held points spent.
    HoldCapture "hold.capture",
    /// Held points made spendable again.
    HoldRelease "hold.release",
    /// The reward that a person saves for.
    GoalSet "goal.set",
    /// Who recommended the programme to somebody who joined.
    ReferralAccept "referral.accept",
    /// Something measured that rules reward.
    EventRecord "event.record",
    /// A person's decision on what waits for review (made on the console).
    ReviewDecide "review.decide",
    /// A claimed piece, carton or pallet that came back (made on the console).
    UnitReturn "unit.return",
    /// Something whose time has come (given by the server's clock).
    DueRun "due.run",
    /// What came of asking about a claimed receipt (given by the server, or by a person on the console).
    ReceiptSettle "receipt.settle",
    /// A product of a settled receipt is credited (given by the server).
    ReceiptCredit "receipt.credit",
}

impl Kind {
    /// The kind with this name on the wire.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        KINDS.iter().copied().find(|kind| kind.as_str() == name)
    }
}

impl Command {
    /// Whether the server may refuse it.
    #[must_use]
    pub fn class(&self) -> CommandClass {
        match self {
            Self::RewardRedeem(redeem) if redeem.cover == Cover::Online => CommandClass::Request,
            Self::SaleRecord(sale) if sale.part_pay_points.is_some() => CommandClass::Request,
            Self::LeaseRequest(_)
            | Self::LeaseReturn(_)
            | Self::LeaseWriteOff(_)
            | Self::LeaseClear(_)
            | Self::AllowanceSet(_)
            | Self::VoucherRequest(_)
            | Self::VoucherCancel(_)
            | Self::GoalSet(_)
            | Self::ReferralAccept(_)
            | Self::HoldPlace(_)
            | Self::HoldCapture(_)
            | Self::HoldRelease(_) => CommandClass::Request,
            _ => CommandClass::Fact,
        }
    }

    /// Whether another identity of the same till or phone may issue it anew. What was lent to the old
    /// identity, or was proven to it alone, cannot be.
    #[must_use]
    pub fn may_be_issued_again(&self) -> bool {
        let lent = matches!(
            self,
            Self::LeaseRequest(_)
                | Self::LeaseReturn(_)
                | Self::VoucherRequest(_)
                | Self::RewardRedeem(_)
        );
        // A code that was shown for a wish is fresh for seconds.
        let stale = self.class() == CommandClass::Request && self.proof().is_some();
        !lent && !stale
    }

    /// The rotating code or answer that the command carries as proof, if any.
    #[must_use]
    pub fn proof(&self) -> Option<&str> {
        match self {
            Self::SaleRecord(SaleRecord {
                buyer: Some(BuyerRef::Proof { proof, .. }),
                ..
            }) => Some(proof),
            Self::RewardRedeem(redeem) => Some(&redeem.proof),
            Self::HoldPlace(hold) => hold.proof.as_deref(),
            _ => None,
        }
    }
}
