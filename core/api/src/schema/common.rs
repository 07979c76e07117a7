//! What terminal and phone share: status, enrolment, codes, queue.

use std::collections::BTreeMap;

use carrot_rules::entity::Texts;
use carrot_rules::outcome::{Because, Derivation};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use uuid::Uuid;

/// A call without arguments.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// How a programme looks and speaks.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProgrammeView {
    /// Id.
    pub id: Uuid,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: String,
    /// The word for points: language -> plural category -> word.
    pub points_word: BTreeMap<String, Texts>,
    /// Theme colours by role.
    pub theme: Texts,
    /// Home currency, ISO 4217.
    pub currency: String,
}

/// A person as a screen shows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonView {
    /// Id.
    pub participant: Uuid,
    /// Name.
    pub name: String,
    /// Role: `seller`, `cashier`, `buyer`, `merchandiser`, `owner`, …
    pub role: String,
    /// Two-letter language.
    pub language: String,
}

/// A place.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OutletView {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Street address.
    pub address: String,
    /// City.
    pub city: String,
    /// Currency of its till, ISO 4217.
    pub currency: String,
    /// ISO 3166 country.
    pub country: String,
}

/// What a terminal may still redeem without a network.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LeaseView {
    /// Points left.
    pub left_points: i64,
    /// Points that the lease held when it was last filled.
    pub granted_points: i64,
    /// Redeemed and not yet booked.
    pub exposure_points: i64,
    /// Until when it may be used.
    pub until_ms: i64,
    /// True when it must be refreshed first.
    pub stale: bool,
    /// True when two copies of this terminal were found: nothing is redeemed under it any more.
    pub frozen: bool,
    /// When less of it may be used, if there is no sync before; none when it is stale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub shrinks_ms: Option<i64>,
}

/// What this terminal may hand out without a network and without a lease.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AllowanceView {
    /// What may still be handed out now, points.
    pub left_points: i64,
    /// Handed out under it and not yet booked, points.
    pub exposure_points: i64,
    /// True when the terminal must be in touch first.
    pub stale: bool,
}

/// Where this device stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StatusView {
    /// False until the device has been enrolled.
    pub enrolled: bool,
    /// `terminal` or `phone`; empty before enrolment.
    pub role: String,
    /// The programme, once it is known.
    pub programme: Option<ProgrammeView>,
    /// The terminal's outlet, or the place that a person works at now.
    pub outlet: Option<OutletView>,
    /// The phone's person, or the cashier who signed in.
    pub person: Option<PersonView>,
    /// True when the last exchange with the server worked.
    pub online: bool,
    /// Commands that wait for the server.
    pub waiting: u32,
    /// When the oldest of them was made.
    pub oldest_waiting_ms: Option<i64>,
    /// Why the queue is stopped, when it is.
    pub blocked: Option<String>,
    /// When the last exchange worked.
    pub last_sync_ms: Option<i64>,
    /// What the last failed exchange said (a code).
    pub last_error: Option<String>,
    /// When the next exchange is tried by itself, UTC milliseconds by the server's clock.
    pub next_try_ms: Option<i64>,
    /// Server clock minus this clock, milliseconds.
    pub clock_offset_ms: i64,
    /// The terminal's lease.
    pub lease: Option<LeaseView>,
    /// What the terminal may hand out without a lease, where an owner allowed that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub allowance: Option<AllowanceView>,
    /// A terminal: when the certificate ended that lets cashiers sign in; none while it holds. Whoever is
    /// signed in goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub certificate_ended_ms: Option<i64>,
    /// This instant.
    pub now_ms: i64,
    /// The server's address.
    pub server: String,
}

/// What the server does not have yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UnsentView {
    /// Commands without a final answer.
    pub commands: u32,
    /// Photos that are still to be brought.
    pub photos: u32,
    /// When the oldest of the commands was made, UTC milliseconds by the device's clock.
    pub oldest_ms: Option<i64>,
}

/// `leave`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LeaveRequest {
    /// Programme.
    pub programme_id: Uuid,
    /// Keep what waits on this device until its person returns; otherwise leaving is refused while
    /// something waits.
    #[serde(default)]
    pub keep_queue: bool,
}

/// A membership that was left and rests on the device.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestingView {
    /// Programme.
    pub programme_id: Uuid,
    /// Short code.
    pub code: String,
    /// True when commands wait in it for their person.
    pub waiting: bool,
}

/// `enrol`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EnrolDevice {
    /// The enrolment code's text.
    pub code: String,
    /// What the device calls itself.
    pub device_name: String,
}

/// What a sync did.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SyncView {
    /// Commands sent.
    pub pushed: u32,
    /// Accepted.
    pub accepted: u32,
    /// Refused.
    pub rejected: u32,
    /// Under review.
    pub parked: u32,
    /// Changes received.
    pub changes: u32,
    /// Accepted with other points than shown.
    pub adjusted: u32,
}

/// A command that waits, or its answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct QueueItem {
    /// Id.
    pub command_id: Uuid,
    /// Kind, for example `sale.record`.
    pub kind: String,
    /// When it was made.
    pub at_ms: i64,
    /// `queued`, `sending`, `accepted`, `reflected`, `rejected`, `parked`, `blocked`.
    pub state: String,
    /// The verdict's code, once there is one; before it, why the command will wait for a person.
    pub code: Option<String>,
    /// Its parameters.
    pub params: BTreeMap<String, Value>,
    /// Between which instants it was made, as far as that is proven.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub made: Option<MadeView>,
}

/// Between which instants of the server something was made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MadeView {
    /// Not before this one; none when nothing proves it.
    pub from_ms: Option<i64>,
    /// Not after this one; none until the server has it.
    pub until_ms: Option<i64>,
}

/// What this device can prove about its work.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProofView {
    /// The text of the file for `carrot verify-proof`.
    pub text: String,
    /// Commands in it.
    pub commands: u32,
    /// Countersignatures in it.
    pub countersigned: u32,
}

/// `queue`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct QueueRequest {
    /// The most items wanted; 200 at most.
    pub limit: u32,
    /// Of which programme; the one in use where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub programme_id: Option<Uuid>,
}

/// `read_image`: a picture from a file or a camera.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadImage {
    /// PNG, JPEG, GIF, BMP or WebP, base64.
    pub image_base64: String,
}

/// A code found in a picture.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SymbolView {
    /// `qr_code`, `ean_13`, …
    pub format: String,
    /// Text.
    pub text: String,
}

/// `read_text`: what a scanned or typed text is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadText {
    /// The text.
    pub text: String,
}

/// What one code of a series stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CoversView {
    /// What its level is called: `unit`, `carton`, `pallet` or the operator's own word.
    pub level: String,
    /// Its number within the level, from one, as it is printed.
    pub number: i64,
    /// Pieces in it, whatever was claimed of them before.
    pub pieces: i64,
}

/// What a text turned out to be.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CodeView {
    /// A product's number.
    Product {
        /// The product.
        product: ProductView,
    },
    /// A piece's unique code, perhaps with its product; or what stands for many pieces.
    Unique {
        /// Canonical form; of a series' place `series:level:index`.
        code: String,
        /// The product that the picture names.
        product: Option<ProductView>,
        /// Which piece, carton, pallet or waybill it is, where the symbol says so itself.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        unit: Option<carrot_rules::command::UnitShown>,
        /// What one scan of it stands for, as far as this device knows its series.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        covers: Option<CoversView>,
        /// Probably used already, as far as this phone knows. Advice: the claim can be sent, and the
        /// server decides.
        #[serde(default)]
        perhaps_used: bool,
    },
    /// A fiscal receipt.
    Receipt {
        /// Uniqueness key.
        key: String,
        /// Total, minor units.
        total_minor: i64,
        /// Currency.
        currency: String,
        /// What else the code shows.
        fiscal: carrot_rules::command::FiscalShown,
    },
    /// A member's rotating code, card or phone number.
    Member {
        /// The text, for `find_buyer`.
        text: String,
    },
    /// A device's enrolment code.
    Enrolment {
        /// The text, for `enrol`.
        text: String,
    },
}

/// A product as screens show it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProductView {
    /// Id in the programme.
    pub id: String,
    /// The number as printed.
    pub gtin: String,
    /// Brand.
    pub brand: String,
    /// Category.
    pub category: String,
    /// Name by language.
    pub name: Texts,
    /// Points for the buyer per piece.
    pub buyer_points: i64,
    /// Points for the seller per piece, before campaigns.
    pub seller_points: i64,
    /// Price in the outlet's currency, minor units.
    pub price_minor: Option<i64>,
}

/// Points with their reasons, as a screen shows them.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct PotView {
    /// Points, those of `more` among them.
    pub points: i64,
    /// What they wait for; empty when they are spendable at once.
    pub because: Vec<Because>,
    /// The arithmetic, without that of `more`.
    pub derivation: Vec<Derivation>,
    /// Points of the same pot with other terms: another funder, another day on which they count.
    #[serde(default)]
    pub more: Vec<PotView>,
}

/// A rule that was looked at and gave nothing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WhyNotView {
    /// The rule's id.
    pub rule: String,
    /// What people call it, by language; empty for a rule without a title.
    pub title: Texts,
    /// Why it gave nothing.
    pub code: String,
    /// Parameters of the sentence.
    pub params: BTreeMap<String, Value>,
}

/// A reward as screens show it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RewardView {
    /// Code.
    pub code: String,
    /// `goods`, `voucher`, `topup`, `experience`, `partpay`.
    pub kind: String,
    /// Name by language.
    pub name: Texts,
    /// Price in points.
    pub cost_points: i64,
    /// Cash part, minor units.
    pub cash_minor: i64,
    /// Its currency.
    pub currency: String,
    /// Pieces left, when limited.
    pub stock: Option<i64>,
    /// True when the person's known balance covers it; none when the balance is not known here.
    pub affordable: Option<bool>,
    /// True when a till may hand it over now, without a network too.
    pub under_lease: bool,
    /// True when a cashier can hand it over.
    pub at_till: bool,
}

/// `find_product`, `search_products`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindText {
    /// A number, or part of a name.
    pub text: String,
}

/// `parse_amount`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AmountView {
    /// Minor units.
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
}
