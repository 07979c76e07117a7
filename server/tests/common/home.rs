//! Where a test's store is kept: a folder, and for PostgreSQL a database beside it.

use std::path::Path;
use std::sync::Arc;

use carrot_pg::{Cluster, Database};
use carrot_server::db::Postgres;
use carrot_server::store::{Place, PostgresUrls, StoreTuning};
use carrot_server::{Clock, Store};
use tokio::sync::OnceCell;

/// The database that a store is kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Chooses the database of tests that do not say which: `postgres` or, without it, SQLite.
pub const ENGINE: &str = "CARROT_TEST_DATABASE";

impl Engine {
    /// The one that [`ENGINE`] chooses.
    pub fn chosen() -> Self {
        match std::env::var(ENGINE).as_deref() {
            Ok("postgres") => Self::Postgres,
            Ok("sqlite") | Err(_) => Self::Sqlite,
            Ok(other) => panic!("{ENGINE}={other}: say `sqlite` or `postgres`"),
        }
    }
}

/// A place for one store, which several servers may share.
pub struct Home {
    pub folder: tempfile::TempDir,
    pub database: Option<Database<'static>>,
}

impl Home {
    pub async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(fresh().await),
        };
        Self { folder, database }
    }

    /// PostgreSQL in a cluster of the test's own.
    pub fn in_cluster(cluster: &'static Cluster) -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            database: Some(cluster.database().unwrap()),
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Opens the store as one more server process would: with connections of its own.
    pub async fn open(&self, clock: Arc<dyn Clock>) -> Store {
        let tuning = StoreTuning {
            clock,
            ..StoreTuning::default()
        };
        open_at(&self.place(), tuning).await
    }

    /// The place in words, for [`open_at`] in another process.
    pub fn place(&self) -> String {
        let folder = self.path().to_str().unwrap();
        match &self.database {
            None => folder.to_owned(),
            Some(database) => {
                let urls = [database.app_url(), database.owner_url()];
                format!("{folder}\n{}", urls.join("\n"))
            }
        }
    }
}

/// Opens the store at a place: a folder, and for PostgreSQL the addresses of the application and of the
/// owner, a line each.
pub async fn open_at(place: &str, tuning: StoreTuning) -> Store {
    let lines: Vec<&str> = place.lines().collect();
    let opened = match lines.as_slice() {
        [folder] => Store::open_with(Path::new(folder), tuning).await,
        [folder, app, owner] => {
            let postgres = PostgresUrls {
                url: (*app).to_owned(),
                owner_url: Some((*owner).to_owned()),
            };
            let place = Place {
                data: folder.into(),
                postgres: Some(postgres),
            };
            Store::open_at(&place, tuning).await
        }
        other => panic!("{other:?} is no place"),
    };
    opened.unwrap()
}

/// The application's role uses it, the owner migrates it.
async fn postgres(database: &Database<'_>) -> Postgres {
    let owner = database.owner_url();
    Postgres::open(&database.app_url(), Some(&owner))
        .await
        .unwrap()
}

/// A database with the tables of today: a copy of one that was migrated once for all tests.
async fn fresh() -> Database<'static> {
    static MIGRATED: OnceCell<Database<'static>> = OnceCell::const_new();
    let cluster = Cluster::shared().unwrap();
    let migrated = MIGRATED
        .get_or_init(|| async {
            let database = cluster.database().unwrap();
            let folder = tempfile::tempdir().unwrap();
            let tuning = StoreTuning::default();
            let backend = Arc::new(postgres(&database).await);
            let store = Store::open_on(backend, folder.path(), tuning).await;
            store.unwrap().close().await;
            database
        })
        .await;
    cluster.copy(migrated).unwrap()
}
