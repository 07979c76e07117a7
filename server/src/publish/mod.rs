//! Publishing a rule set: checked against what the programme has, written with the programme's time
//! zone, its budgets put aside in the books, and noted in the audit log. All of it or nothing.

mod budgets;
mod catalogue;
mod zone;

use carrot_rules::Scope;
use carrot_rules::check::{self, Catalogue, Problem, Severity};
use carrot_rules::entity::{ONLY, Programme};
use carrot_rules::ruleset::RuleSet;
use carrot_wire::CallError;
use serde_json::json;

pub use budgets::Funding;
pub use zone::zone_steps;

use crate::error::{Error, Result};
use crate::store::Tx;

/// The action in the audit log.
pub const PUBLISH_ACTION: &str = "rules.publish";
/// The longest note of a publication, characters.
pub const NOTE_CHARS_MAX: usize = 300;

/// What checking a document found.
#[derive(Debug)]
pub struct Looked {
    /// The set; none when it is refused.
    pub set: Option<RuleSet>,
    /// Everything that was found, warnings too.
    pub problems: Vec<Problem>,
}

/// A publication that holds, once its transaction is committed.
#[derive(Debug)]
pub struct Publication {
    /// The new version.
    pub version: i64,
    /// How many rules it has.
    pub rules: usize,
    /// What moved in budgets.
    pub funding: Vec<Funding>,
}

/// Publishing ends in one of two ways.
#[derive(Debug)]
pub enum Published {
    /// It holds.
    Done(Publication),
    /// Problems stand against it; nothing was written.
    Refused(Vec<Problem>),
}

/// Checks a document against what the programme has.
pub async fn look(tx: &mut Tx, text: &[u8]) -> Result<Looked> {
    let catalogue = catalogue::of(tx).await?;
    // A large set takes a while; others must not wait behind it.
    let text = text.to_owned();
    let work = tokio::task::spawn_blocking(move || looked(&text, &catalogue));
    work.await
        .map_err(|fault| Error::Damaged(fault.to_string()))
}

fn looked(text: &[u8], catalogue: &Catalogue) -> Looked {
    match check::read(text, catalogue) {
        Ok(set) => Looked {
            problems: check::check(&set, catalogue),
            set: Some(set),
        },
        Err(problems) => Looked {
            set: None,
            problems,
        },
    }
}

/// The version that follows the one in force.
pub async fn next_version(tx: &mut Tx) -> Result<i64> {
    let current = tx.entity::<RuleSet>(ONLY).await?;
    Ok(current.map_or(0, |set| set.version).saturating_add(1))
}

/// Publishes a document. The caller commits. Refuses (`rules_changed`) a version that does not follow
/// the one in force.
pub async fn publish(tx: &mut Tx, actor: &str, text: &[u8], note: &str) -> Result<Published> {
    if note.chars().count() > NOTE_CHARS_MAX {
        return Err(Error::refused("bad_input", "the note is too long"));
    }
    let looked = look(tx, text).await?;
    let Some(mut set) = looked.set else {
        return Ok(Published::Refused(looked.problems));
    };
    let next = next_version(tx).await?;
    if set.version != next {
        let changed = CallError::new(
            "rules_changed",
            "the version does not follow the one in force",
        );
        return Err(changed.with("version", next - 1).into());
    }
    let programme = tx.entity::<Programme>(ONLY).await?;
    let zone = programme.map(|programme| programme.time_zone);
    set.zone = zone_steps(&zone.unwrap_or_default(), tx.now_ms());
    let funding = budgets::fund(tx, &set.budgets).await?;
    let all = [Scope::Programme(tx.programme())];
    tx.put(ONLY, &set, &all).await?;
    let warnings = looked.problems.iter();
    let warnings = warnings.filter(|problem| problem.severity == Severity::Warning);
    let detail = json!({"version": set.version, "rules": set.rules.len(), "note": note,
        "budgets": funding, "warnings": warnings.count()});
    let version = set.version.to_string();
    tx.audit(actor, PUBLISH_ACTION, &version, &detail).await?;
    Ok(Published::Done(Publication {
        version: set.version,
        rules: set.rules.len(),
        funding,
    }))
}
