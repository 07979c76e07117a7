//! A day of one device, or the server, as a process of its own, to be killed: `carrot-day till ROOT`,
//! `carrot-day phone ROOT`, `carrot-day serve ROOT ADDRESS`; and `carrot-day fixture FOLDER`, which
//! `cargo xtask fixture` calls. A line `done ID` says that a command is
//! confirmed; it is printed after the call has returned.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use carrot_client::Tuning;
use carrot_faults::world::{self, MEMBER, PHONE, TILL, Time};
use carrot_faults::{day, fixture};
use uuid::Uuid;

fn done(id: Uuid) {
    let mut out = std::io::stdout().lock();
    // Nobody listens any more: then nobody was told.
    let _told = writeln!(out, "done {id}").and_then(|()| out.flush());
}

#[tokio::main(flavor = "multi_thread", worker_threads = 1)]
async fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [_, "till", root] => till(Path::new(root)).await,
        [_, "phone", root] => phone(Path::new(root)).await,
        [_, "serve", root, address] => serve(Path::new(root), address).await,
        [_, "fixture", folder] => fixture::make(Path::new(folder), u32::MAX).await,
        [_, "fixture", folder, schema] => {
            let schema_max = schema.parse().context("the phone's schema")?;
            fixture::make(Path::new(folder), schema_max).await
        }
        _ => bail!("till ROOT, phone ROOT, serve ROOT ADDRESS, or fixture FOLDER [SCHEMA]"),
    }
}

async fn till(root: &Path) -> Result<()> {
    let till = world::device(&root.join(TILL), Time::Real, Tuning::default()).await?;
    let member = world::device(&root.join(MEMBER), Time::Real, Tuning::default()).await?;
    let (membership, shown) = (world::membership(&till)?, world::membership(&member)?);
    day::till(&membership, &shown, &mut done).await?;
    drop((membership, shown));
    till.close().await;
    member.close().await;
    Ok(())
}

async fn phone(root: &Path) -> Result<()> {
    let phone = world::device(&root.join(PHONE), Time::Real, Tuning::default()).await?;
    let membership = world::membership(&phone)?;
    day::phone(&membership, &mut done).await?;
    drop(membership);
    phone.close().await;
    Ok(())
}

/// Serves until its input ends, which it does when whoever started it is gone.
async fn serve(root: &Path, address: &str) -> Result<()> {
    let store = world::store(root, Time::Real).await?;
    let listen = address.parse().context("address")?;
    let served = carrot_server::serve_store(store, listen, None).await?;
    println!("listening on {}", served.addr);
    let mut line = String::new();
    tokio::task::spawn_blocking(move || std::io::stdin().read_line(&mut line)).await??;
    served.stop().await?;
    Ok(())
}
