//! From a recorded command to the event that rules are asked about.

use carrot_rules::Command;
use carrot_rules::command::{
    ClaimSubmit, EventRecord, Evidence, KINDS, Kind, QuizSubmit, ReceiptCredit, SaleLine,
    SaleRecord,
};
use carrot_rules::earn::{Event, EventLine, Party, lesson_key};
use carrot_rules::entity::{Activity, FiscalCheck, LessonResult, Receipt, Referral, Sale, Unit};
use carrot_rules::replay::ReplayEvent;
use carrot_rules::ruleset::Trigger;
use carrot_wire::{Envelope, Verdict};
use serde_json::Value;
use uuid::Uuid;

use super::{Row, known};
use crate::db::Conn;
use crate::error::Result;

/// Accounts that points go to when nobody holds them any longer.
const SPENT: [&str; 3] = [
    "programme:redeemed",
    "programme:expired",
    "programme:offline_loss",
];

/// Where a command is looked up.
struct Desk<'c> {
    conn: &'c mut Conn,
    programme: &'c str,
    row: &'c Row,
    actor: Uuid,
    outlet: Option<Uuid>,
}

/// The step that a command was; none when it was cancelled, or cannot be read any more.
pub(super) async fn of(conn: &mut Conn, programme: &str, row: &Row) -> Result<Option<ReplayEvent>> {
    let (Some(command), Ok(actor)) = (command(row), row.actor_id.parse()) else {
        tracing::warn!(rowid = row.rowid, "a recorded command does not read");
        return Ok(None);
    };
    let outlet = row.outlet_id.as_deref().and_then(|id| id.parse().ok());
    let mut desk = Desk {
        conn,
        programme,
        row,
        actor,
        outlet,
    };
    let mut step = match command {
        Command::SaleRecord(sale) => ReplayEvent {
            event: desk.sale(&sale).await?,
            ..ReplayEvent::default()
        },
        Command::ClaimSubmit(claim) => ReplayEvent {
            event: desk.claim(&claim).await?,
            ..ReplayEvent::default()
        },
        Command::ReceiptCredit(credit) => ReplayEvent {
            event: desk.receipt(&credit).await?,
            ..ReplayEvent::default()
        },
        Command::EventRecord(record) => ReplayEvent {
            event: Some(desk.measured(record)),
            ..ReplayEvent::default()
        },
        Command::ReferralAccept(_) => desk.joined().await?,
        Command::QuizSubmit(quiz) => desk.learned(&quiz).await?,
        _ => ReplayEvent::default(),
    };
    step.spent_points = spent(row);
    Ok(Some(step))
}

/// The command in the envelope that a device signed, or that the server wrote for a person of its own.
fn command(row: &Row) -> Option<Command> {
    if let Ok(envelope) = serde_json::from_str::<Envelope>(&row.envelope) {
        return envelope.body().ok()?.command().ok();
    }
    let written: Value = serde_json::from_str(&row.envelope).ok()?;
    let args = written.as_object()?.values().next()?.get("args")?.clone();
    let kind: Kind = *KINDS.iter().find(|kind| kind.as_str() == row.kind)?;
    Command::from_args(kind, args).ok()
}

fn spent(row: &Row) -> i64 {
    let Ok(verdict) = serde_json::from_str::<Verdict>(&row.verdict) else {
        return 0;
    };
    let of = |account: &&str| verdict.booked.get(*account).copied();
    SPENT.iter().filter_map(of).fold(0, i64::saturating_add)
}

impl Desk<'_> {
    fn event(&self, trigger: Trigger) -> Event {
        Event {
            trigger,
            at_ms: self.row.occurred_ms,
            outlet: self.outlet,
            actor: Party::Known(self.actor),
            buyer: Party::Nobody,
            seller: Party::Nobody,
            currency: String::new(),
            evidence: String::new(),
            value: 0,
            lines: Vec::new(),
        }
    }

    /// What the sale came to in the books: the buyer whom the server found, and what points paid.
    async fn sale(&mut self, told: &SaleRecord) -> Result<Option<Event>> {
        let id = told.sale_id.to_string();
        let sale: Option<Sale> = known::thing(self.conn, self.programme, &id).await?;
        let Some(sale) = sale.filter(|sale| !sale.void) else {
            return Ok(None);
        };
        let mut event = self.event(Trigger::Sale);
        event.outlet = Some(sale.outlet);
        event.buyer = sale.buyer.map_or(Party::Nobody, Party::Known);
        event.seller = sale.seller.map_or(Party::Nobody, Party::Known);
        event.currency.clone_from(&sale.currency);
        "till".clone_into(&mut event.evidence);
        for (number, line) in sale.lines.iter().enumerate() {
            let line = self.sale_line(&sale, number, line).await?;
            event.lines.push(line);
        }
        Ok(Some(event))
    }

    async fn sale_line(
        &mut self,
        sale: &Sale,
        number: usize,
        line: &SaleLine,
    ) -> Result<EventLine> {
        let paid = sale.part_pay.as_ref();
        let paid_minor = paid.and_then(|paid| paid.lines.get(number)).copied();
        let mut open = EventLine {
            product: line.product.clone(),
            quantity_micro: line.quantity_micro,
            amount_minor: line.amount_minor.saturating_sub(paid_minor.unwrap_or(0)),
            buyer_micro: line.quantity_micro,
            seller_micro: line.quantity_micro,
            fresh_micro: line.quantity_micro,
        };
        let Some(code) = &line.unit_code else {
            return Ok(open);
        };
        let key = format!("code:{code}");
        let unit: Option<Unit> = known::thing(self.conn, self.programme, &key).await?;
        let first = unit.as_ref().and_then(|unit| unit.evidence.first());
        let told_before =
            first.is_some_and(|note| note.kind != "till" && !self.mine(note.command_id));
        if told_before {
            // A claim came first: it is what the seller was paid for.
            open.seller_micro = 0;
            open.fresh_micro = 0;
        }
        if unit.is_some_and(|unit| unit.buyer.is_some() && unit.buyer != sale.buyer) {
            open.buyer_micro = 0;
        }
        Ok(open)
    }

    fn mine(&self, command: Uuid) -> bool {
        self.row.command_id.as_deref() == Some(command.to_string().as_str())
    }

    /// A claim that paid; one that only confirmed what was paid before has another code.
    async fn claim(&mut self, claim: &ClaimSubmit) -> Result<Option<Event>> {
        if self.row.code != "ok" {
            return Ok(None);
        }
        let Some(unit) = self.claimed(claim).await? else {
            return Ok(None);
        };
        let fresh = unit
            .evidence
            .first()
            .is_some_and(|note| self.mine(note.command_id));
        let mut event = self.event(Trigger::Sale);
        event.seller = Party::Known(self.actor);
        claim.evidence.kind().clone_into(&mut event.evidence);
        event.lines.push(EventLine {
            product: unit.product,
            quantity_micro: unit.quantity_micro,
            amount_minor: 0,
            buyer_micro: 0,
            seller_micro: unit.quantity_micro,
            fresh_micro: if fresh { unit.quantity_micro } else { 0 },
        });
        Ok(Some(event))
    }

    /// Goods of a receipt that a fiscal service confirmed, when they paid.
    async fn receipt(&mut self, credit: &ReceiptCredit) -> Result<Option<Event>> {
        let check: Option<FiscalCheck> =
            known::thing(self.conn, self.programme, &credit.key).await?;
        let Some(check) = check else { return Ok(None) };
        let Some(one) = check.matches.get(credit.number) else {
            return Ok(None);
        };
        if one.result != "ok" {
            return Ok(None);
        }
        let mut event = self.event(Trigger::Sale);
        event.at_ms = check.at_ms;
        event.outlet = check.outlet;
        event.actor = Party::Known(check.claimant);
        event.seller = Party::Known(check.claimant);
        "verified_receipt".clone_into(&mut event.evidence);
        event.currency = check.found.map_or_else(String::new, |found| found.currency);
        event.lines.push(EventLine {
            product: Some(one.product.clone()),
            quantity_micro: one.quantity_micro,
            amount_minor: one.amount_minor,
            buyer_micro: 0,
            seller_micro: one.quantity_micro,
            fresh_micro: one.quantity_micro,
        });
        Ok(Some(event))
    }

    /// The unit that a claim reported.
    async fn claimed(&mut self, claim: &ClaimSubmit) -> Result<Option<Unit>> {
        let keys = match &claim.evidence {
            Evidence::Code { code, .. } => vec![format!("code:{code}")],
            Evidence::Statement { .. } => vec![format!("statement:{}", claim.claim_id)],
            Evidence::Photo(_) => vec![format!("photo:{}", claim.claim_id)],
            Evidence::Receipt { key, .. } => {
                let receipt: Option<Receipt> = known::thing(self.conn, self.programme, key).await?;
                receipt.map(|receipt| receipt.units).unwrap_or_default()
            }
            // Which unit it was, its line of history says.
            Evidence::Unit { .. } => {
                let command = self.row.command_id.as_deref().unwrap_or_default();
                let line = format!("{command}:seller");
                let line: Option<Activity> = known::thing(self.conn, self.programme, &line).await?;
                line.and_then(|line| line.unit).into_iter().collect()
            }
        };
        for key in keys {
            let unit: Option<Unit> = known::thing(self.conn, self.programme, &key).await?;
            let reported = |unit: &Unit| {
                let mut notes = unit.evidence.iter();
                notes.any(|note| self.mine(note.command_id))
            };
            if let Some(unit) = unit.filter(reported) {
                return Ok(Some(unit));
            }
        }
        Ok(None)
    }

    fn measured(&self, record: EventRecord) -> Event {
        let mut event = self.event(Trigger::Event(record.name));
        event.at_ms = record.at_ms.unwrap_or(event.at_ms);
        event.buyer = Party::Known(record.participant);
        event.value = record.value;
        event
    }

    async fn joined(&mut self) -> Result<ReplayEvent> {
        let mut event = self.event(Trigger::Joined);
        event.outlet = None;
        event.buyer = Party::Known(self.actor);
        let id = self.actor.to_string();
        let facts = known::fact::<Referral>(self.conn, self.programme, &id).await?;
        Ok(ReplayEvent {
            facts: facts.into_iter().collect(),
            event: Some(event),
            ..ReplayEvent::default()
        })
    }

    async fn learned(&mut self, quiz: &QuizSubmit) -> Result<ReplayEvent> {
        let id = lesson_key(self.actor, &quiz.lesson);
        let facts = known::fact::<LessonResult>(self.conn, self.programme, &id).await?;
        Ok(ReplayEvent {
            facts: facts.into_iter().collect(),
            ..ReplayEvent::default()
        })
    }
}
