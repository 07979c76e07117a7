//! The cashier's place: who stands there and who stands in front of them.

use std::sync::Arc;

use carrot_client::Membership;
use carrot_codes::{Code, OwnCode};
use carrot_rules::command::BuyerRef;
use carrot_rules::decide::ProofCheck;
use carrot_rules::entity::{Member, Roster};
use carrot_wire::CallError;
use carrot_wire::member::PROOF_PREFIX;
use uuid::Uuid;

use crate::api::{Answer, Api, refused};
use crate::convert;
use crate::reading::is_phone_like;
use crate::schema::*;

impl Api {
    async fn roster(&self, wanted: impl Fn(&str) -> bool) -> Answer<Vec<PersonView>> {
        let membership = self.member()?;
        let mut people = Vec::new();
        for (_, roster) in membership.things::<Roster>().await.map_err(refused)? {
            if wanted(&roster.role) {
                people.push(convert::person(&membership, roster.participant).await?);
            }
        }
        people.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(people)
    }

    pub(crate) async fn cashiers(&self, _: Nothing) -> Answer<Vec<PersonView>> {
        let membership = self.member()?;
        if membership.certificate_ended_ms().is_some() {
            return Ok(Vec::new());
        }
        let granted = membership.certificate().cashiers;
        let people = self.roster(|role| role == "cashier").await?;
        Ok(people
            .into_iter()
            .filter(|p| {
                granted
                    .iter()
                    .any(|grant| grant.participant == p.participant)
            })
            .collect())
    }

    pub(crate) async fn sellers(&self, _: Nothing) -> Answer<Vec<PersonView>> {
        self.roster(|role| matches!(role, "seller" | "cashier" | "owner"))
            .await
    }

    pub(crate) async fn sign_in(&self, request: SignIn) -> Answer<StatusView> {
        let membership = self.member()?;
        if let Some(ended_ms) = membership.certificate_ended_ms() {
            let detail = "the certificate that names the cashiers has ended: connect once";
            return Err(CallError::new("certificate_ended", detail).with("ended_ms", ended_ms));
        }
        membership
            .check_pin(request.participant, &request.pin)
            .await
            .map_err(refused)?;
        self.set_cashier(membership.programme_id(), request.participant);
        self.status(Nothing {}).await
    }

    pub(crate) async fn sign_out(&self, _: Nothing) -> Answer<StatusView> {
        self.forget_cashiers();
        self.status(Nothing {}).await
    }

    pub(crate) async fn find_buyer(&self, request: FindBuyer) -> Answer<BuyerView> {
        let membership = self.member()?;
        let text = request.text.trim();
        if text.starts_with(PROOF_PREFIX) {
            return self.by_proof(&membership, text).await;
        }
        let (reference, online) = match carrot_codes::parse(text) {
            Ok(Code::Own(OwnCode::MemberCard {
                programme,
                reference,
            })) => {
                if programme != membership.programme_code() {
                    return Err(CallError::new("code_of_other_programme", "a card")
                        .with("programme", programme));
                }
                (BuyerRef::Card { reference }, true)
            }
            _ if is_phone_like(text) => (self.by_phone(&membership, text).await?, true),
            Ok(_) | Err(_) => {
                return Err(CallError::new(
                    "unknown_member",
                    "no member's code or phone number",
                ));
            }
        };
        if let Some(found) = known_member(&membership, &reference).await? {
            return self.buyer(&membership, reference, Some(found), false).await;
        }
        // Not seen here lately: the server may know them. Without a network the sale keeps the reference.
        if online && let Ok(known) = membership.resolve_member(&reference).await {
            if !known {
                return Err(CallError::new(
                    "unknown_member",
                    "the programme has no such member",
                ));
            }
            self.try_sync(&membership).await;
        }
        let found = known_member(&membership, &reference).await?;
        self.buyer(&membership, reference, found, false).await
    }

    async fn by_proof(&self, membership: &Arc<Membership>, text: &str) -> Answer<BuyerView> {
        let participant = match membership.check_proof(text) {
            ProofCheck::Valid { participant, .. } => participant,
            ProofCheck::Invalid(code) => return Err(CallError::new(&code, "a rotating code")),
            ProofCheck::Answered(_) | ProofCheck::Absent => {
                return Err(CallError::new("proof_required", "no rotating code"));
            }
        };
        let reference = BuyerRef::Proof {
            participant,
            proof: text.to_owned(),
        };
        let seen = membership
            .thing::<Member>(&participant.to_string())
            .await
            .map_err(refused)?;
        if seen.is_none() && matches!(membership.resolve_member(&reference).await, Ok(true)) {
            self.try_sync(membership).await;
        }
        self.buyer(membership, reference, Some(participant), true)
            .await
    }

    async fn by_phone(&self, membership: &Membership, text: &str) -> Answer<BuyerRef> {
        let outlet = self.outlet_here(membership).await?;
        let country = outlet
            .as_ref()
            .and_then(|outlet| outlet.country.parse().ok());
        let number = phonenumber::parse(country, text)
            .map_err(|error| CallError::new("bad_phone", error.to_string()))?;
        if !number.is_valid() {
            return Err(CallError::new("bad_phone", "no such phone number"));
        }
        let e164 = number.format().mode(phonenumber::Mode::E164).to_string();
        let hash = membership.contact_hash(&e164).ok_or_else(|| {
            CallError::new("not_permitted", "only a terminal looks up phone numbers")
        })?;
        Ok(BuyerRef::Contact { hash })
    }

    async fn buyer(
        &self,
        membership: &Membership,
        reference: BuyerRef,
        participant: Option<Uuid>,
        proven: bool,
    ) -> Answer<BuyerView> {
        let Some(participant) = participant else {
            let view = BuyerView {
                reference,
                participant: None,
                name: None,
                balance_points: None,
                unsynced_points: 0,
                proven,
            };
            return Ok(view);
        };
        let balances = membership.balances(participant).await.map_err(refused)?;
        let name = membership.person_name(participant).await.map_err(refused)?;
        let unsynced = balances.view_active.unwrap_or(0) - balances.confirmed_active.unwrap_or(0);
        Ok(BuyerView {
            reference,
            participant: Some(participant),
            name: name.or_else(|| Some(convert::short_id(participant))),
            balance_points: balances.view_active,
            unsynced_points: unsynced,
            proven,
        })
    }
}

/// A member whom this terminal has seen, by contact or card.
async fn known_member(membership: &Membership, reference: &BuyerRef) -> Answer<Option<Uuid>> {
    let members = membership.things::<Member>().await.map_err(refused)?;
    let fits = |member: &Member| match reference {
        BuyerRef::Contact { hash } => member.contacts.contains(hash),
        BuyerRef::Card { reference } => member.cards.contains(reference),
        BuyerRef::Proof { participant, .. } => member.participant == *participant,
    };
    Ok(members
        .into_iter()
        .find(|(_, member)| fits(member))
        .map(|(_, member)| member.participant))
}
