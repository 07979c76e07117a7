//! Codes of a series on a phone: genuine or not, and refused without a network where the pallet that
//! they belong to was claimed.

mod common;

use carrot_client::Membership;
use carrot_rules::command::{ClaimSubmit, Command, Evidence, UnitShown};
use carrot_rules::entity::{
    Node, NodeId, NodeState, Product, Series, SeriesKind, SeriesLevel, Stage, mark_of,
};
use carrot_rules::{Outcome, Scope};
use carrot_wire::pull::Change;
use carrot_wire::signed::{SignedError, sign_code};
use common::{PERSON, Role, START_MS, Site};
use ed25519_dalek::SigningKey;
use uuid::Uuid;

const ITEM: &str = "04006381333931";

fn series() -> Series {
    let level = |name: &str, pieces| SeriesLevel {
        name: name.to_owned(),
        pieces,
    };
    Series {
        code: "spring".to_owned(),
        product: ITEM.to_owned(),
        kind: SeriesKind::Signed,
        levels: vec![level("unit", 1), level("pallet", 1_000)],
        pieces: 3_000,
        serial_first: None,
        stage: Stage::Shipped,
        outlet: None,
        made_ms: START_MS,
        ends_ms: None,
    }
}

fn product() -> Product {
    Product {
        id: ITEM.to_owned(),
        gtin: ITEM.to_owned(),
        brand: "Brand".to_owned(),
        category: "tools".to_owned(),
        name: Default::default(),
        buyer_points: 0,
        seller_points: 3,
        price_minor: Default::default(),
        price_version: 1,
        dated: Vec::new(),
    }
}

async fn claim(phone: &Membership, index: i64) -> Result<Outcome, Outcome> {
    let claim = ClaimSubmit {
        claim_id: Uuid::new_v4(),
        evidence: Evidence::Unit {
            shown: UnitShown::Signed {
                text: String::new(),
                node: NodeId {
                    series: "spring".to_owned(),
                    level: 0,
                    index,
                },
            },
            product: None,
        },
    };
    let command = Command::ClaimSubmit(claim);
    let submitted = phone.submit_unless_rejected(command, PERSON, None, Vec::new());
    submitted.await.unwrap().map(|submitted| submitted.outcome)
}

#[tokio::test]
async fn m11_a_piece_of_a_claimed_pallet_is_refused_without_a_network() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let all = Scope::Programme(site.server.programme());
    let pallet = Node {
        state: NodeState::Claimed,
        order: 1,
        by: Some(mark_of(Uuid::from_u128(99), "spring:1:1")),
        at_ms: Some(START_MS),
        ..Node::default()
    };
    for change in [
        Change::of(ITEM, &product()).unwrap(),
        Change::of("spring", &series()).unwrap(),
        Change::of("spring:1:1", &pallet).unwrap(),
    ] {
        site.server.change(all, &change);
    }
    phone.sync().await.unwrap();
    // From here on nothing is asked of the server.
    let calls = site.server.calls("/v1/commands");
    let refused = claim(&phone, 1_500).await.unwrap_err();
    assert_eq!(refused.code, "in_claimed_parent");
    assert_eq!(refused.params["by_you"], false);
    assert_eq!(refused.params["number"], 2);
    let promised = claim(&phone, 2_500).await.unwrap();
    let mut awards = promised.awards.iter();
    assert!(
        awards.all(|award| !award.pending.is_empty()),
        "{promised:?}"
    );
    assert_eq!(site.server.calls("/v1/commands"), calls);
}

#[tokio::test]
async fn a_phone_tells_a_genuine_code_without_a_network() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let tag = phone.programme_code();
    let sign = |key: &SigningKey, tag: &str| sign_code(key, tag, ("spring", 0, 5)).unwrap();
    let genuine = sign(site.server.key(), &tag);
    assert_eq!(phone.check_code(&genuine), Ok(()));
    let mut moved = genuine.clone();
    moved.index = 6;
    assert_eq!(phone.check_code(&moved), Err(SignedError::Forged));
    let strange = sign(&SigningKey::from_bytes(&[9; 32]), &tag);
    assert_eq!(phone.check_code(&strange), Err(SignedError::UnknownKey));
    let other = sign(site.server.key(), "other");
    assert_eq!(phone.check_code(&other), Err(SignedError::OtherProgramme));
}
