//! Programs are killed inside the calls by which something gets onto a disk, or such a call fails: what
//! they had confirmed is stored and has its effect once.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use carrot_client::Tuning;
use carrot_faults::chance::{cases, spread};
use carrot_faults::check;
use carrot_faults::traced::{self, Injected, STORING, WRITING};
use carrot_faults::trial::{self, Ended, Found, Template};
use carrot_faults::world::{self, MEMBER, TILL, Time};
use carrot_server::serve_store;

/// Points per kind of call and device, in the usual tests and in a proof.
const POINTS: (usize, usize) = (2, 400);
/// Points at which the server dies, in the usual tests.
const SERVER_POINTS: (usize, usize) = (8, 400);

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_carrot-day"))
}

/// An address of this machine that is free.
async fn address() -> Result<SocketAddr> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    Ok(listener.local_addr()?)
}

async fn template(address: SocketAddr) -> Result<Template> {
    ensure!(
        traced::available(),
        "these tests need strace: install it with `cargo xtask setup`"
    );
    Template::make(Time::Real, &format!("http://{address}")).await
}

/// A device's day in a process of its own beside a server that lives, with one thing injected.
async fn device_day(
    template: &Template,
    address: SocketAddr,
    who: &'static str,
    call: &'static str,
    injected: Option<(Injected, usize)>,
) -> Result<(Found, bool)> {
    let root = template.copy()?;
    let store = world::store(root.path(), Time::Real).await?;
    let before = check::balances(&store).await?;
    let served = serve_store(store, address, None).await?;
    let path = root.path().to_owned();
    let day = move || traced::run(program(), &[Path::new(who), &path], call, injected);
    let day = tokio::task::spawn_blocking(day).await??;
    served.stop().await?;
    let store = world::store(root.path(), Time::Real).await?;
    let mut ended = Ended::default();
    match who {
        TILL => ended.till = day.confirmed,
        _ => ended.phone = day.confirmed,
    }
    let found = trial::reckon(root.path(), Time::Real, &store, &ended, &before).await;
    store.close().await;
    Ok((found.with_context(|| day.errors)?, day.whole))
}

async fn sweep(who: &'static str, calls: &[&'static str], injected: Injected) -> Result<()> {
    let address = address().await?;
    let template = template(address).await?;
    let root = template.copy()?;
    let path = root.path().to_owned();
    let served = serve_store(world::store(root.path(), Time::Real).await?, address, None).await?;
    let count = move || traced::count(program(), &[Path::new(who), &path]);
    let counts = tokio::task::spawn_blocking(count).await??;
    served.stop().await?;
    let (mut found, mut died) = (Found::default(), 0);
    for call in calls {
        let most = counts.get(call).copied().unwrap_or(0);
        for at in spread(most, cases(POINTS.0, POINTS.1)) {
            let injected = Some((injected, at + 1));
            let (one, whole) = device_day(&template, address, who, call, injected)
                .await
                .with_context(|| format!("{who}: {injected:?} {call}"))?;
            found.add(one);
            died += usize::from(!whole);
        }
    }
    println!(
        "{who}: {died} of {} days ended early; calls {counts:?}",
        found.tried
    );
    ensure!(died > 0, "nothing was injected");
    found.settle()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_till_killed_in_any_call_that_writes_loses_nothing() -> Result<()> {
    sweep(TILL, &WRITING, Injected::Kill).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_phone_killed_in_any_call_that_writes_loses_nothing() -> Result<()> {
    sweep("phone", &WRITING, Injected::Kill).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_till_confirms_nothing_that_a_failing_call_did_not_store() -> Result<()> {
    sweep(TILL, &STORING, Injected::Error("EIO")).await?;
    sweep(TILL, &STORING[..1], Injected::Error("ENOSPC")).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_in_any_call_that_writes_keeps_what_it_answered() -> Result<()> {
    let address = address().await?;
    let template = template(address).await?;
    let mut found = Found::default();
    let calls = ["pwrite64", "fdatasync"];
    for call in calls {
        let step = cases(100 / SERVER_POINTS.0, 1).max(1);
        for at in (1..SERVER_POINTS.1).step_by(step) {
            let (one, survived) = server_dies(&template, address, call, at)
                .await
                .with_context(|| format!("{call} {at}"))?;
            found.add(one);
            if survived {
                break;
            }
        }
    }
    ensure!(found.tried > calls.len(), "the server never died");
    found.settle()
}

/// A day over real sockets with a server that dies at some call. True when it did not.
async fn server_dies(
    template: &Template,
    address: SocketAddr,
    call: &'static str,
    at: usize,
) -> Result<(Found, bool)> {
    let root = template.copy()?;
    let store = world::store(root.path(), Time::Real).await?;
    let before = check::balances(&store).await?;
    store.close().await;
    let words = [
        PathBuf::from("serve"),
        root.path().to_owned(),
        address.to_string().into(),
    ];
    let start = move || {
        let words: Vec<&Path> = words.iter().map(PathBuf::as_path).collect();
        traced::Server::start(program(), &words, call, Some((Injected::Kill, at)))
    };
    let mut server = tokio::task::spawn_blocking(start).await??;
    let open =
        async |name| world::device(&root.path().join(name), Time::Real, Tuning::default()).await;
    let (till, member) = (open(TILL).await?, open(MEMBER).await?);
    let (seller, shown) = (world::membership(&till)?, world::membership(&member)?);
    let mut ended = Ended::default();
    carrot_faults::day::till(&seller, &shown, &mut |id| ended.till.push(id)).await?;
    let survived = server.as_mut().is_some_and(traced::Server::lives);
    // What it had answered when it died: those are stored, and stay as they are.
    let answered = seller.commands(100).await?;
    drop((seller, shown));
    till.close().await;
    member.close().await;
    tokio::task::spawn_blocking(move || drop(server)).await?;
    let store = world::store(root.path(), Time::Real).await?;
    let mut found = Found::default();
    for command in answered
        .into_iter()
        .filter(|command| command.verdict.is_some())
    {
        let row = store
            .command(carrot_faults::cast::PROGRAMME, command.command_id)
            .await?;
        found.lost += usize::from(row.is_none_or(|row| Some(row.verdict) != command.verdict));
    }
    found.add(trial::reckon(root.path(), Time::Real, &store, &ended, &before).await?);
    store.close().await;
    Ok((found, survived))
}
