//! What a till and a phone do on a day: sales, a lease, redemptions under it, a claim, a visit with a
//! photo, exchanges with the server in between.

use anyhow::Result;
use carrot_client::Attachment;
use carrot_client::{ClientError, Membership};
use carrot_rules::Command;
use carrot_rules::command::{
    BuyerRef, ClaimSubmit, Cover, Evidence, LeaseRequest, RewardRedeem, SaleLine, SaleRecord,
    VisitRecord,
};
use carrot_rules::entity::Reward;
use uuid::Uuid;

use crate::cast::{
    BUYER, CASHIER, CODE, CONTACT, MERCHANDISER, OUTLET, PRODUCT, REWARD_COST, SELLER,
};

/// What a till's lease is asked to hold, points.
pub const LEASE_POINTS: i64 = 600;
/// The size of the visit's photo, bytes: more than a page of the database.
const PHOTO_BYTES: usize = 20_000;

/// Hears the id of each command as soon as a screen would say that it is done.
pub type Told<'a> = &'a mut (dyn FnMut(Uuid) + Send);

/// A sale of so many pieces to the member, sold by the seller.
#[must_use]
pub fn sale(pieces: i64) -> Command {
    let line = SaleLine {
        product: Some(PRODUCT.to_owned()),
        quantity_micro: pieces * 1_000_000,
        amount_minor: pieces * 49_900,
        unit_code: None,
    };
    let buyer = BuyerRef::Contact {
        hash: CONTACT.to_owned(),
    };
    Command::SaleRecord(SaleRecord {
        sale_id: Uuid::new_v4(),
        buyer: Some(buyer),
        seller: Some(SELLER),
        lines: vec![line],
        currency: "DKK".to_owned(),
        receipt_key: None,
        part_pay_points: None,
        invoice: None,
    })
}

fn redeem(till: &Membership, proof: String, challenge: String) -> Command {
    let cover = Cover::Lease {
        lease_id: till.device_id(),
    };
    Command::RewardRedeem(RewardRedeem {
        redemption_id: Uuid::new_v4(),
        reward: "MUG".to_owned(),
        cost_points: REWARD_COST,
        participant: BUYER,
        proof,
        cover,
        challenge: Some(challenge),
    })
}

fn visit(photo: &Attachment) -> Command {
    Command::VisitRecord(VisitRecord {
        visit_id: Uuid::new_v4(),
        stop: None,
        task: "SHELF".to_owned(),
        checked_in_ms: 0,
        checklist: Vec::new(),
        photos: vec![photo.sha256.clone()],
        note: String::new(),
        shelf: Vec::new(),
    })
}

/// Signs a command and tells that it is done.
pub async fn submit(
    device: &Membership,
    command: Command,
    actor: Uuid,
    told: Told<'_>,
) -> Result<(), ClientError> {
    let submitted = device.submit(command, actor, None, Vec::new()).await?;
    told(submitted.command_id);
    Ok(())
}

/// Exchanges with the server; a server that cannot be reached, or has trouble of its own, is not a failure
/// of the day.
pub async fn exchange(device: &Membership) -> Result<(), ClientError> {
    match device.sync().await {
        Ok(_) | Err(ClientError::Unreachable(_) | ClientError::Protocol(_)) => Ok(()),
        Err(ClientError::Refused { status, .. }) if status >= 500 || status == 401 => Ok(()),
        Err(error) => Err(error),
    }
}

/// The till's day. Stops at the first call that fails.
pub async fn till(
    till: &Membership,
    member: &Membership,
    told: Told<'_>,
) -> Result<(), ClientError> {
    for pieces in 1..=2 {
        submit(till, sale(pieces), CASHIER, told).await?;
    }
    let lease = Command::LeaseRequest(LeaseRequest {
        lease_id: till.device_id(),
        points: LEASE_POINTS,
    });
    submit(till, lease, CASHIER, told).await?;
    exchange(till).await?;
    for _ in 0..2 {
        redeem_under_lease(till, member, told).await?;
    }
    submit(till, sale(3), CASHIER, told).await?;
    exchange(till).await
}

/// Hands the member a reward under the till's lease, with the phone's answer to the till's question.
pub async fn redeem_under_lease(
    till: &Membership,
    member: &Membership,
    told: Told<'_>,
) -> Result<(), ClientError> {
    let mug = till.thing::<Reward>("MUG").await?;
    let mug = mug.ok_or_else(|| ClientError::call("reward_unknown", "MUG"))?;
    let asked = till.challenge(&mug).await?;
    let answer = member.answer_challenge(&asked, None).await?;
    let redeem = redeem(till, answer.text, asked);
    submit(till, redeem, CASHIER, told).await
}

/// The phone's day: a claim by code, a visit with a photo.
pub async fn phone(phone: &Membership, told: Told<'_>) -> Result<(), ClientError> {
    let evidence = Evidence::Code {
        code: CODE.to_owned(),
        product: None,
    };
    let claim = Command::ClaimSubmit(ClaimSubmit {
        claim_id: Uuid::new_v4(),
        evidence,
    });
    submit(phone, claim, MERCHANDISER, told).await?;
    photographed(phone, picture(7), told).await?;
    exchange(phone).await?;
    photographed(phone, picture(1), told).await?;
    exchange(phone).await
}

/// A visit with a photo of so many bytes; answers the photo's hash. Nothing is exchanged.
pub async fn large_visit(
    phone: &Membership,
    bytes: usize,
    told: Told<'_>,
) -> Result<String, ClientError> {
    let mut photo = picture(7);
    photo.resize(bytes, 9);
    photographed(phone, photo, told).await
}

/// A visit to the shop with this photo; answers the photo's hash.
async fn photographed(
    phone: &Membership,
    photo: Vec<u8>,
    told: Told<'_>,
) -> Result<String, ClientError> {
    let photo = phone.put_photo(photo, "image/png").await?;
    let sha256 = photo.sha256.clone();
    let at = Some(OUTLET);
    let submitted = phone.submit(visit(&photo), MERCHANDISER, at, vec![photo]);
    told(submitted.await?.command_id);
    Ok(sha256)
}

/// Bytes that begin like a picture: what a photo is does not matter here, how many they are does.
fn picture(filling: u8) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.resize(PHOTO_BYTES, filling);
    bytes
}
