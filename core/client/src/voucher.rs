//! Redeeming with no network on either side: the till's challenge, the phone's answer, and the
//! vouchers that a phone holds. What was asked and what was answered is durable before it is shown,
//! so a program that ends in between goes on where it was.

use carrot_rules::decide::{Answered, ProofCheck};
use carrot_rules::entity::Reward;
use carrot_rules::outcome::Class;
use carrot_rules::{Command, Outcome};
use carrot_wire::challenge::{self, Challenge};
use carrot_wire::planted::{self, Bug};
use carrot_wire::voucher::{self, Voucher, VoucherError};
use carrot_wire::{crypto, proof};
use uuid::Uuid;

use crate::error::{ClientError, Result};
use crate::keys::random_bytes;
use crate::membership::Membership;
use crate::outbox::{Outbox, failed};
use crate::remembered::{Answers, NOTE_ANSWERS, NOTE_TOLD};
use crate::submit::Submitted;

/// From this schema on the outbox takes a voucher once.
const VOUCHER_SCHEMA: u32 = 5;
/// Note: the vouchers that this phone may use, as texts.
const NOTE_VOUCHERS: &str = "vouchers";
/// Note: the challenges that this terminal shows.
const NOTE_CHALLENGES: &str = "challenges";
/// An answer is remembered at least this long after it was asked for, milliseconds of the server.
const ANSWERED_KEPT_MS: i64 = 60 * 24 * 3_600_000;
/// The most challenges that wait for an answer at once; the oldest give way.
const CHALLENGES_MAX: usize = 8;
/// What a terminal tells about itself is written down at most this often, milliseconds.
const TOLD_STEP_MS: i64 = 60_000;
/// How far a clock that was compared with the server's just now may still be off, milliseconds.
const CLOCK_SLACK_MS: i64 = 60_000;
/// A clock that was compared so many milliseconds ago may be off by one more.
const CLOCK_DRIFT_STEP_MS: i64 = 10_000;

/// An answer of this phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its text, for a picture that the till reads.
    pub text: String,
    /// The voucher that it spends; none where the till's lease is to cover the reward.
    pub voucher: Option<Uuid>,
}

/// An answer that fits one of this terminal's challenges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The challenge's text; it goes into the command.
    pub challenge: String,
    /// What the phone agreed to.
    pub answered: Answered,
}

fn refused(error: VoucherError) -> ClientError {
    ClientError::call(error.code(), error.to_string())
}

impl Outbox {
    /// True when a command of this device takes the voucher.
    pub async fn took(&self, voucher: Uuid) -> Result<bool> {
        let sql = "SELECT count(*) FROM command WHERE kind = 'reward.redeem' \
                   AND json_extract(bytes, '$.args.cover.voucher_id') = ?1";
        let found: i64 = sqlx::query_scalar(sql)
            .bind(voucher.to_string())
            .fetch_one(self.db().reader())
            .await
            .map_err(failed)?;
        Ok(found > 0)
    }

    /// Lets a voucher be taken again; for a mistake that is planted on purpose.
    async fn forget_taken(&self) -> Result<()> {
        let mut write = self.write().await?;
        sqlx::query("DROP INDEX IF EXISTS command_by_voucher")
            .execute(&mut *write)
            .await
            .map_err(failed)?;
        write.commit().await.map_err(failed)
    }
}

impl Membership {
    /// A new challenge of this terminal for a reward, as text. Errors `not_permitted` on a phone.
    pub async fn challenge(&self, reward: &Reward) -> Result<String> {
        if self.certificate().outlet_id.is_none() {
            return Err(ClientError::call("not_permitted", "only a terminal asks"));
        }
        let asked = Challenge {
            terminal: self.device_id(),
            nonce: random_bytes(self.entropy.as_ref())?,
            reward: reward.code.clone(),
            cost_points: reward.cost_points,
            at_ms: self.now_ms(),
        };
        let text = asked.to_text(self.tag()).map_err(refused)?;
        let mut open: Vec<String> = self.read_note(NOTE_CHALLENGES).await?;
        open.push(text.clone());
        let surplus = open.len().saturating_sub(CHALLENGES_MAX);
        open.drain(..surplus);
        self.write_note(NOTE_CHALLENGES, &open).await?;
        Ok(text)
    }

    fn tag(&self) -> &str {
        &self.entry.programme_code
    }

    async fn read_note<T: serde::de::DeserializeOwned + Default>(&self, name: &str) -> Result<T> {
        let text = self.outbox.note(name).await?;
        let read = text.as_deref().map(serde_json::from_str).transpose();
        // A note that a newer version wrote in another way is like none.
        Ok(read.ok().flatten().unwrap_or_default())
    }

    async fn write_note<T: serde::Serialize + Sync>(&self, name: &str, value: &T) -> Result<()> {
        let text = serde_json::to_string(value)?;
        self.outbox.set_notes(&[(name, Some(text))]).await
    }

    /// Finds the challenge of this terminal that an answer is for, and checks both. Errors
    /// `challenge_other`, `challenge_stale`, `proof_invalid`, `proof_pass_expired`,
    /// `code_key_unknown`, `code_of_other_programme`.
    pub async fn take_answer(&self, text: &str) -> Result<Taken> {
        let tag = self.tag();
        let id = challenge::answered_id(text, tag);
        let open: Vec<String> = self.read_note(NOTE_CHALLENGES).await?;
        let is_asked = |asked: &&String| {
            let read = Challenge::from_text(asked, tag).and_then(|asked| asked.id(tag));
            read.ok() == id
        };
        let asked = open.iter().find(is_asked).filter(|_| id.is_some());
        // Without its challenge the text is still checked: what is wrong with it says more.
        let fallback = open.last();
        let Some(asked) = asked.or(fallback) else {
            return Err(refused(VoucherError::OtherChallenge));
        };
        let checked = proof::answer(text, asked, tag, &self.trust(), self.now_ms());
        match checked.map_err(refused)?.proof {
            ProofCheck::Answered(answered) => Ok(Taken {
                challenge: asked.clone(),
                answered: *answered,
            }),
            _ => Err(refused(VoucherError::Malformed)),
        }
    }

    /// Why this terminal must not take the voucher now, before anything is decided.
    async fn refuse_voucher(&self, taken: &Taken) -> Result<()> {
        let Some(shown) = &taken.answered.voucher else {
            return Ok(());
        };
        if self.outbox.db().version() < VOUCHER_SCHEMA {
            let detail = "the device's file is of an older version";
            return Err(ClientError::call("not_permitted", detail));
        }
        if planted::is(Bug::SpentForgotten) {
            self.outbox.forget_taken().await?;
        } else if self.outbox.took(shown.id).await? {
            return Err(ClientError::call("voucher_spent", shown.id.to_string()));
        }
        let known = self
            .thing::<carrot_rules::entity::Voucher>(&shown.id.to_string())
            .await?;
        if known.is_some_and(|known| known.cancelled_ms.is_some()) {
            return Err(ClientError::call("voucher_cancelled", shown.id.to_string()));
        }
        let now_ms = self.now_ms();
        let told_ms: i64 = match planted::is(Bug::ToldForgotten) {
            true => 0,
            false => self.read_note(NOTE_TOLD).await?,
        };
        let latest_ms = now_ms.saturating_add(self.uncertainty_ms(now_ms));
        if latest_ms.max(told_ms) >= shown.until_ms {
            return Err(ClientError::call("voucher_expired", shown.id.to_string()));
        }
        if latest_ms < shown.from_ms {
            let detail = "the clock is behind the instant at which the voucher was made";
            return Err(ClientError::call("clock_off", detail));
        }
        Ok(())
    }

    /// How far this device's idea of the server's clock may be off, milliseconds.
    fn uncertainty_ms(&self, now_ms: i64) -> i64 {
        let offset = self.line.offset();
        let age_ms = offset.map_or(0, |known| {
            let then_ms = known.wall_ms.saturating_add(known.offset_ms);
            now_ms.saturating_sub(then_ms).max(0)
        });
        CLOCK_SLACK_MS.saturating_add(age_ms / CLOCK_DRIFT_STEP_MS)
    }

    /// Commits a redemption that an answer covers; when this returns it is durable, and the goods may
    /// be handed over. What the device can tell to be wrong is refused: the outcome comes back and
    /// nothing is signed. Errors besides those of [`Membership::submit`]: `voucher_spent`,
    /// `voucher_expired`, `clock_off`.
    pub async fn redeem_once(
        &self,
        command: Command,
        taken: &Taken,
        actor: Uuid,
        outlet: Option<Uuid>,
    ) -> Result<std::result::Result<Submitted, Outcome>> {
        self.refuse_voucher(taken).await?;
        let covered = |outcome: &Outcome| {
            let twice = |code: &str| code == "voucher_used_twice" || code == "offline_loss";
            let mut pending = outcome.pending.iter();
            let remembers = !planted::is(Bug::SpentForgotten);
            let voucher = taken.answered.voucher.is_some() && remembers;
            outcome.class == Class::Accepted
                && !(voucher && pending.any(|because| twice(&because.code)))
        };
        let offered = self.offer(command, actor, outlet, Vec::new(), covered);
        let done = offered.await?;
        if done.is_ok() {
            let mut open: Vec<String> = self.read_note(NOTE_CHALLENGES).await?;
            open.retain(|asked| *asked != taken.challenge);
            self.write_note(NOTE_CHALLENGES, &open).await?;
        }
        Ok(done)
    }

    /// The vouchers that this phone may use, with their texts; those that are over by its clock are
    /// left out.
    pub async fn vouchers(&self) -> Result<Vec<(Voucher, String)>> {
        let now_ms = self.now_ms();
        let mut held = self.held_vouchers().await?;
        held.retain(|(voucher, _)| voucher.until_ms > now_ms);
        Ok(held)
    }

    async fn held_vouchers(&self) -> Result<Vec<(Voucher, String)>> {
        let texts: Vec<String> = self.read_note(NOTE_VOUCHERS).await?;
        let read = |text: String| {
            let voucher = voucher::open(&text, self.tag(), &self.trust()).ok()?;
            Some((voucher, text))
        };
        Ok(texts.into_iter().filter_map(read).collect())
    }

    /// Forgets answers whose vouchers the server no longer lists and that are long over by its word:
    /// this phone's own clock may be wrong, and a voucher answers once.
    async fn forget_answers(&self, made: &mut Answers) -> Result<()> {
        let held = self.held_vouchers().await?;
        let server_ms = self.after_head().map_or(i64::MIN, |after| after.server_ms);
        made.retain(|id, (asked, _)| {
            let asked = Challenge::from_text(asked, self.tag());
            let kept = |asked: Challenge| asked.at_ms.saturating_add(ANSWERED_KEPT_MS) > server_ms;
            held.iter().any(|(voucher, _)| voucher.id == *id) || asked.map_or(true, kept)
        });
        Ok(())
    }

    /// The vouchers that this phone has used in an answer.
    pub async fn answered_vouchers(&self) -> Result<Vec<Uuid>> {
        let made: Answers = self.read_note(NOTE_ANSWERS).await?;
        Ok(made.into_keys().collect())
    }

    /// Reads a till's challenge. Errors as [`Membership::answer_challenge`].
    pub fn read_challenge(&self, text: &str) -> Result<Challenge> {
        Challenge::from_text(text, self.tag()).map_err(refused)
    }

    /// The voucher that covers a challenge and was not used in another answer: the one that is asked
    /// for, else the smallest. None when there is none.
    pub async fn voucher_for(
        &self,
        asked: &Challenge,
        wanted: Option<Uuid>,
    ) -> Result<Option<(Voucher, String)>> {
        let made = self.answered_vouchers().await?;
        let fits = |voucher: &Voucher| {
            let reward = voucher.reward.as_ref();
            voucher.terminal == asked.terminal
                && voucher.points >= asked.cost_points
                && reward.is_none_or(|reward| *reward == asked.reward)
                && wanted.map_or(!made.contains(&voucher.id), |wanted| wanted == voucher.id)
        };
        let held = self.vouchers().await?.into_iter();
        Ok(held
            .filter(|(voucher, _)| fits(voucher))
            .min_by_key(|(voucher, _)| (voucher.points, voucher.until_ms)))
    }

    /// Agrees to what a till asks. With `voucher`, or when one of this phone's vouchers covers it,
    /// the answer spends that voucher; else it proves the member, for the till's lease. A voucher
    /// answers one challenge: asked the same again, the same answer comes back. Errors
    /// `voucher_answered`, `voucher_missing`, `not_permitted` on a terminal, `challenge_stale`,
    /// `code_of_other_programme`, `proof_invalid` for what is no challenge.
    pub async fn answer_challenge(&self, text: &str, wanted: Option<Uuid>) -> Result<Answer> {
        let asked = self.read_challenge(text)?;
        let Some(pass) = self.certificate().member_pass else {
            let detail = "only a member's phone answers";
            return Err(ClientError::call("not_permitted", detail));
        };
        let _one_at_a_time = self.answering.lock().await;
        let mut made: Answers = self.read_note(NOTE_ANSWERS).await?;
        let same = |(_, (known, _)): &(&Uuid, &(String, String))| known == text.trim();
        if let Some((id, (_, answer))) = made.iter().find(same) {
            return Ok(Answer {
                text: answer.clone(),
                voucher: Some(*id),
            });
        }
        if wanted.is_some_and(|id| made.contains_key(&id)) {
            let detail = "a voucher answers one challenge";
            return Err(ClientError::call("voucher_answered", detail));
        }
        let (tag, key) = (self.tag(), &self.keys.signing);
        let Some((held, paper)) = self.voucher_for(&asked, wanted).await? else {
            if wanted.is_some() {
                let detail = "no such voucher covers this";
                return Err(ClientError::call("voucher_missing", detail));
            }
            let text = challenge::answer_with_pass(key, &pass, tag, &asked).map_err(refused)?;
            let voucher = None;
            return Ok(Answer { text, voucher });
        };
        let answer = challenge::answer_with_voucher(key, &paper, tag, &asked).map_err(refused)?;
        self.forget_answers(&mut made).await?;
        if !planted::is(Bug::AnsweredTwice) {
            made.insert(held.id, (text.trim().to_owned(), answer.clone()));
        }
        self.write_note(NOTE_ANSWERS, &made).await?;
        self.bump();
        Ok(Answer {
            text: answer,
            voucher: Some(held.id),
        })
    }

    /// Takes over the vouchers of a pull. Those that do not read here are of nobody's use.
    pub(crate) async fn keep_vouchers(&self, texts: &[String]) -> Result<()> {
        if self.certificate().participant_id.is_none() {
            return Ok(());
        }
        let held: Vec<String> = self.read_note(NOTE_VOUCHERS).await?;
        if held == texts {
            return Ok(());
        }
        self.write_note(NOTE_VOUCHERS, &texts).await?;
        self.bump();
        Ok(())
    }

    /// What a terminal tells with a pull: its newest command, and an instant before which it has done
    /// nothing else. It takes no voucher any more that is over by then, even when its clock goes back.
    pub(crate) async fn made(&self) -> Result<Option<carrot_wire::pull::Made>> {
        if self.certificate().outlet_id.is_none() {
            return Ok(None);
        }
        // No command is made while the view is held.
        let _view = self.view.write().await;
        let (_, seq, _) = self.outbox.span().await?;
        let now_ms = self.now_ms();
        let told_ms: i64 = self.read_note(NOTE_TOLD).await?;
        let at_ms = if now_ms >= told_ms.saturating_add(TOLD_STEP_MS) {
            self.write_note(NOTE_TOLD, &now_ms).await?;
            now_ms
        } else {
            told_ms
        };
        Ok(Some(carrot_wire::pull::Made { seq, at_ms }))
    }

    /// The public key that names this device in vouchers, base64url.
    #[must_use]
    pub fn public_key(&self) -> String {
        crypto::encode(self.keys.signing.verifying_key().as_bytes())
    }
}
