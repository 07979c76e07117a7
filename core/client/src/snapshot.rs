//! Carries out the part of a flight down that takes a scope as a snapshot: piece by piece, laid out
//! beside what is held or where nothing is held, put in its place in one transaction.

use carrot_sync::flight::pull::{Event, Piece as Came};
use carrot_sync::flight::push::Span;
use carrot_sync::outbox::Happening;
use carrot_sync::snapshot::{Reached, Swap, Wanted};
use carrot_wire::snapshot::{SNAPSHOT_BYTES_MAX, SNAPSHOT_PIECE_BYTES_MAX, snapshot_path};
use sha2::{Digest as _, Sha256};

use crate::cache::{self, Cache, Write};
use crate::error::{ClientError, Result};
use crate::lines::Lines;
use crate::membership::Membership;
use crate::outbox::{self, NOTE_UNSETTLED};
use crate::probe::Point;
use crate::staging::{Kept, Layout};
use crate::transport::{Answer, Piece};

/// Compressed bytes that are unpacked at once: what they may come to has a bound, too.
const UNPACK_BYTES: usize = 16 * 1024;
/// Lines that are kept in memory before they are laid out.
const STAGE_ROWS_MAX: usize = 1_000;
/// HTTP: the server has another version by now.
const STATUS_CHANGED: u16 = 412;

impl Membership {
    /// Asks for the next piece and keeps it.
    pub(crate) async fn fetch_piece(&self, wanted: &Wanted) -> Result<Came> {
        let cache = self.cache()?;
        let kept = cache.kept(wanted.scope).await?;
        if kept.as_ref().is_some_and(|kept| kept.held >= kept.total) {
            return Ok(Came::Last);
        }
        let held = kept.as_ref().map_or(0, |kept| kept.held);
        let piece = Piece {
            from: u64::try_from(held).unwrap_or(0),
            bytes: SNAPSHOT_PIECE_BYTES_MAX,
            version: kept.map(|kept| kept.version),
        };
        let path = snapshot_path(wanted.scope, wanted.at_least);
        let asked = piece.clone();
        let answer = match self.line.piece(&path, piece).await {
            Err(ClientError::Refused {
                status: STATUS_CHANGED,
                ..
            }) => return Ok(Came::Changed),
            answer => answer?,
        };
        let next = next_piece(&asked, &answer)?;
        cache.keep_piece(wanted.scope, &next, &answer.body).await?;
        let more = i64::try_from(answer.body.len()).unwrap_or(i64::MAX);
        Ok(match next.held.saturating_add(more) >= next.total {
            true => Came::Last,
            false => Came::Kept,
        })
    }

    /// Checks a whole snapshot and lays it out; none when it is not what it should be. Where nothing is
    /// held of the scope it is laid out in its place: the transaction stays open until the swap.
    pub(crate) async fn stage(&self, wanted: &Wanted) -> Result<Option<Staged>> {
        let cache = self.cache()?;
        let Some(kept) = cache.kept(wanted.scope).await? else {
            return Ok(None);
        };
        if digest_of(&cache, wanted, &kept).await? != kept.version {
            tracing::warn!(scope = %wanted.scope, "a snapshot's bytes are not what it says");
            return Ok(None);
        }
        let layout = Layout::begin(&cache, wanted).await?;
        match lay_out(&cache, layout, wanted, &kept).await {
            Ok(staged) => Ok(Some(staged)),
            Err(ClientError::Protocol(detail)) => {
                tracing::warn!(scope = %wanted.scope, detail, "a snapshot does not fit");
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Puts a snapshot in the place of what is held; `laid` is the open transaction in which it is there.
    pub(crate) async fn swap(&self, swap: &Swap, laid: Option<Write>) -> Result<Span> {
        let cache = self.cache()?;
        let mut view = self.view.write().await;
        view.overlay = None;
        if swap.base_lost {
            self.lose_base(swap.rebuilt).await?;
        }
        let changing = cache.changing();
        let in_place = laid.is_some();
        let mut write = match laid {
            Some(write) => write,
            None => cache.db().write().await?,
        };
        Cache::swap(&mut write, swap, in_place).await?;
        write.commit().await.map_err(cache::failed)?;
        drop(changing);
        drop(view);
        self.at(Point::Applied).await?;
        self.bump();
        self.span().await
    }

    /// Before the base goes back: what was booked shows again until the base has caught up.
    pub(crate) async fn lose_base(&self, rebuilt: bool) -> Result<()> {
        self.moved(Happening::BaseLost, 0).await?;
        if rebuilt {
            let mut write = self.outbox.write().await?;
            Self::doubt_photos(&mut write).await?;
            // A flight that breaks off leaves it to the next one.
            outbox::set_note(&mut write, NOTE_UNSETTLED, Some("1")).await?;
            write.commit().await.map_err(outbox::failed)?;
        }
        self.at(Point::BaseLost).await
    }
}

/// What is laid out, and the open transaction where that is in its place.
pub type Staged = (Reached, Option<Write>);

/// What came of laying out, as the flight hears it.
pub fn staged(reached: Option<&Reached>) -> Event<'_> {
    reached.map_or(Event::Unfit, Event::Staged)
}

pub fn bad(detail: impl Into<String>) -> ClientError {
    ClientError::Protocol(detail.into())
}

/// Where a piece goes, after a look whether it is the one that was asked for.
fn next_piece(asked: &Piece, answer: &Answer) -> Result<Kept> {
    let of = answer.of.as_ref();
    let of = of.ok_or_else(|| bad("a piece of a snapshot does not say of what"))?;
    let same = asked
        .version
        .as_ref()
        .is_none_or(|known| *known == of.version);
    if !same || of.from != asked.from || answer.body.is_empty() {
        return Err(bad(
            "a piece of a snapshot is not the one that was asked for",
        ));
    }
    if of.total > SNAPSHOT_BYTES_MAX {
        return Err(bad(format!("a snapshot of {} bytes", of.total)));
    }
    let number = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
    let end = of
        .from
        .saturating_add(u64::try_from(answer.body.len()).unwrap_or(u64::MAX));
    if end > of.total {
        return Err(bad("a piece of a snapshot is longer than the whole"));
    }
    Ok(Kept {
        version: of.version.clone(),
        total: number(of.total),
        held: number(of.from),
    })
}

async fn digest_of(cache: &Cache, wanted: &Wanted, kept: &Kept) -> Result<String> {
    let mut digest = Sha256::new();
    let mut start = 0_i64;
    while start < kept.total {
        let Some(piece) = cache.piece(wanted.scope, start).await? else {
            break;
        };
        digest.update(&piece);
        start = start.saturating_add(i64::try_from(piece.len()).unwrap_or(i64::MAX));
    }
    Ok(hex::encode(digest.finalize()))
}

/// Unpacks the pieces and lays out their lines.
async fn lay_out(
    cache: &Cache,
    mut layout: Layout,
    wanted: &Wanted,
    kept: &Kept,
) -> Result<Staged> {
    let mut lines = Lines::default();
    let mut start = 0_i64;
    while start < kept.total {
        let piece = cache.piece(wanted.scope, start).await?;
        let piece = piece.ok_or_else(|| bad("a piece of a snapshot is missing"))?;
        start = start.saturating_add(i64::try_from(piece.len()).unwrap_or(i64::MAX));
        for packed in piece.chunks(UNPACK_BYTES) {
            lines.take(packed, wanted)?;
            if lines.laid.len() >= STAGE_ROWS_MAX {
                layout.put(&lines.laid).await?;
                lines.laid.clear();
            }
        }
    }
    let (head, rest) = lines.end(wanted)?;
    layout.put(&rest).await?;
    let laid = layout.end(&head).await?;
    let reached = Reached {
        epoch: head.epoch,
        seq: head.seq,
    };
    Ok((reached, laid))
}
