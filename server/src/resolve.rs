//! A terminal meets a member that its outlet has not seen: the member becomes visible there.

use carrot_rules::earn::tally_key;
use carrot_rules::entity::{Card, Contact, Member, ONLY, Participant, Referral, Tallied};
use carrot_rules::ruleset::Subject;
use carrot_rules::{RuleSet, Scope};
use carrot_wire::resolve::ResolveRequest;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::secrets::contact_hash;
use crate::store::{Device, Store, Tx, person, secrets};

/// Shows the named member to the terminal's outlet; true when there is one. Refuses devices that are
/// not an active terminal (`not_permitted`, `revoked`).
pub async fn resolve(store: &Store, device: &Device, request: &ResolveRequest) -> Result<bool> {
    if device.revoked {
        return Err(Error::refused(
            "revoked",
            "the device's rights were taken away",
        ));
    }
    let Some(outlet) = device.outlet else {
        return Err(Error::refused(
            "not_permitted",
            "only a terminal may ask for members",
        ));
    };
    let mut tx = store.begin(device.programme).await?;
    let Some(participant) = named(&mut tx, store, request).await? else {
        return Ok(false);
    };
    let id = participant.to_string();
    if tx.entity::<Participant>(&id).await?.is_none() {
        return Ok(false);
    }
    let scope = Scope::Outlet(outlet);
    let known = tx.entity::<Member>(&id).await?;
    let is_new = known.is_none();
    let member = match known {
        Some(member) => member,
        None => described(&mut tx, participant, request).await?,
    };
    if is_new
        || !tx
            .is_visible(carrot_rules::entity::EntityKind::Member, &id, scope)
            .await?
    {
        tx.put(&id, &member, &[scope]).await?;
        show_counts(&mut tx, participant, scope).await?;
        tx.commit().await?;
    }
    Ok(true)
}

/// What rules count for the member, and who recommended them, is known at the till from now on: a
/// discount on a first purchase has to be seen before the goods are paid. What was never counted is
/// written as nothing, since a till cannot tell nothing from unseen.
async fn show_counts(tx: &mut Tx, participant: Uuid, scope: Scope) -> Result<()> {
    let id = participant.to_string();
    if let Some(referral) = tx.entity::<Referral>(&id).await? {
        tx.put(&id, &referral, &[scope]).await?;
    }
    let rules = tx.entity::<RuleSet>(ONLY).await?.unwrap_or_default();
    for tally in rules.tallies {
        if tally.subject == Subject::Buyer {
            let key = tally_key(&tally.id, &id);
            let counted = tx.entity::<Tallied>(&key).await?.unwrap_or_default();
            tx.put(&key, &counted, &[scope]).await?;
        }
    }
    Ok(())
}

async fn named(tx: &mut Tx, store: &Store, request: &ResolveRequest) -> Result<Option<Uuid>> {
    Ok(match request {
        ResolveRequest::Participant { id } => Some(*id),
        ResolveRequest::Contact { hash } => tx
            .entity::<Contact>(hash)
            .await?
            .map(|known| known.participant),
        ResolveRequest::Code { code } => match tx.entity::<Card>(code).await? {
            Some(card) => Some(card.participant),
            None => store
                .person_by_code(tx.programme(), code)
                .await?
                .map(|known| known.participant),
        },
    })
}

/// What terminals know about somebody who has not been a member anywhere: the contact that the
/// programme has of them, and the card that was shown.
async fn described(tx: &mut Tx, participant: Uuid, request: &ResolveRequest) -> Result<Member> {
    let programme = tx.programme();
    let keys = secrets(tx.conn(), programme).await?;
    let phone = person(tx.conn(), programme, participant)
        .await?
        .and_then(|known| known.phone);
    let mut contacts = Vec::new();
    if let Some(phone) = phone {
        let hash = contact_hash(&keys.contact_key, &phone)?;
        if tx.entity::<Contact>(&hash).await?.is_some() {
            contacts.push(hash);
        }
    }
    let mut cards = Vec::new();
    if let ResolveRequest::Code { code } = request
        && tx.entity::<Card>(code).await?.is_some()
    {
        cards.push(code.clone());
    }
    Ok(Member {
        participant,
        contacts,
        cards,
    })
}
