//! A reading connection that is kept at hand. Giving one back to the pool starts a task and asks the
//! connection whether it lives, and both cost more than most looks into the file.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::pool::PoolConnection;
use sqlx::{Sqlite, SqlitePool};

/// One connection between two uses; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Hand {
    slot: Arc<Mutex<Option<PoolConnection<Sqlite>>>>,
    watched: Arc<AtomicBool>,
}

impl Hand {
    fn slot(&self) -> MutexGuard<'_, Option<PoolConnection<Sqlite>>> {
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection at hand, or another one when that is in use.
    pub async fn take(&self, pool: &SqlitePool) -> Result<PoolConnection<Sqlite>, sqlx::Error> {
        let kept = self.slot().take();
        match kept {
            Some(connection) => Ok(connection),
            None => pool.acquire().await,
        }
    }

    /// Keeps a connection for the next use. Without this call it goes back to the pool by itself.
    pub fn keep(&self, pool: &SqlitePool, connection: PoolConnection<Sqlite>) {
        if !self.watched.swap(true, Ordering::Relaxed) {
            self.watch(pool);
        }
        let mut slot = self.slot();
        let spare = if pool.is_closed() || slot.is_some() {
            Some(connection)
        } else {
            slot.replace(connection)
        };
        drop(slot);
        drop(spare);
    }

    /// Gives the connection back now.
    pub fn let_go(&self) {
        let kept = self.slot().take();
        drop(kept);
    }

    /// Gives the connection back when the pool closes, which waits for it.
    fn watch(&self, pool: &SqlitePool) {
        let (closing, slot) = (pool.close_event(), Arc::downgrade(&self.slot));
        tokio::spawn(async move {
            closing.await;
            if let Some(slot) = slot.upgrade() {
                let kept = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
                drop(kept);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use sqlx::sqlite::SqlitePoolOptions;

    use super::*;

    #[tokio::test]
    async fn a_pool_closes_though_a_connection_is_at_hand() {
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .connect("sqlite::memory:")
            .await
            .unwrap();
        let hand = Hand::default();
        for number in 0..3_i64 {
            let mut connection = hand.take(&pool).await.unwrap();
            let read: i64 = sqlx::query_scalar("SELECT ?1")
                .bind(number)
                .fetch_one(&mut *connection)
                .await
                .unwrap();
            assert_eq!(read, number);
            hand.keep(&pool, connection);
            assert!(hand.slot().is_some());
        }
        let closed = tokio::time::timeout(Duration::from_secs(20), pool.close()).await;
        assert!(closed.is_ok(), "the pool waits for the connection at hand");
        assert!(hand.take(&pool).await.is_err());
    }
}
