//! Importers: files that people keep in a table or as JSON become a programme's things.
//!
//! Each file is parsed first, without looking at anything else; then one write transaction compares
//! every row with what is stored. A file with a refused row changes nothing at all, and a file that
//! was imported before changes nothing either. What a file no longer names stays. `cli/demo/README.md` describes the columns.

mod campaigns;
mod field;
mod goods;
mod json;
mod lessons;
mod people;
mod places;
mod plans;
mod policies;
mod products;
mod programme;
mod report;
mod rewards;
mod supply;
mod table;
mod tasks;
mod write;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::secrets::random_bytes;
use crate::store::Store;

pub use programme::import_programme;
pub use report::{Report, RowError};
use write::Writer;

/// What a file holds. Listed in an order in which everything that a file refers to comes before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // each is the file of that name
pub enum ImportKind {
    Partners,
    Outlets,
    People,
    Products,
    Logistics,
    Series,
    Policies,
    Shipments,
    Rewards,
    Tasks,
    Routes,
    Lessons,
    Campaigns,
    Wishes,
    Posts,
}

/// All kinds, in the order in which a whole programme is imported.
pub const IMPORT_KINDS: [ImportKind; 15] = [
    ImportKind::Partners,
    ImportKind::Outlets,
    ImportKind::People,
    ImportKind::Products,
    ImportKind::Logistics,
    ImportKind::Series,
    ImportKind::Policies,
    ImportKind::Shipments,
    ImportKind::Rewards,
    ImportKind::Tasks,
    ImportKind::Routes,
    ImportKind::Lessons,
    ImportKind::Campaigns,
    ImportKind::Wishes,
    ImportKind::Posts,
];

impl ImportKind {
    /// The file's usual name.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Partners => "partners.csv",
            Self::Outlets => "outlets.csv",
            Self::People => "people.csv",
            Self::Products => "products.csv",
            Self::Logistics => "logistics.csv",
            Self::Series => "series.csv",
            Self::Policies => "policies.csv",
            Self::Shipments => "shipments.csv",
            Self::Rewards => "rewards.csv",
            Self::Tasks => "tasks.json",
            Self::Routes => "routes.csv",
            Self::Lessons => "lessons.json",
            Self::Campaigns => "campaigns.json",
            Self::Wishes => "wishes.csv",
            Self::Posts => "posts.csv",
        }
    }

    /// The kind's name: its file's without the ending.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        let file = self.file_name();
        file.split_once('.').map_or(file, |(name, _)| name)
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        IMPORT_KINDS.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Where the ten random bytes of each new code come from.
pub type CodeBytes<'a> = &'a mut (dyn FnMut() -> Result<[u8; 10]> + Send);

/// How to import.
pub struct ImportOptions<'a> {
    /// The day that day offsets count from; the server's day in the programme's zone when none.
    pub today: Option<Date>,
    /// True to report only, and to change nothing.
    pub dry_run: bool,
    /// Random bytes for new codes of a series.
    pub code_bytes: CodeBytes<'a>,
}

/// Random bytes of the machine, for [`ImportOptions::code_bytes`].
pub fn machine_bytes() -> Result<[u8; 10]> {
    random_bytes::<10>()
}

/// The id of the programme with this code.
#[must_use]
pub fn programme_id(code: &str) -> Uuid {
    Uuid::new_v5(
        &Uuid::NAMESPACE_URL,
        format!("carrot:programme:{code}").as_bytes(),
    )
}

/// The id of a participant by their code.
#[must_use]
pub fn participant_id(programme: Uuid, code: &str) -> Uuid {
    Uuid::new_v5(&programme, format!("participant:{code}").as_bytes())
}

/// The id of an outlet by its code.
#[must_use]
pub fn outlet_id(programme: Uuid, code: &str) -> Uuid {
    Uuid::new_v5(&programme, format!("outlet:{code}").as_bytes())
}

/// Imports one file into a programme. `file` is the name that errors give. Rows that cannot be
/// taken are in [`Report::refused`], and then nothing is written. Errors are faults of the store and
/// `programme_unknown`.
pub async fn import(
    store: &Store,
    programme: Uuid,
    kind: ImportKind,
    file: &str,
    bytes: &[u8],
    options: ImportOptions<'_>,
) -> Result<Report> {
    let zone = zone_of(store, programme).await?;
    let now_ms = store.now_ms();
    let today = options.today.unwrap_or_else(|| day_at(now_ms, &zone));
    let secrets = store.secrets(programme).await?;
    let mut writer = Writer::new(store.begin(programme).await?);
    match kind {
        ImportKind::Partners => places::partners(&mut writer, file, bytes).await?,
        ImportKind::Outlets => places::outlets(&mut writer, file, bytes).await?,
        ImportKind::People => people::people(&mut writer, &secrets, file, bytes).await?,
        ImportKind::Products => products::products(&mut writer, file, bytes).await?,
        ImportKind::Logistics => goods::logistics(&mut writer, file, bytes).await?,
        ImportKind::Series => goods::series(&mut writer, file, bytes, options.code_bytes).await?,
        ImportKind::Policies => {
            policies::policies(&mut writer, file, bytes, today, &zone).await?;
        }
        ImportKind::Shipments => {
            supply::shipments(&mut writer, file, bytes, today, &zone).await?;
        }
        ImportKind::Rewards => rewards::rewards(&mut writer, file, bytes).await?,
        ImportKind::Tasks => tasks::tasks(&mut writer, file, bytes).await?,
        ImportKind::Routes => plans::routes(&mut writer, file, bytes, today).await?,
        ImportKind::Lessons => lessons::lessons(&mut writer, file, bytes).await?,
        ImportKind::Campaigns => {
            campaigns::campaigns(&mut writer, file, bytes, today, &zone).await?
        }
        ImportKind::Wishes => plans::wishes(&mut writer, file, bytes).await?,
        ImportKind::Posts => plans::posts(&mut writer, file, bytes).await?,
    }
    writer.finish(kind.as_str(), options.dry_run).await
}

async fn zone_of(store: &Store, programme: Uuid) -> Result<TimeZone> {
    let known = store
        .entity::<carrot_rules::entity::Programme>(programme, carrot_rules::entity::ONLY)
        .await?;
    let known =
        known.ok_or_else(|| Error::refused("programme_unknown", "import programme.json first"))?;
    TimeZone::get(&known.time_zone).map_err(|error| Error::Damaged(format!("time zone: {error}")))
}

fn day_at(ms: i64, zone: &TimeZone) -> Date {
    let instant = jiff::Timestamp::from_millisecond(ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    instant.to_zoned(zone.clone()).date()
}

#[cfg(test)]
mod tests;
