//! Hints between server processes over one database, where it carries them: a commit tells with its
//! transaction, and each process that serves hears it over a connection of its own. When that
//! connection was lost, anything may have been missed.

use std::collections::BTreeMap;
use std::time::Duration;

use carrot_rules::Scope;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::Hints;
use crate::db::{Channel, Conn, Ear, TEXT_BYTES_MAX};
use crate::error::Result;

/// The pause before a lost connection is made anew, milliseconds; it doubles with each failure.
const AGAIN_MS: u64 = 250;
/// The longest pause, milliseconds.
const AGAIN_MS_MAX: u64 = 30_000;

/// What a commit says to other processes.
#[derive(Debug, Serialize, Deserialize)]
struct Text {
    /// The process that committed.
    from: String,
    programme: Uuid,
    /// The newest number in each scope; none when there are too many.
    scopes: Option<BTreeMap<Scope, i64>>,
}

/// The text for so many scopes, or for all of the programme when they do not fit.
fn text(from: &str, programme: Uuid, scopes: &BTreeMap<Scope, i64>) -> serde_json::Result<String> {
    let mut text = Text {
        from: from.to_owned(),
        programme,
        scopes: Some(scopes.clone()),
    };
    let whole = serde_json::to_string(&text)?;
    if whole.len() <= TEXT_BYTES_MAX {
        return Ok(whole);
    }
    text.scopes = None;
    serde_json::to_string(&text)
}

impl Hints {
    /// Tells other processes of these scopes' news, once the transaction commits.
    pub(crate) async fn tell_others(
        &self,
        conn: &mut Conn,
        programme: Uuid,
        scopes: &BTreeMap<Scope, i64>,
    ) -> Result<()> {
        let Some(channel) = self.channel.as_ref().filter(|_| !scopes.is_empty()) else {
            return Ok(());
        };
        let text = text(channel.name(), programme, scopes)?;
        Ok(channel.say(conn, &text).await?)
    }

    /// Passes on what a process said.
    fn heard(&self, own: &str, said: &str) {
        match serde_json::from_str::<Text>(said) {
            // They were told when it was committed.
            Ok(text) if text.from == own => {}
            Ok(text) => match text.scopes {
                Some(scopes) => self.tell(text.programme, &scopes),
                None => self.miss(Some(text.programme)),
            },
            // Another version may say it otherwise.
            Err(_) => self.miss(None),
        }
    }
}

/// Begins to hear other processes, where the database carries that, and goes on until `stopped` says
/// so. What is committed after this has returned is heard, unless the connection fails.
pub(crate) async fn start(
    hints: &Hints,
    mut stopped: watch::Receiver<bool>,
) -> Option<JoinHandle<()>> {
    let channel = hints.channel.clone()?;
    let hints = hints.clone();
    let first = listen(&hints, &channel).await;
    Some(tokio::spawn(async move {
        let mut ear = first;
        loop {
            let stops = match &mut ear {
                Some(ear) => tokio::select! {
                    () = hear(&hints, &channel, ear) => false,
                    // An error means that nobody is left who could stop it: then it stops.
                    _ = stopped.wait_for(|stop| *stop) => true,
                },
                None => false,
            };
            if stops {
                break;
            }
            // The lost one lets go of its connection.
            drop(ear.take());
            tokio::select! {
                made = listen_anew(&hints, &channel) => ear = Some(made),
                _ = stopped.wait_for(|stop| *stop) => break,
            }
        }
        if let Some(ear) = ear {
            ear.close().await;
        }
    }))
}

/// Hears until the connection is lost.
async fn hear(hints: &Hints, channel: &Channel, ear: &mut Ear) {
    while let Some(said) = ear.hear().await {
        hints.heard(channel.name(), &said);
    }
    tracing::warn!("other servers are not heard: the connection to the database was lost");
}

/// Tries until there is a connection.
async fn listen_anew(hints: &Hints, channel: &Channel) -> Ear {
    let mut pause_ms = AGAIN_MS;
    loop {
        tokio::time::sleep(Duration::from_millis(pause_ms)).await;
        if let Some(ear) = listen(hints, channel).await {
            tracing::info!("other servers are heard again");
            return ear;
        }
        pause_ms = pause_ms.saturating_mul(2).min(AGAIN_MS_MAX);
    }
}

/// A connection that listens, if it can be made. What was said before it was there may be missed.
async fn listen(hints: &Hints, channel: &Channel) -> Option<Ear> {
    match channel.listen().await {
        Ok(ear) => {
            hints.miss(None);
            Some(ear)
        }
        Err(error) => {
            tracing::warn!(%error, "other servers cannot be heard");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hints::News;

    const NAME: &str = "00000000-0000-0000-0000-00000000000a";

    fn scopes(count: u128) -> BTreeMap<Scope, i64> {
        let scope = |number| Scope::Participant(Uuid::from_u128(u128::MAX - number));
        (0..count).map(|number| (scope(number), i64::MAX)).collect()
    }

    #[test]
    fn a_text_never_has_more_bytes_than_the_database_takes() {
        for count in 0..300 {
            let said = text(NAME, Uuid::max(), &scopes(count)).unwrap();
            assert!(said.len() <= TEXT_BYTES_MAX, "{count}: {}", said.len());
            let read: Text = serde_json::from_str(&said).unwrap();
            let whole = read.scopes.map(|scopes| scopes.len() as u128);
            assert_eq!(whole.is_some(), whole == Some(count));
            assert!(whole.is_some() || count > 80, "{count} would fit");
        }
    }

    #[test]
    fn what_others_said_is_passed_on_and_what_nobody_understands_is_missed() {
        let hints = Hints::default();
        let mut line = hints.open(Uuid::nil()).unwrap();
        let said = text(NAME, Uuid::max(), &scopes(1)).unwrap();
        hints.heard(NAME, &said);
        assert!(line.news.try_recv().is_err(), "its own, told already");
        hints.heard("another", &said);
        let News::Hint { programme, hint } = line.news.try_recv().unwrap() else {
            panic!("no hint");
        };
        assert_eq!((programme, hint.high), (Uuid::max(), i64::MAX));
        for (said, missed) in [
            (
                text(NAME, Uuid::max(), &scopes(300)).unwrap(),
                Some(Uuid::max()),
            ),
            ("something else".to_owned(), None),
        ] {
            hints.heard("another", &said);
            let News::Missed { programme } = line.news.try_recv().unwrap() else {
                panic!("not missed");
            };
            assert_eq!(programme, missed);
        }
    }
}
