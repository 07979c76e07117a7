//! What a manager allows and takes away on the console, at a real till with a real phone: redemptions
//! without escrow cost at most what was confirmed, and a cancelled voucher returns once its till has heard.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use carrot_faults::cast::{self, BUYER, CASHIER, MANAGER, PROGRAMME, REWARD_COST};
use carrot_faults::day;
use carrot_faults::trial::{NOW_MS, TIME, Template};
use carrot_faults::world::{self, MEMBER, MEMBER_POINTS, Opened, TILL};
use carrot_rules::command::{AllowanceSet, Cover, RewardRedeem, VoucherCancel, VoucherRequest};
use carrot_rules::entity::Reward;
use carrot_rules::{Account, Class, Command};
use carrot_server::Store;
use carrot_server::apply::console_command;
use tempfile::TempDir;
use uuid::Uuid;

/// What the manager allows each till, points: two rewards and a bit.
const ALLOWED_POINTS: i64 = 2 * REWARD_COST + 10;

struct Site {
    store: Arc<Store>,
    till: Opened,
    member: Opened,
    _root: TempDir,
}

async fn open(root: &Path, name: &str, store: &Arc<Store>) -> Result<Opened> {
    Opened::over(store, &root.join(name), TIME).await
}

impl Site {
    async fn new() -> Result<Self> {
        let root = Template::make(TIME, "http://127.0.0.1:1").await?.copy()?;
        let store = world::store(root.path(), TIME).await?;
        Ok(Self {
            till: open(root.path(), TILL, &store).await?,
            member: open(root.path(), MEMBER, &store).await?,
            store,
            _root: root,
        })
    }

    /// A manager does it on the console; the answer's code.
    async fn manage(&self, command: Command) -> Result<String> {
        let mut tx = self.store.begin(PROGRAMME).await?;
        let verdict = console_command(&mut tx, MANAGER, command).await?;
        tx.commit().await?;
        Ok(verdict.code)
    }

    /// A redemption under the allowance with no network; how the till decided.
    async fn redeem(&self) -> Result<(Class, String)> {
        let (till, member) = (&self.till.membership, &self.member.membership);
        let mug = till.thing::<Reward>("MUG").await?.context("no mug")?;
        let asked = till.challenge(&mug).await?;
        let answer = member.answer_challenge(&asked, None).await?;
        let taken = till.take_answer(&answer.text).await?;
        let redeem = RewardRedeem {
            redemption_id: Uuid::new_v4(),
            reward: mug.code,
            cost_points: mug.cost_points,
            participant: BUYER,
            proof: answer.text,
            challenge: Some(asked),
            cover: Cover::Allowance,
        };
        let command = Command::RewardRedeem(redeem);
        Ok(
            match till.redeem_once(command, &taken, CASHIER, None).await? {
                Ok(_) => (Class::Accepted, "ok".to_owned()),
                Err(outcome) => (outcome.class, outcome.code),
            },
        )
    }
}

#[tokio::test]
async fn m1_a_till_hands_out_without_escrow_only_what_was_confirmed() -> Result<()> {
    let site = Site::new().await?;
    let till = &site.till.membership;
    cast::endow(&site.store, BUYER, -MEMBER_POINTS).await;
    till.sync().await?;
    ensure!(site.redeem().await?.1 == "allowance_off");
    let set = AllowanceSet {
        each_points: ALLOWED_POINTS,
        terminals: vec![till.device_id()],
        bound_points: ALLOWED_POINTS,
        reason: "a market without a network".to_owned(),
    };
    let code = site.manage(Command::AllowanceSet(set)).await?;
    ensure!(code == "ok", "{code}");
    till.sync().await?;
    for _ in 0..2 {
        let done = site.redeem().await?;
        ensure!(done.1 == "ok", "{done:?}");
    }
    let left = till.allowance().await?.context("no allowance")?.left_points;
    ensure!(left == 10, "{left}");
    ensure!(site.redeem().await?.1 == "allowance_exceeded");
    let report = till.sync().await?;
    ensure!((report.accepted, report.parked) == (2, 0), "{report:?}");
    let lost = site.store.balance(PROGRAMME, Account::OfflineLoss).await?;
    ensure!(lost == 2 * REWARD_COST && lost <= ALLOWED_POINTS, "{lost}");
    // What was lost is not allowed again by another exchange.
    ensure!(site.redeem().await?.1 == "allowance_exceeded");
    let books = site.store.verify_books().await?;
    ensure!(books.holds(), "{:#?}", books.faults);
    Ok(())
}

#[tokio::test]
async fn m3_a_cancelled_voucher_is_refused_by_its_till_and_returns() -> Result<()> {
    let site = Site::new().await?;
    let (till, member) = (&site.till.membership, &site.member.membership);
    let voucher_id = Uuid::new_v4();
    let wish = VoucherRequest {
        voucher_id,
        terminal: till.device_id(),
        points: 500,
        reward: None,
        expires_ms: NOW_MS + 3_600_000,
    };
    let mut told = |_: Uuid| {};
    let wish = Command::VoucherRequest(wish);
    day::submit(member, wish, BUYER, &mut told).await?;
    member.sync().await?;
    till.sync().await?;
    let active = Account::active(BUYER);
    let balance = async || site.store.balance(PROGRAMME, active).await;
    ensure!(balance().await? == MEMBER_POINTS - 500);
    let mug = till.thing::<Reward>("MUG").await?.context("no mug")?;
    let asked = till.challenge(&mug).await?;
    let answer = member.answer_challenge(&asked, None).await?;
    ensure!(answer.voucher == Some(voucher_id));
    let cancel = VoucherCancel {
        voucher_id,
        reason: "the phone was stolen".to_owned(),
    };
    let code = site.manage(Command::VoucherCancel(cancel)).await?;
    ensure!(code == "ok", "{code}");
    // The till hears of it with this exchange, and only the next one says that it had.
    till.sync().await?;
    ensure!(balance().await? == MEMBER_POINTS - 500, "too early");
    let taken = till.take_answer(&answer.text).await?;
    let redeem = RewardRedeem {
        redemption_id: Uuid::new_v4(),
        reward: mug.code,
        cost_points: mug.cost_points,
        participant: BUYER,
        proof: answer.text,
        challenge: Some(asked),
        cover: Cover::Voucher { voucher_id },
    };
    let command = Command::RewardRedeem(redeem);
    let refused = till.redeem_once(command, &taken, CASHIER, None).await;
    let code = refused.err().map(|error| error.code().to_owned());
    ensure!(code.as_deref() == Some("voucher_cancelled"), "{code:?}");
    till.sync().await?;
    ensure!(balance().await? == MEMBER_POINTS, "{}", balance().await?);
    Ok(())
}
