//! One database of a cluster and how it is reached.

use anyhow::Result;

use crate::Cluster;

/// The role that owns the databases: it migrates and grants.
pub const OWNER: &str = "carrot_owner";
/// The role of the application: it owns nothing.
pub const APP: &str = "carrot_app";

/// The cluster's superuser, whom no policy holds.
pub const ADMIN: &str = "postgres";

/// A database; it goes with this.
#[derive(Debug)]
pub struct Database<'a> {
    cluster: &'a Cluster,
    name: String,
}

impl<'a> Database<'a> {
    pub(crate) fn new(cluster: &'a Cluster, name: String) -> Self {
        Self { cluster, name }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The address for the role that owns it.
    #[must_use]
    pub fn owner_url(&self) -> String {
        self.url(OWNER)
    }

    /// The address for the application.
    #[must_use]
    pub fn app_url(&self) -> String {
        self.url(APP)
    }

    /// The address for the cluster's superuser, whom no policy holds.
    #[must_use]
    pub fn admin_url(&self) -> String {
        self.url(ADMIN)
    }

    fn url(&self, role: &str) -> String {
        let host = self.cluster.folder().display();
        format!("postgres://{role}@localhost/{}?host={host}", self.name)
    }

    /// Runs statements as the superuser; see [`Cluster::sql`].
    pub fn sql(&self, words: &str) -> Result<String> {
        self.sql_as(ADMIN, words)
    }

    /// The same as another role.
    pub fn sql_as(&self, role: &str, words: &str) -> Result<String> {
        self.cluster.sql(&self.name, role, words)
    }

    /// Ends every connection to it from outside and says how many there were.
    pub fn terminate(&self) -> Result<usize> {
        let ended = self.sql(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )?;
        Ok(ended.parse()?)
    }
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        let words = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // A cluster that is stopped takes its databases with it later.
        let _gone = self.cluster.sql(ADMIN, ADMIN, &words);
    }
}
