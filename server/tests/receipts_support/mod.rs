//! A programme that asks the fake service, and a seller who claims.
#![allow(dead_code, missing_docs)] // each test file uses a part of it

use std::sync::Arc;

use carrot_codes::{Code, FiscalOperation};
use carrot_fakes::{FakeReceipts, GOODS_GTIN};
use carrot_rules::command::{ClaimSubmit, Evidence, FiscalShown, ReceiptOperation};
use carrot_rules::entity::{Activity, FiscalCheck, ONLY, Product, ReceiptPolicy};
use carrot_rules::{Command, Scope};
use carrot_server::receipts::{Robot, SourceView};
use carrot_wire::VerdictClass;
use uuid::Uuid;

use crate::common::*;

pub const HOUR_MS: i64 = 3_600_000;
/// Points of one piece of the fake's goods.
pub const PIECE_POINTS: i64 = 100;
/// Two pieces are on each receipt, and a rag that nobody sells.
pub const TOTAL: &str = "2845.38";

pub struct Stage {
    pub world: World,
    pub fake: FakeReceipts,
    pub robot: Robot,
    pub phone: Device,
    pub now_ms: i64,
}

pub fn policy() -> ReceiptPolicy {
    ReceiptPolicy {
        services: vec!["ru".to_owned()],
        ..ReceiptPolicy::default()
    }
}

pub async fn put_goods(world: &World) {
    let mut goods: Product = world
        .store
        .entity(PROGRAMME, PRODUCT)
        .await
        .unwrap()
        .unwrap();
    goods.id = GOODS_GTIN.to_owned();
    goods.gtin = GOODS_GTIN.to_owned();
    goods.seller_points = PIECE_POINTS;
    let mut tx = world.begin().await;
    let all = [Scope::Programme(PROGRAMME)];
    tx.put(GOODS_GTIN, &goods, &all).await.unwrap();
    tx.put(ONLY, &policy(), &all).await.unwrap();
    tx.commit().await.unwrap();
}

pub async fn put_source(world: &World, url: &str, per_day: i64) {
    let view = SourceView {
        url: url.to_owned(),
        has_token: true,
        per_minute: 1_000,
        per_day,
    };
    let mut tx = world.begin().await;
    tx.put_receipt_source(&view, Some("token")).await.unwrap();
    tx.commit().await.unwrap();
}

impl Stage {
    pub async fn new() -> Self {
        let world = World::new().await;
        let fake = FakeReceipts::start().await.unwrap();
        put_goods(&world).await;
        put_source(&world, &fake.url(), 1_000).await;
        let phone = Device::phone(&world, 3, SELLER).await;
        let robot = Robot::new(Arc::clone(&world.store));
        Self {
            world,
            fake,
            robot,
            phone,
            now_ms: START_MS,
        }
    }

    /// The seller claims what a code shows; the receipt's key.
    pub async fn claim(&mut self, text: &str) -> String {
        let (key, command) = claim(text);
        let verdict = self.phone.run(&self.world, &command).await;
        assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
        key
    }

    pub async fn look(&mut self, later_ms: i64) {
        self.now_ms += later_ms;
        self.world.clock.set(self.now_ms);
        self.robot.look(self.now_ms).await.unwrap();
    }

    pub async fn check(&self, key: &str) -> FiscalCheck {
        self.world
            .store
            .entity(PROGRAMME, key)
            .await
            .unwrap()
            .unwrap()
    }

    /// What the claimant reads on their claim: its state and first reason.
    pub async fn line(&self, key: &str) -> (String, String) {
        let claim = self.check(key).await.claim;
        let id = format!("{claim}:seller");
        let line: Activity = self
            .world
            .store
            .entity(PROGRAMME, &id)
            .await
            .unwrap()
            .unwrap();
        let code = line.because.first().map(|because| because.code.clone());
        (line.state, code.unwrap_or_default())
    }

    pub async fn points(&self) -> (i64, i64) {
        (
            self.world.active(SELLER).await,
            self.world.pending(SELLER).await,
        )
    }
}

/// A code's text as a phone sends it.
pub fn claim(text: &str) -> (String, Command) {
    let Ok(Code::Receipt(receipt)) = carrot_codes::parse(text) else {
        panic!("no receipt: {text}");
    };
    let key = receipt.receipt_key();
    let operation = match receipt.operation {
        FiscalOperation::Sale => ReceiptOperation::Sale,
        _ => ReceiptOperation::SaleReturn,
    };
    let evidence = Evidence::Receipt {
        key: key.clone(),
        product: None,
        total_minor: Some(receipt.total_minor),
        fiscal: Some(FiscalShown {
            local_time: receipt.local_time,
            operation,
        }),
    };
    let claim_id = Uuid::new_v4();
    let command = Command::ClaimSubmit(ClaimSubmit { claim_id, evidence });
    (key, command)
}

pub fn words(state: &str, reason: &str) -> (String, String) {
    (state.to_owned(), reason.to_owned())
}
