//! Where a programme's chain of transfers stands; and the links of transfers that were booked before
//! there was a chain.

use carrot_rules::ledger::{Posted, chain};

use super::Store;
use super::batch::Batch;
use super::chain_walk::Walk;
use super::rows::Outgoing;
use super::tx::Tx;
use crate::db::{self, Rows};
use crate::error::{Error, Result};

/// The end of a chain.
#[derive(Debug, Clone)]
pub(super) struct ChainHead {
    /// The number of the last transfer; zero before the first.
    pub seq: i64,
    /// When it was booked.
    pub recorded_ms: i64,
    /// Its link.
    pub hash: [u8; 32],
    /// True while the database does not have it.
    pub unsent: bool,
}

impl ChainHead {
    /// Before the first transfer.
    const START: Self = Self {
        seq: 0,
        recorded_ms: i64::MIN,
        hash: chain::START,
        unsent: false,
    };

    /// After a transfer.
    pub fn after(posted: &Posted) -> Self {
        Self {
            seq: posted.seq,
            recorded_ms: posted.recorded_ms,
            hash: posted.hash,
            unsent: true,
        }
    }
}

/// A link from its text.
pub(super) fn hash(text: &str) -> Result<[u8; 32]> {
    let bytes = hex::decode(text).ok();
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| Error::Damaged(format!("a link of the chain: {text}")))
}

impl Tx {
    /// Where the chain stands, with what this transaction booked.
    pub(super) async fn chain_head(&mut self) -> Result<ChainHead> {
        if let Some(head) = self.batch.chain.get(&()) {
            return Ok(head.clone());
        }
        let programme = self.key();
        let found: Option<(i64, i64, String)> =
            db::query_as("SELECT seq, recorded_ms, hash FROM chain WHERE programme_id = ?")
                .bind(programme)
                .fetch_optional(self.conn())
                .await?;
        if let Some((seq, recorded_ms, text)) = found {
            return self.note_chain(seq, recorded_ms, &text);
        }
        self.batch.chain.note((), ChainHead::START);
        Ok(ChainHead::START)
    }

    /// Notes where the database says that the chain stands.
    pub(super) fn note_chain(
        &mut self,
        seq: i64,
        recorded_ms: i64,
        text: &str,
    ) -> Result<ChainHead> {
        let head = ChainHead {
            seq,
            recorded_ms,
            hash: hash(text)?,
            unsent: false,
        };
        self.batch.chain.note((), head.clone());
        Ok(head)
    }
}

/// Writes where the chain stands, if it moved, and says it.
pub(super) fn write(out: &mut Outgoing, batch: &mut Batch) -> Option<ChainHead> {
    let head = batch.chain.take().remove(&())?;
    if head.unsent {
        let statement = db::query(
            "INSERT INTO chain (programme_id, seq, recorded_ms, hash) VALUES (?, ?, ?, ?)
             ON CONFLICT (programme_id) DO UPDATE
             SET seq = excluded.seq, recorded_ms = excluded.recorded_ms, hash = excluded.hash",
        )
        .bind(out.programme())
        .bind(head.seq)
        .bind(head.recorded_ms)
        .bind(hex::encode(head.hash));
        out.statement(statement);
    }
    Some(ChainHead {
        unsent: false,
        ..head
    })
}

impl Store {
    /// Links what was booked before there was a chain: all of it in one transaction, or nothing.
    pub(super) async fn link_old(&self) -> Result<()> {
        let old = "SELECT programme_id FROM chain WHERE hash = ''";
        let found: Option<String> = db::query_scalar(old)
            .fetch_optional(self.reads_all())
            .await?;
        if found.is_none() {
            return Ok(());
        }
        let mut tx = self.backend.begin(Rows::OfAll).await?;
        let programmes: Vec<String> = db::query_scalar(old).fetch_all(&mut tx).await?;
        for programme in programmes {
            let mut walk = Walk::of(&programme);
            let mut prev = chain::START;
            while let Some(page) = walk.page(&mut tx).await? {
                for transfer in page.transfers {
                    prev = chain::link(&prev, &transfer.posted()?);
                    db::query("UPDATE transfer SET hash = ? WHERE programme_id = ? AND seq = ?")
                        .bind(hex::encode(prev))
                        .bind(&programme)
                        .bind(transfer.seq)
                        .execute(&mut tx)
                        .await?;
                }
            }
            db::query("UPDATE chain SET hash = ? WHERE programme_id = ?")
                .bind(hex::encode(prev))
                .bind(&programme)
                .execute(&mut tx)
                .await?;
        }
        Ok(tx.commit().await?)
    }
}
