//! Opening a data folder that must exist, and finding its programme.

use std::path::Path;

use anyhow::{Context as _, bail};
use carrot_server::Store;
use carrot_server::store::{DATABASE_FILE, ProgrammeRow};

use super::ProgrammeArgs;

/// Opens a data folder that a server or an import has made.
pub async fn open(data: &Path) -> anyhow::Result<Store> {
    if !data.join(DATABASE_FILE).is_file() {
        bail!(
            "{} holds no server data; make some with: carrot import programme FILE --data {0}",
            data.display()
        );
    }
    Store::open(data)
        .await
        .with_context(|| format!("opening {}", data.display()))
}

/// The programme that is meant: the only one, or the one with the given code.
pub async fn programme(store: &Store, code: Option<&str>) -> anyhow::Result<ProgrammeRow> {
    let all = store.programmes().await?;
    if let Some(code) = code {
        let found = all.into_iter().find(|one| one.code == code);
        return found.with_context(|| format!("there is no programme with the code {code}"));
    }
    let codes: Vec<String> = all.iter().map(|one| one.code.clone()).collect();
    let mut all = all.into_iter();
    match (all.next(), all.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => {
            bail!("there is no programme yet; make one with: carrot import programme FILE")
        }
        (Some(_), Some(_)) => bail!(
            "there are several programmes; choose one with --programme: {}",
            codes.join(", ")
        ),
    }
}

/// Opens the folder and finds its programme.
pub async fn open_programme(args: &ProgrammeArgs) -> anyhow::Result<(Store, ProgrammeRow)> {
    let store = open(&args.data.data).await?;
    let programme = programme(&store, args.programme.as_deref()).await?;
    Ok((store, programme))
}
