//! A till that somebody copied with its key: whatever both copies do, the lease bounds the loss, the server
//! notices at the second copy's first exchange, and nothing that either signed is gone.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use carrot_client::{LeftCommand, Membership, Standing};
use carrot_faults::cast::{self, BUYER, CASHIER, OUTLET, PROGRAMME, REWARD_COST};
use carrot_faults::day::{self, LEASE_POINTS};
use carrot_faults::trial::{TIME, Template};
use carrot_faults::world::{self, MEMBER, MEMBER_POINTS, Opened, TILL};
use carrot_rules::command::LeaseRequest;
use carrot_rules::entity::Lease;
use carrot_rules::{Account, Command};
use carrot_server::Store;
use carrot_server::store::DeviceRole;
use tempfile::TempDir;
use uuid::Uuid;

/// The folder that the copy goes on in.
const COPY: &str = "copy";

/// What the member has, points: less than one reward costs.
const LEFT_POINTS: i64 = 100;

/// A server, a till that holds a lease, its copy, and a member without a point to spend.
struct Site {
    store: Arc<Store>,
    till: Opened,
    copy: Opened,
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
        let till = open(root.path(), TILL, &store).await?;
        let lease = Command::LeaseRequest(LeaseRequest {
            lease_id: till.membership.device_id(),
            points: LEASE_POINTS,
        });
        let mut told = |_: Uuid| {};
        day::submit(&till.membership, lease, CASHIER, &mut told).await?;
        till.membership.sync().await?;
        cast::endow(&store, BUYER, LEFT_POINTS - MEMBER_POINTS).await;
        let member = open(root.path(), MEMBER, &store).await?;
        drop(till.membership);
        let device = Arc::into_inner(till.device).context("the till is open elsewhere")?;
        device.close().await;
        world::copy(&root.path().join(TILL), &root.path().join(COPY))?;
        Ok(Self {
            till: open(root.path(), TILL, &store).await?,
            copy: open(root.path(), COPY, &store).await?,
            member,
            store,
            _root: root,
        })
    }
}

/// Hands over as many rewards as the lease allows, with no network; gives how many.
async fn redeem_all(till: &Membership, member: &Membership) -> Result<i64> {
    let mut told = |_: Uuid| {};
    let mut count = 0;
    while let Some(lease) = till.lease().await? {
        if lease.left_points < REWARD_COST {
            break;
        }
        day::redeem_under_lease(till, member, &mut told).await?;
        count += 1;
    }
    Ok(count)
}

async fn lease_at_server(site: &Site) -> Result<Lease> {
    let id = site.till.membership.device_id().to_string();
    let lease = site.store.entity::<Lease>(PROGRAMME, &id).await?;
    lease.context("no lease at the server")
}

#[tokio::test]
async fn cloned_device_loses_at_most_its_lease_and_is_found_at_the_first_sync() -> Result<()> {
    let site = Site::new().await?;
    let (till, copy) = (&site.till.membership, &site.copy.membership);
    let member = &site.member.membership;
    // Neither hears of the other: each hands over all that the lease holds.
    let most = LEASE_POINTS / REWARD_COST;
    ensure!(redeem_all(till, member).await? == most, "the till");
    ensure!(redeem_all(copy, member).await? == most, "its copy");
    let first = till.sync().await?;
    ensure!(i64::from(first.accepted) == most, "{first:?}");

    copy.sync().await?;
    let stopped = copy.status().await?.blocked_code;
    ensure!(stopped.as_deref() == Some("forked"), "{stopped:?}");
    let lost = site.store.balance(PROGRAMME, Account::OfflineLoss).await?;
    ensure!(lost == LEASE_POINTS - LEFT_POINTS, "lost {lost}");
    ensure!(lost <= LEASE_POINTS, "more than the lease");

    // Both heads stay: the recorded one, and all that the copy signed beside it.
    let beside = site.store.forked(PROGRAMME).await?;
    ensure!(i64::try_from(beside.len())? == most, "{beside:?}");
    let claimed: i64 = beside.iter().map(|one| one.points).sum();
    ensure!(claimed == LEASE_POINTS, "claimed {claimed}");
    for one in copy.commands(u32::MAX).await? {
        let code = one.verdict.map(|verdict| verdict.code);
        let open = matches!(code.as_deref(), None | Some("ok" | "forked"));
        ensure!(open, "settled as {code:?}");
    }
    ensure!(
        copy.status().await?.waiting == u64::try_from(most)?,
        "kept on the copy"
    );

    // Nothing more is lent to either, and nothing is honoured.
    ensure!(lease_at_server(&site).await?.frozen_ms.is_some(), "frozen");
    till.sync().await?;
    let seen = till.lease().await?.context("no lease on the till")?;
    ensure!(
        seen.left_points == 0 && seen.lease.frozen_ms.is_some(),
        "{seen:?}"
    );
    let report = site.store.verify_books().await?;
    ensure!(report.holds(), "{:#?}", report.faults);
    Ok(())
}

#[tokio::test]
async fn cloned_device_is_found_whichever_copy_comes_first_and_however_often_it_asks() -> Result<()>
{
    let site = Site::new().await?;
    let (till, copy) = (&site.till.membership, &site.copy.membership);
    let mut told = |_: Uuid| {};
    day::submit(copy, day::sale(1), CASHIER, &mut told).await?;
    copy.sync().await?;
    for _ in 0..3 {
        day::submit(till, day::sale(2), CASHIER, &mut told).await?;
    }
    for _ in 0..3 {
        till.sync().await?;
        ensure!(till.status().await?.blocked_code.as_deref() == Some("forked"));
    }
    let beside = site.store.forked(PROGRAMME).await?;
    ensure!(beside.len() == 3, "{beside:?}");
    ensure!(
        beside.iter().all(|one| one.points == 0),
        "sales hand over no points"
    );
    let marks: i64 = {
        let lines = site.store.audit_lines(PROGRAMME, 100).await?;
        lines
            .iter()
            .filter(|line| line.action == "device.fork")
            .count()
            .try_into()?
    };
    ensure!(marks == 1, "{marks} marks");
    ensure!(lease_at_server(&site).await?.frozen_ms.is_some(), "frozen");
    Ok(())
}

fn standings(commands: Vec<LeftCommand>) -> Vec<Standing> {
    commands.into_iter().map(|one| one.standing).collect()
}

#[tokio::test]
async fn f101_what_a_copy_could_not_send_is_issued_anew_once() -> Result<()> {
    let site = Site::new().await?;
    let (till, copy) = (&site.till.membership, &site.copy.membership);
    let mut told = |_: Uuid| {};
    day::submit(till, day::sale(1), CASHIER, &mut told).await?;
    till.sync().await?;
    for pieces in [2, 3] {
        day::submit(copy, day::sale(pieces), CASHIER, &mut told).await?;
    }
    day::redeem_under_lease(copy, &site.member.membership, &mut told).await?;
    copy.sync().await?;
    let before = site
        .store
        .balance(PROGRAMME, Account::active(BUYER))
        .await?;

    // A code takes the stopped device's place; the old folder stays beside with its queue.
    let role = DeviceRole::Terminal;
    let url = "http://127.0.0.1:1";
    let code = world::enrolment(&site.store, role, Some(OUTLET), None, url).await?;
    let anew = site.copy.device.enrol(&code, "till again").await?;
    ensure!(anew.device_id() != copy.device_id(), "the same identity");
    let left = site.copy.device.left(PROGRAMME).await?;
    let [old] = left.queues.as_slice() else {
        anyhow::bail!("{left:?}");
    };
    let open = standings(anew.left_commands(old).await?);
    ensure!(
        open == [Standing::Open, Standing::Open, Standing::Bound],
        "{open:?}"
    );
    let all: Vec<Uuid> = old
        .commands
        .iter()
        .filter_map(|one| Some(one.body().ok()?.command_id))
        .collect();
    ensure!(anew.issue_again(old, &all).await? == 2, "two sales");
    ensure!(anew.issue_again(old, &all).await? == 0, "issued twice");
    let sent = anew.sync().await?;
    ensure!(sent.accepted == 2, "{sent:?}");
    let issued = standings(anew.left_commands(old).await?);
    ensure!(
        matches!(
            issued.as_slice(),
            [Standing::Issued(_), Standing::Issued(_), Standing::Bound]
        ),
        "{issued:?}"
    );
    let booked = site
        .store
        .balance(PROGRAMME, Account::active(BUYER))
        .await?;
    ensure!(booked > before, "{before} became {booked}");

    // After a restart it is the new identity, and nothing more is to be issued.
    drop(anew);
    let root = site._root.path().join(COPY);
    let device = Arc::into_inner(site.copy.device).context("the copy is open elsewhere")?;
    device.close().await;
    let again = Opened::over(&site.store, &root, TIME).await?;
    let left = again.device.left(PROGRAMME).await?;
    let old = left.queues.first().context("nothing left")?;
    ensure!(
        again.membership.issue_again(old, &all).await? == 0,
        "after a restart"
    );
    Ok(())
}
