//! Bringing the tables up to date on PostgreSQL, and what the roles may do with them.

use sqlx::migrate::{Migrate as _, MigrateError, Migration, Migrator};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, PgPool};

/// Where the migrations that were made are written down.
const MADE: &str = "_sqlx_migrations";
/// The queue of servers that give rights.
const TURN_OF_GRANTS: i64 = 0x0043_6172_726f_7401;
/// Statements that say what the application's role may do: everything with the rows, nothing with the
/// tables.
const GRANTS: [&str; 3] = [
    "SELECT format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), $1)",
    "SELECT format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO %I',
       current_schema(), $1)",
    "SELECT format('REVOKE INSERT, UPDATE, DELETE ON _sqlx_migrations FROM %I', $1)",
];

/// Makes what is missing and lets `role` work with it. Where the connection's own role may not make
/// tables, the tables must be there as this version wants them.
pub(super) async fn up_to_date(
    owner: &mut PgConnection,
    migrations: &Migrator,
    role: &str,
) -> Result<(), MigrateError> {
    let may: bool = sqlx::query_scalar("SELECT has_schema_privilege(current_schema(), 'CREATE')")
        .fetch_one(&mut *owner)
        .await?;
    if !may {
        return check(owner, migrations).await;
    }
    migrations.run_direct(None, owner, false).await?;
    let same: bool = sqlx::query_scalar("SELECT current_user = $1")
        .bind(role)
        .fetch_one(&mut *owner)
        .await?;
    if same {
        return Ok(());
    }
    Ok(grant(owner, role).await?)
}

/// Servers that begin at the same moment wait for each other: rights are not written twice at once.
async fn grant(owner: &mut PgConnection, role: &str) -> Result<(), sqlx::Error> {
    let mut tx = owner.begin().await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(TURN_OF_GRANTS)
        .execute(&mut *tx)
        .await?;
    for grant in GRANTS {
        let grant: String = sqlx::query_scalar(grant)
            .bind(role)
            .fetch_one(&mut *tx)
            .await?;
        // The role's name was quoted by the database itself.
        let grant = sqlx::raw_sql(AssertSqlSafe(grant));
        grant.execute(&mut *tx).await?;
    }
    tx.commit().await
}

async fn check(conn: &mut PgConnection, migrations: &Migrator) -> Result<(), MigrateError> {
    // An empty database has not even the list.
    let listed: bool = sqlx::query_scalar("SELECT to_regclass($1) IS NOT NULL")
        .bind(MADE)
        .fetch_one(&mut *conn)
        .await?;
    let made = match listed {
        true => conn.list_applied_migrations(MADE).await?,
        false => Vec::new(),
    };
    let is_missing = |wanted: &&Migration| {
        let mut made = made.iter();
        !made.any(|one| one.version == wanted.version && one.checksum == wanted.checksum)
    };
    let Some(missing) = migrations.iter().find(is_missing) else {
        return Ok(());
    };
    let told = format!(
        "the database lacks change {} ({}), and this role may not make it; \
         begin once with the role that owns the tables: --migrate-url",
        missing.version, missing.description
    );
    Err(MigrateError::Source(told.into()))
}

/// Whether the policies that keep programmes apart hold for the pool's role.
pub(super) async fn is_held(pool: &PgPool) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar(
        "SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = current_user",
    )
    .fetch_one(pool)
    .await
}
