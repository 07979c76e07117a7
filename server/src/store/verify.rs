//! The books and the feeds prove themselves from what is stored.

use carrot_wire::crypto;
use futures_util::TryStreamExt as _;

use super::Store;
use super::chain_fault::BooksReport;
use super::chain_verify;
use crate::db::{self, Conn};
use crate::error::Result;

impl Store {
    /// Checks every programme: the chain of transfers has no gap and every link follows, transfers
    /// sum to zero, every balance, every balance after an entry and every lot is what the entries
    /// come to, nothing is on the wrong side of zero, and every feed is gapless with the digest that
    /// it says. Reads everything; takes time in proportion, and memory for accounts and open lots.
    pub async fn verify_books(&self) -> Result<BooksReport> {
        self.verify_books_with(&mut |_| ()).await
    }

    /// The same; `progress` hears now and then how many entries were walked.
    pub async fn verify_books_with(
        &self,
        progress: &mut (dyn FnMut(i64) + Send),
    ) -> Result<BooksReport> {
        let mut read = self.reads_all().begin().await?;
        let mut report = BooksReport::default();
        let programmes: Vec<String> = db::query_scalar(
            "SELECT programme_id FROM programme UNION SELECT programme_id FROM chain ORDER BY 1",
        )
        .fetch_all(&mut read)
        .await?;
        for programme in programmes {
            chain_verify::walk(&mut read, &programme, &mut report, progress).await?;
        }
        feeds(&mut read, &mut report).await?;
        Ok(report)
    }
}

async fn feeds(conn: &mut Conn, report: &mut BooksReport) -> Result<()> {
    type Found = (String, String, i64, String, i64, String);
    let scopes: Vec<Found> = db::query_as(
        "SELECT programme_id, scope, seq, digest, floor, floor_digest FROM scope
         ORDER BY programme_id, scope",
    )
    .fetch_all(&mut *conn)
    .await?;
    let outside: Vec<(String, i64)> = db::query_as(
        "SELECT b.scope, COUNT(*) FROM feed_base b JOIN scope s
         ON s.programme_id = b.programme_id AND s.scope = b.scope
         WHERE b.seq < 1 OR b.seq > s.floor GROUP BY b.scope ORDER BY b.scope",
    )
    .fetch_all(&mut *conn)
    .await?;
    for (scope, rows) in outside {
        report.fault(format!(
            "feed {scope} has {rows} folded rows above its floor"
        ));
    }
    for (programme, scope, high, head, floor, floor_digest) in scopes {
        report.feeds += 1;
        let (mut digest, mut last) = (floor_digest, floor);
        let mut rows = db::query_as::<(i64, String)>(
            "SELECT seq, text FROM change WHERE programme_id = ? AND scope = ? ORDER BY seq",
        )
        .bind(programme)
        .bind(scope.clone())
        .fetch(&mut *conn);
        while let Some((seq, text)) = rows.try_next().await? {
            if seq != last + 1 {
                report.fault(format!("feed {scope} lacks number {}", last + 1));
                break;
            }
            last = seq;
            digest = crypto::digest_after(&digest, seq, &text);
        }
        if last != high || digest != head {
            report.fault(format!(
                "feed {scope} does not end as its counter and digest say"
            ));
        }
    }
    Ok(())
}
