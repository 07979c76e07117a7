//! The chain of transfers is walked from its beginning, and everything that follows from it is
//! compared with what is stored.

use carrot_rules::Account;
use carrot_rules::ledger::{Posted, chain};

use super::chain_fault::{BadEntry, BooksReport};
use super::chain_rebuild::{Finding, Rebuilt};
use super::chain_repair::{Hints, Repair};
use super::chain_walk::{Page, StoredTransfer, Walk};
use super::{chain as head, verify_lots};
use crate::db::{self, Conn};
use crate::error::Result;

/// How many changed transfers are looked at closely; more are only reported.
const REPAIRS_MAX: i64 = 32;
/// How many accounts are thought of when an account may have been changed.
const ACCOUNTS_MAX: i64 = 50_000;

/// Walks one programme's books. `progress` hears how many entries were walked in all.
pub(super) async fn walk(
    conn: &mut Conn,
    programme: &str,
    report: &mut BooksReport,
    progress: &mut (dyn FnMut(i64) + Send),
) -> Result<()> {
    let mut check = Check::of(programme);
    let mut walk = Walk::of(programme);
    while let Some(page) = walk.page(conn).await? {
        check.page(conn, &page, report).await?;
        progress(report.entries);
    }
    check.end(conn, report).await?;
    verify_lots::compare(conn, programme, &mut check.books, report).await
}

/// A walk along one chain.
struct Check<'a> {
    programme: &'a str,
    books: Rebuilt,
    next_seq: i64,
    recorded_ms: i64,
    /// The link of the transfer before, as stored.
    prev: [u8; 32],
    /// A transfer whose link did not follow though nothing else is wrong with it, and the link that
    /// it should have.
    suspect: Option<(BadEntry, [u8; 32])>,
    repairs: i64,
}

impl<'a> Check<'a> {
    fn of(programme: &'a str) -> Self {
        Self {
            programme,
            books: Rebuilt::default(),
            next_seq: 1,
            recorded_ms: i64::MIN,
            prev: chain::START,
            suspect: None,
            repairs: 0,
        }
    }

    fn bad(&self, stored: &StoredTransfer, finding: Finding) -> BadEntry {
        BadEntry {
            programme: self.programme.to_owned(),
            seq: stored.seq,
            transfer: stored.id.clone(),
            leg: finding.leg,
            account: finding.account,
            field: finding.field,
            is: finding.is,
            should: finding.should,
        }
    }

    async fn page(&mut self, conn: &mut Conn, page: &Page, report: &mut BooksReport) -> Result<()> {
        for stored in &page.transfers {
            report.transfers += 1;
            report.entries += i64::try_from(stored.entries.len()).unwrap_or(i64::MAX);
            for bad in self.transfer(conn, stored).await? {
                report.bad(bad);
            }
        }
        for stray in &page.strays {
            report.entries += 1;
            let finding = Finding::of_entry(stray, "entry", "there without a transfer", None);
            report.bad(BadEntry {
                programme: self.programme.to_owned(),
                seq: stray.seq,
                transfer: String::new(),
                leg: finding.leg,
                account: finding.account,
                field: finding.field,
                is: finding.is,
                should: None,
            });
        }
        Ok(())
    }

    /// What is wrong with the next transfer.
    async fn transfer(
        &mut self,
        conn: &mut Conn,
        stored: &StoredTransfer,
    ) -> Result<Vec<BadEntry>> {
        let read = self.books.read(stored);
        let posted = read.as_ref().ok().map(|read| &read.0);
        let (mut bad, follows) = self.follows(posted);
        bad.extend(self.order(stored));
        let (posted, places) = match read {
            Ok(read) => read,
            Err(finding) => {
                bad.push(self.bad(stored, finding));
                self.prev = head::hash(&stored.hash).unwrap_or_default();
                return Ok(bad);
            }
        };
        if follows {
            let found = self.books.apply(&posted, &places);
            bad.extend(found.into_iter().map(|finding| self.bad(stored, finding)));
            self.prev = posted.hash;
            return Ok(bad);
        }
        let link = chain::link(&self.prev, &posted);
        let repaired = self.repair(conn, stored, &posted).await?;
        self.prev = posted.hash;
        if let Some((finding, was)) = repaired {
            bad.push(self.bad(stored, finding));
            let places = self.books.places_of(&was);
            let found = self.books.apply(&was, &places);
            bad.extend(found.into_iter().map(|finding| self.bad(stored, finding)));
            return Ok(bad);
        }
        let found = self.books.apply(&posted, &places);
        let finding = Finding::of_transfer("hash", &stored.hash, Some(hex::encode(link)));
        if found.is_empty() {
            self.suspect = Some((self.bad(stored, finding), link));
            return Ok(bad);
        }
        bad.extend(found.into_iter().map(|finding| self.bad(stored, finding)));
        bad.push(self.bad(stored, finding));
        Ok(bad)
    }

    /// Numbers without a gap, lines without a gap, instants that do not step back, and accounts that
    /// stayed on the wrong side of zero.
    fn order(&mut self, stored: &StoredTransfer) -> Vec<BadEntry> {
        let mut bad = Vec::new();
        if stored.seq != self.next_seq {
            bad.push(BadEntry {
                programme: self.programme.to_owned(),
                seq: self.next_seq,
                transfer: String::new(),
                leg: None,
                account: None,
                field: "transfer",
                is: "missing".to_owned(),
                should: None,
            });
        }
        self.next_seq = stored.seq.saturating_add(1);
        let off = self.books.still_off(Some(stored.recorded_ms));
        bad.extend(off.into_iter().map(|finding| self.bad(stored, finding)));
        if stored.recorded_ms < self.recorded_ms {
            let should = Some(format!("{} or later", self.recorded_ms));
            let finding = Finding::of_transfer("recorded_ms", stored.recorded_ms, should);
            bad.push(self.bad(stored, finding));
        }
        self.recorded_ms = self.recorded_ms.max(stored.recorded_ms);
        bad
    }

    /// Whether the link follows from the transfer before, and what that says about a suspect: where
    /// the link follows from the one that the suspect should have, the suspect's link was changed and
    /// nothing else.
    fn follows(&mut self, posted: Option<&Posted>) -> (Vec<BadEntry>, bool) {
        let follows = |prev| posted.is_some_and(|one| chain::link(prev, one) == one.hash);
        let Some((suspect, link)) = self.suspect.take() else {
            return (Vec::new(), follows(&self.prev));
        };
        let only_link = follows(&link);
        let bad = vec![suspected(suspect, only_link)];
        (bad, only_link || follows(&self.prev))
    }

    async fn repair(
        &mut self,
        conn: &mut Conn,
        stored: &StoredTransfer,
        posted: &Posted,
    ) -> Result<Option<(Finding, Posted)>> {
        if self.repairs >= REPAIRS_MAX {
            return Ok(None);
        }
        self.repairs += 1;
        let hints = hints(conn, self.programme, stored).await?;
        let repair = Repair {
            prev: self.prev,
            posted,
            stored,
            hints: &hints,
        };
        Ok(repair.find(&mut self.books))
    }

    /// The chain ends where it says.
    async fn end(&mut self, conn: &mut Conn, report: &mut BooksReport) -> Result<()> {
        let stored: Option<(i64, String)> =
            db::query_as("SELECT seq, hash FROM chain WHERE programme_id = ?")
                .bind(self.programme)
                .fetch_optional(conn)
                .await?;
        let (seq, hash) = stored.unwrap_or((0, hex::encode(chain::START)));
        if let Some((suspect, link)) = self.suspect.take() {
            let only_link = hash == hex::encode(link);
            report.bad(suspected(suspect, only_link));
        } else if seq != self.next_seq - 1 || hash != hex::encode(self.prev) {
            report.fault(format!(
                "programme {}: the chain ends with transfer {}, not with {seq} and the link that it says",
                self.programme,
                self.next_seq - 1
            ));
        }
        for finding in self.books.still_off(None) {
            let account = finding.account.unwrap_or_default();
            report.fault(format!(
                "programme {}: {account} ends at {}",
                self.programme, finding.is
            ));
        }
        Ok(())
    }
}

/// The fault of a suspect, now that the transfer behind it was looked at.
fn suspected(suspect: BadEntry, only_link: bool) -> BadEntry {
    if only_link {
        return suspect;
    }
    BadEntry {
        field: "content or order",
        is: "not what was booked".to_owned(),
        should: None,
        ..suspect
    }
}

async fn hints(conn: &mut Conn, programme: &str, stored: &StoredTransfer) -> Result<Hints> {
    let accounts: Vec<String> =
        db::query_scalar("SELECT DISTINCT account FROM balance WHERE programme_id = ? LIMIT ?")
            .bind(programme)
            .bind(ACCOUNTS_MAX)
            .fetch_all(&mut *conn)
            .await?;
    let instants: Option<(i64, i64)> = db::query_as(
        "SELECT occurred_ms, recorded_ms FROM command WHERE programme_id = ? AND command_id = ?",
    )
    .bind(programme)
    .bind(&stored.command_id)
    .fetch_optional(&mut *conn)
    .await?;
    let mut instants: Vec<i64> = instants
        .into_iter()
        .flat_map(|(one, two)| [one, two])
        .collect();
    instants.extend([stored.recorded_ms, stored.occurred_ms]);
    let around: Vec<i64> = db::query_scalar(
        "SELECT recorded_ms FROM transfer WHERE programme_id = ? AND seq IN (?, ?)",
    )
    .bind(programme)
    .bind(stored.seq.saturating_sub(1))
    .bind(stored.seq.saturating_add(1))
    .fetch_all(conn)
    .await?;
    instants.extend(around);
    Ok(Hints {
        accounts: accounts
            .iter()
            .filter_map(|name| name.parse::<Account>().ok())
            .collect(),
        instants,
    })
}
