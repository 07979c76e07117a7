//! Opening a store that must exist, and finding its programme.

use anyhow::{Context as _, bail};
use carrot_server::Store;
use carrot_server::keys::KEYS_FILE;
use carrot_server::store::{DATABASE_FILE, Place, ProgrammeRow, StoreTuning};

use super::ProgrammeArgs;

/// Opens a store that a server or an import has made.
pub async fn open_at(place: &Place) -> anyhow::Result<Store> {
    if !exists(place) {
        bail!(
            "{} holds no server data; make some with: carrot import programme FILE {}",
            place.data.display(),
            options(place)
        );
    }
    open_or_make(place).await
}

/// Opens a store, making it when there is none.
pub async fn open_or_make(place: &Place) -> anyhow::Result<Store> {
    let opened = Store::open_at(place, StoreTuning::default()).await;
    opened.with_context(|| match &place.postgres {
        None => format!("opening {}", place.data.display()),
        Some(_) => format!(
            "opening {} and the database of --database-url",
            place.data.display()
        ),
    })
}

/// The options that name a store to every other command. Without the address itself: it may hold a
/// password, and the same variable says it.
pub fn options(place: &Place) -> String {
    let data = place.data.display();
    match place.postgres {
        None => format!("--data {data}"),
        Some(_) => format!("--data {data} --database-url \"$CARROT_DATABASE_URL\""),
    }
}

/// True when a server or an import has been here.
pub fn exists(place: &Place) -> bool {
    let made = match place.postgres {
        None => DATABASE_FILE,
        Some(_) => KEYS_FILE,
    };
    place.data.join(made).is_file()
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
    let store = open_at(&args.data.place()).await?;
    let programme = programme(&store, args.programme.as_deref()).await?;
    Ok((store, programme))
}
