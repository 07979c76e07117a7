//! Second opinions on the server's books: hledger adds the exported journals up by itself, and the
//! rows of the database are counted by command.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

/// Balances by account, points only.
pub type Balances = BTreeMap<String, i64>;

/// Balances as hledger computes them from a journal file.
pub fn hledger_balances(journal: &Path) -> Result<Balances> {
    let mut command = Command::new("hledger");
    command.args(["balance", "--flat", "--no-total", "-O", "csv", "-f"]);
    let output = command
        .arg(journal)
        .output()
        .context("hledger (Debian package `hledger`)")?;
    if !output.status.success() {
        bail!("hledger: {}", String::from_utf8_lossy(&output.stderr));
    }
    let text = String::from_utf8(output.stdout)?;
    text.lines().skip(1).map(computed).collect()
}

fn computed(line: &str) -> Result<(String, i64)> {
    let mut cells = line.split(',').map(|cell| cell.trim_matches('"'));
    let account = cells.next().context("no account")?;
    let amount = cells
        .next()
        .with_context(|| format!("no amount in {line}"))?;
    let number = amount.split_whitespace().next().unwrap_or("0");
    let points = number
        .parse()
        .with_context(|| format!("{amount} is no whole number"))?;
    Ok((account.to_owned(), points))
}

/// Exports the books, lets hledger add up every journal, and compares each balance with what the
/// export says it must come to. Gives the number of accounts that agreed.
pub fn hledger_agrees(data: &Path, out: &Path) -> Result<usize> {
    crate::server::ledger(data, &["export", "--out", &out.to_string_lossy()])?;
    let mut agreed = 0;
    for file in std::fs::read_dir(out)? {
        let journal = file?.path();
        if journal.extension().is_none_or(|name| name != "journal") {
            continue;
        }
        let said = std::fs::read_to_string(journal.with_extension("balances.csv"))?;
        let said: Balances = said.lines().skip(1).map(stated).collect::<Result<_>>()?;
        let computed = hledger_balances(&journal)?;
        ensure!(
            said == computed,
            "hledger differs: {said:?} against {computed:?}"
        );
        agreed += said.len();
    }
    ensure!(agreed > 0, "nothing was exported");
    Ok(agreed)
}

fn stated(line: &str) -> Result<(String, i64)> {
    let cells: Vec<&str> = line.split(',').collect();
    let [account, _unit, amount] = cells.as_slice() else {
        bail!("not a balance: {line}");
    };
    Ok(((*account).to_owned(), amount.parse()?))
}

/// A reader of the server's database, for counting.
pub struct Rows {
    pool: SqlitePool,
}

impl Rows {
    /// Opens the database of a server's data folder for reading.
    pub async fn open(data: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(data.join("server.db"))
            .read_only(true);
        Ok(Self {
            pool: SqlitePool::connect_with(options).await?,
        })
    }

    async fn count(&self, sql: &'static str, id: &str) -> Result<i64> {
        Ok(sqlx::query_scalar(sql)
            .bind(id)
            .fetch_one(&self.pool)
            .await?)
    }

    /// How often a command was recorded.
    pub async fn commands(&self, id: &str) -> Result<i64> {
        self.count(
            "SELECT count(*) FROM command WHERE command_id = ? AND class = 'accepted'",
            id,
        )
        .await
    }

    /// How many transfers a command made.
    pub async fn transfers(&self, id: &str) -> Result<i64> {
        self.count("SELECT count(*) FROM transfer WHERE command_id = ?", id)
            .await
    }

    /// How many things of any kind have this id.
    pub async fn things(&self, id: &str) -> Result<i64> {
        self.count("SELECT count(*) FROM entity WHERE id = ?", id)
            .await
    }

    /// How many commands were taken in, with whatever answer.
    pub async fn all_commands(&self) -> Result<i64> {
        let count = sqlx::query_scalar("SELECT count(*) FROM command");
        Ok(count.fetch_one(&self.pool).await?)
    }

    /// How many transfers there are.
    pub async fn all_transfers(&self) -> Result<i64> {
        let count = sqlx::query_scalar("SELECT count(*) FROM transfer");
        Ok(count.fetch_one(&self.pool).await?)
    }

    /// The sum of all balances.
    pub async fn sum(&self) -> Result<i64> {
        let sum: i64 = sqlx::query_scalar("SELECT coalesce(sum(amount), 0) FROM balance")
            .fetch_one(&self.pool)
            .await?;
        Ok(sum)
    }
}
