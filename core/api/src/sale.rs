//! Selling: quote, sell, void, and the day's list.

use std::sync::Arc;

use carrot_client::Membership;
use carrot_rules::Command;
use carrot_rules::amount::QUANTITY_ONE_MICRO;
use carrot_rules::command::{BuyerRef, SaleLine, SaleRecord, SaleVoid};
use carrot_rules::entity::Sale;
use carrot_rules::index::Index;
use carrot_rules::outcome::{Class, Outcome, PotRole};
use carrot_wire::CallError;
use uuid::Uuid;

use crate::api::{Answer, Api, refused};
use crate::convert;
use crate::quote::quote_of;
use crate::schema::*;

const PIECES_MAX: i64 = 10_000;
const SALES_LISTED_MAX: usize = 50;
const DAY_MS: i64 = 24 * 3_600_000;
/// The note that keeps this terminal's last sale.
const NOTE_LAST_SALE: &str = "last_sale";

fn sale_command(draft: &SaleDraft, currency: &str) -> Answer<SaleRecord> {
    if draft.lines.is_empty() {
        return Err(CallError::new("empty_sale", "a sale needs a line"));
    }
    let mut lines = Vec::with_capacity(draft.lines.len());
    for (number, line) in draft.lines.iter().enumerate() {
        if !(1..=PIECES_MAX).contains(&line.pieces) || line.amount_minor < 0 {
            return Err(CallError::new("bad_amount", format!("line {}", number + 1))
                .with("line", number + 1));
        }
        lines.push(SaleLine {
            product: line.product.clone(),
            quantity_micro: line.pieces * QUANTITY_ONE_MICRO,
            amount_minor: line.amount_minor,
            unit_code: line.unit_code.clone(),
        });
    }
    Ok(SaleRecord {
        sale_id: Uuid::now_v7(),
        buyer: draft.buyer.clone(),
        seller: draft.seller,
        lines,
        currency: currency.to_owned(),
        receipt_key: draft.receipt_key.clone(),
        part_pay_points: None,
        invoice: None,
    })
}

impl Api {
    async fn till(&self) -> Answer<(Arc<Membership>, Uuid, Uuid, String)> {
        let membership = self.member()?;
        let actor = self.actor(&membership)?;
        let outlet = self.outlet_here(&membership).await?;
        let outlet =
            outlet.ok_or_else(|| CallError::new("outlet_needed", "this device has no outlet"))?;
        Ok((membership, actor, outlet.id, outlet.currency))
    }

    async fn previewed(
        &self,
        draft: &SaleDraft,
    ) -> Answer<(Arc<Membership>, SaleRecord, Outcome, Uuid, Uuid)> {
        let (membership, actor, outlet, currency) = self.till().await?;
        let record = sale_command(draft, &currency)?;
        let command = Command::SaleRecord(record.clone());
        let outcome = membership
            .preview(&command, actor, Some(outlet))
            .await
            .map_err(refused)?;
        if outcome.class != Class::Accepted {
            return Err(convert::refusal(&outcome.code, &outcome.params));
        }
        if let Some(because) = outcome
            .pending
            .iter()
            .find(|because| because.code == "own_sale")
        {
            return Err(convert::refusal("own_sale", &because.params));
        }
        Ok((membership, record, outcome, actor, outlet))
    }

    pub(crate) async fn quote(&self, draft: SaleDraft) -> Answer<Quote> {
        let (membership, record, outcome, ..) = self.previewed(&draft).await?;
        let rules = membership.rules().await.map_err(refused)?;
        let rules = rules.as_deref().map(Index::set);
        Ok(quote_of(&outcome, &draft, &record.currency, rules))
    }

    pub(crate) async fn sell(&self, draft: SaleDraft) -> Answer<SaleDone> {
        let (membership, record, _, actor, outlet) = self.previewed(&draft).await?;
        let (sale_id, currency) = (record.sale_id, record.currency.clone());
        let submitted = membership
            .submit(Command::SaleRecord(record), actor, Some(outlet), Vec::new())
            .await
            .map_err(refused)?;
        membership
            .put_note(NOTE_LAST_SALE, &serde_json::json!(sale_id))
            .await
            .map_err(refused)?;
        let confirmed = self.settled(&membership, submitted.command_id).await?;
        let buyer = submitted
            .outcome
            .awards
            .iter()
            .find(|award| award.role == PotRole::Buyer);
        let buyer = buyer
            .and_then(|award| award.participant)
            .or(match &draft.buyer {
                Some(BuyerRef::Proof { participant, .. }) => Some(*participant),
                _ => None,
            });
        let balance_points = match buyer {
            Some(buyer) => {
                membership
                    .balances(buyer)
                    .await
                    .map_err(refused)?
                    .view_active
            }
            None => None,
        };
        let rules = membership.rules().await.map_err(refused)?;
        let rules = rules.as_deref().map(Index::set);
        Ok(SaleDone {
            sale_id,
            command_id: submitted.command_id,
            quote: quote_of(&submitted.outcome, &draft, &currency, rules),
            balance_points,
            confirmed,
        })
    }

    /// Sends what waits unless the server was just out of reach; true when this command has its answer.
    async fn settled(&self, membership: &Arc<Membership>, command_id: Uuid) -> Answer<bool> {
        if !membership.may_answer() || !self.try_sync(membership).await {
            return Ok(false);
        }
        let command = membership.command(command_id).await.map_err(refused)?;
        Ok(command
            .and_then(|command| command.verdict)
            .is_some_and(|verdict| verdict.class.is_final()))
    }

    pub(crate) async fn sales(&self, _: Nothing) -> Answer<Vec<SaleView>> {
        let (membership, _, outlet, _) = self.till().await?;
        let since = membership.now_ms() - DAY_MS;
        let all = membership.things::<Sale>().await.map_err(refused)?;
        let mut sales: Vec<Sale> = all
            .into_iter()
            .map(|(_, sale)| sale)
            .filter(|sale| sale.outlet == outlet && sale.at_ms >= since)
            .collect();
        sales.sort_by_key(|sale| std::cmp::Reverse(sale.at_ms));
        sales.truncate(SALES_LISTED_MAX);
        let mut views = Vec::with_capacity(sales.len());
        for sale in sales {
            views.push(sale_view(&membership, sale).await?);
        }
        Ok(views)
    }

    pub(crate) async fn void_last(&self, _: Nothing) -> Answer<VoidDone> {
        let (membership, actor, outlet, _) = self.till().await?;
        let nothing = || CallError::new("nothing_to_void", "this terminal has no sale to cancel");
        let noted = membership
            .note(NOTE_LAST_SALE)
            .await
            .map_err(refused)?
            .ok_or_else(nothing)?;
        let sale_id: Uuid = serde_json::from_value(noted).map_err(|_| nothing())?;
        let command = Command::SaleVoid(SaleVoid { sale_id });
        let outcome = membership
            .preview(&command, actor, Some(outlet))
            .await
            .map_err(refused)?;
        if outcome.class != Class::Accepted {
            return Err(convert::refusal(&outcome.code, &outcome.params));
        }
        let submitted = membership
            .submit(command, actor, Some(outlet), Vec::new())
            .await
            .map_err(refused)?;
        let confirmed = self.settled(&membership, submitted.command_id).await?;
        let sale = membership
            .thing::<Sale>(&sale_id.to_string())
            .await
            .map_err(refused)?
            .ok_or_else(nothing)?;
        Ok(VoidDone {
            sale: sale_view(&membership, sale).await?,
            confirmed,
        })
    }
}

async fn name_of(membership: &Membership, person: Option<Uuid>) -> Answer<Option<String>> {
    match person {
        Some(person) => {
            let name = membership.person_name(person).await.map_err(refused)?;
            Ok(Some(name.unwrap_or_else(|| convert::short_id(person))))
        }
        None => Ok(None),
    }
}

async fn sale_view(membership: &Membership, sale: Sale) -> Answer<SaleView> {
    let base = membership
        .base_thing::<Sale>(&sale.id.to_string())
        .await
        .map_err(refused)?;
    let points = |role: &str| {
        sale.awards
            .iter()
            .filter(|award| award.role == role)
            .map(|award| award.points)
            .sum()
    };
    Ok(SaleView {
        sale_id: sale.id,
        at_ms: sale.at_ms,
        amount_minor: sale.amount_minor,
        buyer_points: points("buyer"),
        seller_points: points("seller"),
        buyer: name_of(membership, sale.buyer).await?,
        seller: name_of(membership, sale.seller).await?,
        void: sale.void,
        confirmed: base.is_some_and(|base| base.void == sale.void),
        currency: sale.currency,
    })
}
