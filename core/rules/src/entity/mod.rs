//! The things that facts are about. Server and device keep them as documents by kind and id; a
//! decision writes them whole through [`crate::outcome::Upsert`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod allowance;
mod catalogue;
mod guess;
mod pace;
mod people;
mod photo;
mod policy;
mod promise;
mod receipt;
mod referral;
mod series;
mod sold;
mod voucher;
mod work;

pub use allowance::*;
pub use catalogue::*;
pub use guess::*;
pub use pace::*;
pub use people::*;
pub use photo::*;
pub use policy::*;
pub use promise::*;
pub use receipt::*;
pub use referral::*;
pub use series::*;
pub use sold::*;
pub use voucher::*;
pub use work::*;

/// A text in several languages, by two-letter code.
pub type Texts = BTreeMap<String, String>;

/// Lists the kinds once: each names the struct that it stands for, and its name in both stores and on
/// the wire.
macro_rules! kinds {
    ($($name:ident $text:literal,)*) => {
        /// The kinds of thing.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS,
        )]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs)] // each names the struct
        pub enum EntityKind {
            $($name,)*
        }

        /// All kinds.
        pub const ENTITY_KINDS: &[EntityKind] = &[$(EntityKind::$name,)*];

        impl EntityKind {
            /// The kind's name in both stores and on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }

        $(impl Entity for $name {
            const KIND: EntityKind = EntityKind::$name;
        })*
    };
}

kinds! {
    Programme "programme",
    RuleSet "rule_set",
    Product "product",
    Reward "reward",
    Task "task",
    Campaign "campaign",
    Lesson "lesson",
    LessonKey "lesson_key",
    Outlet "outlet",
    Participant "participant",
    Roster "roster",
    Member "member",
    Contact "contact",
    Card "card",
    Code "code",
    Unit "unit",
    UnitIndex "unit_index",
    Receipt "receipt",
    Sale "sale",
    Stop "stop",
    Visit "visit",
    Redemption "redemption",
    Lease "lease",
    Proof "proof",
    Goal "goal",
    LessonResult "lesson_result",
    Review "review",
    Activity "activity",
    Staff "staff",
    Referral "referral",
    Tallied "tallied",
    Promise "promise",
    Invoice "invoice",
    Hold "hold",
    EvidencePolicy "evidence_policy",
    OutletUnits "outlet_units",
    SellIn "sell_in",
    Shipment "shipment",
    ReferralCode "referral_code",
    MeasuredEvent "measured_event",
    Purchases "purchases",
    Series "series",
    Node "node",
    NodeCount "node_count",
    SerialRanges "serial_ranges",
    Logistic "logistic",
    Waybill "waybill",
    Guess "guess",
    Pace "pace",
    FiscalCheck "fiscal_check",
    ReceiptPolicy "receipt_policy",
    ReceiptAliases "receipt_aliases",
    CashierMark "cashier_mark",
    ReceiptPrint "receipt_print",
    PhotoSeen "photo_seen",
    Voucher "voucher",
    Till "till",
    OpenVouchers "open_vouchers",
    VoucherUses "voucher_uses",
    MemberDay "member_day",
    Allowance "allowance",
    AllowanceMode "allowance_mode",
}

impl EntityKind {
    /// The kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        ENTITY_KINDS
            .iter()
            .copied()
            .find(|kind| kind.as_str() == name)
    }

    /// True when a device that has synced holds *all* things of this kind that its decisions may
    /// read, so that absence is knowledge. Codes, units and members are the server's to know; what
    /// concerns one person is known on that person's phone (`personal`), not at a till.
    #[must_use]
    pub fn complete_on_device(self, personal: bool) -> bool {
        let personally = matches!(
            self,
            Self::Goal | Self::LessonResult | Self::UnitIndex | Self::Visit
        );
        let everywhere = matches!(
            self,
            Self::Programme
                | Self::RuleSet
                | Self::Product
                | Self::Reward
                | Self::Task
                | Self::Campaign
                | Self::Lesson
                | Self::Outlet
                | Self::Proof
                | Self::Lease
                | Self::MemberDay
                | Self::Allowance
                | Self::Redemption
                | Self::EvidencePolicy
                | Self::Series
                | Self::SerialRanges
                | Self::ReceiptPolicy
                | Self::Till
        );
        everywhere || (personal && personally)
    }
}

/// A thing that a decision can read.
pub trait Entity: Serialize + Clone + Send + Sync + 'static {
    /// Its kind.
    const KIND: EntityKind;
}

pub use crate::ruleset::RuleSet;

/// The only id of a kind that a programme has once (programme, rule set).
pub const ONLY: &str = "current";
