//! What must hold on the server, read from its file by statements of the simulator's own.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use carrot_rules::Command;
use carrot_rules::command::{Cover, Evidence};
use carrot_server::store::DATABASE_FILE;
use carrot_wire::pull::Change;
use carrot_wire::{CommandBody, Envelope, Verdict, VerdictClass, crypto};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use uuid::Uuid;

use crate::auditor::Violation;
use crate::cast::{BUYER_POINTS, SELLER_POINTS};

/// Pieces of one, millionths.
const ONE_MICRO: i64 = 1_000_000;

/// A command as the server recorded it.
pub struct Recorded {
    /// The device, or who gave it in its place.
    pub device: String,
    /// Its number.
    pub seq: i64,
    /// Its id; none when it came under one that was taken.
    pub id: Option<String>,
    /// The answer.
    pub verdict: Verdict,
    /// What was signed; none for what no device signed.
    pub signed: Option<(Envelope, CommandBody)>,
}

/// What a redemption took from members, leases, vouchers and the programme's budget together: what was
/// given back of a voucher comes off.
fn paid_points(verdict: &Verdict) -> i64 {
    let sources = [
        "participant:",
        "clawback:",
        "escrow:",
        "programme:offline_budget",
    ];
    let booked = verdict.booked.iter();
    let from = booked.filter(|(account, _)| sources.iter().any(|name| account.starts_with(name)));
    -from.map(|(_, points)| points).sum::<i64>()
}

/// The server's file, opened for reading.
pub struct Books {
    pub(crate) conn: SqliteConnection,
    /// What was found.
    pub violations: Vec<Violation>,
}

impl Books {
    /// Opens the file beside the running server.
    pub async fn open(dir: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(dir.join(DATABASE_FILE))
            .read_only(true)
            .disable_statement_logging();
        Ok(Self {
            conn: SqliteConnection::connect_with(&options).await?,
            violations: Vec::new(),
        })
    }

    /// Closes it and answers what was found.
    pub async fn close(self) -> Result<Vec<Violation>> {
        self.conn.close().await?;
        Ok(self.violations)
    }

    pub(crate) fn broken(&mut self, law: &'static str, detail: impl Into<String>) {
        let detail = detail.into();
        self.violations.push(Violation { law, detail });
    }

    /// Everything that a look at the file alone can tell.
    pub async fn check(&mut self) -> Result<Vec<Recorded>> {
        self.conserved().await?;
        self.bounded().await?;
        self.gapless().await?;
        let recorded = self.recorded().await?;
        self.in_order(&recorded).await?;
        self.booked_once(&recorded).await?;
        self.as_expected(&recorded);
        self.claimed_once(&recorded);
        self.within_leases(&recorded);
        self.within_vouchers(&recorded);
        self.within_allowances(&recorded).await?;
        self.escrows().await?;
        self.told().await?;
        Ok(recorded)
    }

    async fn found(&mut self, law: &'static str, what: &str, sql: &'static str) -> Result<()> {
        let rows: Vec<(String, i64)> = sqlx::query_as(sql).fetch_all(&mut self.conn).await?;
        if let Some((name, amount)) = rows.first() {
            self.broken(law, format!("{what}: {name} ({amount})"));
        }
        Ok(())
    }

    async fn conserved(&mut self) -> Result<()> {
        self.found(
            "I6",
            "a transfer does not sum to zero",
            "SELECT CAST(seq AS TEXT), SUM(amount) FROM entry GROUP BY programme_id, seq, unit \
             HAVING SUM(amount) <> 0",
        )
        .await?;
        self.found(
            "I6",
            "the accounts do not sum to zero",
            "SELECT unit, SUM(amount) FROM balance GROUP BY programme_id, unit HAVING SUM(amount) <> 0",
        )
        .await?;
        self.found(
            "I6",
            "a balance is not the sum of its entries",
            "SELECT account, amount - total FROM (SELECT b.account, b.amount, \
             COALESCE((SELECT SUM(e.amount) FROM entry e WHERE e.programme_id = b.programme_id \
             AND e.account = b.account AND e.unit = b.unit), 0) AS total FROM balance b) \
             WHERE amount <> total",
        )
        .await
    }

    async fn bounded(&mut self) -> Result<()> {
        self.found(
            "R1",
            "an account is below zero",
            "SELECT account, amount FROM balance WHERE amount < 0 AND (account LIKE 'participant:%' \
             OR account LIKE 'escrow:%' OR account LIKE '%offline_budget')",
        )
        .await
    }

    async fn gapless(&mut self) -> Result<()> {
        self.found(
            "I9",
            "a scope's numbers have a gap",
            "SELECT scope, MAX(seq) FROM change GROUP BY programme_id, scope \
             HAVING MAX(seq) <> COUNT(*) OR MIN(seq) <> 1",
        )
        .await?;
        self.found(
            "I9",
            "a scope's counter is not its last number",
            "SELECT s.scope, s.seq FROM scope s WHERE s.seq <> COALESCE((SELECT MAX(c.seq) FROM \
             change c WHERE c.programme_id = s.programme_id AND c.scope = s.scope), 0)",
        )
        .await
    }

    /// Every recorded command in the order of devices and numbers.
    pub async fn recorded(&mut self) -> Result<Vec<Recorded>> {
        let rows: Vec<(String, i64, Option<String>, String, String)> = sqlx::query_as(
            "SELECT device_id, device_seq, command_id, verdict, envelope FROM command \
             ORDER BY programme_id, device_id, device_seq",
        )
        .fetch_all(&mut self.conn)
        .await?;
        let mut recorded = Vec::with_capacity(rows.len());
        for (device, seq, id, verdict, envelope) in rows {
            let envelope = serde_json::from_str::<Envelope>(&envelope).ok();
            let signed = envelope.and_then(|envelope| {
                let body = envelope.body().ok()?;
                Some((envelope, body))
            });
            recorded.push(Recorded {
                device,
                seq,
                id,
                verdict: serde_json::from_str(&verdict)?,
                signed,
            });
        }
        Ok(recorded)
    }

    /// Numbers without a gap, each behind the one before it in the chain.
    async fn in_order(&mut self, recorded: &[Recorded]) -> Result<()> {
        let mut last: BTreeMap<&str, (i64, String)> = BTreeMap::new();
        let mut faults = Vec::new();
        for one in recorded {
            let Some((envelope, body)) = &one.signed else {
                continue;
            };
            let (before, link) = last.get(one.device.as_str()).cloned().unwrap_or_default();
            if one.seq != before + 1 || body.device_seq != one.seq {
                faults.push(format!("{} has {} behind {before}", one.device, one.seq));
            }
            if body.prev_hash != link {
                faults.push(format!("{} breaks its chain at {}", one.device, one.seq));
            }
            last.insert(&one.device, (one.seq, crypto::chain_hash(&envelope.bytes)));
        }
        let devices: Vec<(String, i64)> = sqlx::query_as("SELECT device_id, last_seq FROM device")
            .fetch_all(&mut self.conn)
            .await?;
        for (device, seq) in devices {
            let known = last.get(device.as_str()).map_or(0, |(seq, _)| *seq);
            if known != seq {
                faults.push(format!("{device} stands at {seq} and sent {known}"));
            }
        }
        for fault in faults {
            self.broken("I4", fault);
        }
        Ok(())
    }

    /// What a command booked is what its answer says, and only accepted ones booked anything.
    async fn booked_once(&mut self, recorded: &[Recorded]) -> Result<()> {
        let rows: Vec<(String, String, i64)> = sqlx::query_as(
            "SELECT t.command_id, e.account, SUM(e.amount) FROM transfer t JOIN entry e \
             ON e.programme_id = t.programme_id AND e.seq = t.seq WHERE e.unit = 'points' \
             GROUP BY t.command_id, e.account HAVING SUM(e.amount) <> 0",
        )
        .fetch_all(&mut self.conn)
        .await?;
        let mut booked: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
        for (command, account, points) in rows {
            booked.entry(command).or_default().insert(account, points);
        }
        let none = BTreeMap::new();
        for one in recorded {
            let Some(id) = &one.id else {
                continue;
            };
            let found = booked.get(id).unwrap_or(&none);
            let mut told = one.verdict.booked.clone();
            told.retain(|_, points| *points != 0);
            if *found != told {
                let detail = format!("command {id} booked {found:?} and was told {told:?}");
                self.broken("I2", detail);
            }
            if one.verdict.class != VerdictClass::Accepted && !found.is_empty() {
                self.broken("I2", format!("command {id} was not accepted and booked"));
            }
        }
        Ok(())
    }

    /// What a plain sale or claim is worth is known without asking the rules.
    fn as_expected(&mut self, recorded: &[Recorded]) {
        for one in recorded {
            let Some((_, body)) = &one.signed else {
                continue;
            };
            if one.verdict.class != VerdictClass::Accepted {
                continue;
            }
            let people: i64 = one
                .verdict
                .booked
                .iter()
                .filter(|(account, _)| account.starts_with("participant:"))
                .map(|(_, points)| points)
                .sum();
            if let Ok(Command::RewardRedeem(redeem)) = body.command() {
                let paid = paid_points(&one.verdict);
                if paid != redeem.cost_points {
                    let detail = format!(
                        "{} {}: {paid} paid for {}",
                        one.device, one.seq, redeem.cost_points
                    );
                    self.broken("I7", detail);
                }
            }
            let most = match body.command() {
                Ok(Command::SaleRecord(sale)) => {
                    let micro: i64 = sale.lines.iter().map(|line| line.quantity_micro).sum();
                    let each = sale.buyer.as_ref().map_or(0, |_| BUYER_POINTS)
                        + sale.seller.map_or(0, |_| SELLER_POINTS);
                    micro / ONE_MICRO * each
                }
                Ok(Command::ClaimSubmit(_)) => SELLER_POINTS,
                // What its price leaves of a voucher comes back with it.
                Ok(Command::RewardRedeem(redeem))
                    if matches!(redeem.cover, Cover::Voucher { .. }) =>
                {
                    continue;
                }
                Ok(
                    Command::RewardRedeem(_)
                    | Command::SaleReturn(_)
                    | Command::SaleVoid(_)
                    | Command::GoalSet(_)
                    | Command::LeaseRequest(_)
                    | Command::LeaseReturn(_)
                    | Command::HoldCapture(_),
                ) => 0,
                _ => continue,
            };
            if people > most {
                let detail = format!("{} {} paid {people} instead of {most}", one.device, one.seq);
                self.broken("I2", detail);
            }
        }
    }

    /// A unique code pays once.
    fn claimed_once(&mut self, recorded: &[Recorded]) {
        let mut claims: BTreeMap<String, Vec<(&String, i64)>> = BTreeMap::new();
        for one in recorded {
            let Some((_, body)) = &one.signed else {
                continue;
            };
            // Evidence for what was paid already is accepted and moves nothing.
            if one.verdict.class != VerdictClass::Accepted || one.verdict.booked.is_empty() {
                continue;
            }
            if let Ok(Command::ClaimSubmit(claim)) = body.command()
                && let Evidence::Code { code, .. } = claim.evidence
            {
                claims.entry(code).or_default().push((&one.device, one.seq));
            }
        }
        for (code, told) in claims {
            if told.len() > 1 {
                self.broken("R3", format!("code {code} was paid for {told:?}"));
            }
        }
    }

    /// What redemptions under a lease cost the programme is at most what they cost, and what a lease
    /// lost is at most what it was ever given.
    fn within_leases(&mut self, recorded: &[Recorded]) {
        let mut lost: BTreeMap<Uuid, i64> = BTreeMap::new();
        let mut given: BTreeMap<Uuid, i64> = BTreeMap::new();
        for one in recorded {
            let Some((_, body)) = &one.signed else {
                continue;
            };
            let lease = format!("escrow:lease:{}", body.device_id);
            let moved = one.verdict.booked.get(&lease).copied().unwrap_or(0);
            if let Ok(Command::LeaseReturn(_)) = body.command() {
                // What went back can be lost no more.
                *given.entry(body.device_id).or_insert(0) += moved;
                continue;
            }
            *given.entry(body.device_id).or_insert(0) += moved.max(0);
            *lost.entry(body.device_id).or_insert(0) += (-moved).max(0);
            if let Ok(Command::RewardRedeem(redeem)) = body.command()
                && matches!(redeem.cover, Cover::Lease { .. })
                && -moved > redeem.cost_points
            {
                let detail = format!("{} {} lost {}", one.device, one.seq, -moved);
                self.broken("I7", detail);
            }
        }
        for (device, lost) in lost {
            let given = given.get(&device).copied().unwrap_or(0);
            if lost > given {
                self.broken("R2", format!("lease {device} lost {lost} of {given}"));
            }
        }
    }

    /// I13: what a person's feed says last about their points is what the books say.
    pub async fn told(&mut self) -> Result<()> {
        let balances: Vec<(String, i64)> = sqlx::query_as(
            "SELECT account, amount FROM balance WHERE unit = 'points' \
             AND (account LIKE 'participant:%' OR account LIKE 'clawback:%')",
        )
        .fetch_all(&mut self.conn)
        .await?;
        let balances: BTreeMap<String, i64> = balances.into_iter().collect();
        let texts: Vec<String> = sqlx::query_scalar(
            "SELECT text FROM change WHERE scope LIKE 'participant:%' ORDER BY scope, seq",
        )
        .fetch_all(&mut self.conn)
        .await?;
        let mut last = BTreeMap::new();
        for text in texts {
            if let Ok(Change::Balance {
                account,
                unit,
                balance,
                ..
            }) = serde_json::from_str(&text)
                && unit == "points"
            {
                last.insert(account, balance);
            }
        }
        for (account, told) in last {
            let held = balances.get(&account).copied().unwrap_or(0);
            if held != told {
                self.broken("I13", format!("{account} was told {told} and holds {held}"));
            }
        }
        Ok(())
    }

    /// The digest behind a number of a scope, within its present history.
    pub async fn digest(&mut self, scope: &str, epoch: &str, seq: i64) -> Result<Option<String>> {
        Ok(sqlx::query_scalar(
            "SELECT c.digest FROM change c JOIN scope s USING (programme_id, scope) \
             WHERE c.scope = ? AND s.epoch = ? AND c.seq = ?",
        )
        .bind(scope)
        .bind(epoch)
        .bind(seq)
        .fetch_optional(&mut self.conn)
        .await?)
    }

    /// The last number of a scope and its history.
    pub async fn head(&mut self, scope: &str) -> Result<Option<(String, i64)>> {
        let found = sqlx::query_as("SELECT epoch, seq FROM scope WHERE scope = ?")
            .bind(scope)
            .fetch_optional(&mut self.conn)
            .await?;
        Ok(found)
    }

    /// The texts of a scope's changes, from the first to a number.
    pub async fn changes(&mut self, scope: &str, last: i64) -> Result<Vec<String>> {
        let sql = "SELECT text FROM change WHERE scope = ? AND seq <= ? ORDER BY seq";
        Ok(sqlx::query_scalar(sql)
            .bind(scope)
            .bind(last)
            .fetch_all(&mut self.conn)
            .await?)
    }

    /// Every device with its status and outlet.
    pub async fn devices(&mut self) -> Result<Vec<(String, String, Option<String>)>> {
        Ok(
            sqlx::query_as("SELECT device_id, status, outlet_id FROM device")
                .fetch_all(&mut self.conn)
                .await?,
        )
    }

    /// True when the server has a photo.
    pub async fn has_blob(&mut self, sha256: &str) -> Result<bool> {
        let found: Option<i64> = sqlx::query_scalar("SELECT 1 FROM blob WHERE sha256 = ?")
            .bind(sha256)
            .fetch_optional(&mut self.conn)
            .await?;
        Ok(found.is_some())
    }
}
