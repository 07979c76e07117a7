//! A seller's claim: durable before the screen says so, with its reason.

use std::sync::Arc;

use carrot_client::Membership;
use carrot_rules::Command;
use carrot_rules::command::{ClaimSubmit, Evidence};
use carrot_rules::entity::{Activity, ONLY, ReceiptPolicy};
use carrot_wire::CallError;
use carrot_wire::envelope::Attachment;
use uuid::Uuid;

use crate::api::{Answer, Api, refused};
use crate::convert;
use crate::schema::*;

/// What a scanned code proves, or why it proves no sale. `product` is what the person chose; `policy`
/// says whether a fiscal service will tell what is on a receipt.
fn evidence_of(
    code: CodeView,
    product: Option<String>,
    policy: &ReceiptPolicy,
) -> Answer<Evidence> {
    let refuse = |code: &str, detail: &str| Err(CallError::new(code, detail));
    match code {
        CodeView::Unique {
            unit: Some(shown), ..
        } => Ok(Evidence::Unit { shown, product }),
        CodeView::Unique {
            code,
            product: named,
            unit: None,
            ..
        } => Ok(Evidence::Code {
            code,
            product: named.map(|named| named.id).or(product),
        }),
        CodeView::Receipt { key, .. } if product.is_none() && !policy.asks(&key) => {
            refuse("product_needed", "say which product is on the receipt")
        }
        CodeView::Receipt {
            key,
            total_minor,
            fiscal,
            ..
        } => Ok(Evidence::Receipt {
            key,
            product,
            total_minor: Some(total_minor),
            fiscal: Some(fiscal),
        }),
        CodeView::Product { .. } => refuse(
            "code_names_product_only",
            "a product's number proves no sale",
        ),
        CodeView::Member { .. } | CodeView::Enrolment { .. } => {
            refuse("code_not_a_claim", "this code is not for claiming")
        }
    }
}

impl Api {
    pub(crate) async fn claim(&self, request: ClaimRequest) -> Answer<ClaimDone> {
        let (membership, code) = self.read(&request.text).await?;
        let policy = membership.thing::<ReceiptPolicy>(ONLY).await;
        let policy = policy.map_err(refused)?.unwrap_or_default();
        let evidence = evidence_of(code, request.product, &policy)?;
        self.submit_claim(&membership, evidence, Vec::new()).await
    }

    /// Submits a claim, and answers with the server's word where it is in reach.
    pub(crate) async fn submit_claim(
        &self,
        membership: &Arc<Membership>,
        evidence: Evidence,
        attachments: Vec<Attachment>,
    ) -> Answer<ClaimDone> {
        let actor = self.actor(membership)?;
        let outlet = self.place(membership).await?;
        let claim = ClaimSubmit {
            claim_id: Uuid::now_v7(),
            evidence,
        };
        let command = Command::ClaimSubmit(claim);
        let submitted = membership
            .submit_unless_rejected(command, actor, outlet, attachments)
            .await
            .map_err(refused)?
            .map_err(|outcome| convert::refusal(&outcome.code, &outcome.params))?;
        // Without a network there is no answer to look for.
        let verdict = if membership.may_answer() {
            self.try_sync(membership).await;
            let command = membership.command(submitted.command_id).await;
            command
                .map_err(refused)?
                .and_then(|command| command.verdict)
        } else {
            None
        };
        if let Some(verdict) = &verdict
            && verdict.class == carrot_wire::VerdictClass::Rejected
        {
            return Err(convert::refusal(&verdict.code, &verdict.params));
        }
        let id = format!("{}:seller", submitted.command_id);
        let line = membership.thing::<Activity>(&id).await.map_err(refused)?;
        let line = line.ok_or_else(|| CallError::new("awaits_review", "the claim is recorded"))?;
        let verdict_known = verdict.is_some();
        let code = verdict.map_or(submitted.outcome.code, |verdict| verdict.code);
        Ok(ClaimDone {
            activity: match verdict_known {
                true => convert::activity(membership, line).await?,
                false => convert::activity_line(membership, line, false).await?,
            },
            code,
        })
    }
}
