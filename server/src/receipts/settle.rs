//! An answer becomes commands, and the job's next instant. Both are one transaction.

use carrot_rules::Command;
use carrot_rules::command::{ReceiptCancel, ReceiptCredit, ReceiptFinding, ReceiptSettle};
use carrot_rules::entity::{CheckState, FiscalCheck};
use sha2::{Digest, Sha256};

use super::retry::{GIVE_UP_MS, UNREACHABLE_GIVE_UP_MS, retry_ms};
use super::{JobRow, VerifierAnswer};
use crate::apply::server_command;
use crate::error::Result;
use crate::store::Tx;

/// When a receipt that was found is asked about once more, milliseconds.
const AGAIN_MS: i64 = 24 * 3_600_000;
/// The wait between answers that a known receipt is gone, milliseconds.
const GONE_MS: i64 = 6 * 3_600_000;
/// How many answers in a row that it is gone take its points back.
const GONE_TIMES: i64 = 3;
/// How long a service that wants no calls is left alone when it does not say how long, milliseconds.
const CLOSED_MS: i64 = 3_600_000;

/// Where each receipt's waits begin.
fn seed(job: &JobRow) -> u64 {
    let hash = Sha256::digest(format!("{}\n{}", job.key, job.tries));
    let mut bytes = [0; 8];
    bytes
        .iter_mut()
        .zip(hash.iter())
        .for_each(|(to, from)| *to = *from);
    u64::from_be_bytes(bytes)
}

/// Writes what follows from an answer about a job.
pub(super) async fn settle(tx: &mut Tx, mut job: JobRow, answer: VerifierAnswer) -> Result<()> {
    job.tries += 1;
    answer.word().clone_into(&mut job.answer);
    if let VerifierAnswer::Refused { retry_after_ms, .. } = &answer {
        let wait = retry_after_ms.unwrap_or(CLOSED_MS).max(1_000);
        let until_ms = tx.now_ms().saturating_add(wait);
        tx.close_receipt_source(&job.source, until_ms).await?;
    }
    if job.stage == "again" {
        recheck(tx, &mut job, answer).await?;
    } else {
        first(tx, &mut job, answer).await?;
    }
    tx.put_receipt_job(&job).await
}

/// The first answer about a claimed receipt.
async fn first(tx: &mut Tx, job: &mut JobRow, answer: VerifierAnswer) -> Result<()> {
    let age_ms = tx.now_ms().saturating_sub(job.began_ms);
    match answer {
        VerifierAnswer::Found(found) => {
            give(tx, job, ReceiptFinding::Receipt(*found)).await?;
            let check = tx.entity::<FiscalCheck>(&job.key).await?;
            end(job);
            if check.is_some_and(|check| check.state == CheckState::Verified) {
                "again".clone_into(&mut job.stage);
                (job.began_ms, job.next_ms) = (tx.now_ms(), tx.now_ms() + AGAIN_MS);
                (job.tries, job.missing) = (0, 0);
            }
            Ok(())
        }
        VerifierAnswer::Pending { retry_after_ms } => {
            if age_ms > UNREACHABLE_GIVE_UP_MS {
                return unanswered(tx, job, "pending").await;
            }
            wait(tx, job, "pending", retry_after_ms).await
        }
        VerifierAnswer::NotFound if age_ms >= GIVE_UP_MS => {
            give(tx, job, ReceiptFinding::Nothing).await?;
            end(job);
            Ok(())
        }
        VerifierAnswer::NotFound => wait(tx, job, "not_yet", None).await,
        VerifierAnswer::Retryable { .. } | VerifierAnswer::Refused { .. }
            if age_ms > UNREACHABLE_GIVE_UP_MS =>
        {
            unanswered(tx, job, "unreachable").await
        }
        VerifierAnswer::Retryable { retry_after_ms, .. } => {
            wait(tx, job, "unreachable", retry_after_ms).await
        }
        VerifierAnswer::Refused { retry_after_ms, .. } => {
            wait(tx, job, "quota", retry_after_ms.or(Some(CLOSED_MS))).await
        }
        VerifierAnswer::Permanent { why } => unanswered(tx, job, why).await,
    }
}

/// Whether a receipt that earned still holds.
async fn recheck(tx: &mut Tx, job: &mut JobRow, answer: VerifierAnswer) -> Result<()> {
    let age_ms = tx.now_ms().saturating_sub(job.began_ms);
    let gone = match answer {
        VerifierAnswer::Found(found) if !found.operation.is_return() => {
            end(job);
            return Ok(());
        }
        VerifierAnswer::Found(_) => true,
        VerifierAnswer::NotFound => {
            job.missing += 1;
            job.missing >= GONE_TIMES
        }
        _ => false,
    };
    if gone {
        cancel(tx, job.key.clone()).await?;
        end(job);
    } else if age_ms > UNREACHABLE_GIVE_UP_MS {
        end(job);
    } else if job.missing > 0 {
        job.next_ms = tx.now_ms().saturating_add(GONE_MS);
    } else {
        let asked_ms = tx.now_ms() + retry_ms(job.tries, seed(job), None);
        job.next_ms = asked_ms;
    }
    Ok(())
}

fn end(job: &mut JobRow) {
    "done".clone_into(&mut job.stage);
    job.ticket = None;
}

async fn unanswered(tx: &mut Tx, job: &mut JobRow, why: &str) -> Result<()> {
    let why = why.to_owned();
    give(tx, job, ReceiptFinding::Unanswered { why }).await?;
    end(job);
    Ok(())
}

/// Puts the job off, and tells the claimant what is waited for when that is something else now.
pub(super) async fn wait(
    tx: &mut Tx,
    job: &mut JobRow,
    why: &str,
    asked_ms: Option<i64>,
) -> Result<()> {
    job.next_ms = tx.now_ms() + retry_ms(job.tries, seed(job), asked_ms);
    let known = tx.entity::<FiscalCheck>(&job.key).await?;
    if known.is_some_and(|check| check.why != why) {
        let finding = ReceiptFinding::Waiting {
            why: why.to_owned(),
            next_ms: job.next_ms,
        };
        give(tx, job, finding).await?;
    }
    Ok(())
}

/// Gives what came of a job to the rules, and does what they say follows.
async fn give(tx: &mut Tx, job: &JobRow, finding: ReceiptFinding) -> Result<()> {
    let settle = ReceiptSettle {
        key: job.key.clone(),
        finding,
    };
    let verdict = server_command(tx, Command::ReceiptSettle(settle)).await?;
    let returns = verdict.and_then(|verdict| {
        let sold = verdict.params.get("returns")?.as_str()?;
        Some(sold.to_owned())
    });
    if let Some(sold) = returns {
        cancel(tx, sold).await?;
    }
    credit_all(tx, &job.key).await
}

async fn cancel(tx: &mut Tx, key: String) -> Result<()> {
    server_command(tx, Command::ReceiptCancel(ReceiptCancel { key })).await?;
    Ok(())
}

/// Credits everything on a receipt that holds and is not credited yet.
pub(crate) async fn credit_all(tx: &mut Tx, key: &str) -> Result<()> {
    let Some(check) = tx.entity::<FiscalCheck>(key).await? else {
        return Ok(());
    };
    if check.state != CheckState::Verified {
        return Ok(());
    }
    let open = check.matches.iter().enumerate();
    for (number, _) in open.filter(|(_, one)| one.result.is_empty()) {
        let credit = ReceiptCredit {
            key: key.to_owned(),
            number,
        };
        server_command(tx, Command::ReceiptCredit(credit)).await?;
    }
    Ok(())
}
