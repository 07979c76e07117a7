//! What can be lost without a network, as the console tells and sets it: copied terminals, vouchers that
//! are cancelled, redemptions without escrow.
mod common;
mod console_support;

use carrot_rules::command::{Cover, LeaseRequest, RewardRedeem, VoucherRequest};
use carrot_rules::entity::Allowance;
use carrot_rules::{Account, Command, Scope};
use carrot_wire::VerdictClass::{Accepted, Blocked, Parked};
use carrot_wire::challenge::{self, Challenge};
use carrot_wire::pull::PullReply;
use common::*;
use console_support::*;
use serde_json::{Value, json};
use uuid::Uuid;

const TAG: &str = "morgen";
const VOUCHER: Uuid = Uuid::from_u128(0x70);
const DAY_MS: i64 = 24 * 3_600_000;

fn question(till: &Device, nonce: u8) -> Challenge {
    Challenge {
        terminal: till.id,
        nonce: [nonce; 16],
        reward: "MUG".to_owned(),
        cost_points: REWARD_COST,
        at_ms: START_MS + 1_000,
    }
}

fn redeem(phone: &Device, asked: &Challenge, proof: String, cover: Cover) -> Command {
    Command::RewardRedeem(RewardRedeem {
        redemption_id: Uuid::new_v4(),
        reward: asked.reward.clone(),
        cost_points: asked.cost_points,
        participant: phone.actor,
        proof,
        challenge: Some(asked.to_text(TAG).unwrap()),
        cover,
    })
}

/// A phone that put 500 of its 1 000 points aside for the till; the voucher's text.
async fn with_voucher(world: &World, till: &Device) -> (Device, String) {
    let mut phone = Device::phone(world, 2, BUYER).await;
    endow(&world.store, BUYER, 1_000).await;
    let wish = Command::VoucherRequest(VoucherRequest {
        voucher_id: VOUCHER,
        terminal: till.id,
        points: 500,
        reward: None,
        expires_ms: START_MS + DAY_MS,
    });
    assert_eq!(phone.run(world, &wish).await.class, Accepted);
    let mut texts = phone.pull(world, json!([]), 1 << 20).await.vouchers;
    (phone, texts.remove(0))
}

/// A pull of the till that says that it has made nothing else, with what it knows already.
async fn told(world: &World, till: &Device, known: Option<&PullReply>) -> PullReply {
    let page = |reply: &PullReply| {
        let here = |id: Scope| id == Scope::Outlet(OUTLET);
        let page = reply.scopes.iter().find(|page| here(page.id)).unwrap();
        json!([{"id": page.id, "epoch": page.epoch, "after": page.last}])
    };
    let scopes = known.map_or(json!([]), page);
    let made = json!({"seq": till.seq, "at_ms": START_MS});
    let body = json!({"proto": 1, "scopes": scopes, "max_bytes": 1 << 20, "made": made});
    let (status, reply) = world.post("/v1/pull", Some(&till.token), body).await;
    assert_eq!(status, 200, "{reply}");
    serde_json::from_value(reply).unwrap()
}

async fn money(browser: &Browser<'_>) -> Value {
    browser.get("/v1/console/leases").await.body
}

async fn cancel(browser: &Browser<'_>) -> Reply {
    let path = format!("/v1/console/vouchers/{VOUCHER}/cancel");
    let wish = json!({"reason": "the phone was stolen"});
    browser.post(&path, wish).await
}

#[tokio::test]
async fn m3_a_cancelled_voucher_returns_once_its_till_has_heard_and_not_before() {
    let world = World::new().await;
    staff(&world).await;
    let browser = Browser::open(&world, "karen").await;
    let till = Device::terminal(&world, 1).await;
    let (phone, _) = with_voucher(&world, &till).await;
    assert_eq!(money(&browser).await["copied_points"], 500);
    let knew = told(&world, &till, None).await;
    let open = browser.get("/v1/console/vouchers/open").await.body;
    assert_eq!(
        (&open[0]["points"], &open[0]["cancelled"]),
        (&json!(500), &json!(false))
    );
    assert_eq!(cancel(&browser).await.status, 200);
    assert_eq!(cancel(&browser).await.code(), "voucher_cancelled");
    // The phone has it no more, but the points stay aside: the till may have taken it.
    let after = phone.pull(&world, json!([]), 1 << 20).await;
    assert!(after.vouchers.is_empty());
    let hears = told(&world, &till, Some(&knew)).await;
    assert_eq!(
        world.active(BUYER).await,
        500,
        "the till hears of it only now"
    );
    told(&world, &till, Some(&hears)).await;
    assert_eq!(world.active(BUYER).await, 1_000);
    assert_eq!(money(&browser).await["copied_points"], 0);
    let open = browser.get("/v1/console/vouchers/open").await.body;
    assert_eq!(open, json!([]));
    world.close().await;
}

#[tokio::test]
async fn m3_a_cancelled_voucher_that_was_used_before_the_till_heard_costs_only_itself() {
    let world = World::new().await;
    staff(&world).await;
    let browser = Browser::open(&world, "karen").await;
    let mut till = Device::terminal(&world, 1).await;
    let (phone, text) = with_voucher(&world, &till).await;
    assert_eq!(cancel(&browser).await.status, 200);
    let asked = question(&till, 1);
    let answer = challenge::answer_with_voucher(&phone.key, &text, TAG, &asked).unwrap();
    let cover = Cover::Voucher {
        voucher_id: VOUCHER,
    };
    let done = till
        .run(&world, &redeem(&phone, &asked, answer, cover))
        .await;
    assert_eq!((done.class, done.code.as_str()), (Accepted, "ok"));
    assert_eq!(world.balance(Account::OfflineLoss).await, 0);
    assert_eq!(world.active(BUYER).await, 1_000 - REWARD_COST);
    assert_eq!(cancel(&browser).await.code(), "voucher_spent");
    world.close().await;
}

#[tokio::test]
async fn m1_redemptions_without_escrow_are_switched_on_with_their_bound_and_never_cost_more() {
    let world = World::new().await;
    staff(&world).await;
    let browser = Browser::open(&world, "karen").await;
    let mut till = Device::terminal(&world, 1).await;
    let phone = Device::phone(&world, 2, BUYER).await;
    let path = "/v1/console/allowance";
    let wish = |each: i64, bound: i64| json!({"each_points": each, "bound_points": bound, "reason": "a market without a network"});
    assert_eq!(money(&browser).await["allowance"]["each_points"], 0);
    let wrong = browser.post(path, wish(200, 400)).await;
    assert_eq!(
        (wrong.status.as_u16(), wrong.code()),
        (409, "bound_differs")
    );
    let on = browser.post(path, wish(200, 200)).await;
    assert_eq!(
        (on.status.as_u16(), &on.body["left_points"]),
        (200, &json!(200))
    );
    // Who comes later has none until the new bound is confirmed.
    let later = Device::terminal(&world, 3).await;
    let id = later.id.to_string();
    let none = world.store.entity::<Allowance>(PROGRAMME, &id).await;
    assert_eq!(none.unwrap(), None);
    assert_eq!(
        browser.post(path, wish(200, 200)).await.code(),
        "bound_differs"
    );

    // Nothing shows that the till was ever in touch; then the member has nothing: all of it is lost,
    // once, and then no more.
    let mut codes = Vec::new();
    for (nonce, proven) in [(1, false), (2, true), (3, true)] {
        let asked = question(&till, nonce);
        let pass = phone.pass.as_deref().unwrap();
        let answer = challenge::answer_with_pass(&phone.key, pass, TAG, &asked).unwrap();
        let after = till.pull(&world, json!([]), 1 << 20).await.countersigned;
        let mut body = till.body(&redeem(&phone, &asked, answer, Cover::Allowance));
        body.time.after = after.filter(|_| proven).map(|head| head.named(None));
        let envelope = till.seal(&body);
        let done = till.push(&world, &[envelope]).await.verdicts.remove(0);
        codes.push((done.class, done.code));
    }
    assert_eq!(codes[0], (Parked, "allowance_stale".to_owned()));
    assert_eq!(codes[1], (Accepted, "ok".to_owned()));
    assert_eq!(codes[2], (Parked, "allowance_exceeded".to_owned()));
    assert_eq!(world.balance(Account::OfflineLoss).await, REWARD_COST);
    let now = money(&browser).await;
    assert_eq!(now["allowance"]["left_points"], 200 - REWARD_COST);
    let log = browser.get("/v1/console/audit").await.body;
    assert!(log.to_string().contains("allowance.set"), "{log}");
    world.close().await;
}

#[tokio::test]
async fn a_copied_terminal_is_told_with_both_histories_and_its_lease_is_frozen() {
    let world = World::new().await;
    staff(&world).await;
    let browser = Browser::open(&world, "karen").await;
    let mut till = Device::terminal(&world, 1).await;
    let lease = Command::LeaseRequest(LeaseRequest {
        lease_id: till.id,
        points: 300,
    });
    assert_eq!(till.run(&world, &lease).await.class, Accepted);
    let mut copy = till.clone();
    let sale = Command::SaleRecord(sale(Some(SELLER), 1, None));
    till.run(&world, &sale).await;
    let beside = copy.sign(&sale);
    let reply = copy.push(&world, &[beside]).await;
    assert_eq!(reply.verdicts[0].class, Blocked);
    let told = browser.get("/v1/console/devices/forked").await.body;
    let row = &told[0];
    assert_eq!(
        (
            &row["from_seq"],
            &row["recorded"]["commands"],
            &row["beside"]["commands"]
        ),
        (&json!(2), &json!(1), &json!(1))
    );
    assert_eq!(
        (&row["held_points"], &row["settled"]),
        (&json!(300), &json!(false))
    );
    // Whoever looks at what waits hears of it, once, and closes it like any signal.
    let waiting = browser.get("/v1/console/reviews?kind=signal").await.body;
    assert_eq!(waiting["total"], 1);
    let path = format!("/v1/console/reviews/signal:copied:{}", till.id);
    let signal = browser.get(&path).await.body;
    let why = &signal["because"][0];
    assert_eq!(
        (&why["code"], &why["params"]["seq"]),
        (&json!("device_copied"), &json!(2))
    );
    assert_eq!(signal["review"]["outlet"]["id"], OUTLET.to_string());
    assert_eq!(signal["review"]["device"]["id"], till.id.to_string());
    let closed = json!({"approve": true, "reason": ""});
    let closed = browser.post(&format!("{path}/decide"), closed).await;
    assert_eq!(closed.status, 200);
    let second = copy.sign(&sale);
    copy.push(&world, &[second]).await;
    let waiting = browser.get("/v1/console/reviews?kind=signal").await.body;
    assert_eq!(waiting["total"], 0, "a person has seen it");
    let devices = browser.get("/v1/console/devices").await.body;
    assert_eq!(devices["rows"][0]["forked"], true);
    assert_eq!(till.run(&world, &lease).await.code, "lease_frozen");
    let again = browser.get("/v1/console/devices/forked").await.body;
    assert_eq!(again[0]["recorded"]["commands"], 2);
    world.close().await;
}
